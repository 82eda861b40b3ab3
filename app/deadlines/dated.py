"""Dates in a cell: one with its side, a weekday with it, a range, a range that begins or ends with an event."""

from app.deadlines.events import event, names_event
from app.deadlines.grammar import Named, named
from app.deadlines.leads import DUE_LEADS, Lead, lead
from app.deadlines.parts import Parts, Said, Span
from app.deadlines.reading import Granularity
from app.deadlines.reasons import NO_SUCH_HOUR, NOT_TOGETHER, NOT_UNDERSTOOD, Unreadable, shown
from app.deadlines.rounds import weekday
from app.deadlines.stretch import Stretch
from app.deadlines.tokens import Cursor, clipped

_WHOLE_YEAR = frozenset({"trong", "cả", "hết"})
_LAST_HOUR = 24
_MINUTES = 60


def dated(cursor: Cursor, parts: Parts) -> bool:
    """Takes the date or range that stands here."""
    start = cursor.place
    if cursor.took("từ nay", "kể từ nay", "từ bây giờ") and cursor.stands("đến", "tới"):
        return True
    cursor.place = start
    side, hedged = lead(cursor)
    if _weekday(cursor, parts, side) | _stretches(cursor, parts, side):
        parts.tentative |= hedged
        return True
    cursor.place = start
    return False


def _weekday(cursor: Cursor, parts: Parts, side: Lead) -> bool:
    found = weekday(cursor)
    if found is None:
        return False
    if parts.weekday is not None:
        raise Unreadable(NOT_TOGETHER)
    parts.weekday = found, side
    cursor.took(",")
    return True


def _stretches(cursor: Cursor, parts: Parts, side: Lead) -> bool:
    side, found = _named_by_hour(cursor, side, parts.said[-1].stretch if parts.said else None)
    if found is None or _torn_year(cursor, found):
        return False
    if len(found.stretches) == 1 and _span(cursor, parts, found.stretches[0], side):
        return True
    if side is Lead.AT and parts.said and parts.said[-1].lead in DUE_LEADS:
        side = parts.said[-1].lead
    for stretch in found.stretches:
        parts.say(Said(stretch, side))
    if found.every is not None:
        parts.every.append(found.every)
    return True


def _torn_year(cursor: Cursor, found: Named) -> bool:
    """Whether "năm" lost its number here: "trong năm", "hết năm", "năm nay" are whole, "đến năm" is torn."""
    stretch = found.stretches[0]
    if stretch.level is not Granularity.YEAR or stretch.year is not None:
        return False
    before, last = cursor.tokens[max(cursor.place - 2, 0)], cursor.tokens[cursor.place - 1]
    return last.bare == "nam" and before.marked not in _WHOLE_YEAR


def _named_by_hour(cursor: Cursor, side: Lead, after: Stretch | None) -> tuple[Lead, Named | None]:
    """The stretch here; "trước 17 giờ ngày 15/6" still permits that day, "trước 0 giờ ngày 15/6" does not."""
    start = cursor.place
    minute = _hour(cursor)
    found = named(cursor, after=after)
    if minute is None or (found is not None and all(stretch.is_day for stretch in found.stretches)):
        return (Lead.UNTIL if minute and side is Lead.BEFORE else side), found
    cursor.place = start
    return side, None


def _hour(cursor: Cursor) -> int | None:
    """The minute of the day said before a date ("17 giờ 30 phút ngày", "17h ngày", "17:30"), stepping over it."""
    start = cursor.place
    hours, minutes = cursor.peek(), 0
    cursor.next()
    if not hours.is_short or not cursor.took("giờ", "h", "g", ":"):
        cursor.place = start
        return None
    if cursor.peek().is_short and not cursor.stands("/", "-", ".", "tháng", ahead=1):
        minutes = cursor.next().number or 0
        cursor.took("phút", "p")
    cursor.took(",")
    if (hours.number or 0) > _LAST_HOUR or minutes >= _MINUTES:
        raise Unreadable(NO_SUCH_HOUR.filled(hour=hours.number, minute=minutes))
    return (hours.number or 0) * _MINUTES + minutes


def _span(cursor: Cursor, parts: Parts, first: Stretch, side: Lead) -> bool:
    dash = cursor.took("-")
    if not dash and not cursor.took("cho đến", "cho tới", "đến", "tới"):
        return False
    if side in {Lead.BEFORE, Lead.AFTER}:
        raise Unreadable(NOT_TOGETHER)
    parts.say_span(_span_to_stretch(cursor, parts, first) or _span_to_event(cursor, first, dash=dash))
    return True


def _span_to_stretch(cursor: Cursor, parts: Parts, first: Stretch) -> Span | None:
    start = cursor.place
    said, hedged = lead(cursor)
    side, found = _named_by_hour(cursor, said, first)
    if found is None or len(found.stretches) != 1 or _torn_year(cursor, found):
        cursor.place = start
        return None
    if side in {Lead.FROM, Lead.AFTER}:
        raise Unreadable(NOT_TOGETHER)
    parts.tentative |= hedged
    return Span(first, found.stretches[0], strict=side is Lead.BEFORE)


def _span_to_event(cursor: Cursor, first: Stretch, *, dash: bool) -> Span:
    until = None if dash or cursor.stands("nay") else event(cursor)
    if until is None:
        raise not_understood(cursor)
    return Span(first, None, event=until)


def since_event(cursor: Cursor, parts: Parts) -> bool:
    """Từ ngày ký đến 31/12/2026: the start is an event, the end a date behind the last "đến"."""
    start = cursor.place
    if not cursor.took("kể từ", "từ"):
        return False
    first, tokens = cursor.place, cursor.tokens
    ends = [place for place in range(first, len(tokens)) if tokens[place].marked in {"đến", "tới"}]
    if ends and names_event(tokens[first : ends[-1]]):
        cursor.place = ends[-1] + 1
        side, found = _named_by_hour(cursor, lead(cursor)[0], None)
        if (
            found is not None
            and len(found.stretches) == 1
            and side in DUE_LEADS
            and not _torn_year(cursor, found)
        ):
            since = cursor.words[tokens[first].start : tokens[ends[-1] - 1].end]
            parts.say_span(Span(None, found.stretches[0], strict=side is Lead.BEFORE, event=clipped(since)))
            return True
    cursor.place = start
    return False


def not_understood(cursor: Cursor) -> Unreadable:
    """The refusal that quotes what stands here, or the whole if nothing does."""
    return Unreadable(NOT_UNDERSTOOD.filled(rest=shown(cursor.rest() or clipped(cursor.words))))
