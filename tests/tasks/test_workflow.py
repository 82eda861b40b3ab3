"""States and what a draft takes from what was sent: words stay, readings stand beside them, lists keep their rows."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Refused
from app.deadlines.calendar import DayKind, WorkingCalendar
from app.deadlines.reading import DeadlineKind
from app.deadlines.recurrence import Every
from app.tasks import words
from app.tasks.content import PLAIN, Frame, blank, taken
from app.tasks.deadline import Timing
from app.tasks.lists import Lists, Settled, links, listed, settled
from app.tasks.models import Task
from app.tasks.parts import Milestone
from app.tasks.schemas import AmendTask, TaskContent, TaskDraft
from app.tasks.workflow import AMENDABLE, ENDED, LABELS, WITHOUT_LEAD, State, is_amendable, is_open

UNIT, OTHER, PERSON, POST = (UUID(int=number) for number in range(1, 5))
EVERYTHING = frozenset(TaskDraft.model_fields)
FRAME = Frame(UUID(int=9), UUID(int=8), "seven-ro", 2026, moves_off_rest_days=False, access_class=1)
CALENDAR = WorkingCalendar(
    {date(2026, 4, 30): DayKind.STATUTORY, date(2026, 5, 1): DayKind.STATUTORY}, 2026, 2026
)
TIMING = Timing(2026, CALENDAR)


def drafted(timing: Timing = TIMING, **sent: Any) -> Task:
    asked = TaskDraft.model_validate({"title": "Xây dựng đề án", **sent})
    return taken(blank(FRAME, datetime(2026, 3, 1, tzinfo=UTC)), asked, EVERYTHING, timing)


def amended(task: Task, **sent: Any) -> Task:
    asked = AmendTask.model_validate(sent)
    return taken(task, asked, frozenset(asked.model_fields_set), TIMING)


def lists_of(task: Task, now: Lists, **sent: Any) -> Lists:
    asked = AmendTask.model_validate(sent)
    return listed(task, now, asked, frozenset(asked.model_fields_set), TIMING)


def flaws(refused: Refused) -> set[str]:
    return {flaw.pointer for flaw in refused.flaws}


# -- states ----------------------------------------------------------------------------------------------------


def test_the_states_are_the_twelve_of_the_house_and_each_has_a_name_in_both_languages() -> None:
    assert (
        " ".join(State)
        == "draft proposed issued acknowledged in_progress reported accepted closed returned paused cancelled superseded"
    )
    assert all(LABELS[state].vi and LABELS[state].en for state in State)


def test_nothing_is_owed_in_ended_states_and_something_in_all_others() -> None:
    assert (
        {state for state in State if not is_open(state)}
        == set(ENDED)
        == {State.CLOSED, State.CANCELLED, State.SUPERSEDED}
    )


@pytest.mark.parametrize("state", State)
def test_what_was_issued_once_is_no_draft_in_any_state(state: State) -> None:
    assert not is_amendable(state, issued=True)
    assert is_amendable(state, issued=False) is (state in AMENDABLE)


def test_a_task_may_lack_a_lead_only_before_it_is_issued() -> None:
    assert {State.DRAFT, State.PROPOSED, State.RETURNED, State.CANCELLED} == set(WITHOUT_LEAD)


def test_stored_words_have_a_name_for_every_member() -> None:
    assert words.DEADLINE_KINDS.keys() == {*DeadlineKind}
    assert words.RHYTHMS.keys() == {*Every}


# -- deadlines -------------------------------------------------------------------------------------------------


def test_words_of_a_deadline_stay_verbatim_beside_what_was_read() -> None:
    task = drafted(deadline_words=" trước 30/6 ")

    assert (task.deadline_words, task.due_on, task.deadline_kind) == (
        " trước 30/6 ",
        date(2026, 6, 29),
        "day",
    )
    assert task.deadline["words"] == " trước 30/6 "
    assert task.deadline["assumed_year"] is True


def test_missing_and_ongoing_are_two_things_and_neither_has_a_day() -> None:
    assert (drafted().deadline_kind, drafted().due_on) == ("missing", None)
    assert (
        drafted(deadline_words="Thường xuyên").deadline_kind,
        drafted(deadline_words="Thường xuyên").due_on,
    ) == ("ongoing", None)


def test_a_recurring_deadline_owes_no_single_day() -> None:
    assert drafted(deadline_words="Quý IV hàng năm").due_on is None


def test_working_days_from_a_known_day_are_counted_by_the_calendar() -> None:
    # 29/4 is a Wednesday; 30/4 and 1/5 are days off, then comes a weekend.
    assert drafted(deadline_words="trong vòng 02 ngày làm việc kể từ ngày 29/4/2026").due_on == date(
        2026, 5, 5
    )


def test_a_period_beyond_the_calendar_has_no_day_yet() -> None:
    task = drafted(deadline_words="trong vòng 02 ngày làm việc kể từ ngày 29/4/2031")

    assert (task.deadline_kind, task.due_on) == ("period", None)


def test_a_fixed_date_leaves_a_rest_day_only_where_the_programme_says_so() -> None:
    words_of_may = "ngày 01/5/2026"
    moving = Timing(2026, CALENDAR, moves_off_rest_days=True)

    assert drafted(deadline_words=words_of_may).due_on == date(2026, 5, 1)
    assert drafted(moving, deadline_words=words_of_may).due_on == date(2026, 5, 4)


def test_a_day_given_outright_stands_where_words_are_empty_unread_or_agree() -> None:
    for said in ("", "hôm nào đó", "đến hết 30/6/2026"):
        task = drafted(deadline_words=said, due_on="2026-06-30", deadline_kind="day")
        assert (task.due_on, task.deadline_kind, task.deadline["given"]) == (date(2026, 6, 30), "day", True)
        assert task.deadline_words == said


def test_a_day_that_contradicts_its_words_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        drafted(deadline_words="trước 30/6/2026", due_on="2026-06-30")

    assert caught.value.refusal is words.DEADLINE_DISAGREES
    assert "2026-06-29" in caught.value.detail.vi


def test_a_start_in_the_words_is_taken_and_follows_the_words() -> None:
    task = drafted(deadline_words="2026 - 2028")

    assert task.starts_on == date(2026, 1, 1)
    assert amended(task, deadline_words="2027 - 2028").starts_on == date(2027, 1, 1)
    assert amended(task, deadline_words="2028").starts_on is None


def test_a_start_given_outright_outlives_a_change_of_the_words() -> None:
    task = drafted(deadline_words="2026 - 2028", starts_on="2026-03-02")

    assert task.starts_on == date(2026, 3, 2)
    assert amended(task, deadline_words="2027 - 2028").starts_on == date(2026, 3, 2)
    assert amended(task, starts_on=None).starts_on == date(2026, 1, 1)


def test_words_that_change_are_read_anew_and_drop_a_day_given_before() -> None:
    task = drafted(due_on="2026-06-30", deadline_kind="day")

    assert amended(task, deadline_words="Quý III/2026").due_on == date(2026, 9, 30)
    assert amended(task, note="…").due_on == date(2026, 6, 30)


def test_when_a_product_is_submitted_is_read_apart_from_when_it_is_due() -> None:
    task = drafted(deadline_words="Quý II/2026", submit_deadline_words="trước ngày 15/5/2026")

    assert (task.submit_due_on, task.due_on) == (date(2026, 5, 14), date(2026, 6, 30))


# -- what goes together ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({}, "none"),
        ({"lead_words": "  "}, "none"),
        ({"lead_id": str(UNIT)}, "single"),
        ({"lead_id": str(UNIT), "lead_words": "Văn phòng"}, "single"),
        ({"lead_words": "các bộ, ngành", "lead_kind": "collective"}, "collective"),
        ({"lead_words": "Bộ A, Bộ B", "lead_kind": "several"}, "several"),
    ],
)
def test_the_kind_of_lead_is_what_was_said_or_follows_from_the_unit(sent: dict[str, Any], kind: str) -> None:
    assert drafted(**sent).lead_kind == kind


def test_words_of_a_lead_without_a_unit_must_say_whether_they_name_one() -> None:
    with pytest.raises(Refused) as caught:
        drafted(lead_words="Bộ A, Bộ B")

    assert flaws(caught.value) == {"/lead_kind"}


def test_choosing_a_lead_settles_what_several_words_left_open() -> None:
    task = drafted(lead_words="Bộ A, Bộ B", lead_kind="several")
    chosen = amended(task, lead_id=str(UNIT))

    assert (chosen.lead_kind, chosen.lead_words) == ("single", "Bộ A, Bộ B")


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        (
            {"responsible_person_id": str(PERSON), "responsible_position_id": str(POST)},
            "/responsible_position_id",
        ),
        ({"money_amount": 1}, "/money_amount"),
        ({"money_need": "none", "money_amount": 0}, "/money_amount"),
        ({"people_days": 3}, "/people_days"),
        ({"lead_id": str(UNIT), "lead_kind": "none"}, "/lead_kind"),
        ({"lead_id": str(UNIT), "candidates": [{"unit_id": str(OTHER)}]}, "/candidates"),
        ({"deadline_kind": "day"}, "/due_on"),
        ({"coordinating": [{"unit_id": str(UNIT)}, {"words": " "}]}, "/coordinating/1"),
    ],
)
def test_what_does_not_go_together_is_refused_at_its_place(sent: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Refused) as caught:
        drafted(**sent)

    assert (caught.value.refusal.code, flaws(caught.value)) == ("input_invalid", {pointer})


def test_a_contradiction_with_what_stood_before_is_refused_too() -> None:
    with pytest.raises(Refused) as caught:
        amended(drafted(responsible_person_id=str(PERSON)), responsible_position_id=str(POST))

    assert flaws(caught.value) == {"/responsible_position_id"}


def test_an_amendment_touches_only_what_it_names() -> None:
    task = drafted(
        number="II.3", deadline_words="Quý II/2026", lead_id=str(UNIT), money_need="some", money_amount=5
    )
    changed = amended(task, note="đã rà soát")

    assert changed == replace(task, note="đã rà soát")


def test_every_field_of_an_input_is_kept_read_or_listed() -> None:
    read = {
        "lead_kind",
        "starts_on",
        "deadline_words",
        "deadline_kind",
        "due_on",
        "submit_deadline_words",
        "submit_due_on",
        "access_class",
    }
    lists = {"candidates", "coordinating", "milestones", "deliverables", "indicator_ids", "basis_documents"}

    assert set(TaskContent.model_fields) | {"title", "unplanned"} == PLAIN | read | lists
    assert {one.name for one in fields(Task)} >= PLAIN


def test_an_amendment_cannot_unmark_what_came_unplanned() -> None:
    assert "unplanned" not in AmendTask.model_fields


def test_a_schema_of_an_amendment_offers_no_default_to_fill_in() -> None:
    assert not [name for name, one in AmendTask.model_json_schema()["properties"].items() if "default" in one]


def test_numbers_that_differ_in_stops_and_zeros_have_one_place() -> None:
    assert (
        len(
            {
                (one.annex_key, one.number_key)
                for one in (drafted(number="1."), drafted(number="01"), drafted(number=" 1 "))
            }
        )
        == 1
    )
    assert drafted(number="9").number_key < drafted(number="10").number_key
    assert drafted(annex="Phụ lục IX").annex_key < drafted(annex="Phụ lục X").annex_key


# -- lists -----------------------------------------------------------------------------------------------------


def test_a_list_that_is_not_sent_stays_and_an_empty_one_goes() -> None:
    task = drafted()
    now = lists_of(task, Lists(), milestones=[{"title": "Sơ kết"}], indicator_ids=[str(UNIT)])

    assert lists_of(task, now, note="…") == now
    assert lists_of(task, now, milestones=[]) == replace(now, milestones=())


def test_candidates_go_once_a_lead_is_settled() -> None:
    task = drafted(lead_words="Bộ A", lead_kind="single")
    now = lists_of(task, Lists(), candidates=[{"unit_id": str(UNIT), "score": "0.9"}, {"unit_id": str(UNIT)}])

    assert [one.unit_id for one in now.candidates] == [UNIT]
    assert lists_of(amended(task, lead_id=str(UNIT)), now).candidates == ()


def test_a_unit_named_twice_coordinates_once_while_words_alone_all_stay() -> None:
    sent = [
        {"unit_id": str(UNIT), "words": "Bộ A"},
        {"words": "các bộ"},
        {"unit_id": str(UNIT)},
        {"words": "các bộ"},
    ]
    rows = lists_of(drafted(), Lists(), coordinating=sent).coordinating

    assert [(one.unit_id, one.words, one.ordinal) for one in rows] == [
        (UNIT, "Bộ A", 1),
        (None, "các bộ", 2),
        (None, "các bộ", 3),
    ]


def test_milestones_are_read_like_deadlines() -> None:
    rows = lists_of(
        drafted(),
        Lists(),
        milestones=[
            {"title": "a", "deadline_words": "tháng 12 hằng năm"},
            {"title": "b", "due_on": "2026-05-01"},
        ],
    ).milestones

    assert [(one.deadline_kind, one.due_on) for one in rows] == [
        ("recurring", None),
        ("day", date(2026, 5, 1)),
    ]


milestones = st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["2026", "2027"])), max_size=6)


def rows_of(task: Task, pairs: list[tuple[str, str]]) -> Lists:
    return lists_of(
        task, Lists(), milestones=[{"title": title, "deadline_words": said} for title, said in pairs]
    )


def carried_out(now: Lists, changes: Settled) -> list[Milestone]:
    """What stands after the changes, by an account of its own."""
    places = {row.id: place for row, place in changes.moved}
    ended = {row.id for row in changes.ended}
    kept = [
        replace(row, ordinal=places.get(row.id, row.ordinal)) for row in now.milestones if row.id not in ended
    ]
    return sorted([*kept, *changes.added], key=lambda row: row.ordinal)


@given(milestones, milestones)
def test_settling_gives_the_rows_wanted_and_keeps_every_id_it_can(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> None:
    task = drafted()
    now, wanted = rows_of(task, before), rows_of(task, after)
    changes = settled(now, wanted)

    assert [(row.title, row.deadline_words, row.ordinal) for row in carried_out(now, changes)] == [
        (title, said, place) for place, (title, said) in enumerate(after, 1)
    ]
    common = sum(min(before.count(pair), after.count(pair)) for pair in set(before))
    assert len(changes.ended) == len(before) - common
    assert len(changes.added) == len(after) - common


@given(milestones)
def test_settling_what_stands_already_changes_nothing(pairs: list[tuple[str, str]]) -> None:
    task = drafted()

    assert settled(rows_of(task, pairs), rows_of(task, pairs)).nothing


def test_links_to_indicators_are_a_set_in_the_order_given() -> None:
    assert [one.indicator_id for one in links(UNIT, [OTHER, UNIT, OTHER])] == [OTHER, UNIT]
