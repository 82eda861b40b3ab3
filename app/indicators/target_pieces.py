"""A target's wording cut into pieces: numbers, cues, separators, names, and plain words, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.text import fold, nfc
from app.indicators.numbers import plain
from app.indicators.target_lexicon import spelled, unmarked
from app.indicators.target_parts import Comparator
from app.indicators.target_words import CUES, Role, Sense

# Zero-width characters say nothing, and would split a number or a word.
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_LINE_ENDS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_PIECE = re.compile(
    rf"""
    (?P<bullet>(?:^|(?<=[\r\n;]))[ \t]*(?:[-+*•●○▪◦]|[0-9]{{1,2}}[.)]|[a-zđ]\))(?=[ \t]+\S))
    |(?P<break>[{_LINE_ENDS};]|(?<=[^\s.]{{2}})(?<![A-ZĐ]{{2}})\.(?=\s|$))
    |(?P<name>
        [0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-][0-9]{{4}}(?![0-9])
        |[0-9]{{1,2}}/(?:19|20)[0-9]{{2}}(?![0-9/])
        |[0-9]{{1,5}}(?:/[0-9]{{4}})?[-/][A-ZĐ]{{1,8}}[0-9]{{0,3}}(?:[-/][^\W\d_]{{1,8}}){{1,3}}
        |[0-9]{{1,5}}/[0-9]{{4}}/[A-ZĐ]{{1,4}}[0-9]{{1,3}}
        |24/(?:7|24)(?![0-9])
        |[IVX]{{1,4}}/(?:19|20)[0-9]{{2}}(?![0-9])
        |[^\W\d_]\w*-[0-9]+(?![0-9]|[.,][0-9]|[ ]?%)
    )
    |(?P<fraction>[0-9]{{1,3}}/(?!100)[0-9]{{1,3}}(?![0-9/]|\.[0-9]))
    |(?P<number>[0-9]{{1,3}}(?:[ \u00a0][0-9]{{3}})+(?:,[0-9]+)?(?![.,]?[0-9])|[0-9]+(?:[.,][0-9]+)*)
    |(?P<compare>[<>][ ]?=|=[ ]?[<>]|[<>=≥≤≧≦⩾⩽~≈∼≃])
    |(?P<rise>[↑⬆▲])
    |(?P<fall>[↓⬇▼])
    |(?P<share>%|‰)
    |(?P<top>(?i:top|tốp)(?=[0-9]))
    |(?P<word>[^\W\d_]\w*)
    |(?P<comma>[,(])
    |(?P<dash>-)
    |(?P<slash>/)
    |(?P<symbol>\S)
    """,
    re.VERBOSE,
)
_BY_FORM = {
    "break": Role.BREAK,
    "name": Role.NAME,
    "fraction": Role.FRACTION,
    "number": Role.NUMBER,
    "top": Role.TOP,
    "comma": Role.COMMA,
    "dash": Role.DASH,
    "slash": Role.SLASH,
    "rise": Role.RISE,
    "fall": Role.FALL,
}
_AT_LEAST_SIGNS, _AT_MOST_SIGNS, _ABOUT_SIGNS = frozenset("≥≧⩾"), frozenset("≤≦⩽"), frozenset("~≈∼≃")


@dataclass(frozen=True, slots=True)
class Piece:
    """One cue, number, separator or word of the text, from `start` to `end`."""

    sense: Sense
    words: str
    key: str
    start: int
    end: int

    @property
    def role(self) -> Role:
        """What the piece does in the wording."""
        return self.sense.role

    @property
    def comparator(self) -> Comparator | None:
        """The comparator the piece stands for."""
        return self.sense.comparator


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in composed form without invisible characters, and its pieces from left to right.

    `bare` says that it carries no Vietnamese letter, so that cues were recognised without their marks.
    """

    text: str
    pieces: tuple[Piece, ...]
    bare: bool

    def slice(self, first: int, behind: int) -> str:
        """The words from one piece up to another, that one left out."""
        behind = min(behind, len(self.pieces))
        if first >= behind:
            return ""
        return self.text[self.pieces[first].start : self.pieces[behind - 1].end]


def cut(words: str) -> Wording:
    """The pieces of a text by form and vocabulary alone; linear in its length."""
    text = nfc(words.translate(_INVISIBLE))
    bare = unmarked(text)
    return Wording(text, tuple(_merged(list(_formed(text, bare=bare)), bare=bare)), bare)


def _formed(text: str, *, bare: bool) -> Iterator[Piece]:
    for match in _PIECE.finditer(plain(text)):
        form = match.lastgroup or "symbol"
        if form == "bullet":
            continue
        words = text[match.start() : match.end()]
        key = fold(words) if bare else spelled(words)
        yield Piece(_sense(form, match[0]), words, key, match.start(), match.end())


def _sense(form: str, sign: str) -> Sense:
    if form == "share":
        return Sense(Role.SHARE, unit=sign)
    if form != "compare":
        return Sense(_BY_FORM.get(form, Role.SYMBOL if form == "symbol" else Role.PLAIN))
    if sign in _ABOUT_SIGNS:
        return Sense(Role.ABOUT)
    equal = "=" in sign
    if sign in _AT_LEAST_SIGNS or ">" in sign:
        return Sense(Role.COMPARE, Comparator.AT_LEAST if equal or sign != ">" else Comparator.MORE_THAN)
    if sign in _AT_MOST_SIGNS or "<" in sign:
        return Sense(Role.COMPARE, Comparator.AT_MOST if equal or sign != "<" else Comparator.LESS_THAN)
    return Sense(Role.COMPARE, Comparator.EXACTLY)


def _merged(formed: list[Piece], *, bare: bool) -> Iterator[Piece]:
    """Words that make a known phrase as one piece."""
    keys = [piece.key if piece.role is Role.PLAIN else "" for piece in formed]
    place = 0
    while place < len(formed):
        piece = formed[place]
        found = CUES.at(keys, place, bare=bare) if piece.role is Role.PLAIN else None
        if found is None:
            yield piece
            place += 1
            continue
        length, sense = found
        last = formed[place + length - 1]
        yield Piece(
            sense,
            " ".join(each.words for each in formed[place : place + length]),
            " ".join(keys[place : place + length]),
            piece.start,
            last.end,
        )
        place += length
