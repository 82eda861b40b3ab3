"""What begins at a word of a cell: a known name, a list, words for many, a post, a head, a short form, a role word."""

from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate
from typing import Literal

from app.exchange.known_names import Match, Names
from app.exchange.unit_grammar import (
    ALWAYS_MANY,
    CAC,
    COLLEGES,
    COMMON,
    COORDINATES,
    ENTRUSTS,
    ENUMERATED,
    FIELDS,
    HEADS,
    HELPS,
    JOINERS,
    KINDS,
    LEADS,
    MANY,
    NO_HEADS,
    OF_FIELDS,
    OF_PLACES,
    OFFICE_NOUNS,
    OFFICES,
    PLACES,
    PLAIN_ROLES,
    POSTS,
    QUALIFIERS,
    ZONES,
    longest,
    parts_of,
    said_by,
    tokens_of,
)

Start = Literal["known", "list", "many", "post", "head", "short", "free"]
Phrase = tuple[str, ...]
_LED_BY = HEADS | POSTS | COLLEGES
_REACH = 8  # words a phrase of the grammar takes at most


@dataclass(frozen=True, slots=True)
class RoleWord:
    """Words that say who leads or coordinates; the units stand before them, unless they come `first`."""

    start: int
    end: int
    lead: bool
    first: bool
    bracketed: bool


class Openings:
    """The words of one cell and what begins at each. Places count words from 0."""

    def __init__(self, words: str, known: Names) -> None:
        self.tokens = tokens_of(words)
        self.known = known
        # The same word is asked about many times: what begins there, and what it says, is worked out once.
        self.at = cache(self._at)
        self.role = cache(self._role)
        self._said = cache(self._said_from)
        self.depths = list(accumulate(token.gap.count("(") - token.gap.count(")") for token in self.tokens))

    def _at(self, place: int) -> Start | None:
        """What begins here; None for a word that only goes on."""
        if place >= len(self.tokens):
            return None
        if self.match(place):
            return "known"
        if self.list_head(place):
            return "list"
        if self._is_many(place):
            return "many"
        return self._one(place)

    def match(self, place: int, head: tuple[int, int] | None = None) -> Match | None:
        """The known name here, with the words of `head` read in front of it."""
        return self.known.match(self.tokens, place, parts_of(self.tokens[slice(*head)]) if head else ())

    def count(self, phrases: frozenset[Phrase], place: int) -> int:
        """How many words the longest of the phrases takes here; 0 for none."""
        return self._words(place, longest(phrases, self._said(place)))

    def head(self, place: int) -> int:
        """Words of the head of one unit's name here; 0 for none.

        A bare head of one syllable (Bộ, Ban, Sở) names nobody; in small letters a head needs its name behind it.
        """
        count = self.count(HEADS, place)
        if not count or self.count(NO_HEADS, place):
            return 0
        follows = self.follows(place + count)
        one_syllable = len(said_by(self.tokens[place : place + count])) == 1
        if self.tokens[place].capital:
            return count if follows or not one_syllable or place + count == len(self.tokens) else 0
        named = follows and (self.tokens[place + count].capital or not one_syllable)
        return count if named else 0

    def head_said(self, place: int) -> Phrase:
        """The spelling of the head here, whether or not a name follows."""
        return said_by(self.tokens[place : place + self.count(HEADS, place)])

    def list_head(self, place: int) -> tuple[int, int] | None:
        """The words of the kind in a list: "Bộ" in "Các Bộ: Công an, Quốc phòng"; None where no list of names follows."""
        said = self._said(place)
        many = longest(MANY, said)
        kind = longest(ENUMERATED, said[many:]) if said[:many] in CAC else 0
        count = self._words(place, many + kind) if kind else 0
        after = place + count
        if not count or after >= len(self.tokens):
            return None
        head = (place + self._words(place, many), after)
        return head if ":" in self.tokens[after].gap or self._lists(head) else None

    def field(self, place: int) -> int:
        """Words of the body of a ministry's or department's name here, commas inside it included; 0 for none."""
        return self._words(place, longest(FIELDS, said_by(self.tokens[place : place + _REACH])))

    def _role(self, place: int) -> RoleWord | None:
        """The role word here. "thực hiện", "tham mưu" are one only in small letters, behind a unit or before a colon."""
        if noun := self._before_role(place):
            found = self.role(place + noun)
            return replace(found, start=place) if found else None
        lead, other = self.count(LEADS, place), self.count(COORDINATES, place)
        count, token = max(lead, other), self.tokens[place]
        if not count:
            return None
        end = place + count
        colon = end < len(self.tokens) and ":" in self.tokens[end].gap
        if self._describes(end):
            return None
        of_office = place > 0 and token.joined and self.count(OFFICES, place - 1) > 0 and not colon
        plain = self.count(PLAIN_ROLES, place) > 0 or (place > 0 and not token.capital)
        if of_office or not (plain or colon):
            return None
        return RoleWord(
            place, end, lead >= other, colon or place == 0 or token.set_off, self.depths[place] > 0
        )

    def _before_role(self, place: int) -> int:
        """Words of "Cơ quan" in "Cơ quan chủ trì: Sở A": a label, not the units called so; 0 where it is none."""
        noun = self.count(OFFICE_NOUNS, place)
        role = noun and max(self.count(LEADS, place + noun), self.count(COORDINATES, place + noun))
        behind = place + noun + role
        return noun if role and behind < len(self.tokens) and ":" in self.tokens[behind].gap else 0

    def _describes(self, place: int) -> bool:
        """Behind "tham mưu" stands ", giúp việc": what the units are for, not who leads."""
        return place < len(self.tokens) and self.count(HELPS, place) > 0

    def entrusts(self, place: int) -> int:
        """Words of "Giao" before a unit ("Giao Sở Nội vụ"); 0 where it begins a name, as in "Giao thông"."""
        count = self.count(ENTRUSTS, place)
        opens = place == 0 or self.tokens[place].set_off
        return count if count and opens and self.at(place + count) else 0

    def label(self, place: int) -> bool:
        """The number or letter of a list stands here: 1. or a) at the beginning of a line."""
        if place + 1 >= len(self.tokens) or not (place == 0 or self.tokens[place].set_off):
            return False
        word = self.tokens[place].text
        return (word.isdigit() or len(word) == 1) and self.tokens[place + 1].gap[:1] in {".", ")", "/", "-"}

    def follows(self, place: int) -> bool:
        """A word stands here that nothing parts from the one before."""
        return place < len(self.tokens) and self.tokens[place].joined and not self.count(JOINERS, place)

    def ends(self, place: int) -> bool:
        """Nothing of a name can stand here: the end, a sign that parts, "và", a role word."""
        return not self.follows(place) or self.role(place) is not None

    def many(self, place: int) -> bool:
        """Words of number stand here: các, một số, toàn thể."""
        return longest(MANY, self._said(place)) > 0

    def _one(self, place: int) -> Start | None:
        if self.count(POSTS, place):
            return "post"
        if self.head(place):
            return "head"
        return "short" if self.tokens[place].short else None

    def _is_many(self, place: int) -> bool:
        """Words for many units at once: "các bộ", "Bộ, ngành", "địa phương", "UBND các xã", "chi bộ trực thuộc"."""
        said = self._said(place)
        many = longest(MANY, said)
        if many and longest(ZONES, said[many:]):
            return False
        if many or self._many_places(said):
            return True
        kind = longest(KINDS, said)
        count = self._words(place, kind)
        if not count or self.count(NO_HEADS, place) > count:
            return False
        return said[:kind] in ALWAYS_MANY or self._is_kind_alone(place, count, said[:kind])

    def _many_places(self, said: Phrase) -> bool:
        """One head for the units of many places: "UBND các tỉnh", "Thủ trưởng các đơn vị"."""
        head = longest(_LED_BY | KINDS, said)
        many = longest(MANY, said[head:]) if head else 0
        kinds = KINDS if said[:head] in POSTS | COLLEGES else PLACES
        return many > 0 and longest(kinds, said[head + many :]) > 0

    def _is_kind_alone(self, place: int, count: int, kind: Phrase) -> bool:
        """The kind stands for all of its kind: no name follows it, or only words that say which of them."""
        token, after = self.tokens[place], place + count
        if not self.follows(after):
            ends = after >= len(self.tokens)
            return self._goes_on(after) or (not token.capital and not (ends and kind in HEADS))
        following = self.tokens[after]
        if following.capital:
            return False
        return self.count(QUALIFIERS, after) > 0 or (not token.capital and kind in COMMON)

    def _goes_on(self, place: int) -> bool:
        """As in "Bộ, ngành" or "sở và địa phương": the next words are one more kind in small letters."""
        if place >= len(self.tokens) or self.tokens[place].set_off:
            return False
        place += self.count(JOINERS, place)
        return place < len(self.tokens) and not self.tokens[place].capital and self.count(KINDS, place) > 0

    def _lists(self, head: tuple[int, int]) -> bool:
        """Without a colon: names of places, or well-known bodies of ministries and departments, follow in capitals."""
        after = head[1]
        if not self.tokens[after].joined or not self.tokens[after].capital:
            return False
        said = said_by(self.tokens[slice(*head)])
        return said in OF_PLACES or (
            said in OF_FIELDS and (self.field(after) > 0 or self.match(after, head) is not None)
        )

    def _said_from(self, place: int) -> Phrase:
        """The spelling from this word as far as nothing parts the words."""
        end = place + 1
        while end < len(self.tokens) and self.tokens[end].joined and end - place < _REACH:
            end += 1
        return said_by(self.tokens[place:end])

    def _words(self, place: int, parts: int) -> int:
        """How many words these parts are; 0 when the phrase ends inside a word written short."""
        counted = 0
        for count, token in enumerate(self.tokens[place:], 1):
            counted += len(token.said)
            if counted >= parts:
                return count if parts and counted == parts else 0
        return 0
