"""Predicates of *rõ thời gian*: start, milestones, end; each deadline by its own kind."""

from calendar import monthrange
from datetime import date

from app.deadlines.reading import DeadlineKind
from app.tasks.facts import TaskFacts
from app.tasks.findings import SILENT, Finding, Predicate, Settings, fails, pointers, unless

_NOT_READ = frozenset({DeadlineKind.MISSING, DeadlineKind.UNREAD})
_HANGING = frozenset({DeadlineKind.CONDITIONAL, DeadlineKind.PERIOD})
_STRETCHING = frozenset({DeadlineKind.OPEN_ENDED, DeadlineKind.RANGE})
_WITHOUT_ONE_END = frozenset({DeadlineKind.ONGOING, DeadlineKind.RECURRING})


def deadline_read(facts: TaskFacts, _: Settings) -> Finding:
    """Something is written, and it can be read."""
    if facts.deadline_kind is DeadlineKind.MISSING:
        return fails("chưa ghi thời hạn", "no deadline is given", "/deadline_words")
    unread = fails(
        "chưa đọc được thời hạn “{words}”",
        "the deadline “{words}” cannot be read",
        "/deadline_words",
        "/deadline",
        words=facts.deadline_words,
    )
    return unless(facts.deadline_kind is not DeadlineKind.UNREAD, unread)


def event_has_term(facts: TaskFacts, _: Settings) -> Finding:
    """A deadline hanging on an event names it, and days counted from it or a day; silent for other deadlines."""
    if facts.deadline_kind not in _HANGING:
        return SILENT
    if facts.due_on is None and not facts.event:
        return fails(
            "thời hạn theo sự kiện nhưng không nêu sự kiện nào",
            "the deadline hangs on an event that is not named",
            "/deadline_words",
        )
    endless = fails(
        "thời hạn chỉ phụ thuộc “{event}”, không nói bao lâu kể từ đó",
        "the deadline only hangs on “{event}”, and does not say how long from then",
        "/deadline_words",
        "/deadline",
        event=facts.event or "",
    )
    return unless(facts.due_on is not None or facts.counted, endless)


def end_known(facts: TaskFacts, _: Settings) -> Finding:
    """Work that goes on from some day has an end; silent for deadlines of other kinds."""
    if facts.deadline_kind not in _STRETCHING:
        return SILENT
    return unless(
        facts.due_on,
        fails(
            "có lúc bắt đầu nhưng không có thời điểm kết thúc",
            "there is a beginning, but no end",
            "/deadline_words",
            "/due_on",
        ),
    )


def ongoing_is_reported(facts: TaskFacts, _: Settings) -> Finding:
    """An ongoing task says how often it is reported, or has a recurring milestone; silent for other deadlines."""
    if facts.deadline_kind is not DeadlineKind.ONGOING:
        return SILENT
    return unless(
        facts.report_every or any(one.kind is DeadlineKind.RECURRING for one in facts.milestones),
        fails(
            "nhiệm vụ thường xuyên nhưng chưa có chế độ báo cáo định kỳ",
            "an ongoing task without regular reports",
            "/report_every",
            "/milestones",
        ),
    )


def start_known(facts: TaskFacts, _: Settings) -> Finding:
    """The first day is given, by itself or in the words of the deadline."""
    return unless(facts.starts_on, fails("chưa ghi thời điểm bắt đầu", "no start is given", "/starts_on"))


def start_before_due(facts: TaskFacts, _: Settings) -> Finding:
    """The start does not come after the deadline; silent where one of them is not a day."""
    if facts.starts_on is None or facts.due_on is None:
        return SILENT
    return unless(
        facts.starts_on <= facts.due_on,
        fails("ngày bắt đầu sau thời hạn", "the start comes after the deadline", "/starts_on", "/due_on"),
    )


def long_task_has_milestone(facts: TaskFacts, settings: Settings) -> Finding:
    """A task longer than `months` has a milestone on the way; without a start it counts from the day of judging."""
    if facts.due_on is None or facts.deadline_kind in _WITHOUT_ONE_END:
        return SILENT
    if facts.due_on <= months_after(facts.starts_on or facts.on, settings["months"]):
        return SILENT
    bare = fails(
        "kéo dài hơn {months} tháng nhưng không có mốc trung gian",
        "it takes more than {months} months and has no milestone",
        "/milestones",
        months=settings["months"],
    )
    return unless(facts.milestones, bare)


def milestones_timed(facts: TaskFacts, _: Settings) -> Finding:
    """Every milestone has a time that can be read, and none falls after the deadline; silent without milestones."""
    if not facts.milestones:
        return SILENT
    unread = [place for place, one in enumerate(facts.milestones) if one.kind in _NOT_READ]
    if unread:
        return fails(
            "có mốc chưa đọc được thời gian",
            "a milestone has no time that can be read",
            *pointers("milestones", unread, "deadline_words"),
        )
    late = [
        place
        for place, one in enumerate(facts.milestones)
        if one.due_on and facts.due_on and one.due_on > facts.due_on
    ]
    return unless(
        not late,
        fails(
            "có mốc sau thời hạn",
            "a milestone falls after the deadline",
            *pointers("milestones", late, "due_on"),
        ),
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the month's last where it has no such day; date.max beyond the calendar."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


PREDICATES: tuple[Predicate, ...] = (
    deadline_read,
    event_has_term,
    end_known,
    ongoing_is_reported,
    start_known,
    start_before_due,
    long_task_has_milestone,
    milestones_timed,
)
