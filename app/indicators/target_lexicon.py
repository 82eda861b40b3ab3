"""Phrases looked up in running Vietnamese text, longest first.

Words are compared by exact spelling (`giảm` is not `giám`, `tăng` not `tầng`), whatever the place of the tone
mark (`hoà` = `hòa`) and whether y or i ends the syllable (`tỷ` = `tỉ`). Only where a text carries no Vietnamese
letter at all are they compared without marks.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from app.core.text import fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FINAL_Y = re.compile("([bcdđghklmnpqrstvx]+)y")

Meaning = TypeVar("Meaning")


def spelled(word: str) -> str:
    """One spelling of a word: lower case, its tone at the end, a final i for y behind a consonant."""
    letters = unicodedata.normalize("NFD", word.lower())
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    tone = "".join(letter for letter in letters if letter in _TONES)
    final = _FINAL_Y.fullmatch(bare)
    return (final[1] + "i" if final else bare) + tone


def unmarked(words: str) -> bool:
    """Whether the words carry no Vietnamese letter at all."""
    return not any(letter.isalpha() and not letter.isascii() for letter in words)


class Lexicon(Generic[Meaning]):
    """Phrases with their meanings, kept in both spellings: with marks and without."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._by_spelling: dict[bool, dict[tuple[str, ...], Meaning]] = {False: {}, True: {}}
        for phrase, meaning in phrases:
            words = phrase.split()
            # The first meaning stays: without marks two phrases may fall together.
            self._by_spelling[False].setdefault(tuple(map(spelled, words)), meaning)
            self._by_spelling[True].setdefault(tuple(map(fold, words)), meaning)
        self._longest = max(map(len, self._by_spelling[False]))

    @classmethod
    def of(cls, phrases: str, meaning: Meaning) -> "Lexicon[Meaning]":
        """Phrases set apart by "|" that all mean the same."""
        return cls((phrase, meaning) for phrase in phrases.split("|"))

    def at(self, words: Sequence[str], place: int, *, bare: bool) -> tuple[int, Meaning] | None:
        """Length and meaning of the longest phrase at a place of a row of keys; `bare` keys carry no marks."""
        phrases = self._by_spelling[bare]
        for length in range(min(self._longest, len(words) - place), 0, -1):
            meaning = phrases.get(tuple(words[place : place + length]))
            if meaning is not None:
                return length, meaning
        return None

    def find(self, words: Sequence[str], *, bare: bool) -> list[tuple[int, int, Meaning]]:
        """Every phrase from left to right without overlap: first word, word behind the last, meaning."""
        found: list[tuple[int, int, Meaning]] = []
        place = 0
        while place < len(words):
            hit = self.at(words, place, bare=bare)
            if hit:
                found.append((place, place + hit[0], hit[1]))
            place += hit[0] if hit else 1
        return found
