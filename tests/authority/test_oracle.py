"""The oracle's rules, each once, in worlds small enough to judge by eye."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from authority.oracle import (
    Decision,
    Delegation,
    Grant,
    Holding,
    Limits,
    Position,
    Thing,
    Unit,
    World,
    chains,
    contains,
    decide,
    no_larger_than_source,
)
from authority.worlds import outcome, questions, world

START, DAY, END = date(2026, 1, 1), date(2026, 6, 1), date(2027, 1, 1)
NIGHT = timedelta(days=1)
PROVINCE, DISTRICT, WARD, OTHER = 1, 2, 3, 4
CHAIR, DEPUTY, CLERK, STRANGER = 1, 2, 3, 4
THING = Thing(1, WARD, 50, 0)

GRANT = Grant(
    1,
    CHAIR,
    "approve",
    PROVINCE,
    subtree=True,
    strict=False,
    max_amount=100,
    max_class=2,
    max_depth=2,
    first=START,
)
TO_DEPUTY = Delegation(
    1,
    CHAIR,
    DEPUTY,
    ("grant", 1),
    DISTRICT,
    subtree=True,
    strict=False,
    max_amount=80,
    max_class=1,
    first=START,
    after=END,
    may_sub=True,
)
TO_CLERK = replace(
    TO_DEPUTY,
    id=2,
    from_holding=DEPUTY,
    to_holding=CLERK,
    source=("delegation", 1),
    max_amount=60,
    may_sub=False,
)


@pytest.fixture
def office() -> World:
    """Province > district > ward, and another district. Holding, position and person of a name share a number.

    The chair approves all in the province and delegates the district to the deputy, who delegates it to the clerk.
    """
    made = World(today=START, delegable={"approve"}, duties={frozenset({"propose", "approve"})})
    for unit, parent in ((PROVINCE, None), (DISTRICT, PROVINCE), (WARD, DISTRICT), (OTHER, PROVINCE)):
        made.found_unit(Unit(unit, parent))
    for number in (CHAIR, DEPUTY, CLERK):
        made.establish(Position(number, PROVINCE))
        made.appoint(Holding(number, number, number, "substantive", START))
    made.grant(GRANT)
    assert made.delegate(TO_DEPUTY)
    assert made.delegate(TO_CLERK)
    return made


def ask(office: World, person: int, day: date = DAY, **thing: Any) -> Decision:
    return decide(office, person, "approve", replace(THING, **thing), day)


@pytest.mark.parametrize(
    ("person", "kind", "steps", "amount", "klass"),
    [
        (CHAIR, "substantive", 1, 100, 2),
        (DEPUTY, "delegated", 2, 80, 1),
        (CLERK, "delegated", 3, 60, 1),
    ],
)
def test_limits_are_the_least_along_the_chain(office: World, person, kind, steps, amount, klass):
    decision = ask(office, person)
    assert (decision.kind, decision.steps, decision.limits) == (kind, steps, {Limits(amount, klass)})


def test_who_has_no_chain_for_the_power_has_no_authority(office: World):
    assert ask(office, STRANGER).why == "no_authority"
    assert decide(office, CHAIR, "propose", THING, DAY).why == "no_authority"


def test_a_delegation_without_leave_to_pass_on_ends_the_chain(office: World):
    office.delegations[1] = replace(TO_DEPUTY, may_sub=False)
    assert ask(office, CLERK).why == "no_authority"
    assert ask(office, DEPUTY).allowed


def test_a_chain_deeper_than_its_grant_lets_is_none(office: World):
    office.grants[1] = replace(GRANT, max_depth=1)
    assert ask(office, CLERK).why == "no_authority"
    assert ask(office, DEPUTY).allowed


def test_no_person_stands_twice_in_a_chain(office: World):
    office.holdings[CLERK] = replace(office.holdings[CLERK], person=CHAIR)
    assert [chain.steps for chain in chains(office, CHAIR, "approve")] == [1]


def test_a_chain_has_three_steps_at_most(office: World):
    office.grants[1] = replace(GRANT, max_depth=3)
    office.delegations[2] = replace(TO_CLERK, may_sub=True)
    office.appoint(Holding(4, CLERK, STRANGER, "acting", START))
    assert not office.delegate(
        replace(TO_CLERK, id=3, from_holding=CLERK, to_holding=4, source=("delegation", 2))
    )


def test_a_delegation_must_come_from_the_very_holding_that_has_its_source(office: World):
    office.appoint(Holding(4, DEPUTY, STRANGER, "acting", START))
    office.delegations[2] = replace(TO_CLERK, from_holding=4)
    assert ask(office, CLERK).why == "no_authority"
    office.delegations[1] = replace(TO_DEPUTY, from_holding=CLERK)
    assert ask(office, DEPUTY).why == "no_authority"


@pytest.mark.parametrize("end", ["withdraw", "revoke", "relieve"])
def test_the_day_of_an_ending_is_the_first_without_the_power(office: World, end: str):
    getattr(office, end)(1, DAY)
    assert ask(office, CLERK, DAY - NIGHT).allowed
    assert ask(office, CLERK, DAY).why == "expired"


def test_a_power_begins_on_its_first_day(office: World):
    assert ask(office, CHAIR, START).allowed
    assert ask(office, CHAIR, START - NIGHT).why == "expired"


def test_the_end_of_a_unit_ends_chains_with_a_scope_or_a_position_there(office: World):
    office.units[DISTRICT] = replace(office.units[DISTRICT], ended=DAY)
    assert ask(office, DEPUTY, DAY - NIGHT).allowed
    assert ask(office, DEPUTY, DAY).why == "expired"
    office.positions[CHAIR] = Position(CHAIR, OTHER)
    assert ask(office, CHAIR).allowed
    office.units[OTHER] = replace(office.units[OTHER], ended=DAY)
    assert ask(office, CHAIR).why == "expired"


def test_ending_twice_never_prolongs(office: World):
    office.withdraw(1, DAY)
    office.withdraw(1, DAY + NIGHT)
    assert ask(office, CHAIR, DAY).why == "expired"


def test_what_ends_before_it_begins_covers_no_day(office: World):
    office.withdraw(1, START)
    assert ask(office, CHAIR, START).why == "expired"


def test_a_power_no_longer_delegable_stays_only_with_the_office(office: World):
    office.forbid_delegation("approve")
    assert ask(office, DEPUTY).why == "not_delegable"
    assert ask(office, CHAIR).allowed


def test_a_thing_must_lie_inside_every_scope_of_the_chain(office: World):
    assert ask(office, CHAIR, unit=OTHER).allowed
    assert ask(office, CLERK, unit=OTHER).why == "out_of_scope"
    assert ask(office, CHAIR, unit=None).why == "out_of_scope"


@pytest.mark.parametrize(
    ("subtree", "strict", "excluded", "inside"),
    [
        (True, False, (), {DISTRICT, WARD}),
        (True, True, (), {WARD}),
        (False, False, (), {DISTRICT}),
        (False, True, (), set()),
        (True, False, (WARD,), {DISTRICT}),
        (True, False, (DISTRICT,), {WARD}),
        (True, False, (OTHER,), {DISTRICT, WARD}),
    ],
)
def test_a_scope_contains_what_its_flags_and_exclusions_leave(
    office: World, subtree, strict, excluded, inside
):
    scope = replace(GRANT, unit=DISTRICT, subtree=subtree, strict=strict, excluded=frozenset(excluded))
    assert {unit for unit in office.units if contains(office, scope, unit)} == inside


def test_an_excluded_unit_takes_its_whole_branch_with_it(office: World):
    scope = replace(GRANT, excluded=frozenset({DISTRICT}))
    assert {unit for unit in office.units if contains(office, scope, unit)} == {PROVINCE, OTHER}


def test_a_class_above_the_least_of_the_chain_is_above_clearance(office: World):
    assert ask(office, CLERK, klass=1).allowed
    assert ask(office, CLERK, klass=2).why == "above_clearance"


def test_an_amount_above_the_least_of_the_chain_is_over_limit(office: World):
    assert ask(office, CLERK, amount=60).allowed
    assert ask(office, CLERK, amount=61).why == "over_limit"
    assert ask(office, CLERK, amount=None).allowed


def test_an_interest_of_anyone_in_the_chain_is_a_conflict(office: World):
    office.interests.add((DEPUTY, THING.id))
    assert ask(office, CLERK).why == "conflict_of_interest"
    assert ask(office, CLERK, id=2).allowed
    assert ask(office, CHAIR).allowed


def test_nobody_in_the_chain_judges_himself(office: World):
    assert ask(office, CLERK, evaluates=frozenset({CHAIR})).why == "self_evaluation"
    assert ask(office, CHAIR, evaluates=frozenset({CLERK})).allowed


def test_who_proposed_approves_neither_himself_nor_through_a_delegate(office: World):
    assert ask(office, CLERK, exercised={"propose": frozenset({CHAIR})}).why == "separation_of_duties"
    assert ask(office, CHAIR, exercised={"propose": frozenset({CLERK})}).allowed
    assert ask(office, CHAIR, exercised={"approve": frozenset({CHAIR})}).allowed


def test_a_denial_names_the_failure_of_the_chain_that_got_furthest(office: World):
    office.grant(replace(GRANT, id=2, position=CLERK, unit=OTHER))
    assert ask(office, CLERK, amount=70).why == "over_limit"
    assert ask(office, CLERK, unit=DISTRICT, klass=2, amount=70).why == "above_clearance"


def test_own_office_wins_over_acting_and_acting_over_delegation(office: World):
    office.appoint(Holding(4, CHAIR, DEPUTY, "acting", START))
    assert ask(office, DEPUTY).kind == "acting"
    office.grant(replace(GRANT, id=2, position=DEPUTY, max_amount=50))
    assert ask(office, DEPUTY).limits == {Limits(50, 2)}
    assert ask(office, DEPUTY, amount=51).kind == "acting"


def test_a_unit_that_moves_in_is_excluded_from_scopes_that_did_not_reach_it(office: World):
    assert office.move_unit(OTHER, WARD)
    assert ask(office, CHAIR, unit=OTHER).allowed
    assert ask(office, DEPUTY, unit=OTHER).why == "out_of_scope"
    assert [row.excluded for row in (*office.grants.values(), *office.delegations.values())] == [
        frozenset(),
        {OTHER},
        {OTHER},
    ]


def test_a_move_keeps_older_exclusions(office: World):
    office.found_unit(Unit(5, OTHER))
    assert office.move_unit(5, WARD)
    assert office.move_unit(OTHER, WARD)
    assert office.delegations[1].excluded == {OTHER, 5}


def test_a_unit_that_moves_away_and_back_does_not_come_back_into_scope(office: World):
    assert office.move_unit(WARD, OTHER)
    assert office.move_unit(WARD, DISTRICT)
    assert ask(office, DEPUTY).why == "out_of_scope"
    assert ask(office, CHAIR).allowed


def test_a_move_right_below_a_strict_scope_does_not_widen_it(office: World):
    office.grant(replace(GRANT, id=2, position=CLERK, power="pay", unit=DISTRICT, strict=True))
    assert office.move_unit(OTHER, DISTRICT)
    assert decide(office, CLERK, "pay", replace(THING, unit=OTHER), DAY).why == "out_of_scope"


def test_a_row_over_for_ever_is_not_narrowed_by_a_move(office: World):
    office.revoke(2, DAY)
    office.today = DAY
    assert office.move_unit(OTHER, WARD)
    assert office.delegations[2].excluded == frozenset()


@pytest.mark.parametrize("target", [DISTRICT, WARD])
def test_a_move_into_its_own_branch_is_refused(office: World, target: int):
    before = dict(office.units)
    assert not office.move_unit(DISTRICT, target)
    assert office.units == before


def test_an_ended_unit_neither_moves_nor_receives(office: World):
    assert office.end_unit(OTHER, START)
    assert not office.move_unit(OTHER, DISTRICT)
    assert not office.move_unit(WARD, OTHER)


def test_a_unit_ends_only_after_its_children(office: World):
    assert not office.end_unit(DISTRICT, DAY)
    assert office.end_unit(WARD, DAY)
    assert office.end_unit(DISTRICT, DAY)


def test_what_rests_on_a_unit_ends_with_it(office: World):
    office.establish(Position(5, WARD))
    office.appoint(Holding(5, 5, STRANGER, "acting", START))
    office.grant(replace(GRANT, id=2, power="pay", unit=WARD))
    office.grant(replace(GRANT, id=3, power="pay", position=5))
    assert office.delegate(replace(TO_CLERK, id=3, to_holding=5))
    assert office.end_unit(WARD, DAY)
    assert {office.grants[2].after, office.grants[3].after, office.delegations[3].after} == {DAY}
    assert office.holdings[5].after == DAY
    assert (office.grants[1].after, office.delegations[1].after, office.holdings[1].after) == (
        None,
        END,
        None,
    )


SUB = replace(TO_CLERK, id=3)


@pytest.mark.parametrize(
    "wider",
    [
        replace(SUB, max_amount=81),
        replace(SUB, max_amount=None),
        replace(SUB, max_class=2),
        replace(SUB, unit=OTHER),
        replace(SUB, unit=PROVINCE),
        replace(SUB, first=START - NIGHT),
        replace(SUB, after=END + NIGHT),
        replace(SUB, from_holding=CHAIR),
        replace(SUB, to_holding=CHAIR),
        replace(SUB, source=("delegation", 2), from_holding=CLERK, to_holding=DEPUTY),
    ],
)
def test_a_delegation_wider_than_its_source_is_refused(office: World, wider: Delegation):
    assert not office.delegate(wider)
    assert set(office.delegations) == {1, 2}


def test_a_delegation_no_wider_than_its_source_is_accepted(office: World):
    assert office.delegate(replace(SUB, max_amount=80, max_class=1))


def test_a_delegation_ends_no_later_than_the_holding_of_its_delegator(office: World):
    office.relieve(DEPUTY, DAY)
    assert not office.delegate(replace(SUB, after=DAY + NIGHT))
    assert office.delegate(replace(SUB, after=DAY))


@pytest.mark.parametrize("end", ["withdraw", "revoke", "relieve"])
def test_who_no_longer_holds_a_power_cannot_delegate_it(office: World, end: str):
    getattr(office, end)(1, DAY)
    office.today = DAY
    assert not office.delegate(replace(SUB, first=DAY, after=DAY + NIGHT))


def test_a_power_not_delegable_is_not_delegated(office: World):
    office.forbid_delegation("approve")
    assert not office.delegate(SUB)


def test_a_delegation_deeper_than_its_grant_lets_is_refused(office: World):
    office.grants[1] = replace(GRANT, max_depth=1)
    assert not office.delegate(SUB)


def test_a_delegation_without_leave_to_pass_on_is_no_source(office: World):
    office.delegations[1] = replace(TO_DEPUTY, may_sub=False)
    assert not office.delegate(SUB)


def test_a_strict_scope_is_delegated_only_below_itself(office: World):
    office.delegations[1] = replace(TO_DEPUTY, strict=True)
    assert not office.delegate(replace(SUB, strict=True))
    assert office.delegate(replace(SUB, unit=WARD))


def test_a_single_unit_is_delegated_only_as_itself(office: World):
    office.delegations[1] = replace(TO_DEPUTY, subtree=False)
    assert not office.delegate(SUB)
    assert not office.delegate(replace(SUB, unit=WARD, subtree=False))
    assert office.delegate(replace(SUB, subtree=False))


def test_a_delegation_inherits_the_exclusions_below_its_scope(office: World):
    office.delegations[1] = replace(TO_DEPUTY, excluded=frozenset({WARD, OTHER}))
    assert office.delegate(SUB)
    assert office.delegations[3].excluded == {WARD}
    assert not office.delegate(replace(SUB, id=4, unit=WARD))


def test_a_delegation_larger_than_its_source_is_found(office: World):
    assert no_larger_than_source(office) == []
    office.delegations[2] = replace(TO_CLERK, max_amount=None, max_class=2, unit=PROVINCE)
    assert no_larger_than_source(office) == [(2, "amount"), (2, "class"), (2, "scope")]
    office.today = END
    assert no_larger_than_source(office) == []


def test_only_a_unit_carried_out_of_its_sources_scope_makes_a_random_delegation_larger():
    for seed in range(100):
        made = world(seed)
        for number, where in no_larger_than_source(made):
            row = made.delegations[number]
            kind, source = row.source
            assert where == "scope"
            assert not contains(
                made, (made.grants if kind == "grant" else made.delegations)[source], row.unit
            )


def test_a_seed_always_gives_the_same_world_and_questions():
    assert world(7) == world(7)
    assert list(questions(world(7), 7)) == list(questions(world(7), 7))


def test_the_steps_of_a_world_make_it_again():
    for seed in range(30):
        made = world(seed)
        again = replace(
            made,
            units={},
            positions={},
            holdings={},
            grants={},
            delegations={},
            delegable=set(),
            steps=made.steps,
        )
        for step in made.steps:
            again.today = step.day
            assert getattr(again, step.operation)(*step.arguments) == step.accepted
        assert again == made


def test_every_outcome_is_met_often_and_never_before_the_last_operation():
    met: Counter[str] = Counter()
    for seed in range(150):
        made = world(seed)
        for question in questions(made, seed):
            assert question.day >= made.today
            met[outcome(decide(made, *question))] += 1
    assert len(met) == 13
    assert min(met.values()) >= met.total() / 100, met
