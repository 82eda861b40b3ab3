"""The demo organisation hangs together, and every demo file keeps the form and says that it is invented."""

import json
import re
import unicodedata
from collections import Counter
from datetime import date

import pytest
from content_readings import (
    CLOSE_OF_2026,
    DOCUMENTS,
    FACTS,
    FILES,
    ORGANISATION,
    PERSONS,
    POSITIONS,
    TEXTS,
    UNITS,
    folded,
    held,
    strings,
)

needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the shared facts do not lie beside the project")


@pytest.mark.parametrize("name", FILES)
def test_file_is_nfc_utf8_with_indent_one(name: str) -> None:
    text = TEXTS[name]

    assert unicodedata.is_normalized("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", FILES)
def test_file_says_in_both_languages_that_it_is_invented(name: str) -> None:
    note = json.loads(TEXTS[name])["note"]

    assert "minh họa" in note["vi"]
    assert "invented" in note["en"]


@pytest.mark.parametrize("name", FILES)
def test_no_text_line_or_bracket_is_a_secret_marking(name: str) -> None:
    marking = re.compile(r"(độ mật\s*:\s*)?(tối |tuyệt )?mật")
    pieces = [
        piece.strip().casefold()
        for text in strings(json.loads(TEXTS[name]))
        for piece in [*text.splitlines(), *re.findall(r"[(\[]([^)\]]*)[)\]]", text)]
    ]

    assert [piece for piece in pieces if marking.fullmatch(piece)] == []


@pytest.mark.parametrize("name", FILES)
def test_no_text_has_stray_blanks(name: str) -> None:
    assert [text for text in strings(json.loads(TEXTS[name])) if text != " ".join(text.split())] == []


@pytest.mark.parametrize("noun", ["units", "unit_kinds", "positions", "persons", "documents", "personas"])
def test_codes_are_unique(noun: str) -> None:
    counts = Counter(row["code"] for row in ORGANISATION[noun])

    assert [code for code, count in counts.items() if count > 1] == []


@needs_facts
def test_every_unit_of_the_facts_stands_with_its_name_kind_and_parent() -> None:
    facts = json.loads((FACTS / "units.json").read_text(encoding="utf-8"))["units"]
    expected = {fact["code"]: (fact["name"], fact["kind"], fact["parent"]) for fact in facts}

    assert {
        code: (UNITS[code]["name"], UNITS[code]["kind"], UNITS[code]["parent"]) for code in expected
    } == expected


def test_units_refer_to_known_units_and_kinds() -> None:
    kinds = {kind["code"] for kind in ORGANISATION["unit_kinds"]}

    for unit in UNITS.values():
        assert unit["kind"] in kinds
        assert {unit["parent"], unit["agency_of"]} <= {None, *UNITS}
        assert unit["level"] in {"centre", "province", "commune"}
        assert unit["confidence"] in {"high", "medium", "inferred"}


def test_unit_tree_has_no_loop_and_is_deep() -> None:
    depths = []
    for code in UNITS:
        path = [code]
        while (parent := UNITS[path[-1]]["parent"]) is not None:
            assert parent not in path
            path.append(parent)
        depths.append(len(path))

    assert max(depths) >= 5


def test_a_name_abbreviation_or_alias_points_to_one_unit_once() -> None:
    names = Counter(
        folded(name)
        for unit in UNITS.values()
        for name in [unit["name"], unit["abbreviation"], *unit["aliases"]]
        if name
    )

    assert [name for name, count in names.items() if count > 1] == []


def test_every_person_is_marked_as_invented() -> None:
    assert all(person["invented"] and person["name"].endswith(" (minh họa)") for person in PERSONS.values())
    assert len({person["name"] for person in PERSONS.values()}) == len(PERSONS)
    assert {holding["person"] for holding in ORGANISATION["holdings"]} == set(PERSONS)


def test_a_unit_has_one_head_position_at_most_and_an_order_without_gaps() -> None:
    heads = Counter(position["unit"] for position in POSITIONS.values() if position["head"])
    orders: dict[str, list[int]] = {}
    for position in POSITIONS.values():
        orders.setdefault(position["unit"], []).append(position["order"])

    assert set(orders) <= set(UNITS)
    assert set(heads.values()) == {1}
    assert all(order == list(range(1, len(order) + 1)) for order in orders.values())


def test_holdings_refer_to_known_things_and_do_not_overlap() -> None:
    for holding in ORGANISATION["holdings"]:
        assert holding["position"] in POSITIONS
        assert holding["basis"] in {None, *DOCUMENTS}
        assert holding["from"] <= (holding["to"] or holding["from"])
        assert len(held(holding["position"], holding["from"])) == 1


def test_two_heads_are_vacant_one_acts_and_some_were_succeeded() -> None:
    now = {
        position["unit"]: [holding["kind"] for holding in held(position["code"], CLOSE_OF_2026)]
        for position in POSITIONS.values()
        if position["head"]
    }
    ended = {holding["position"] for holding in ORGANISATION["holdings"] if holding["to"]}

    assert {unit for unit, kinds in now.items() if not kinds} == {"DB-CQDTW-NXBCTQG", "TW-VPTW-CLT"}
    assert [unit for unit, kinds in now.items() if kinds == ["acting"]] == ["DB-CQDTW-TCCS"]
    assert [position for position in ended if held(position, CLOSE_OF_2026)] != []


def test_documents_name_known_issuers_and_explain_a_missing_number() -> None:
    for document in DOCUMENTS.values():
        assert document["issuer"] in {None, *UNITS}
        assert document["number"] or document["note"]
        assert document["number"] is None or f"-{document['type']}/" in document["number"]
        assert document["issued_on"] is None or date.fromisoformat(document["issued_on"])
        assert len({clause["label"] for clause in document["clauses"]}) == len(document["clauses"])


def test_a_number_is_unique_per_issuer_type_and_term_but_not_alone() -> None:
    numbered = [document for document in DOCUMENTS.values() if document["number"]]
    keys = Counter((d["issuer"], d["type"], d["term"], d["number"]) for d in numbered)

    assert set(keys.values()) == {1}
    assert len({document["number"] for document in numbered}) < len(numbered)


def test_five_personas_hold_the_posts_they_claim() -> None:
    personas = {persona["code"]: persona for persona in ORGANISATION["personas"]}

    assert set(personas) == {"secretary", "head", "specialist", "inspector", "service"}
    assert personas["service"]["person"] is None
    for persona in personas.values():
        holders = [held(position, CLOSE_OF_2026)[0]["person"] for position in persona["positions"]]
        assert set(holders) <= {persona["person"]}
        assert persona["name"].endswith(" (minh họa)")
