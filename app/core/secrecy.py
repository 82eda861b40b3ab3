"""State-secret markings: found and refused, never repeated.

A marking *says* that the material is Mật, Tối mật or Tuyệt mật: it fills a cell, a line, a field or a bracketed part.
A text that speaks of secrecy ("bảo vệ bí mật nhà nước", "mật độ dân số", "cây mật ong") is not a marking.
Nothing here returns, raises or logs the text it looked at. Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Level = Literal["mat", "toi_mat", "tuyet_mat"]
Place = Literal["line", "field", "bracket"]


@dataclass(frozen=True, slots=True)
class Marking:
    """A marking that was found: its level, how it stands in the text, and the line (1-based). Never the text."""

    level: Level
    place: Place
    line: int


# "ậ" can only be written with one of these three code points: a text without them needs no further look.
_POSSIBLE = re.compile("[ậẬ\u0302\u0323]")
_LINES = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029\t|]")
# Control and format characters, joiners, fillers: nobody sees them.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LEFT_OVER = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_SAYS = re.compile(r"m[\W_]*ậ[\W_]*t")
_LEVELS: Mapping[str, Level] = {"mật": "mat", "tốimật": "toi_mat", "tuyệtmật": "tuyet_mat"}
_LABEL = "(?:dấu|chỉ|mức|cấp|phân|loại)*độ(?:bảo)?mật|dấu(?:chỉ)?mật|mứcmật"
# The same level may be stamped twice on a line; two different levels only list the levels there are.
_WHOLE = re.compile(f"(?:{_LABEL})?(?P<level>mật|tốimật|tuyệtmật)(?P=level)*")
_FIELD = re.compile(
    r"\b(?:độ|mức|cấp)(?:\W*độ)?(?:\W*bảo)?\W*mật\s*[:：=]\W*(?P<level>tối\W*mật|tuyệt\W*mật|mật)"
    r"(?=\s*(?:[;,.)\]}»”\"*–—-]|\s\s|độ\s*khẩn|$))"
    r"(?!\W*(?:và|hoặc|hay)?\W*(?:tối|tuyệt)?\W*mật)"  # "Độ mật: Mật, Tối mật, …" lists what may be chosen
)
_OPEN, _CLOSE = "([{<«‹【〔「『《〈", ")]}>»›】〕」』》〉"
_BRACKETED = re.compile(f"[{re.escape(_OPEN)}]([^{re.escape(_OPEN + _CLOSE)}]*)[{re.escape(_CLOSE)}]")
_WORD = re.compile(r"[^\W_]+")
_LETTER = re.compile(r"[^\W\d_]")
_SUFFIX = re.compile(r"\.\w{1,5}$")
_COPY = re.compile(r"[(\[]\s*\d*\s*[)\]]")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")


def marking(text: str) -> Marking | None:
    """The first marking in the text: a line or cell that says nothing else, a field "Độ mật: …", brackets at an end."""
    if not _POSSIBLE.search(text):
        return None
    for number, line in enumerate(_LINES.split(text), 1):
        found = _line_marking(_plain(line), number)
        if found:
            return found
    return None


def file_name_marking(name: str) -> Marking | None:
    """The marking in a file name or path: a whole part of the path without its suffixes, or any bracketed part."""
    if not _POSSIBLE.search(name):
        return None
    for number, part in enumerate(re.split(r"[/\\]", _plain(name)), 1):
        found = _file_part_marking(part, number)
        if found:
            return found
    return None


def marked_in(values: Any) -> str | None:
    """JSON pointer to the first marked key or value of nested JSON; None if there is none.

    A key that is not a plain identifier is user text: the pointer names it by its place, `[2]`, never by its words.
    """
    stack: list[tuple[str, Any]] = [("", values)]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, str):
            if marking(value):
                return pointer
            continue
        children = list(_children(pointer, value))
        marked_key = next((at for at, key, _ in children if marking(key)), None)
        if marked_key is not None:
            return marked_key
        stack.extend((at, child) for at, _, child in reversed(children))
    return None


def _children(pointer: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Pointer, key ("" in a list) and value of each child."""
    if isinstance(value, Mapping):
        for place, (key, child) in enumerate(value.items()):
            name = str(key)
            shown = name if _PLAIN_KEY.fullmatch(name) else f"[{place}]"
            yield f"{pointer}/{shown}", name, child
    elif isinstance(value, list | tuple | set | frozenset):
        for place, child in enumerate(value):
            yield f"{pointer}/{place}", "", child


def _line_marking(line: str, number: int) -> Marking | None:
    if not _SAYS.search(line):
        return None
    level = _whole(line)
    if level:
        return Marking(level, "line", number)
    level = _field(line)
    if level:
        return Marking(level, "field", number)
    level = _bracket_at_an_end(line)
    return Marking(level, "bracket", number) if level else None


def _file_part_marking(part: str, number: int) -> Marking | None:
    for words in _BRACKETED.findall(part):
        level = _whole(words)
        if level:
            return Marking(level, "bracket", number)
    stem = _COPY.sub(" ", part)  # "Mật (1).xlsx" is a copy of "Mật.xlsx"
    while True:
        level = _whole(stem)
        if level:
            return Marking(level, "line", number)
        shorter = _SUFFIX.sub("", stem.rstrip())
        if shorter == stem:
            return None
        stem = shorter


def _plain(text: str) -> str:
    """Compatible forms composed, case folded, blanks as blanks, invisible characters gone."""
    # Unseen characters go first: a joiner between a letter and its mark would keep them from composing.
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    return _LEFT_OVER.sub("", composed)


def _whole(line: str) -> Level | None:
    """The level when letters say nothing else; stars, dashes, quotes, blanks and letters set apart do not matter."""
    found = _WHOLE.fullmatch("".join(_WORD.findall(line)))
    return _LEVELS[found["level"]] if found else None


def _field(line: str) -> Level | None:
    found = _FIELD.search(line)
    return _LEVELS["".join(_WORD.findall(found["level"]))] if found else None


def _bracket_at_an_end(line: str) -> Level | None:
    """Brackets mark a text only where a stamp stands, first or last; in mid-sentence they are part of the speech."""
    for found in _BRACKETED.finditer(line):
        outside = (line[: found.start()], line[found.end() :])
        if all(_LETTER.search(side) for side in outside):
            continue
        level = _whole(found[1])
        if level:
            return level
    return None
