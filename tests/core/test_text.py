"""Vietnamese text: the database folds and orders as the service does, and both as the language does."""

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.embedded import Embedded
from app.core.text import fold, given_name_key, nfc, sort_key, squeezed

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyzAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ 0123456789-/."
WORDS = st.text(alphabet=LETTERS, max_size=30)


def test_tones_order_only_equals_and_come_as_none_huyền_hỏi_ngã_sắc_nặng() -> None:
    words = [
        "ba",
        "bà",
        "bả",
        "bã",
        "bá",
        "bạ",
        "ba ba",
        "bác",
        "bă",
        "bâ",
        "ca",
        "da",
        "đa",
        "e",
        "ê",
        "o",
        "ô",
        "ơ",
        "u",
        "ư",
        "y",
    ]
    assert sorted(set(words), key=sort_key) == words


def test_persons_order_by_given_name() -> None:
    names = ["Trần Văn An", "Nguyễn Thị Ánh", "Lê Bình", "Đỗ Cường"]
    assert sorted(set(names), key=given_name_key) == names


@given(WORDS)
def test_folding_leaves_no_mark_and_is_stable(words: str) -> None:
    folded = fold(words)
    assert folded.isascii()
    assert fold(folded) == folded
    assert fold(nfc(words)) == folded
    assert squeezed(squeezed(words)) == squeezed(words)


@pytest.fixture(scope="module")
def words() -> list[str]:
    made: list[str] = []

    @given(WORDS)
    def gather(one: str) -> None:
        made.append(one)

    gather()
    return made


async def test_the_database_folds_and_orders_as_the_service_does(
    server: Embedded, template: str, words: list[str]
) -> None:
    connection = await asyncpg.connect(server.dsn("bayro_owner", template))
    try:
        rows = await connection.fetch(
            "SELECT w, vietnamese_fold(w) AS folded, vietnamese_sort_key(w) AS key FROM unnest($1::text[]) AS w",
            words,
        )
    finally:
        await connection.close()
    assert len(rows) > 20
    for row in rows:
        assert row["folded"] == fold(row["w"]), row["w"]
        assert row["key"] == sort_key(row["w"]), row["w"]
