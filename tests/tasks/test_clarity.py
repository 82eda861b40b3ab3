"""Seven verdicts: total, one cause one failure, packs as data, and the demo's own notes as an independent oracle."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import Text
from app.deadlines.calendar import WorkingCalendar
from app.deadlines.reading import DeadlineKind
from app.tasks.clarity import PREDICATES, Clarity, is_clear, pack_of, shown, verdicts
from app.tasks.content import Frame, blank, taken
from app.tasks.deadline import Timing, deadline_of, event_of
from app.tasks.facts import Delivered, LeadKind, Marked, Need, Resource, TaskFacts
from app.tasks.judgement import Standing, UnitStanding, judged
from app.tasks.lists import Lists, listed
from app.tasks.packs import PACKS, RO_NAMES, SEVEN, SIX, Ro, RulePack
from app.tasks.schemas import TaskDraft
from app.tasks.time_rules import months_after

LEAD, BODY, OTHER, PERSON, POST = (UUID(int=number) for number in range(1, 6))
TODAY = date(2026, 3, 1)
NO_CALENDAR = Timing(2026, WorkingCalendar({}, 1, 0))
DEMO = Path(__file__).resolve().parents[2] / "app" / "demo"
NOTHING_NEEDED = {name: Resource(Need.NONE, told=False) for name in ("money", "people", "facilities")}

CLEAR = TaskFacts(
    on=TODAY,
    title="Xây dựng Đề án đổi mới công tác tham mưu",
    described=True,
    lead_kind=LeadKind.SINGLE,
    lead_words="Văn phòng Đảng ủy",
    lead_id=LEAD,
    lead_living=True,
    lead_head_id=PERSON,
    coordinating_ids=frozenset({OTHER}),
    responsible_person_id=None,
    responsible_position_id=None,
    responsible_holder_id=None,
    competence_body_id=BODY,
    competence_living=True,
    competence_words="Ban Thường vụ",
    competence_level="decides",
    submitted_to_id=None,
    starts_on=date(2026, 3, 2),
    deadline_kind=DeadlineKind.QUARTER,
    deadline_words="Quý II/2026",
    due_on=date(2026, 6, 30),
    event=None,
    counted=False,
    report_every=None,
    milestones=(Marked(DeadlineKind.MONTH, date(2026, 4, 30)),),
    deliverables=(Delivered(measured=True, confirmer_id=OTHER),),
    indicators=1,
    resources=NOTHING_NEEDED,
)


def unclear(facts: TaskFacts, pack: RulePack = SEVEN) -> dict[Ro, tuple[str, ...]]:
    """The rules that fail, by rõ."""
    found = verdicts(pack, facts)
    return {
        one.ro: tuple(failure.rule for failure in one.failures)
        for one in found
        if one.verdict is Clarity.UNCLEAR
    }


# -- one cause, one failure ------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_a_task_that_says_everything_is_clear_in_every_pack(pack: RulePack) -> None:
    assert unclear(CLEAR, pack) == {}
    assert is_clear(verdicts(pack, CLEAR))


ENDLESS = {"deadline_kind": DeadlineKind.OPEN_ENDED, "due_on": None}
HANGING = {"deadline_kind": DeadlineKind.CONDITIONAL, "due_on": None}
ONE_CAUSE: list[tuple[str, dict[str, Any], Ro, str]] = [
    ("no lead", {"lead_id": None, "lead_kind": LeadKind.NONE}, Ro.NGUOI, "ro-nguoi-1"),
    ("a name that did not resolve", {"lead_id": None}, Ro.NGUOI, "ro-nguoi-1"),
    ("a collective", {"lead_id": None, "lead_kind": LeadKind.COLLECTIVE}, Ro.NGUOI, "ro-nguoi-1"),
    ("several leads", {"lead_kind": LeadKind.SEVERAL}, Ro.NGUOI, "ro-nguoi-1"),
    ("a unit that ended", {"lead_living": False}, Ro.NGUOI, "ro-nguoi-2"),
    ("a lead that coordinates with itself", {"coordinating_ids": frozenset({LEAD})}, Ro.NGUOI, "ro-nguoi-3"),
    ("a title that is too short", {"title": "Chuyển đổi số"}, Ro.VIEC, "ro-viec-1"),
    ("no indicator and no description", {"indicators": 0, "described": False}, Ro.VIEC, "ro-viec-3"),
    ("no head", {"lead_head_id": None}, Ro.TRACH_NHIEM, "ro-trach-nhiem-1"),
    ("a vacant post", {"responsible_position_id": POST}, Ro.TRACH_NHIEM, "ro-trach-nhiem-2"),
    ("no competent body", {"competence_body_id": None}, Ro.THAM_QUYEN, "ro-tham-quyen-1"),
    ("a competent body that ended", {"competence_living": False}, Ro.THAM_QUYEN, "ro-tham-quyen-1"),
    ("neither decided nor submitted", {"competence_level": None}, Ro.THAM_QUYEN, "ro-tham-quyen-2"),
    ("submitted to nobody", {"competence_level": "submits"}, Ro.THAM_QUYEN, "ro-tham-quyen-3"),
    ("no deadline", {"deadline_kind": DeadlineKind.MISSING, "due_on": None}, Ro.THOI_GIAN, "ro-thoi-gian-1"),
    (
        "words nobody can read",
        {"deadline_kind": DeadlineKind.UNREAD, "due_on": None},
        Ro.THOI_GIAN,
        "ro-thoi-gian-1",
    ),
    ("an event without a term", HANGING | {"event": "có hướng dẫn"}, Ro.THOI_GIAN, "ro-thoi-gian-2"),
    ("a condition without an event", HANGING, Ro.THOI_GIAN, "ro-thoi-gian-2"),
    (
        "days counted from nothing",
        HANGING | {"deadline_kind": DeadlineKind.PERIOD, "counted": True},
        Ro.THOI_GIAN,
        "ro-thoi-gian-2",
    ),
    ("a beginning without an end", ENDLESS, Ro.THOI_GIAN, "ro-thoi-gian-3"),
    (
        "ongoing without reports",
        {"deadline_kind": DeadlineKind.ONGOING, "due_on": None},
        Ro.THOI_GIAN,
        "ro-thoi-gian-4",
    ),
    ("no start", {"starts_on": None}, Ro.THOI_GIAN, "ro-thoi-gian-5"),
    ("a start after the deadline", {"starts_on": date(2026, 7, 1)}, Ro.THOI_GIAN, "ro-thoi-gian-6"),
    (
        "thirteen months without a milestone",
        {"due_on": date(2027, 4, 2), "milestones": ()},
        Ro.THOI_GIAN,
        "ro-thoi-gian-7",
    ),
    (
        "a milestone nobody can read",
        {"milestones": (Marked(DeadlineKind.UNREAD, None),)},
        Ro.THOI_GIAN,
        "ro-thoi-gian-8",
    ),
    (
        "a milestone after the deadline",
        {"milestones": (Marked(DeadlineKind.DAY, date(2026, 7, 1)),)},
        Ro.THOI_GIAN,
        "ro-thoi-gian-8",
    ),
    ("no deliverable", {"deliverables": ()}, Ro.KET_QUA, "ro-ket-qua-1"),
    (
        "no measure",
        {"deliverables": (Delivered(measured=False, confirmer_id=OTHER),)},
        Ro.KET_QUA,
        "ro-ket-qua-1",
    ),
    (
        "no confirmer",
        {"deliverables": (Delivered(measured=True, confirmer_id=None),)},
        Ro.KET_QUA,
        "ro-ket-qua-2",
    ),
    (
        "the lead confirms itself",
        {"deliverables": (Delivered(measured=True, confirmer_id=LEAD),)},
        Ro.KET_QUA,
        "ro-ket-qua-2",
    ),
    *(
        (
            f"{name} {how}",
            {"resources": NOTHING_NEEDED | {name: Resource(need, told=False)}},
            Ro.NGUON_LUC,
            f"ro-nguon-luc-{place}",
        )
        for place, name in enumerate(NOTHING_NEEDED, 1)
        for how, need in (("not spoken of", Need.UNSTATED), ("needed, but not how much", Need.SOME))
    ),
]


@pytest.mark.parametrize(
    ("values", "ro", "rule"), [case[1:] for case in ONE_CAUSE], ids=[case[0] for case in ONE_CAUSE]
)
def test_one_cause_makes_one_ro_unclear_by_one_rule(values: dict[str, Any], ro: Ro, rule: str) -> None:
    assert unclear(replace(CLEAR, **values)) == {ro: (rule,)}


def test_every_rule_of_the_packs_has_been_seen_to_fail() -> None:
    failing = {rule for _, _, _, rule in ONE_CAUSE} | {"ro-viec-2"}

    assert failing == {rule.id for pack in PACKS.values() for rule in pack.rules}


def test_without_indicator_and_measure_both_the_work_and_the_result_are_unclear() -> None:
    vague = replace(CLEAR, indicators=0, deliverables=(Delivered(measured=False, confirmer_id=OTHER),))

    assert unclear(vague) == {Ro.VIEC: ("ro-viec-2",), Ro.KET_QUA: ("ro-ket-qua-1",)}


@pytest.mark.parametrize(
    "values",
    [
        {"lead_head_id": None, "responsible_person_id": PERSON},
        {"lead_head_id": None, "responsible_position_id": POST, "responsible_holder_id": PERSON},
        {"competence_level": "submits", "submitted_to_id": BODY},
        {"deadline_kind": DeadlineKind.ONGOING, "due_on": None, "report_every": "quarterly"},
        {
            "deadline_kind": DeadlineKind.ONGOING,
            "due_on": None,
            "milestones": (Marked(DeadlineKind.RECURRING, None),),
        },
        {"deadline_kind": DeadlineKind.RECURRING, "due_on": None, "milestones": ()},
        {"deadline_kind": DeadlineKind.PERIOD, "due_on": None, "event": "ngày ký", "counted": True},
        {"due_on": date(2027, 3, 2), "milestones": ()},
        {"due_on": date(2027, 4, 2)},
        {"resources": NOTHING_NEEDED | {"money": Resource(Need.SOME, told=True)}},
    ],
    ids=str,
)
def test_what_is_said_in_another_way_is_clear_too(values: dict[str, Any]) -> None:
    assert unclear(replace(CLEAR, **values)) == {}


@pytest.mark.parametrize(
    ("title", "concrete"),
    [
        ("Các nhiệm vụ khác do Đảng ủy giao", False),
        ("Thực hiện một số nội dung tuyên truyền khác", False),
        ("CÁC NHIỆM VỤ KHÁC", False),
        ("", False),
        ("- - - - - -", False),
        ("Xây dựng Quy chế làm việc", True),
        ("Sửa đổi Luật Giao dịch điện tử và các luật khác có liên quan", True),
        (
            "Rà soát, sửa đổi các quy định về đầu tư, mua sắm, lưu trữ, bảo mật thông tin và một số nội dung khác",
            True,
        ),
    ],
)
def test_only_a_catch_all_or_a_stub_of_a_title_names_no_work(title: str, concrete: bool) -> None:  # noqa: FBT001 - a table
    assert ("ro-viec-1" not in unclear(replace(CLEAR, title=title)).get(Ro.VIEC, ())) is concrete


# -- the words of deadlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "failing"),
    [
        ("Quý II/2026", ()),
        ("2026", ()),
        ("Hằng năm", ()),
        ("tháng 3, 6, 9, 12 hằng năm", ()),
        ("trong thời hạn 30 ngày kể từ ngày ban hành Chương trình hành động", ()),
        ("", ("ro-thoi-gian-1",)),
        ("sớm hoàn thành trong thời gian thích hợp", ("ro-thoi-gian-1",)),
        ("Theo chỉ đạo của Ban Bí thư", ("ro-thoi-gian-2",)),
        ("Thực hiện sau khi có khung kiến trúc, hướng dẫn của Trung ương", ("ro-thoi-gian-2",)),
        ("2026 và những năm tiếp theo", ("ro-thoi-gian-3",)),
        ("Thường xuyên", ("ro-thoi-gian-4",)),
        ("2026 - 2028", ("ro-thoi-gian-7",)),
    ],
)
def test_a_deadline_is_judged_by_what_its_words_were_read_as(words: str, failing: tuple[str, ...]) -> None:
    deadline = deadline_of(words, NO_CALENDAR)
    event, counted = event_of(deadline.stored())
    facts = replace(
        CLEAR,
        deadline_words=words,
        deadline_kind=deadline.kind,
        due_on=deadline.due_on,
        event=event,
        counted=counted,
        milestones=(),
    )

    assert unclear(facts).get(Ro.THOI_GIAN, ()) == failing


@given(st.dates(date(1900, 1, 31), date(2500, 1, 1)), st.integers(0, 600))
def test_so_many_months_later_is_that_month_and_never_a_later_day(day: date, months: int) -> None:
    later = months_after(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    ends_its_month = (later + timedelta(days=1)).month != later.month
    assert later.day == day.day or (later.day < day.day and ends_its_month)


def test_months_beyond_the_calendar_end_with_it() -> None:
    assert months_after(date(9999, 6, 1), 12) == date.max


# -- total, whatever is asked ----------------------------------------------------------------------------------

ids = st.sampled_from([None, LEAD, BODY, OTHER])
words = st.text(max_size=200)
days = st.none() | st.dates(date(2020, 1, 1), date(2035, 12, 31))
any_facts = st.builds(
    TaskFacts,
    on=st.dates(date(2025, 1, 1), date(2031, 1, 1)),
    title=words,
    described=st.booleans(),
    lead_kind=st.sampled_from(LeadKind),
    lead_words=words,
    lead_id=ids,
    lead_living=st.booleans(),
    lead_head_id=ids,
    coordinating_ids=st.frozensets(st.sampled_from([LEAD, OTHER])),
    responsible_person_id=ids,
    responsible_position_id=ids,
    responsible_holder_id=ids,
    competence_body_id=ids,
    competence_living=st.booleans(),
    competence_words=words,
    competence_level=st.sampled_from([None, "decides", "submits"]),
    submitted_to_id=ids,
    starts_on=days,
    deadline_kind=st.sampled_from(DeadlineKind),
    deadline_words=words,
    due_on=days,
    event=st.none() | words,
    counted=st.booleans(),
    report_every=st.sampled_from([None, "monthly"]),
    milestones=st.lists(st.builds(Marked, st.sampled_from(DeadlineKind), days), max_size=3).map(tuple),
    deliverables=st.lists(st.builds(Delivered, st.booleans(), ids), max_size=3).map(tuple),
    indicators=st.integers(0, 3),
    resources=st.fixed_dictionaries(
        {name: st.builds(Resource, st.sampled_from(Need), st.booleans()) for name in NOTHING_NEEDED}
    ),
)
any_pack = st.sampled_from(list(PACKS.values()))


@given(any_pack, any_facts)
def test_whatever_is_judged_gets_one_verdict_for_each_ro_and_a_reason_for_what_is_not_clear(
    pack: RulePack, facts: TaskFacts
) -> None:
    found = verdicts(pack, facts)

    assert [one.ro for one in found] == list(Ro)
    assert is_clear(found) is (unclear(facts, pack) == {})
    for one in found:
        assert bool(one.failures) is (one.verdict is Clarity.UNCLEAR)
        assert (one.reason is not None) is (one.verdict is Clarity.NOT_APPLICABLE)
        assert all(
            failure.why.vi and failure.why.en and failure.mend.vi and failure.evidence
            for failure in one.failures
        )


@given(any_pack, any_facts)
def test_stored_verdicts_are_plain_json_and_come_back_the_same(pack: RulePack, facts: TaskFacts) -> None:
    stored = shown(verdicts(pack, facts))

    assert json.loads(json.dumps(stored)) == stored


@given(any_facts)
def test_the_six_ask_for_no_resources_and_agree_with_the_seven_on_the_rest(facts: TaskFacts) -> None:
    six, seven = verdicts(SIX, facts), verdicts(SEVEN, facts)

    assert six[:-1] == seven[:-1]
    assert six[-1].verdict is Clarity.NOT_APPLICABLE


@given(any_facts)
def test_evidence_points_at_fields_a_task_has(facts: TaskFacts) -> None:
    known = {*TaskDraft.model_fields, "head", "indicators", "deadline"}
    for one in verdicts(SEVEN, facts):
        for pointer in (pointer for failure in one.failures for pointer in failure.evidence):
            assert pointer.split("/")[1] in known


# -- packs are data --------------------------------------------------------------------------------------------


def test_packs_name_predicates_that_exist_and_every_predicate_is_named() -> None:
    assert {rule.predicate for pack in PACKS.values() for rule in pack.rules} == PREDICATES.keys()


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS.keys())
def test_rules_have_one_id_each_and_speak_both_languages(pack: RulePack) -> None:
    assert len({rule.id for rule in pack.rules}) == len(pack.rules)
    for rule in pack.rules:
        assert rule.id.startswith("ro-" + rule.ro.value.replace("_", "-"))
        assert all(
            isinstance(text, Text) and text.vi and text.en and text.vi != text.en
            for text in (rule.words, rule.mend)
        )


def test_six_follow_the_conclusion_of_2025_and_seven_the_proposal_of_2026() -> None:
    assert (pack_of("six-ro").since, pack_of("seven-ro").since) == (date(2025, 12, 11), date(2026, 2, 9))
    assert {rule.ro for rule in SEVEN.rules} - {rule.ro for rule in SIX.rules} == {Ro.NGUON_LUC}
    assert set(RO_NAMES) == set(Ro)


def test_a_pack_nobody_published_is_refused() -> None:
    with pytest.raises(KeyError):
        pack_of("eight-ro")


# -- the demo programme, whose notes say which rõ each task lacks ----------------------------------------------

PROGRAMME = json.loads((DEMO / "programme.json").read_text(encoding="utf-8"))
ORGANISATION = json.loads((DEMO / "organisation.json").read_text(encoding="utf-8"))
NAMED = {name.vi.removeprefix("rõ "): ro for ro, name in RO_NAMES.items()}
HELD = {
    one["position"]: one["person"]
    for one in ORGANISATION["holdings"]
    if one["from"] <= str(TODAY) <= (one["to"] or "9999")
}


def known(code: str | None) -> UUID | None:
    return uuid5(UUID(int=0), code) if code else None


def standing() -> Standing:
    heads = {
        one["unit"]: known(HELD.get(one["code"])) for one in ORGANISATION["positions"] if one.get("head")
    }
    units = {
        known(one["code"]): UnitStanding(living=True, head_id=heads.get(one["code"]))
        for one in ORGANISATION["units"]
    }
    holders = {known(one["code"]): known(HELD.get(one["code"])) for one in ORGANISATION["positions"]}
    return Standing(
        TODAY,
        {id_: one for id_, one in units.items() if id_},
        {id_: one for id_, one in holders.items() if id_},
    )


def draft_of(task: dict[str, Any]) -> TaskDraft:
    money, people, facilities = (task["resources"][name] for name in NOTHING_NEEDED)
    competence = task["competence"] or {}
    return TaskDraft.model_validate(
        {
            **{
                name: task[name] or ""
                for name in ("number", "title", "description", "lead_words", "deadline_words")
            },
            "kind": task["kind"],
            "lead_id": known(task["lead"]),
            "lead_kind": "single" if task["lead"] else "several" if task["lead_words"] else "none",
            "coordinating": [{"unit_id": known(code)} for code in task["coordinating"]],
            "responsible_position_id": known((task["responsible"] or {}).get("position")),
            "responsible_person_id": known((task["responsible"] or {}).get("person")),
            "competence_body_id": known(competence.get("body")),
            "competence_words": competence.get("words") or "",
            "competence_level": competence.get("level"),
            "submitted_to_id": known(task["submitted_to"]),
            "starts_on": task["starts_on"],
            "milestones": [
                {"title": one["title"], "deadline_words": one["deadline_words"]} for one in task["milestones"]
            ],
            "deliverables": [
                {
                    "title": one["title"],
                    "measure": one["measure"] or "",
                    "confirmer_id": known(one["confirmer"]),
                }
                for one in task["deliverables"]
            ],
            "indicator_ids": [known(number) for number in task["indicators"]],
            "money_need": money["need"],
            "money_amount": money["amount_vnd"],
            "money_words": money["words"],
            "people_need": people["need"],
            "people_days": people["days"],
            "people_words": people["words"],
            "facilities_need": facilities["need"],
            "facilities_words": facilities["words"],
        }
    )


@pytest.mark.parametrize("task", PROGRAMME["tasks"], ids=lambda task: task["number"])
def test_a_demo_task_is_unclear_exactly_where_its_note_says(task: dict[str, Any]) -> None:
    said = re.search(f"chưa rõ ({'|'.join(NAMED)})", task["note"] or "")
    everything = frozenset(TaskDraft.model_fields)
    sent = draft_of(task)
    frame = Frame(
        UUID(int=9),
        UUID(int=8),
        PROGRAMME["programme"]["rule_pack"],
        2026,
        moves_off_rest_days=False,
        access_class=1,
    )

    made = taken(blank(frame, datetime(2026, 3, 1, tzinfo=UTC)), sent, everything, NO_CALENDAR)
    made = judged(made, listed(made, Lists(), sent, everything, NO_CALENDAR), standing(), frame.rule_pack)

    assert {one["ro"] for one in made.clarity if one["verdict"] == "unclear"} == (
        {NAMED[said[1]]} if said else set()
    )
    assert made.clear is (said is None)
