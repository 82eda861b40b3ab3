"""What a value is about, and under which conditions: the words around it that are no part of the value."""

from app.indicators.target_clauses import NO_CONTENT, Clause, has_content
from app.indicators.target_pieces import Piece, Wording
from app.indicators.target_words import Role

_CLOSING = frozenset({Role.COMMA, Role.SPLIT, Role.BREAK, Role.DASH, Role.LINK, Role.BASICALLY})
_CLOSING_SIGNS = frozenset(":.…*=")
_OPENS_A_CONDITION = frozenset(
    {Role.LINK, Role.SPLIT, Role.COMMA, Role.TO, Role.YEAR, Role.FILLER, Role.BREAK, Role.DASH}
)
_LONGEST_EACH = 6


def _subject(text: Wording, clause: Clause) -> tuple[int, int]:
    """The words before the cues without striving, dates and separators around them."""
    first, behind = clause.lead
    if clause.baseline and clause.baseline[0] == first:
        first = clause.baseline[1]
    if clause.baseline and clause.baseline[1] == behind:
        behind = max(first, clause.baseline[0])
    while first < behind and _closes(text.pieces[behind - 1]):
        behind -= 1
    while first < behind and text.pieces[first].role in NO_CONTENT and not _opens(text, first, behind):
        first += 1
    after = _behind_date(text, first, behind)
    return (after, behind) if has_content(text, after, behind) else (first, behind)


def _closes(piece: Piece) -> bool:
    return piece.role in _CLOSING or piece.words in _CLOSING_SIGNS


def _opens(text: Wording, place: int, behind: int) -> bool:
    """Whether a cue at the head belongs to a date or to a number of the subject: "từ 15 tuổi trở lên"."""
    numbered = place + 1 < behind and text.pieces[place + 1].role is Role.NUMBER
    return numbered or _behind_date(text, place, behind) > place


def _behind_date(text: Wording, place: int, behind: int) -> int:
    """Place behind "đến năm 2030,", "giai đoạn 2026 - 2030"."""
    roles = [piece.role for piece in text.pieces[place:behind]]
    at = 1 if roles[:1] in ([Role.TO], [Role.FILLER]) else 0
    if roles[at : at + 2] != [Role.YEAR, Role.NAME]:
        return place
    at += 2
    if roles[at : at + 2] == [Role.DASH, Role.NAME]:
        at += 2
    while roles[at : at + 1] in ([Role.COMMA], [Role.SYMBOL]):
        at += 1
    return place + at


def scope(text: Wording, clause: Clause) -> str | None:
    """What the value is about: the words before it, or behind it where it opens its clause."""
    first, behind = _subject(text, clause)
    behind_value = _object(text, clause)
    if clause.quantity.nothing and behind_value:
        return behind_value
    if has_content(text, first, behind):
        return None if each(text, clause) else _balanced(text.slice(first, behind))
    return behind_value or None


def each(text: Wording, clause: Clause) -> str | None:
    """What every value is due for: `xã` in "mỗi xã 01 mô hình"."""
    first, behind = _subject(text, clause)
    if first < behind <= first + _LONGEST_EACH and text.pieces[first].role is Role.EACH:
        return text.slice(first + 1, behind) or None
    return None


def _object(text: Wording, clause: Clause) -> str:
    """The words right behind the value that say what it is about, conditions left out."""
    first, behind = _object_places(text, clause)
    return _balanced(text.slice(first, behind)) if has_content(text, first, behind) else ""


def _balanced(words: str) -> str:
    """The words without a bracket that was opened or closed outside of them, nor a comma behind."""
    words = words.rstrip(" ,;")
    if words.endswith(")") and "(" not in words:
        return words[:-1].rstrip()
    return words[1:].lstrip() if words.startswith("(") and ")" not in words else words


def _object_places(text: Wording, clause: Clause) -> tuple[int, int]:
    first, behind = clause.remains()[0]
    if first < behind and text.pieces[first].role in _OPENS_A_CONDITION:
        return first, first
    for place in range(first, behind):
        if text.pieces[place].role in {Role.LINK, Role.BREAK}:
            return first, place
    return first, behind


def condition(text: Wording, clause: Clause) -> str | None:
    """The words behind the value that are not its scope."""
    remains = clause.remains()
    subject = _subject(text, clause)
    if clause.quantity.nothing or not has_content(text, *subject):
        remains = [(_object_places(text, clause)[1], remains[0][1]), *remains[1:]]
    words = " ".join(text.slice(*each) for each in remains if has_content(text, *each))
    words = words.strip(" ,.;:")
    return None if clause.quantity.unit.per and words == f"/{clause.quantity.unit.per}" else words or None
