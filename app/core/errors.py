"""Refusals: what was asked, what stood in the way, what is open.

Refused                     every refusal a caller can meet; carries a Refusal and its values
├── 400  not understood     request_malformed, parameter_unknown, value_invalid, cursor_invalid, …
├── 401  unknown caller     token_missing, token_invalid
├── 403  may see, not do    not_allowed (Denied)
├── 404  not there or hidden  not_found
├── 409  not now            <room>'s conflicts, idempotency_in_progress
├── 412  stale              version_stale
├── 413, 415, 422, 428, 429
└── 503  not ready          database_unavailable
SilentChange                our own mistake: a change without a fact; answered as 500 and never committed
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.text import Text


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of refusal: declared once in a room's `words.py`; `code` is for machines and never translated."""

    code: str
    status: int
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with what was sent: where (JSON pointer or parameter), which code, in words, by which rule."""

    pointer: str
    code: str
    message: Text
    rule: str | None = None


class Refused(Exception):
    """The request is refused. `values` fill the detail's places; `flaws` point at each part that is wrong."""

    def __init__(
        self,
        refusal: Refusal,
        *,
        flaws: tuple[Flaw, ...] = (),
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.flaws = flaws
        self.values = values
        self.headers = headers or {}

    @property
    def detail(self) -> Text:
        """The detail with its places filled."""
        return self.refusal.detail.filled(**self.values) if self.values else self.refusal.detail


NARROWED = "token_scope"
"""The reason of a denial that the caller's token narrows him to; with another he might."""


class Denied(Refused):
    """A refusal for lack of power. It leaves a trace of its own: which power, why not, over which object of which unit
    and class.
    """

    def __init__(
        self,
        refusal: Refusal,
        *,
        power: str,
        why: str,
        words: Text,
        about: tuple[str, UUID] | None = None,
        unit_id: UUID | None = None,
        access_class: int = 0,
    ) -> None:
        super().__init__(refusal, flaws=(Flaw("", why, words),), power=power, why=words)
        self.power = power
        self.why = why
        self.about = about
        self.unit_id = unit_id
        self.access_class = access_class

    @property
    def lies_in_token(self) -> bool:
        """Whether another token of the caller's might do what this one does not."""
        return self.why == NARROWED


class SilentChange(RuntimeError):
    """A verb changed an object and recorded no fact about it. Expected: one fact for each object changed."""
