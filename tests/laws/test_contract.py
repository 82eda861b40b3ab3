"""The contract in `openapi/` is what runs."""

import pytest

from app.contract import FOLDER, documents


@pytest.mark.parametrize("name", ["openapi.json", "schema.graphql"])
def test_the_exported_contract_equals_what_runs(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == documents()[name], "run ./bayro contract export"
