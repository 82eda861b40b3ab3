"""Search at both doors: a list like every other, with its words required."""

from app.core.house import Command, Resource

RESOURCES = (Resource("search", "Found", one="", many="search"),)
COMMANDS: tuple[Command, ...] = ()
