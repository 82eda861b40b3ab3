"""The names by which units are known, as of a date: found in running words, or told apart when near."""

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from app.exchange.unit_grammar import Token, parts_of, tokens_of

_NEAR = 0.65
_NEAREST = 3
_COMPARED = 24  # forms that share most words are compared letter by letter
_COMMON = 400  # forms that hold a word: beyond, it tells little
_PARTS_OFF = frozenset(",;")
_DASHES = frozenset("-–—")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's name with its other forms; in force from `valid_from` until the day before `valid_to`."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date | None) -> bool:
        """The name stood on this day; without a day every name does."""
        if on is None:
            return True
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on < self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit whose name is near: its name, likeness 0-1, and whether the name was in force on the day."""

    key: str
    name: str
    score: float
    in_force: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A known form found in the words: the token after its last, and the units that bear it."""

    end: int
    units: tuple[UnitName, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling of a unit's name: folded parts, and before each part whether a comma or dash stands there."""

    parts: tuple[str, ...]
    breaks: tuple[str, ...]
    words: str
    unit: UnitName


class Names:
    """A frozen index of units' names and aliases, read as of one day."""

    def __init__(self, forms: Iterable[_Form], on: date | None) -> None:
        self._on = on
        self._forms = tuple(forms)
        self._by_parts: defaultdict[tuple[str, ...], list[_Form]] = defaultdict(list)
        self._by_part: defaultdict[str, set[int]] = defaultdict(set)
        for place, form in enumerate(self._forms):
            self._by_parts[form.parts].append(form)
            for part in form.parts:
                self._by_part[part].add(place)
        self._remembered = lru_cache(maxsize=2048)(
            self._nearest
        )  # annexes name the same units again and again
        self._longest = max((len(form.parts) for form in self._forms), default=0)

    @classmethod
    def of(cls, entries: Iterable[UnitName], on: date | None = None) -> "Names":
        """The index of these units as of the day; a name out of force is recognised and offered, never resolved to."""
        return cls(
            (
                form
                for entry in entries
                for words in (entry.name, *entry.aliases)
                if (form := _form(words, entry))
            ),
            on,
        )

    def match(self, tokens: list[Token], start: int, head: tuple[str, ...] = ()) -> Match | None:
        """The longest known form that begins at this token; `head` is read in front of it ("Các Bộ: Công an")."""
        best: Match | None = None
        parts, breaks = head, tuple("" for _ in head)
        for place in range(start, len(tokens)):
            token = tokens[place]
            gap = "" if place == start else _break(token.gap)
            parts, breaks = (*parts, *token.parts), (*breaks, gap, *("" for _ in token.parts[1:]))
            if len(parts) > self._longest:
                break
            forms = [form for form in self._by_parts.get(parts, ()) if _agree(form.breaks, breaks)]
            if forms:
                best = Match(place + 1, tuple(dict.fromkeys(form.unit for form in forms)))
        return best

    def resolved(self, match: Match) -> str | None:
        """The one unit in force that bears the form; None when there is none, or more than one."""
        keys = {unit.key for unit in match.units if unit.in_force(self._on)}
        return keys.pop() if len(keys) == 1 else None

    def borne_by(self, match: Match) -> int:
        """How many units in force bear the form."""
        return len({unit.key for unit in match.units if unit.in_force(self._on)})

    def bearers(self, match: Match) -> tuple[Candidate, ...]:
        """The units that bear the form, those in force first."""
        found = {
            unit.key: Candidate(unit.key, unit.name, 1.0, unit.in_force(self._on)) for unit in match.units
        }
        return tuple(sorted(found.values(), key=lambda one: (not one.in_force, one.name)))

    def nearest(self, words: str) -> tuple[Candidate, ...]:
        """Up to three units whose names are nearest, best first; those in force before others of the same likeness."""
        return self._remembered(parts_of(tokens_of(words)))

    def _nearest(self, parts: tuple[str, ...]) -> tuple[Candidate, ...]:
        told = " ".join(parts)
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(told)
        found: dict[str, Candidate] = {}
        for form in self._sharing(parts):
            matcher.set_seq1(" ".join(form.parts))
            score = round(matcher.ratio(), 3) if matcher.quick_ratio() >= _NEAR else 0
            known = found.get(form.unit.key)
            if score >= _NEAR and (known is None or known.score < score):
                found[form.unit.key] = Candidate(
                    form.unit.key, form.unit.name, score, form.unit.in_force(self._on)
                )
        ordered = sorted(found.values(), key=lambda one: (-one.score, not one.in_force, one.name))
        return tuple(ordered[:_NEAREST])

    def _sharing(self, parts: tuple[str, ...]) -> list[_Form]:
        """The forms that share the rarest words with these: comparing letters with every name would take too long."""
        weights: defaultdict[int, float] = defaultdict(float)
        for part in sorted(set(parts), key=lambda part: len(self._by_part.get(part, ()))):
            places = self._by_part.get(part, set())
            if len(weights) >= _COMPARED and len(places) > _COMMON:
                break
            for place in places:
                weights[place] += 1 / len(places)
        nearest = heapq.nsmallest(
            _COMPARED, weights, key=lambda place: (-weights[place], len(self._forms[place].parts), place)
        )
        return [self._forms[place] for place in nearest]


def _form(words: str, unit: UnitName) -> _Form | None:
    """The form of a name; words in brackets at its end explain and do not count."""
    tokens = tokens_of(words.partition("(")[0] if not words.lstrip().startswith("(") else words)
    if not tokens:
        return None
    breaks = [gap for token in tokens for gap in (_break(token.gap), *("" for _ in token.parts[1:]))]
    return _Form(parts_of(tokens), ("", *breaks[1:]), words, unit)


def _break(gap: str) -> str:
    if _PARTS_OFF & set(gap):
        return ","
    if _DASHES & set(gap):
        return "-"
    return "(" if "(" in gap or ")" in gap or "/" in gap else ""


def _agree(form: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """A comma or dash in the words must stand in the name too; one of the name may be missing in the words."""
    return all(told in ("", known) for known, told in zip(form, words, strict=True))


NO_NAMES = Names.of(())
