"""To an act a hidden thing is a missing one: whatever id is named, and wherever."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import httpx2
import pytest
from contract.doors import Sent, by_rest, version_of
from contract.examples import COMMANDS, Example
from sight.asking import MISSING
from sight.ground import FULL
from sight.places import TERMS, Path, places, put
from sight.sides import Pair, Side

ACTOR = "demo_secretary"
"""May do almost everything in his branch, and sees nothing of the hidden one."""
KINDS = {
    "document": "document",
    "programme": "programme",
    "issued": "programme",
    "programme.group": "content_group",
    "programme.indicator": "indicator",
    "programme.task1": "task",
    "clause": "clause",
    "import": "import",
    "grant": "grant",
    "delegation": "delegation",
    "interest": "interest",
    "token": "token",
    "inquiry": "inquiry",
}
"""Of what was added in the hidden branch: one of each kind."""
OFTEN = {"document"}
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OWN = pytest.mark.parametrize("name", COMMANDS)


def said(answer: httpx2.Response) -> Any:
    """What a refusal says, apart from the ids that were sent; of what is done only that it is."""
    if answer.is_success:
        return answer.status_code
    body = {name: value for name, value in answer.json().items() if name != "trace_id"}
    return answer.status_code, _ID.sub("…", str(body))


async def tried(side: Side, name: str, at: Path, kind: str, one: str, pair: Pair) -> Any:
    """What a dry run of the example says with the id put there; no place: as the thing it is about."""
    command, example = COMMANDS[name], pair.ground.examples[name]
    sent = _placed(example, name, at, kind, one)
    version = None
    if command.on:
        version = await version_of(side.callers[ACTOR], example.on) if at else 1
    return said(await by_rest(side.callers[ACTOR], command, Sent(sent, version=version, dry_run=True)))


def _placed(example: Example, name: str, at: Path, kind: str, one: str) -> Example:
    if not at:
        return replace(example, on=f"{example.on.rpartition('/')[0]}/{one}")
    given = put(COMMANDS[name], example.input, at, one)
    # An object is named by its kind and id together.
    return replace(example, input={**given, "object_kind": kind} if at == ("object_id",) else given)


@OWN
async def test_a_hidden_id_is_answered_like_a_missing_one(pair: Pair, name: str) -> None:
    command = COMMANDS[name]
    apart = {}
    for at in (*places(command), *([()] if command.on else [])):
        missing = {}
        for part, kind in chosen(name, at):
            if kind not in missing:
                missing[kind] = await tried(pair.right, name, at, kind, MISSING, pair)
            told = await tried(pair.right, name, at, kind, pair.ground.things["added"][part], pair)
            if told != missing[kind]:
                apart[at, part] = (told, missing[kind])
    assert apart == {}


def chosen(name: str, at: Path) -> list[tuple[str, str]]:
    """Kinds of hidden things to put there: in a full run all; otherwise a document, and another by turns."""
    every = list(KINDS.items())
    if FULL:
        return every
    often = [one for one in every if one[0] in OFTEN]
    turn = len(name) + len("".join(at))
    return often if at in TERMS else [*often, every[turn % len(every)]]


async def test_what_the_examples_name_is_there(pair: Pair) -> None:
    """The examples are carried out as they are, so that an id put into them is what is refused."""
    refused = {}
    for name, example in pair.ground.examples.items():
        answer = await by_rest(pair.left.callers["keeper"], COMMANDS[name], Sent(example, dry_run=True))
        if not answer.is_success:
            refused[name] = answer.text
    assert refused == {}
    assert UUID(MISSING).version == 7


@pytest.mark.parametrize("part", ["document", "programme"])
async def test_a_hidden_parent_of_a_programme_one_sees_is_not_there(pair: Pair, part: str) -> None:
    on = f"/v1/programmes/{pair.ground.things['open']['issued']}"
    told = []
    for one in (pair.ground.things["added"][part], MISSING):
        sent = Sent(Example({f"{part}_id": one}, on), dry_run=True)
        told.append(said(await by_rest(pair.right.callers[ACTOR], COMMANDS["remove_parent"], sent)))
    assert told[0] == told[1]
    assert told[0][0] == 409
