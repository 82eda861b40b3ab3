"""Telling an event ("sau khi Quốc hội thông qua Luật") from a date that was miswritten, torn or left blank."""

from itertools import pairwise

from app.deadlines.reasons import SENTENCES, Unreadable
from app.deadlines.tokens import Cursor, Token

_CALENDAR = frozenset({"ngay", "thang", "quy", "qui", "nam", "tuan"})
# "đến năm sau", "trước tuần tới": dates told from today, not events.
_RELATIVE = frozenset({"nay", "này", "sau", "tới", "trước", "tiếp", "kế", "đó"})
# "trước và sau 30/6": what follows is no event either.
_NO_EVENT = frozenset({"và", "hoặc", "hay", "sau", "trước", "từ", "đến", "nay"})
_BLANKS = frozenset({"…", "_", "..."})
_SENTENCE_ENDS = frozenset(".!?")
# "TP. Hồ Chí Minh", "Q. 1": a stop after so short a word may only shorten it.
_SHORTENED = 3


def event(cursor: Cursor) -> str | None:
    """The verbatim words of the event from here to the end, stepping over them; None if no event is named."""
    if not names_event(cursor.tokens[cursor.place :]):
        return None
    check_one_sentence(cursor)
    found = cursor.rest()
    cursor.place = len(cursor.tokens)
    return found


def names_event(tokens: tuple[Token, ...]) -> bool:
    """Whether the tokens name something that happens: words of their own, no calendar figures first, no blanks."""
    if not tokens or not tokens[0].is_word or tokens[0].marked in _NO_EVENT or _has_blank(tokens):
        return False
    if tokens[0].bare in _CALENDAR and not _goes_on_as_event(tokens[1:2]):
        return False
    return any(token.is_word and token.bare not in _CALENDAR for token in tokens)


def check_one_sentence(cursor: Cursor) -> None:
    """Unreadable if another sentence begins between here and the end."""
    tokens = cursor.tokens[cursor.place :]
    for before, sign, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.bare == ";" or _ends_sentence(cursor.words, before, sign, after):
            raise Unreadable(SENTENCES)


def _ends_sentence(words: str, before: Token, sign: Token, after: Token) -> bool:
    opens = not after.glued and (after.number is not None or words[after.start].isupper())
    return sign.bare in _SENTENCE_ENDS and opens and len(before.bare) >= _SHORTENED


def _goes_on_as_event(following: tuple[Token, ...]) -> bool:
    return bool(following) and following[0].is_word and following[0].marked not in _RELATIVE


def _has_blank(tokens: tuple[Token, ...]) -> bool:
    pairs = pairwise(tokens)
    return any(token.bare in _BLANKS for token in tokens) or any(
        one.bare == two.bare == "." for one, two in pairs
    )
