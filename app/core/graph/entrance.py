"""Before the door of `/graphql`: the door and all it stands on are brought in beside the first requests.

graphql-core and Strawberry are a sixth of what a start imports, and the schema takes longer to make than everything
else in it. A caller who comes before the door stands waits for it; the others do not.
"""

import asyncio
import threading
from importlib import import_module

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.house import House
from app.core.web.answers import headers_of
from app.core.web.callers import Callers
from app.core.web.site import ASSETS

DOOR = "app.core.graph.endpoint"
_MAKING = threading.Lock()  # generated types stand in one module: one schema is made at a time


class GraphEntrance:
    """Sends `/graphql` to its door, a browser that asks for a page to GraphiQL, everything else on."""

    def __init__(self, house: House, callers: Callers, inner: ASGIApp) -> None:
        self.house = house
        self.callers = callers
        self.inner = inner
        self.page = (ASSETS / "graphiql" / "index.html").read_bytes()
        self.door: ASGIApp | None = None

    def warm(self) -> None:
        """Begins to make the door, beside whatever else goes on."""
        threading.Thread(target=self.made, name="graphql-door", daemon=True).start()

    def made(self) -> ASGIApp:
        """The door, made at first need."""
        with _MAKING:
            door = self.door or import_module(DOOR).GraphDoor(self.house, self.callers)
            self.door = door
        return door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or scope["path"] != "/graphql":
            await self.inner(scope, receive, send)
        elif _asks_for_a_page(scope):
            await Response(self.page, media_type="text/html; charset=utf-8")(scope, receive, send)
        else:
            door = self.door or await asyncio.to_thread(self.made)
            await door(scope, receive, send)


def _asks_for_a_page(scope: Scope) -> bool:
    accepted = headers_of(scope).get(b"accept", b"")
    return scope["method"] == "GET" and not scope["query_string"] and b"text/html" in accepted
