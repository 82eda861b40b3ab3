"""Canonical entries: the same content always gives the same bytes; nothing the record does not know slips in."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

import pytest
from asyncpg import Range
from hypothesis import given
from hypothesis import strategies as st

from app.audit.entries import commitment, sealed
from app.core.canonical import plain

SALT = bytes(range(32))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.dates()
    | st.uuids(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet="abcđê", max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


def test_a_commitment_is_the_digest_of_tag_salt_and_bytes() -> None:
    entry = sealed({"b": 1, "a": "Đảng ủy"}, SALT)
    assert entry.content == '{"a":"Đảng ủy","b":1}'.encode()
    assert entry.commitment == sha256(b"bayro/commit/v1\x00" + SALT + entry.content).digest()
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(entry.content, b"short")


@given(st.dictionaries(st.text(alphabet="abcđê", max_size=5), VALUES, max_size=6))
def test_entries_do_not_depend_on_the_order_of_names_and_read_back(document: dict[str, object]) -> None:
    turned = dict(reversed(list(document.items())))
    assert sealed(document, SALT).content == sealed(turned, SALT).content
    assert json.loads(sealed(document, SALT).content) == plain(document)


def test_values_of_the_database_become_plain_words() -> None:
    assert plain(datetime(2026, 11, 22, 1, 2, 3, 4, tzinfo=UTC)) == "2026-11-22T01:02:03.000004Z"
    assert plain(Decimal("14.50")) == "14.50"
    assert plain(UUID(int=1)) == "00000000-0000-0000-0000-000000000001"
    assert plain(Range(date(2026, 1, 1), None)) == ["2026-01-01", None]
    assert plain("u\u031b") == "ư"
    assert plain(2**60) == str(2**60)
    with pytest.raises(TypeError, match="the record knows"):
        plain(object())
