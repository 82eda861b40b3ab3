from datetime import date

import pytest
from pydantic import ValidationError

from app.core.errors import Refused
from app.documents.rules import filed, require_clear_clauses, type_name
from app.documents.schemas import AmendDocument, NewClause
from app.documents.words import DOCUMENT_TYPE_UNCLEAR


@pytest.mark.parametrize(
    ("number", "issued_on", "filing"),
    [
        ("03-NQ/ĐU", date(2026, 1, 2), ("party", "3 nq du", 3, None)),
        ("Số: 3 – nq/ĐU", None, ("party", "3 nq du", 3, None)),
        ("23a-CTr/ĐU", None, ("party", "23a ctr du", 23, None)),
        ("00-CV/ĐU", None, ("party", "0 cv du", 0, None)),
        ("03/NQ-CP", date(2025, 1, 9), ("state", "3 nq cp", 3, 2025)),
        ("335/2025/NĐ-CP", date(2026, 1, 1), ("state", "335 nd cp", 335, 2025)),
        ("03/NQ-CP", None, ("state", "3 nq cp", 3, None)),
        ("15/KH-ĐU", None, ("unknown", None, 15, None)),
        ("Số: -CV/ĐU", None, ("party", None, None, None)),
        (None, date(2026, 1, 1), ("unknown", None, None, None)),
    ],
)
def test_a_number_is_filed_by_its_series(number, issued_on, filing) -> None:
    made = filed(number, issued_on)

    assert (made.series, made.number_key, made.serial, made.number_year) == filing


@pytest.mark.parametrize(
    ("symbol", "given", "name"),
    [
        ("NQ", None, "Nghị quyết"),
        ("ctr", None, "Chương trình"),
        ("QĐ", "Quy định", "Quy định"),
        ("XX", "Văn bản lạ", "Văn bản lạ"),
    ],
)
def test_a_type_is_named_by_its_symbol_or_by_the_words_given(symbol, given, name) -> None:
    assert type_name(symbol, given) == name


@pytest.mark.parametrize("symbol", ["QĐ", "TT", "XX"])
def test_a_symbol_with_several_meanings_or_none_does_not_give_the_type(symbol) -> None:
    with pytest.raises(Refused) as refused:
        type_name(symbol, None)
    assert refused.value.refusal is DOCUMENT_TYPE_UNCLEAR


def clause(label: str, under: str | None = None) -> NewClause:
    return NewClause(label=label, text="…", under=under)


def test_clauses_may_stand_under_those_before_them_and_points_d_and_đ_are_two() -> None:
    require_clear_clauses([clause("1"), clause("d", "1"), clause("đ", "1")])
    require_clear_clauses([clause("2.1", "2")], ["1", "2"])


@pytest.mark.parametrize(
    ("clauses", "pointers"),
    [
        ([clause("1"), clause("1")], ["/clauses/1/label"]),
        ([clause("1", "1")], ["/clauses/0/under"]),
        ([clause("1", "2"), clause("2", "1")], ["/clauses/0/under"]),
    ],
)
def test_a_label_twice_or_a_clause_under_none_before_it_is_pointed_at(clauses, pointers) -> None:
    with pytest.raises(Refused) as refused:
        require_clear_clauses(clauses)
    assert [flaw.pointer for flaw in refused.value.flaws] == pointers


@pytest.mark.parametrize("name", ["type", "type_name", "title", "access_class"])
def test_a_value_that_must_be_there_cannot_be_set_to_null(name) -> None:
    with pytest.raises(ValidationError):
        AmendDocument.model_validate({name: None})
