"""What a caller asks of the shapes: the one form that REST, GraphQL and the answers of commands share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Slot:
    """A value that comes with each request: its path in the request's arguments, e.g. `("filter", "state")`."""

    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A list's arguments. Values of filters are constants or slots; `after`/`before` hold the slot of a cursor."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    limit: int = 50
    after: Slot | None = None
    backward: bool = False
    count: bool = False
    as_of: Slot | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One field or edge of a selection under its response key. `of` selects below an edge; `many` says it is a list."""

    key: str
    name: str
    of: "tuple[Ask, ...]" = ()
    page: Page | None = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class One:
    """Read one object by id (`by` names another unique filter)."""

    shape: str
    id: Any
    of: tuple[Ask, ...]
    as_of: Slot | None = None


@dataclass(frozen=True, slots=True)
class Several:
    """Read a page of objects."""

    shape: str
    page: Page
    of: tuple[Ask, ...]
