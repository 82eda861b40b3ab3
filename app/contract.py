"""`bayro contract`: the exported contract in `openapi/`, equal to what runs."""

import argparse
import json
import sys
from pathlib import Path

from app.core.graph.schema import Schema
from app.core.house import House
from app.core.settings import Settings
from app.core.web.openapi import document
from app.wiring import paper_house

FOLDER = Path(__file__).parents[1] / "openapi"


def documents() -> dict[str, str]:
    """Each file of the contract and its text."""
    house: House = paper_house()
    return {
        "openapi.json": json.dumps(document(house), ensure_ascii=False, indent=1) + "\n",
        "schema.graphql": Schema(house).strawberry.as_str() + "\n",
    }


def run(action: str) -> int:
    """Writes the files, or says which differ; the exit status."""
    different = []
    for name, text in documents().items():
        path = FOLDER / name
        if action == "export":
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            different.append(name)
    if different:
        print(  # noqa: T201 - a command's answer
            f"Khác với bản đang chạy / different from what runs: {', '.join(different)}. ./bayro contract export",
            file=sys.stderr,
        )
        return 1
    return 0


def main(given: argparse.Namespace, _settings: Settings) -> int:
    """`bayro contract`."""
    return run(given.action)
