from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count, groupby
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.core.errors import Refused
from app.programmes import rules
from app.programmes.models import ContentGroup
from app.programmes.outline import Outline, outlined, require_clear_groups
from app.programmes.schemas import AmendGroup, AmendProgramme, DraftProgramme, NewGroup, ParentReference
from app.programmes.words import (
    BUDGET_FIXED,
    GROUPS_UNCLEAR,
    PARENT_UNCLEAR,
    PROGRAMME_ISSUED_LATER,
    PROGRAMME_NOT_APPROVED,
    PROGRAMME_NOT_DRAFT,
    PROGRAMME_NOT_OPEN,
    PROGRAMME_PERIOD_DISORDERED,
    PROGRAMME_WITHOUT_GROUND,
)

PROGRAMME, DOCUMENT, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = date(2026, 2, 9)


# -- issuing, periods, parents ----------------------------------------------------------------------------------


def test_a_draft_may_be_issued_and_an_issued_programme_may_not() -> None:
    rules.require_issuable("draft", None, None)

    with pytest.raises(Refused) as refused:
        rules.require_issuable("issued", DAY, None)
    assert refused.value.refusal is PROGRAMME_NOT_DRAFT
    assert "2026-02-09" in refused.value.detail.vi


def test_a_programme_with_a_budget_is_issued_once_it_is_approved_and_not_before() -> None:
    rules.require_issuable("approved", None, 1)

    for state in ("draft", "proposed"):
        with pytest.raises(Refused) as refused:
            rules.require_issuable(state, None, 0)
        assert refused.value.refusal is PROGRAMME_NOT_APPROVED


def test_a_proposed_programme_waits_for_its_decision_and_the_refusal_names_what_is_open() -> None:
    with pytest.raises(Refused) as refused:
        rules.require_issuable("proposed", None, None)
    assert refused.value.refusal is PROGRAMME_NOT_OPEN
    assert "draft, approved" in refused.value.detail.en


def test_the_budget_is_changed_in_a_draft_only() -> None:
    rules.require_open_budget("draft")

    for state in ("proposed", "approved", "issued"):
        with pytest.raises(Refused) as refused:
            rules.require_open_budget(state)
        assert refused.value.refusal is BUDGET_FIXED


@pytest.mark.parametrize(
    ("document", "basis", "reason"),
    [(DOCUMENT, None, None), (None, DOCUMENT, None), (None, None, "theo kết luận của hội nghị")],
)
def test_issuing_rests_on_a_document_a_basis_or_a_reason(document, basis, reason) -> None:
    rules.require_ground(document, basis=basis, reason=reason)


@pytest.mark.parametrize("reason", [None, "", " \n "])
def test_issuing_that_rests_on_nothing_is_refused(reason) -> None:
    with pytest.raises(Refused) as refused:
        rules.require_ground(None, basis=None, reason=reason)
    assert refused.value.refusal is PROGRAMME_WITHOUT_GROUND


def test_the_date_of_issue_may_be_today_and_not_tomorrow() -> None:
    rules.require_issued_by(DAY, today=DAY)

    with pytest.raises(Refused) as refused:
        rules.require_issued_by(date(2026, 2, 10), today=DAY)
    assert refused.value.refusal is PROGRAMME_ISSUED_LATER


@pytest.mark.parametrize("ends_on", [None, DAY, date(2030, 12, 31)])
def test_a_period_may_be_open_or_one_day_long(ends_on) -> None:
    rules.require_period(DAY, ends_on)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        rules.require_period(DAY, date(2026, 2, 8))
    assert refused.value.refusal is PROGRAMME_PERIOD_DISORDERED


def test_a_parent_is_one_document_or_one_programme() -> None:
    rules.require_single([ParentReference(document_id=DOCUMENT), ParentReference(programme_id=OTHER)])

    with pytest.raises(Refused) as refused:
        rules.require_single(
            [
                ParentReference(document_id=DOCUMENT, programme_id=OTHER),
                ParentReference(document_id=DOCUMENT),
                ParentReference(),
            ]
        )
    assert refused.value.refusal is PARENT_UNCLEAR
    assert [flaw.pointer for flaw in refused.value.flaws] == ["/parents/0", "/parents/2"]


# -- inputs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["code", "title", "kind", "starts_on", "rule_pack", "moves_off_rest_days"])
def test_a_value_that_must_be_there_cannot_be_set_to_null(name) -> None:
    with pytest.raises(ValidationError):
        AmendProgramme.model_validate({name: None})


@pytest.mark.parametrize("name", ["document_id", "term", "ends_on", "note"])
def test_a_value_that_may_be_missing_can_be_set_to_null(name) -> None:
    assert AmendProgramme.model_validate({name: None}).model_dump(exclude_unset=True) == {name: None}


def test_what_is_not_named_is_not_amended() -> None:
    assert AmendProgramme().model_dump(exclude_unset=True) == {}
    assert AmendGroup(group_id=OTHER, title="").model_dump(exclude_unset=True) == {
        "group_id": OTHER,
        "title": "",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rule_pack", "eight-ro"),
        ("rule_pack", "six-ro\n"),
        ("kind", "scheme"),
        ("term", "2025–2030"),
        ("code", "có dấu"),
    ],
)
def test_words_outside_the_closed_sets_are_refused(name, value) -> None:
    whole = {
        "code": "a",
        "title": "A",
        "kind": "plan",
        "owner_id": OTHER,
        "starts_on": DAY,
        "rule_pack": "six-ro",
    }
    assert DraftProgramme.model_validate(whole).parents == []

    with pytest.raises(ValidationError):
        DraftProgramme.model_validate({**whole, name: value})


# -- content groups ---------------------------------------------------------------------------------------------


def group(code: str, title: str = "", *, under: str | None = None, annex: str = "") -> NewGroup:
    return NewGroup(code=code, title=title or f"Nhóm {code}", annex=annex, under=under)


def laid(wanted: list[NewGroup], standing: tuple[ContentGroup, ...] = ()) -> Outline:
    numbers = count(100 + len(standing) * 1_000)
    return outlined(PROGRAMME, standing, wanted, fresh=lambda: UUID(int=next(numbers)))


def order(outline: Outline, annex: str = "") -> list[str]:
    rows = sorted((one for one in outline.rows if one.annex == annex), key=lambda one: one.ordinal)
    assert [one.ordinal for one in rows] == list(range(1, len(rows) + 1))
    return [one.code for one in rows]


def test_groups_stand_in_the_order_given_with_places_from_one() -> None:
    outline = laid([group("I"), group("II"), group("III")])

    assert order(outline) == ["I", "II", "III"]
    assert [one.id for one in outline.rows] == list(outline.ids)


def test_each_annex_counts_its_own_places() -> None:
    outline = laid([group("I", annex="A"), group("I", annex="B"), group("II", annex="A")])

    assert (order(outline, "A"), order(outline, "B")) == (["I", "II"], ["I"])


def test_one_code_with_two_titles_is_two_groups() -> None:
    assert order(laid([group("I", "Nhận thức"), group("I", "Thể chế")])) == ["I", "I"]


def test_a_group_given_twice_is_one() -> None:
    outline = laid([group("I"), group("II"), group("I")])

    assert order(outline) == ["I", "II"]
    assert outline.ids[0] == outline.ids[2]


def test_equal_subgroups_of_two_groups_are_two() -> None:
    outline = laid([group("I"), group("1", under="I"), group("II"), group("1", under="II")])

    assert order(outline) == ["I", "1", "II", "1"]
    parents = {one.id: one.parent_id for one in outline.rows}
    assert [parents[one] for one in outline.ids] == [None, outline.ids[0], None, outline.ids[2]]


def test_a_subgroup_stands_under_the_nearest_group_of_that_code_before_it() -> None:
    outline = laid([group("I", "A"), group("I", "B"), group("1", under="I")])

    assert outline.rows[2].parent_id == outline.ids[1]


def test_a_corrected_annex_puts_a_new_group_in_its_place() -> None:
    before = laid([group("I"), group("II"), group("III")])
    after = laid([group("I"), group("Ia"), group("II"), group("III")], before.rows)

    assert order(after) == ["I", "Ia", "II", "III"]
    assert (after.ids[0], after.ids[2], after.ids[3]) == before.ids


def test_a_new_first_group_comes_first() -> None:
    before = laid([group("II"), group("III")])

    assert order(laid([group("I"), group("II"), group("III")], before.rows)) == ["I", "II", "III"]


def test_groups_the_annex_no_longer_names_stay_behind_the_one_they_followed() -> None:
    before = laid([group("I"), group("1", under="I"), group("II")])

    assert order(laid([group("I"), group("Ia"), group("II")], before.rows)) == ["I", "1", "Ia", "II"]


def test_a_group_added_by_itself_comes_last_in_its_annex() -> None:
    before = laid([group("I"), group("II")])

    assert order(laid([group("III")], before.rows)) == ["I", "II", "III"]


def test_a_subgroup_added_by_itself_comes_last_under_its_group() -> None:
    before = laid([group("I"), group("1", under="I"), group("a", under="1"), group("II")])

    assert order(laid([group("2", under="I")], before.rows)) == ["I", "1", "a", "2", "II"]


def test_of_two_groups_amended_into_doubles_the_first_is_meant() -> None:
    before = laid([group("I", "A"), group("I", "B")])
    doubles = (before.rows[0], replace(before.rows[1], title="A"))

    assert laid([group("I", "A")], doubles).ids == (before.ids[0],)


def test_another_annex_is_left_as_it_stands() -> None:
    before = laid([group("I", annex="A"), group("II", annex="A")])
    after = laid([group("I", annex="B")], before.rows)

    assert after.rows[:2] == before.rows


@pytest.mark.parametrize(
    ("wanted", "pointers"),
    [
        ([group("1", under="I")], ["/groups/0/under"]),
        ([group("I"), group("1", under="II")], ["/groups/1/under"]),
        ([group("I", annex="A"), group("1", under="I", annex="B")], ["/groups/1/under"]),
        ([group("I", under="I")], ["/groups/0/under"]),
        ([group("I"), NewGroup(code="", title=" ")], ["/groups/1/title"]),
    ],
)
def test_a_group_under_none_or_without_a_name_is_pointed_at(wanted, pointers) -> None:
    with pytest.raises(Refused) as refused:
        require_clear_groups(wanted)
    assert refused.value.refusal is GROUPS_UNCLEAR
    assert [flaw.pointer for flaw in refused.value.flaws] == pointers


def test_a_group_may_stand_under_one_that_stood_before() -> None:
    require_clear_groups([group("1", under="I")], laid([group("I")]).rows)


CODES = st.sampled_from(["I", "II", "III", "1", "2", ""])
GROUPS = st.builds(
    NewGroup,
    code=CODES,
    title=st.sampled_from(["Nhận thức", "Thể chế"]),
    annex=st.sampled_from(["", "Phụ lục II"]),
    under=st.none() | CODES,
)


@st.composite
def clear_groups(draw) -> list[NewGroup]:
    """Groups whose `under` names one before them, or nothing."""
    wanted: list[NewGroup] = []
    for one in draw(st.lists(GROUPS, max_size=12)):
        known = {(each.annex, each.code) for each in wanted}
        wanted.append(one if (one.annex, one.under) in known else one.model_copy(update={"under": None}))
    return wanted


def places(rows: tuple[ContentGroup, ...]) -> dict[str, list[UUID]]:
    ordered = sorted(rows, key=lambda one: (one.annex, one.ordinal))
    return {annex: [one.id for one in each] for annex, each in groupby(ordered, key=lambda one: one.annex)}


@given(clear_groups())
def test_fresh_groups_keep_the_order_in_which_they_first_came(wanted) -> None:
    outline = laid(wanted)

    for annex, ids in places(outline.rows).items():
        asked = [one for one, each in zip(outline.ids, wanted, strict=True) if each.annex == annex]
        assert ids == list(dict.fromkeys(asked))


@given(clear_groups(), clear_groups())
def test_groups_that_stand_keep_their_values_and_their_order_among_each_other(first, second) -> None:
    before, after = laid(first).rows, laid(second, laid(first).rows).rows

    stood = {one.id for one in before}
    for annex, ids in places(before).items():
        assert [one for one in places(after)[annex] if one in stood] == ids
    values = {one.id: (one.parent_id, one.annex, one.code, one.title, one.kind) for one in after}
    assert {one.id: values[one.id] for one in before} == {
        one.id: (one.parent_id, one.annex, one.code, one.title, one.kind) for one in before
    }


@given(clear_groups(), clear_groups())
def test_every_group_has_one_place_and_comes_after_the_one_it_is_under(first, second) -> None:
    outline = laid(second, laid(first).rows)

    for rows in places(outline.rows).values():
        assert sorted(one.ordinal for one in outline.rows if one.id in set(rows)) == list(
            range(1, len(rows) + 1)
        )
    assert set(Counter(one.id for one in outline.rows).values()) <= {1}
    seen: set[UUID | None] = {None}
    for one in outline.rows:
        assert one.parent_id in seen
        seen.add(one.id)


@given(clear_groups(), clear_groups())
def test_the_same_annex_twice_changes_nothing(first, second) -> None:
    once = laid(second, laid(first).rows)
    twice = laid(second, once.rows)

    assert {one.id: one for one in twice.rows} == {one.id: one for one in once.rows}
    assert twice.ids == once.ids


@given(clear_groups())
def test_what_each_wanted_group_is_given_is_the_group_it_names(wanted) -> None:
    outline = laid(wanted)
    rows = {one.id: one for one in outline.rows}

    for identity, one in zip(outline.ids, wanted, strict=True):
        found = rows[identity]
        assert (found.annex, found.code, found.title) == (one.annex, one.code, one.title)
        above = rows[found.parent_id].code if found.parent_id else None
        assert above == one.under
