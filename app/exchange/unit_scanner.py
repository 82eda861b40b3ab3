"""Parts a cell into units and role words, from left to right."""

from dataclasses import dataclass, field
from typing import Literal

from app.exchange.known_names import Match, Names
from app.exchange.unit_grammar import (
    CLAUSES,
    CLOSED_HEADS,
    HEADS,
    INNER,
    JOINERS,
    KINDS,
    OF_FIELDS,
    PARTING,
    POSTS,
    UNPARTED,
    longest,
    said_by,
)
from app.exchange.unit_openings import Openings, Phrase, RoleWord, Start

Doubt = Literal[
    "ambiguous",  # several units in force bear the name
    "not_in_force",  # the name is known, but not as of the day
    "comma_inside",  # a comma stands inside; it may part two units nobody knows
    "no_separator",  # parted from the unit before without a sign
    "head_elided",  # "Sở Nội vụ, Tài chính": the head is taken from the unit before
    "cut",  # a head without a name, or a name that stops at "và": as at a page break
    "fragment",  # begins in the middle of a name
    "post",  # a person's post, not a unit
    "too_long",  # the cell is no list of units
    "as_above",  # "như trên": the unit stands in another row
]
_BULLETS = frozenset("-–—•*+")
_BEFORE = 4  # words looked back at for what joins two units
_NAME_BEFORE = 6  # words looked back at for a name that holds a comma or "và"


@dataclass(slots=True)
class Span:
    """One unit, or one phrase for many, from word `start` to before `end`; `head` are words read in front of it."""

    start: int
    end: int
    begins: Start
    head: tuple[int, int] | None = None
    match: Match | None = None
    doubts: set[Doubt] = field(default_factory=set)


class Scanner:
    """Reads one cell."""

    def __init__(self, words: str, known: Names) -> None:
        self.openings = Openings(words, known)
        self.tokens = self.openings.tokens
        self._elided: tuple[int, int] | None = None

    def pieces(self) -> list[Span | RoleWord]:
        """Units and role words in the order of the cell."""
        found: list[Span | RoleWord] = []
        place = 0
        while place < len(self.tokens):
            role = self.openings.role(place)
            joiner = self.openings.count(JOINERS, place)
            if role:
                found.append(role)
                place = role.end
            elif joiner or self.openings.label(place):
                place += joiner or 1
            elif entrusts := self.openings.entrusts(place):
                place += entrusts
            else:
                spans = self._spans(place)
                found.extend(spans)
                place = spans[-1].end
        return found

    def _spans(self, place: int) -> list[Span]:
        if self._elided:
            head, self._elided = self._elided, None
            return [self._bodied(place, head)]
        begins = self.openings.at(place) or "free"
        if begins == "list":
            return self._listed(place)
        if begins == "many":
            return [Span(place, self._end_of_many(place), "many")]
        return [self._doubted(self._one(place, begins))]

    def _one(self, place: int, begins: Start) -> Span:
        span = Span(place, place + 1, begins)
        match = self.openings.match(place) if begins == "known" else None
        behind = self._past_brackets(span, match.end) if match else place
        if match and self._is_whole(span, behind):
            span.end, span.match = behind, match
            self._stops(span, behind)  # a comma behind it may pass the head on
            return span
        least = place + self._least(place, begins)
        self._run(span, max(least, match.end if match else 0))
        return span

    def _least(self, place: int, begins: Start) -> int:
        """Words a unit takes at least: its head, and a first word of its name if one follows."""
        if begins == "post":
            return max(self.openings.count(POSTS, place), 1)
        count = self.openings.head(place) if begins in {"head", "known"} else 0
        return max(count, 1) + (1 if begins == "head" and self.openings.follows(place + count) else 0)

    def _past_brackets(self, span: Span, place: int) -> int:
        """Behind the words in brackets that explain a name."""
        depths = self.openings.depths
        while (
            place < len(self.tokens) and depths[place] > depths[span.start] and not self.openings.role(place)
        ):
            place += 1
        return place

    def _is_whole(self, span: Span, end: int) -> bool:
        """Nothing after the known name belongs to it: not "Ban Tổ chức" in "Ban Tổ chức cán bộ"."""
        if end >= len(self.tokens) or self._stops(Span(span.start, end, span.begins), end):
            return True
        if not (self.tokens[end].capital and self.openings.head(end)):
            return False
        other = self.openings.match(end)  # two known names in a row need no sign between them
        return other is not None and self.openings.ends(other.end)

    def _run(self, span: Span, reached: int) -> None:
        place = min(reached, len(self.tokens))
        while not self._stops(span, place):
            place += 1
        span.end = place

    # Where a unit ends

    def _stops(self, span: Span, place: int) -> bool:
        """The unit ends before this word."""
        if place >= len(self.tokens) or self.openings.role(place):
            return True
        token = self.tokens[place]
        if self.openings.depths[place] > self.openings.depths[span.start] or self._is_unparted(place):
            return False
        if token.set_off:
            return ";" in token.gap or bool(_BULLETS & set(token.gap)) or self._stops_at_line(span, place)
        if token.parted:
            return self._stops_parted(span, place)
        joiner = self.openings.count(JOINERS, place)
        if joiner:
            return bool(self.openings.at(place + joiner)) or self._passes_head(span, place, place + joiner)
        return self._stops_unparted(span, place)

    def _stops_at_line(self, span: Span, place: int) -> bool:
        """A new line parts units, or only wraps one: "Ban Tổ chức / Tỉnh ủy" goes on."""
        begins = self.openings.at(place)
        completes = begins == "head" and not self.openings.count(PARTING, place)
        if completes and self.openings.head_said(span.start) not in CLOSED_HEADS:
            return False
        return bool(begins) or self.openings.label(place)

    def _stops_parted(self, span: Span, place: int) -> bool:
        """A comma, slash or dash parts units only before what begins one, or inside words that have no head at all."""
        if self.openings.at(place) or self._passes_head(span, place, place):
            return True
        if span.begins == "free" and self.tokens[place].capital:
            return True
        if "," in self.tokens[place].gap and place >= span.start + 1 + self.openings.field(span.start + 1):
            span.doubts.add("comma_inside")
        return False

    def _stops_unparted(self, span: Span, place: int) -> bool:
        """A capital head right behind a name: "Bộ Tài chính Bộ Công an" are two, "Văn phòng Đảng ủy" is one."""
        begins = (
            self.tokens[place].capital and self.openings.head(place) and self.openings.count(PARTING, place)
        )
        if not begins or span.begins == "post" or self.openings.count(INNER, place):
            return False
        own = self.openings.head_said(span.start)
        named = place > span.start + self.openings.count(HEADS, span.start)
        return named and own != () and (own in CLOSED_HEADS or own == self.openings.head_said(place))

    def _passes_head(self, span: Span, end: int, place: int) -> bool:
        """As in "Sở Nội vụ, Tài chính": the body of another name of the same kind stands here alone."""
        head = span.head or (span.start, span.start + self.openings.count(HEADS, span.start))
        if said_by(self.tokens[slice(*head)]) not in OF_FIELDS or place >= len(self.tokens):
            return False
        body = span.start if span.head else head[1]
        count = self.openings.field(place)
        if not count or self.openings.field(body) != end - body or not self.openings.ends(place + count):
            return False
        self._elided = head
        return True

    def _is_unparted(self, place: int) -> bool:
        """A comma or "và" here stands inside a name that is known to hold it."""
        before = said_by(self.tokens[max(place - _NAME_BEFORE, 0) : place])
        behind = said_by(self.tokens[place + self.openings.count(JOINERS, place) : place + 6])
        return any(longest(right, behind) and _ends_with(left, before) for left, right in UNPARTED)

    # Many units

    def _end_of_many(self, start: int) -> int:
        """The end of words for many units: their kinds, qualifiers and places, up to a unit that is named."""
        clause = False
        place = start + 1
        while place < len(self.tokens):
            token = self.tokens[place]
            clause = clause or (not token.capital and self.openings.count(CLAUSES, place) > 0)
            if self.openings.role(place) or (token.set_off and (";" in token.gap or self.openings.at(place))):
                break
            joiner = self.openings.count(JOINERS, place)
            if (token.parted or joiner) and self._begins_anew(place + joiner, clause=clause):
                break
            place += 1
        return place

    def _begins_anew(self, place: int, *, clause: bool) -> bool:
        begins = self.openings.at(place)
        if begins == "many":
            return self.openings.many(place) or not self.openings.count(KINDS, place)
        return begins in {"known", "list", "post", "head"} or (begins == "short" and not clause)

    def _listed(self, start: int) -> list[Span]:
        """The members of "Các Bộ: Công an, Quốc phòng và Ngoại giao", each with the head read in front."""
        head = self.openings.list_head(start) or (start, start + 1)
        spans: list[Span] = []
        place = head[1]
        while place < len(self.tokens):
            spans.append(self._member(place, head))
            place = spans[-1].end
            if place >= len(self.tokens) or self.openings.follows(place) or self.openings.role(place):
                break
            joiner = self.openings.count(JOINERS, place)
            if self._is_other(place + joiner):
                break
            place += joiner
        return spans

    def _member(self, place: int, head: tuple[int, int]) -> Span:
        match = self.openings.match(place, head)
        fielded = said_by(self.tokens[slice(*head)]) in OF_FIELDS
        end = max(match.end if match else place, place + (self.openings.field(place) if fielded else 0))
        if end == place or not self.openings.ends(end):
            end = max(end, place + 1)
            while not self.openings.ends(end):
                end += 1
        return Span(place, end, "head", head, match if match and match.end == end else None)

    def _is_other(self, place: int) -> bool:
        """What follows a list's comma begins a unit of its own kind, not one more member."""
        begins = self.openings.at(place)
        if begins in {"list", "many", "post"} or place >= len(self.tokens):
            return True
        field = self.openings.field(place)
        member = field > 0 and self.openings.ends(place + field)  # "Công an" of a list, not "Công an tỉnh"
        return begins in {"head", "known"} and not member and self.openings.head(place) > 0

    def _bodied(self, place: int, head: tuple[int, int]) -> Span:
        """A unit whose head stands with the one before."""
        span = Span(place, place + max(self.openings.field(place), 1), "head", head, doubts={"head_elided"})
        match = self.openings.match(place, head)
        span.match = match if match and match.end == span.end else None
        self._stops(span, span.end)
        return span

    # What is doubtful

    def _doubted(self, span: Span) -> Span:
        """Trims words that lead nowhere and records what is doubtful about the rest."""
        last = span.end - 1
        if last > span.start and self.openings.count(JOINERS, last):
            span.end = last
            span.doubts.add("cut")
        said = said_by(self.tokens[span.start : span.end])
        if span.match is None and len(said) == 1 and said in HEADS:
            span.doubts.add("cut")
        if span.begins == "free" and not self.tokens[span.start].capital:
            span.doubts.add("fragment")
        if span.begins == "post":
            span.doubts.add("post")
        if self._stands_unparted(span.start):
            span.doubts.add("no_separator")
        return span

    def _stands_unparted(self, place: int) -> bool:
        """No sign, no "và" and no role word stands between this unit and the one before."""
        if place == 0 or not self.tokens[place].joined or self.openings.label(place - 1):
            return False
        behind = range(max(place - _BEFORE, 0), place)
        joined = any(
            other + self.openings.count(JOINERS, other) == place
            for other in behind
            if self.openings.count(JOINERS, other)
        )
        return not joined and not any(
            (role := self.openings.role(other)) and role.end == place for other in behind
        )


def _ends_with(phrases: frozenset[Phrase], said: Phrase) -> bool:
    return any(said[-len(phrase) :] == phrase for phrase in phrases)
