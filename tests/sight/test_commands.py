"""Every command of the house × everybody at both doors: who may is written down, everybody else is refused and leaves nothing.

The table is `commands.json`: by command those who may. What is not in it nobody may; a command missing in it fails.
"""

import json
from pathlib import Path

import pytest
from contract.conftest import PERSONAS
from contract.doors import MUTATIONS, Sent, by_graph, by_rest, camel, refusal_of
from contract.examples import COMMANDS, needs_power
from sight.ground import Ground
from sight.sides import Side
from stage import Caller

from app.core.act import ACTIONS
from app.core.database import lent
from app.core.web.openapi import document
from app.wiring import actions, paper_house

EVERYBODY = (*PERSONAS, "keeper", "nobody")
"""The demo's personas, the secretary of the topmost unit, and a person without any post."""
MAY: dict[str, list[str]] = json.loads(Path(__file__).with_name("commands.json").read_text(encoding="utf-8"))
REFUSED = {"not_allowed", "not_found", "reference_unknown"}
"""How a power that is missing shows: what one does not even see is not there."""


def caller(side: Side, who: str) -> Caller:
    return side.callers[f"demo_{who}" if f"demo_{who}" in side.callers else who]


async def rest(side: Side, ground: Ground, name: str, who: str, *, dry_run: bool) -> str | None:
    """What the command is refused with at the REST door; None where it is carried out."""
    answer = await by_rest(
        caller(side, who),
        COMMANDS[name],
        Sent(ground.examples[name], dry_run=dry_run, key=None if dry_run else name),
    )
    return None if answer.is_success else answer.json()["code"]


async def graph(side: Side, ground: Ground, name: str, who: str, *, dry_run: bool) -> str | None:
    """The same at the GraphQL door."""
    sent = Sent(ground.examples[name], dry_run=dry_run, key=None if dry_run else f"g {name}")
    return refusal_of(await by_graph(caller(side, who), COMMANDS[name], sent))


def test_the_table_names_every_command_of_both_doors() -> None:
    operations = {
        operation["operationId"]
        for path in document(paper_house())["paths"].values()
        for method, operation in path.items()
        if method != "get"
    }
    assert operations == set(MAY)
    assert {camel(name) for name in MAY} == set(MUTATIONS)
    assert all(set(who) <= set(EVERYBODY) for who in MAY.values())


def test_every_command_has_a_power_that_can_be_given() -> None:
    """A command without a power, or with one nobody declared, would be everybody's or nobody's."""
    declared = {one.code: one for one in actions()}
    for name, command in COMMANDS.items():
        assert declared.get(command.action.code) == command.action, name
        assert ACTIONS[command.action.code] == command.action, name


@pytest.mark.parametrize("name", COMMANDS)
async def test_who_may_is_who_is_written_down_and_nothing_is_written_of_what_is_refused(
    side: Side, ground: Ground, name: str
) -> None:
    """Of an example that is carried out by who may: by them it is only tried, by everybody else in earnest."""
    before = await written(side)
    for who in EVERYBODY:
        may = who in MAY[name]
        codes = [await one(side, ground, name, who, dry_run=may) for one in (rest, graph)]
        assert codes[0] == codes[1], (who, codes)
        assert codes[0] is None if may else codes[0] in REFUSED, (who, codes)
    assert await written(side) == before


@pytest.mark.parametrize("name", COMMANDS)
async def test_without_a_token_nothing_is_carried_out(side: Side, ground: Ground, name: str) -> None:
    before = await written(side)
    stranger = Caller(side.stage.client, ground.persons["nobody"], "")
    stranger.headers = {}
    answer = await by_rest(stranger, COMMANDS[name], Sent(ground.examples[name], version=1))
    assert (answer.status_code, answer.json()["code"]) == (401, "token_missing")
    refused = await by_graph(stranger, COMMANDS[name], Sent(ground.examples[name], version=1))
    assert refusal_of(refused) == "token_missing"
    assert await written(side) == before


async def written(side: Side) -> tuple[int, int]:
    """Entries of the record that are no denials, and events to be sent."""
    async with lent(side.stage.house.database.act) as connection:
        return (
            await connection.one("SELECT count(*) FROM audit.entry_index WHERE act <> 'denial.recorded'"),
            await connection.one("SELECT count(*) FROM outbox WHERE type <> 'denial.recorded'"),
        )


def test_without_a_post_one_may_only_what_is_ones_own() -> None:
    own = {name for name in MAY if not needs_power(name)}
    assert {name for name, who in MAY.items() if "nobody" in who} <= own
    assert {name for name, who in MAY.items() if "inspector" in who} <= own | {"inquire"}
