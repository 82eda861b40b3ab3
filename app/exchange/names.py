"""The units that a cell names: parted by known names first, by the grammar of names second, never by commas alone."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from app.core.text import fold, nfc
from app.exchange.known_names import NO_NAMES, Candidate, Names, UnitName
from app.exchange.unit_grammar import AS_ABOVE, NOBODY, Token
from app.exchange.unit_openings import RoleWord
from app.exchange.unit_scanner import Doubt, Scanner, Span

__all__ = [
    "NO_NAMES",
    "Candidate",
    "Doubt",
    "Mention",
    "Names",
    "PartyReading",
    "UnitName",
    "read_coordinating",
    "read_leads",
]

Part = Literal["lead", "coordinating"]
PartyKind = Literal["single", "collective", "several", "mixed", "none"]

_LONGEST = 3_000  # characters of a cell that can be units; a longer one is left unread
_DITTO_MARKS = frozenset("\"'“”〃")
_AS_ABOVE = frozenset(words.replace(" ", "") for words in AS_ABOVE)
_OFFERED = 20  # units of one cell for which near names are looked up


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit, or many at once, as the cell names it.

    `words` are verbatim with their place in the cell, `read_as` is the name with the head a list leaves out. `key` is the
    unit, only where exactly one in force bears the name; `candidates` are the nearest otherwise.
    """

    words: str
    start: int
    end: int
    part: Part
    collective: bool = False
    key: str | None = None
    read_as: str = ""
    candidates: tuple[Candidate, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class PartyReading:
    """The units of one cell, in its order."""

    words: str
    mentions: tuple[Mention, ...]
    part: Part

    @property
    def leads(self) -> tuple[Mention, ...]:
        """Those that lead."""
        return tuple(mention for mention in self.mentions if mention.part == "lead")

    @property
    def coordinating(self) -> tuple[Mention, ...]:
        """Those that coordinate: in a cell that names lead and coordinating units together, or a column of its own."""
        return tuple(mention for mention in self.mentions if mention.part == "coordinating")

    @cached_property
    def kind(self) -> PartyKind:
        """How many the cell names in its own part: one, many at once, several by name, one and many, nobody."""
        told = [mention for mention in self.mentions if mention.part == self.part]
        named = sum(1 for mention in told if not mention.collective)
        if not told:
            return "none"
        if named == 0:
            return "collective"
        if named > 1:
            return "several"
        return "single" if len(told) == 1 else "mixed"


def read_leads(words: str, known: Names = NO_NAMES) -> PartyReading:
    """The units of a lead column. "ĐU UBND xã chủ trì, phối hợp Công an xã" names a lead and a coordinating unit.

    Works without known names too, by the grammar of names; then every `key` is None.
    """
    return _read(words, known, "lead")


def read_coordinating(words: str, known: Names = NO_NAMES) -> PartyReading:
    """The units of a coordinating column."""
    return _read(words, known, "coordinating")


def _read(words: str, known: Names, part: Part) -> PartyReading:
    text = nfc(words)
    if fold(text).strip(" \t\r\n-–—.…_*/") in NOBODY:
        return PartyReading(text, (), part)
    if _is_as_above(text):
        return _unread(text, part, "as_above")
    if len(text) > _LONGEST:
        return _unread(text, part, "too_long")
    scanner = Scanner(text, known)
    parts = _parted(scanner.pieces(), part)
    mentions = [_mention(span, its_part, text, scanner.tokens, known) for span, its_part in parts]
    offered = [
        _offered(mention, span, known) for mention, (span, _) in zip(mentions[:_OFFERED], parts, strict=False)
    ]
    return PartyReading(text, (*offered, *mentions[_OFFERED:]), part)


def _is_as_above(text: str) -> bool:
    signs = "".join(text.split())
    return (signs != "" and _DITTO_MARKS.issuperset(signs)) or fold(signs).strip("-–.") in _AS_ABOVE


def _unread(text: str, part: Part, doubt: Doubt) -> PartyReading:
    return PartyReading(text, (Mention(text, 0, len(text), part, read_as=text, doubts=(doubt,)),), part)


def _parted(pieces: list[Span | RoleWord], part: Part) -> list[tuple[Span, Part]]:
    """Each unit with its part. Role words speak of the units before them, or after them where they come first."""
    parts: dict[int, Part] = {}
    spans = [piece for piece in pieces if isinstance(piece, Span)]
    since: list[Span] = []
    ahead: Part = part
    for place, piece in enumerate(pieces):
        if isinstance(piece, Span):
            parts[piece.start] = ahead
            since.append(piece)
            continue
        told: Part = "lead" if piece.lead else "coordinating"
        follows = place + 1 < len(pieces) and isinstance(pieces[place + 1], Span)
        if piece.bracketed and since:
            parts[since[-1].start] = told
            continue
        if piece.first or (not piece.lead and follows) or not since:
            ahead = told
        else:
            parts.update({span.start: told for span in since})
            ahead = part
        since = []
    return [(span, parts[span.start]) for span in spans]


def _mention(span: Span, part: Part, text: str, tokens: list[Token], known: Names) -> Mention:
    start, end = tokens[span.start].start, tokens[span.end - 1].end
    behind = tokens[span.end].gap if span.end < len(tokens) else text[end:]
    if text[start:end].count("(") > text[start:end].count(")") and ")" in behind:
        end += behind.index(")") + 1
    words = text[start:end]
    read_as = " ".join((*_head_words(span, tokens), words))
    key = known.resolved(span.match) if span.match else None
    doubts = set(span.doubts)
    if span.match and key is None:
        doubts.add("ambiguous" if known.borne_by(span.match) > 1 else "not_in_force")
    return Mention(words, start, end, part, span.begins == "many", key, read_as, (), tuple(sorted(doubts)))


def _head_words(span: Span, tokens: list[Token]) -> tuple[str, ...]:
    """The words of the head that was left out, as they stand earlier in the cell; first letter a capital."""
    if span.head is None:
        return ()
    told = " ".join(token.text for token in tokens[slice(*span.head)])
    return (told[:1].upper() + told[1:],)


def _offered(mention: Mention, span: Span, known: Names) -> Mention:
    """The mention with the units it may mean: all that bear the name, or those whose names are nearest."""
    if mention.key or mention.collective or span.begins == "post":
        return mention
    if span.match:
        return replace(mention, candidates=known.bearers(span.match))
    return replace(mention, candidates=known.nearest(mention.read_as.partition("(")[0]))
