"""The ASGI application for a server process: opens the database when the server starts, closes it when it stops."""

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.application import build
from app.core.database import Database, lent
from app.core.log import set_up
from app.core.settings import Settings
from app.people.identity import demo_key
from app.runtime import addresses_from_environment
from app.wiring import house

log = structlog.get_logger("bayro")


class Application:
    """Waits for the server's lifespan, then hands every request to the house."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database: Database | None = None
        self.inner: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self.inner is not None:
            await self.inner(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._open()
        except Exception as error:  # noqa: BLE001 - whatever it is, the server is told and does not start
            log.warning("start_failed", kind=type(error).__name__)
            await send({"type": "lifespan.startup.failed", "message": f"{type(error).__name__}: {error}"})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if self.database is not None:
            await self.database.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        settings = self.settings
        self.database = await Database.open(
            addresses_from_environment(settings),
            read=settings.read_connections,
            act=settings.act_connections,
            statement_seconds=settings.statement_seconds,
            connect_seconds=settings.connect_seconds,
        )
        await self._tell_of_demo(self.database)
        self.inner = await self.made(self.database)

    async def made(self, database: Database) -> ASGIApp:
        """What answers, once the database is open."""
        return build(await house(self.settings, database), warm=True)

    async def _tell_of_demo(self, database: Database) -> None:
        """Warns where a server that is more than a trial accepts the demo's tokens; a trial's own screen shows them."""
        if self.settings.database_url is None and self.settings.oidc_issuer is None:
            return
        async with lent(database.act) as connection:
            if await demo_key(connection) is not None:
                log.warning("demo_issuer_active", means="tokens of the demo's own issuer are accepted")


def create() -> Application:
    """The application of one server process."""
    settings = Settings()
    set_up(settings.log_level)
    return Application(settings)
