"""The demo programmes refer to what exists, and every kind of deadline, target and verdict occurs in them."""

import csv
import re
from typing import Any

import pytest
from content_readings import (
    BEYOND_THE_LIST,
    CLOSE_OF_2026,
    DEADLINES,
    DERIVED,
    DOCUMENTS,
    FACTS,
    PERSONS,
    PROGRAMME,
    SEVEN,
    TARGETS,
    TASKS,
    UNITS,
    deadline_kind,
    folded,
    held,
    kind_of,
    lacks,
    last_month,
)

PROGRAMMES = [pytest.param(PROGRAMME, id="programme"), pytest.param(DERIVED, id="derived")]
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the shared facts do not lie beside the project")


@pytest.mark.parametrize("book", PROGRAMMES)
def test_programme_refers_to_known_things(book: dict[str, Any]) -> None:
    programme = book["programme"]
    codes = {PROGRAMME["programme"]["code"], DERIVED["programme"]["code"]}

    assert programme["owner"] in UNITS
    assert programme["document"] in DOCUMENTS
    assert len(programme["parents"]) == 3
    for parent in programme["parents"]:
        assert parent.get("document", programme["document"]) in DOCUMENTS
        assert parent.get("programme", programme["code"]) in codes


def test_derived_programme_descends_from_the_first_and_its_owner_from_the_owner() -> None:
    assert {"programme": PROGRAMME["programme"]["code"]} in DERIVED["programme"]["parents"]
    assert UNITS[DERIVED["programme"]["owner"]]["parent"] == PROGRAMME["programme"]["owner"]
    assert {PROGRAMME["programme"]["rule_pack"], DERIVED["programme"]["rule_pack"]} == {"six-ro", "seven-ro"}


@pytest.mark.parametrize("book", PROGRAMMES)
def test_tasks_refer_to_known_things(book: dict[str, Any]) -> None:
    groups = {group["code"] for group in book["groups"]}
    indicators = {indicator["number"] for indicator in book["indicators"]}

    assert {task["group"] for task in book["tasks"]} == groups
    for task in book["tasks"]:
        bodies = [(task["competence"] or {}).get("body"), task["submitted_to"], task["lead"]]
        confirmers = [deliverable["confirmer"] for deliverable in task["deliverables"]]
        assert {*bodies, *confirmers, *task["coordinating"]} <= {None, *UNITS}
        assert set(task["indicators"]) <= indicators
        assert task["kind"] in {"scheme", "task"}


@pytest.mark.parametrize("book", PROGRAMMES)
def test_basis_names_a_document_and_a_clause_it_has(book: dict[str, Any]) -> None:
    for basis in (basis for task in book["tasks"] for basis in task["basis"]):
        labels = {clause["label"] for clause in DOCUMENTS[basis["document"]]["clauses"]}
        assert basis["clause"] in {None, *labels}


def test_some_clauses_have_a_task_and_some_have_none() -> None:
    cited = {
        (b["document"], b["clause"])
        for book in (PROGRAMME, DERIVED)
        for task in book["tasks"]
        for b in task["basis"]
    }
    clauses = {
        (code, clause["label"]) for code, document in DOCUMENTS.items() for clause in document["clauses"]
    }

    assert cited & clauses
    assert clauses - cited


@pytest.mark.parametrize("book", PROGRAMMES)
def test_one_lead_that_is_not_also_coordinating_or_confirming(book: dict[str, Any]) -> None:
    for task in book["tasks"]:
        others = [*task["coordinating"], *(deliverable["confirmer"] for deliverable in task["deliverables"])]
        assert task["lead"] is None or task["lead"] not in others
        assert task["lead"] is None or task["lead_words"]
        assert len(set(task["coordinating"])) == len(task["coordinating"])


@pytest.mark.parametrize("book", PROGRAMMES)
def test_words_of_lead_and_coordinating_units_name_the_units_beside_them(book: dict[str, Any]) -> None:
    codes = {folded(name): code for code, unit in UNITS.items() for name in [unit["name"], *unit["aliases"]]}

    for task in book["tasks"]:
        named = [codes.get(folded(words)) for words in task["coordinating_words"].split("; ") if words]
        assert named == task["coordinating"]
        assert task["lead"] == codes.get(folded(task["lead_words"]))


@pytest.mark.parametrize("book", PROGRAMMES)
def test_responsible_post_is_held_or_the_person_known(book: dict[str, Any]) -> None:
    for responsible in (task["responsible"] for task in book["tasks"] if task["responsible"]):
        assert "person" not in responsible or responsible["person"] in PERSONS
        assert "position" not in responsible or held(responsible["position"], CLOSE_OF_2026)


@pytest.mark.parametrize("book", PROGRAMMES)
def test_what_is_submitted_goes_to_the_body_that_decides(book: dict[str, Any]) -> None:
    for task in book["tasks"]:
        submits = (task["competence"] or {}).get("level") == "submits"
        assert task["submitted_to"] == (task["competence"]["body"] if submits else None)
        assert submits or task["submit_deadline_words"] is None


@pytest.mark.parametrize("book", PROGRAMMES)
def test_no_task_starts_outside_the_term_or_after_its_deadline(book: dict[str, Any]) -> None:
    programme = book["programme"]

    for task in book["tasks"]:
        assert programme["starts_on"] <= task["starts_on"] <= programme["ends_on"]
        assert task["starts_on"][:7] <= (last_month(task["deadline_words"]) or programme["ends_on"])


@pytest.mark.parametrize("book", PROGRAMMES)
def test_resources_state_an_amount_only_where_there_is_a_need(book: dict[str, Any]) -> None:
    for task in book["tasks"]:
        money, people = task["resources"]["money"], task["resources"]["people"]
        assert (money["amount_vnd"] is not None) == (money["need"] == "some")
        assert (people["days"] is not None) == (people["need"] == "some")


@pytest.mark.parametrize("book", PROGRAMMES)
def test_tasks_are_numbered_in_order_and_titled_once(book: dict[str, Any]) -> None:
    tasks = book["tasks"]

    assert [task["number"] for task in tasks] == [str(number) for number in range(1, len(tasks) + 1)]
    assert len({task["title"] for task in tasks}) == len(tasks)
    assert [task["group"] for task in tasks] == sorted(
        (task["group"] for task in tasks), key=("I", "II", "III", "IV", "V").index
    )


def test_sizes_are_those_of_a_real_programme() -> None:
    top = [indicator for indicator in PROGRAMME["indicators"] if "." not in indicator["number"]]

    assert (len(top), len(PROGRAMME["groups"])) == (7, 5)
    assert len(TASKS) >= 64
    assert sum(task["kind"] == "scheme" for task in TASKS) >= 10
    assert sum(task["unplanned"] for task in TASKS) == 2
    assert (len(DERIVED["groups"]), len(DERIVED["indicators"]), len(DERIVED["tasks"])) == (3, 3, 14)


@pytest.mark.parametrize("book", PROGRAMMES)
def test_indicators_hang_on_known_lines_units_and_groups(book: dict[str, Any]) -> None:
    numbers = [indicator["number"] for indicator in book["indicators"]]

    assert len(set(numbers)) == len(numbers)
    for indicator in book["indicators"]:
        assert indicator["number"].partition(".")[0] in numbers
        assert indicator["lead"] in {None, *UNITS}
        assert indicator["group"] in {None, *(group["code"] for group in book["groups"])}
        assert re.fullmatch(r"20\d\d(-Q[1-4])?", indicator["period"])


@pytest.mark.parametrize("kind", [*DEADLINES, *BEYOND_THE_LIST])
def test_every_kind_of_deadline_occurs(kind: str) -> None:
    assert kind in {deadline_kind(task["deadline_words"]) for task in TASKS}


@pytest.mark.parametrize("book", PROGRAMMES)
def test_every_deadline_is_of_a_known_kind(book: dict[str, Any]) -> None:
    assert [
        task["deadline_words"] for task in book["tasks"] if deadline_kind(task["deadline_words"]) is None
    ] == []


@needs_facts
def test_the_kinds_of_deadline_are_those_of_the_collected_phrases() -> None:
    with (FACTS / "deadline-phrases.csv").open(encoding="utf-8-sig", newline="") as file:
        collected = {row["phrase_verbatim"]: row["kind"] for row in csv.DictReader(file)}

    assert {phrase: kind_of(phrase, DEADLINES) for phrase in collected} == collected


@pytest.mark.parametrize("kind", TARGETS)
def test_every_kind_of_target_occurs(kind: str) -> None:
    assert kind in {kind_of(indicator["target_words"], TARGETS) for indicator in PROGRAMME["indicators"]}


def test_the_seven_targets_are_of_seven_kinds() -> None:
    targets = {indicator["number"]: indicator["target_words"] for indicator in PROGRAMME["indicators"]}

    assert {number: kind_of(targets[number], TARGETS) for number in SEVEN} == SEVEN


@pytest.mark.parametrize(
    "ro", ["people", "work", "responsibility", "competence", "time", "result", "resources"]
)
def test_each_ro_is_missing_alone_in_two_tasks_or_more(ro: str) -> None:
    assert sum(lacks(task) == {ro} for task in TASKS) >= 2


def test_most_tasks_are_clear_by_all_seven() -> None:
    assert sum(not lacks(task) for task in TASKS) > len(TASKS) / 2


@pytest.mark.parametrize("book", PROGRAMMES)
def test_a_task_says_in_its_note_that_it_is_unclear_and_only_then(book: dict[str, Any]) -> None:
    mismatched = [task["number"] for task in book["tasks"] if bool(lacks(task)) != bool(task["note"])]

    assert mismatched == []
