"""The grammar of one deadline cell: a sequence of parts, each read by the one that knows it."""

from app.deadlines.dated import dated, not_understood, since_event
from app.deadlines.events import check_one_sentence, names_event
from app.deadlines.grammar import named
from app.deadlines.labels import OCCASIONS, aside, label
from app.deadlines.leads import NO_LEADS, hedge, lead
from app.deadlines.parts import Parts
from app.deadlines.periods import number_of_years, period
from app.deadlines.reading import Granularity
from app.deadlines.reasons import MIXED, NOT_TOGETHER, Unreadable
from app.deadlines.rounds import rounds
from app.deadlines.tokens import Cursor

_JOINTS = (",", ";", "(", ")", "và", "&", "+", ":")
_OR = ("hoặc", "hay", "/")
_ON_DEMAND = (
    "đột xuất",
    "theo yêu cầu",
    "khi có yêu cầu",
    "khi được yêu cầu",
    "khi cần thiết",
    "khi cần",
    "khi có phát sinh",
    "khi phát sinh",
)
_ONWARD = (
    "những năm tiếp theo",
    "các năm tiếp theo",
    "năm tiếp theo",
    "những năm sau đó",
    "các năm sau đó",
    "những năm sau",
    "các năm sau",
    "những năm tới",
    "các năm tới",
    "trở đi",
    "về sau",
)
_AWAITED = (
    "ngay sau khi",
    "sau khi",
    "ngay khi",
    "ngay sau",
    "trước khi",
    "cho đến khi",
    "đến khi",
    "đến lúc",
    "đến hết",
    "từ khi",
    "từ ngày",
    "kể từ",
    "khi",
    "theo",
    "tùy theo",
    "tùy thuộc vào",
    "tùy thuộc",
    "căn cứ vào",
    "căn cứ",
    "phụ thuộc vào",
    "phụ thuộc",
    "sau",
    "trước",
    "cùng với",
    "đồng thời với",
    "gắn với",
    *OCCASIONS,
)
_TERMS = ("nhiệm kỳ", "nhiệm kì")
_WHOLE_TERMS = ("toàn khóa", "cả khóa", "trong khóa")
_OF_TERM = (
    "đến hết",
    "đến cuối",
    "nửa đầu",
    "nửa cuối",
    "hết",
    "cuối",
    "đầu",
    "giữa",
    "trong",
    "cả",
    "toàn",
    "suốt",
)
# "TX" stands for ongoing here, whatever it stands for in the name of a place.
_ONGOING = ("thường xuyên", "liên tục", "tx", "t / x", "t . x", "t / xuyên", "th . xuyên", "xuyên suốt")


def parts_of(cursor: Cursor) -> Parts:
    """All parts of the cell. Unreadable if anything is left that no part explains."""
    parts = Parts()
    while not cursor.done:
        _take_one(cursor, parts)
    return parts


def _take_one(cursor: Cursor, parts: Parts) -> None:
    link = _joint(cursor)
    if cursor.done or (not parts.dated and label(cursor)) or (parts.begun and aside(cursor)):
        return
    joined = bool(link) or parts.round_last or not parts.dated
    mixed = parts.has_series_and_year
    parts.round_last = rounds(cursor, parts)
    if not parts.round_last and not any(
        take(cursor, parts) for take in (_hedge, _lasting, _demand, _onward, _outlook, _term, _periodic)
    ):
        _take_dated(cursor, parts, joined=joined)
    # "2025-2026 và hằng năm" tells two things; "hằng năm, 2025-2026" tells one.
    if link == "và" and parts.has_series_and_year and not mixed:
        raise Unreadable(NOT_TOGETHER)


def _take_dated(cursor: Cursor, parts: Parts, *, joined: bool) -> None:
    """A date, a period or an event; two dates with nothing between them are torn cells, not one deadline."""
    if joined and _takes_date(cursor, parts):
        return
    if parts.begun and not parts.only_ongoing and cursor.stands(*_AWAITED):
        raise Unreadable(MIXED)
    if (parts.begun and not parts.only_ongoing) or not _awaited(cursor, parts):
        raise not_understood(cursor)


def _takes_date(cursor: Cursor, parts: Parts) -> bool:
    return (
        number_of_years(cursor) or period(cursor, parts) or dated(cursor, parts) or since_event(cursor, parts)
    )


def _joint(cursor: Cursor) -> str:
    """What joins the next part to those before: "và", another joint, or nothing. "hoặc" joins no dates, only how often."""
    link = ""
    while cursor.stands(*_JOINTS):
        link = "và" if cursor.next().bare == "va" else link or ","
    start = cursor.place
    if cursor.took(*_OR) and not cursor.stands(*_ON_DEMAND, *_ONGOING, "định kỳ"):
        cursor.place = start
    return link


def _hedge(cursor: Cursor, parts: Parts) -> bool:
    parts.tentative |= (found := hedge(cursor))
    return found


def _lasting(cursor: Cursor, parts: Parts) -> bool:
    parts.ongoing |= (found := cursor.took(*_ONGOING))
    return found


def _demand(cursor: Cursor, parts: Parts) -> bool:
    """Đột xuất, khi có yêu cầu của …: words to the end say who asks; figures among them would say something else."""
    start = cursor.place
    if not cursor.took(*_ON_DEMAND):
        return False
    if not cursor.done and not cursor.stands(*_JOINTS):
        if not all(token.is_word for token in cursor.tokens[cursor.place :]):
            cursor.place = start
            return False
        cursor.place = len(cursor.tokens)
    parts.on_demand = True
    return True


def _onward(cursor: Cursor, parts: Parts) -> bool:
    if not parts.dated or not cursor.took(*_ONWARD):
        return False
    parts.onward = True
    return True


def _outlook(cursor: Cursor, parts: Parts) -> bool:
    """Đến năm 2030, tầm nhìn đến năm 2045: the outlook looks past the deadline and does not move it."""
    start = cursor.place
    if parts.dated and cursor.took("tầm nhìn", "định hướng"):
        lead(cursor)
        found = named(cursor)
        if found and found.stretches[0].level is Granularity.YEAR and found.stretches[0].year:
            return True
    cursor.place = start
    return False


def _term(cursor: Cursor, parts: Parts) -> bool:
    """Nhiệm kỳ 2025-2030; without its years a term is an event that no calendar knows."""
    start = cursor.place
    whole = cursor.took(*_WHOLE_TERMS)
    while not whole and cursor.took(*_OF_TERM):
        pass
    if whole or cursor.took(*_TERMS):
        if cursor.peek().is_year and cursor.peek(2).is_year:
            parts.term = True
            return True
        rest = cursor.tokens[cursor.place :]
        if all(token.is_word for token in rest) and (not parts.begun or parts.only_ongoing):
            cursor.place = start
            parts.awaited = cursor.rest()
            cursor.place = len(cursor.tokens)
            return True
    cursor.place = start
    return False


def _periodic(cursor: Cursor, parts: Parts) -> bool:
    """Định kỳ without its round: the dates, or being ongoing, must tell it."""
    parts.periodic |= (found := cursor.took("định kỳ"))
    return found


def _awaited(cursor: Cursor, parts: Parts) -> bool:
    """An event alone: from its opening word to the end, unless a date of its own follows a comma."""
    start = cursor.place
    if (
        cursor.stands(*NO_LEADS)
        or not cursor.took(*_AWAITED)
        or not names_event(cursor.tokens[cursor.place :])
    ):
        cursor.place = start
        return False
    check_one_sentence(cursor)
    if any(_dates_follow(cursor, place) for place in range(cursor.place, len(cursor.tokens))):
        raise Unreadable(MIXED)
    cursor.place = start
    parts.on_demand = bool(cursor.stands(*_ON_DEMAND))
    parts.awaited = cursor.rest()
    cursor.place = len(cursor.tokens)
    return True


def _dates_follow(cursor: Cursor, place: int) -> bool:
    """Whether a deadline opens behind the comma here. A date with "của" upon it only cites a document."""
    if cursor.tokens[place].bare not in {",", "("}:
        return False
    further, found = Cursor(cursor.words, cursor.tokens, place + 1), Parts()
    try:
        opens = rounds(further, found) or dated(further, found)
    except Unreadable:
        return True
    return opens and not further.stands("của")
