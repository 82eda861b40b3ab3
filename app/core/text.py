"""Vietnamese text: one spelling in storage, one folding in search, one order in lists, words in two languages."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]

# The five tone marks; Vietnamese orders them: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Consecutive ASCII letters from "A" keep the order under COLLATE "C" and stay above digits and blanks.
_ORDER = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}
_MARKS = re.compile("[\u0300-\u036f]")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and English."""

    vi: str
    en: str

    def of(self, language: Language) -> str:
        """The words in the language asked for."""
        return self.en if language == "en" else self.vi

    def filled(self, **values: object) -> "Text":
        """The same words with `{name}` places filled; a value that is itself words in two languages by its own."""
        return Text(self.vi.format(**_in("vi", values)), self.en.format(**_in("en", values)))


def _in(language: Language, values: dict[str, object]) -> dict[str, object]:
    return {name: one.of(language) if isinstance(one, Text) else one for name, one in values.items()}


def nfc(words: str) -> str:
    """Composed form: the only one that is stored."""
    return unicodedata.normalize("NFC", words)


def squeezed(words: str) -> str:
    """Composed, outer blanks off, inner runs of blanks as one."""
    return _BLANKS.sub(" ", nfc(words)).strip()


def fold(words: str) -> str:
    """Lower case without marks, đ as d: what search compares. Equals the database function `fold`."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", words))
    return bare.replace("Đ", "d").replace("đ", "d").lower()


def sort_key(words: str) -> str:
    """ASCII key whose byte order is the Vietnamese order: letters first, tones only between equals."""
    letters: list[str] = []
    tones: list[str] = []
    for syllable in unicodedata.normalize("NFC", words.lower()):
        base, tone = _toneless(syllable)
        letters.append(_ORDER.get(base, base))
        tones.append(tone)
    return "".join(letters) + " " + "".join(tones)


def given_name_key(full_name: str) -> str:
    """Key of a person's name: by given name, the last word, then by the whole."""
    whole = squeezed(full_name)
    return sort_key(f"{whole.rsplit(' ', 1)[-1]} {whole}")


def _toneless(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), "0")
    return unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES)), tone
