"""The same service with nobody at the door: no token is looked at, and everything is seen by whoever asks.

What the two differ by is what sign-in and visibility cost.
"""

import sys
from dataclasses import replace
from typing import Any
from uuid import UUID

import uvicorn

from app.core.act import Actor
from app.core.application import build
from app.core.database import Database
from app.core.house import House
from app.core.log import set_up
from app.core.reads.shape import EVERYONE, Registry, Shape, Shapes
from app.core.settings import Settings
from app.main import Application
from app.wiring import house as wired


class Anybody:
    """An identity port for which every token is one person's."""

    def __init__(self, actor: Actor) -> None:
        self.one = actor

    async def actor(self, _token: str) -> Actor:
        """The one."""
        return self.one

    async def refreshed(self, actor: Actor) -> Actor:
        """The same."""
        return actor

    async def person(self, _person_id: UUID) -> Actor:
        """The one."""
        return self.one


def unseeing(shapes: Registry) -> Registry:
    """The shapes without their visibility; lists go by the tables' own indexes, for scopes are made of visibility."""
    return Registry([Shapes(tuple(map(_open, shapes)))], shapes.verbs, shapes.around)


def _open(shape: Shape) -> Shape:
    listing = shape.listing and replace(shape.listing, scope=None)
    return replace(shape, visible=EVERYONE, listing=listing)


async def opened(house: House, person: UUID) -> House:
    """The house as `person` finds it with its doors open."""
    actor = await house.ports.identity.person(person)
    return replace(
        house, registry=unseeing(house.registry), ports=replace(house.ports, identity=Anybody(actor))
    )


class OpenApplication(Application):
    """The service's own application over the opened house."""

    def __init__(self, settings: Settings, person: UUID) -> None:
        super().__init__(settings)
        self.person = person

    async def made(self, database: Database) -> Any:
        """The application behind the lifespan."""
        return build(await opened(await wired(self.settings, database), self.person), warm=True)


def main() -> None:
    """Serves on the port of the first argument, as the person of the second; the database as for the service."""
    settings = Settings()
    set_up(settings.log_level)
    uvicorn.run(
        OpenApplication(settings, UUID(sys.argv[2])),
        port=int(sys.argv[1]),
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
    )
