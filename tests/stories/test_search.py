"""Search over everything that has words: with marks or without, by prefix, document numbers too, and only what is seen."""

import pytest
from stage import Stage

from app.documents import service as documents
from app.documents.schemas import RecordDocument


@pytest.mark.parametrize("words", ["chuyển đổi số", "chuyen doi so", "CHUYỂN đổi", "chuyen do"])
async def test_words_are_found_with_marks_and_without_and_by_prefix(stage: Stage, words: str) -> None:
    root = await stage.unit("Ban Chuyển đổi số")
    await stage.unit("Văn phòng", parent=root)
    caller = await stage.caller(root)

    found = await caller.get(f"/v1/search?q={words}")

    assert found.status_code == 200, found.text
    assert [(one["kind"], one["title"]) for one in found.json()["items"]] == [("unit", "Ban Chuyển đổi số")]
    answer = await caller.data(
        "query($q: String!) { search(filter: {q: $q}) { nodes { kind title unit { name } } } }", q=words
    )
    assert answer["search"]["nodes"] == [
        {"kind": "UNIT", "title": "Ban Chuyển đổi số", "unit": {"name": "Ban Chuyển đổi số"}}
    ]


async def test_uỷ_and_ủy_are_one_word_and_exact_marks_come_first(stage: Stage) -> None:
    root = await stage.unit("Đảng uỷ Khối")
    await stage.unit("Đảng ủy Xã", parent=root)
    await stage.unit("Đang uy tín", parent=root)
    caller = await stage.caller(root)
    titles = [one["title"] for one in (await caller.get("/v1/search?q=đảng ủy")).json()["items"]]
    assert set(titles) == {"Đảng uỷ Khối", "Đảng ủy Xã", "Đang uy tín"}
    assert titles[-1] == "Đang uy tín"


async def test_a_document_is_found_by_its_number_however_it_is_written(stage: Stage) -> None:
    root = await stage.unit("Đảng ủy")
    async with stage.act() as act:
        await documents.record(
            act,
            RecordDocument(
                number="23-CTr/ĐU",
                type="CTr",
                title="Chương trình hành động",
                issuer_id=root,
                issuer_words="Đảng ủy",
            ),
        )
    caller = await stage.caller(root)
    for words in ("23-CTr/ĐU", "23 ctr du", "23-ctr"):
        found = (await caller.get("/v1/search", params={"q": words})).json()["items"]
        assert [one["code"] for one in found] == ["23-CTr/ĐU"], words


async def test_a_search_without_words_is_refused_and_so_is_one_without_letters(stage: Stage) -> None:
    caller = await stage.caller(await stage.unit())
    missing, empty = await caller.get("/v1/search"), await caller.get("/v1/search?q=---")
    assert (missing.status_code, missing.json()["code"]) == (400, "parameter_missing")
    assert (empty.status_code, empty.json()["code"]) == (400, "value_invalid")
