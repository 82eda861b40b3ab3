"""Deadline words cut into words, numbers and signs, each knowing where it stands in the verbatim text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.core.text import fold

_PIECES = re.compile(r"[^\W\d_]+|\d+|\S")
_QUARTER_GLUED = re.compile(r"(q|quy)(?:i{1,3}|iv)")
_SIGNS = (
    dict.fromkeys("‐‑‒–—―−→÷", "-")
    | dict.fromkeys("∕⁄", "/")
    | dict.fromkeys("[{", "(")
    | dict.fromkeys("]}", ")")
)
_QUOTES = frozenset("\"'“”‘’«»`•●▪◦")
YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign. `bare` is the folded word, the digits, or the sign; `marks` what folding took off."""

    bare: str
    marked: str
    marks: str
    start: int
    end: int
    glued: bool
    number: int | None = None

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.number is None and self.bare[:1].isalpha()

    @property
    def is_year(self) -> bool:
        """Whether it has the four digits of a year."""
        return self.number is not None and len(self.bare) == YEAR_DIGITS

    @property
    def is_short(self) -> bool:
        """Whether it has the one or two digits of a day or month."""
        return self.number is not None and len(self.bare) <= YEAR_DIGITS // 2


def tokens_of(words: str) -> tuple[Token, ...]:
    """Tokens of composed text; quotation marks, bullets and invisible format characters count as blanks."""
    found: list[Token] = []
    end = -1
    for match in _PIECES.finditer(words):
        piece = match.group()
        if piece in _QUOTES or unicodedata.category(piece[0]) == "Cf":
            continue
        found.extend(_tokens(piece, match.start(), glued=match.start() == end))
        end = match.end()
    return tuple(found)


def _tokens(piece: str, start: int, *, glued: bool) -> Iterator[Token]:
    if piece[0].isdecimal():
        digits = "".join(str(unicodedata.decimal(digit)) for digit in piece)
        yield Token(digits, piece, "", start, start + len(piece), glued, int(digits))
        return
    marked = unicodedata.normalize("NFKC", piece).lower()
    bare = _SIGNS.get(piece) or fold(marked)
    if quarter := _QUARTER_GLUED.fullmatch(bare):
        head = len(quarter[1])
        yield Token(quarter[1], marked[:head], _marks(marked[:head]), start, start + head, glued)
        yield Token(bare[head:], marked[head:], "", start + head, start + len(piece), glued=True)
        return
    yield Token(bare, marked, _marks(marked), start, start + len(piece), glued)


def _marks(word: str) -> str:
    """The marks of a word in no order, so that "qúy" is "quý" and "uỷ" is "ủy", but "sâu" is not "sau"."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(sorted(mark for mark in apart if mark == "đ" or unicodedata.combining(mark)))


@cache
def _compared(phrase: str) -> tuple[tuple[str, str], ...]:
    return tuple((fold(word), _marks(word)) for word in phrase.split())


@dataclass(slots=True)
class Cursor:
    """A place in the tokens of `words`. Going back is setting `place` again."""

    words: str
    tokens: tuple[Token, ...]
    place: int = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token `ahead` of here; beyond the end an empty one."""
        place = self.place + ahead
        if place < len(self.tokens):
            return self.tokens[place]
        return Token("", "", "", len(self.words), len(self.words), glued=False)

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return self.place >= len(self.tokens)

    def next(self) -> Token:
        """The token here, stepping over it."""
        token = self.peek()
        self.place += 1
        return token

    def stands(self, *phrases: str, ahead: int = 0) -> int:
        """How many tokens the first of the phrases that stands here covers, 0 if none does.

        A word matches with its own marks, or typed without any.
        """
        first = self.peek(ahead).bare
        for phrase in phrases:
            compared = _compared(phrase)
            # Most phrases fail here; going through _is for each would take most of the reader's time.
            if compared[0][0] == first and all(
                self._is(word, ahead + place) for place, word in enumerate(compared)
            ):
                return len(compared)
        return 0

    def _is(self, word: tuple[str, str], ahead: int) -> bool:
        token = self.peek(ahead)
        return token.bare == word[0] and token.marks in {word[1], ""}

    def took(self, *phrases: str) -> bool:
        """Whether one of the phrases stands here, stepping over it."""
        covered = self.stands(*phrases)
        self.place += covered
        return bool(covered)

    def rest(self) -> str:
        """The verbatim text from here to the end, without blanks and closing signs around it."""
        return clipped(self.words[self.peek().start :])


def clipped(words: str) -> str:
    """Verbatim words without the blanks and stops around them, nor a bracket closed but never opened."""
    found = words.strip().rstrip(" .,;:")
    while found.endswith(")") and found.count(")") > found.count("("):
        found = found[:-1].rstrip(" .,;:")
    return found
