"""An edge to a part asks no visibility of its own: it must never lead where the part's own rule would not let the caller."""

from contract.conftest import PERSONAS, Demo
from contract.doors import Sent, by_rest
from contract.examples import COMMANDS, examples

from app.core.database import lent
from app.core.reads.shape import EVERYONE, Edge, Shape
from app.wiring import registry

REGISTRY = registry()
PARTS = [(shape, edge) for shape in REGISTRY for edge in shape.edges if edge.part]
PLACES = {"{reach}": "($1::uuid[])", "{actor}": "($2::uuid)", "{today}": "current_date"}


def counted(shape: Shape, edge: Edge) -> str:
    """How many parts lie behind the edge from wholes that are seen, and how many of these are seen by their own rule."""
    other = REGISTRY[edge.to]
    text = (
        f"SELECT count(*) AS of_whole, count(*) FILTER (WHERE {other.visible.replace('{t}', 'o')}) AS by_itself"
        f' FROM "{shape.table}" t JOIN "{other.table}" o ON {edge.on.replace("{t}", "t").replace("{o}", "o")}'
        f" WHERE {shape.visible.replace('{t}', 't')} AND cardinality($1) > 0 AND $2::uuid IS NOT NULL"
    )
    for place, value in PLACES.items():
        text = text.replace(place, value)
    return text


def test_what_is_called_a_part_has_a_rule_of_its_own() -> None:
    assert len(PARTS) > 8
    assert [edge.name for _, edge in PARTS if edge.paged or REGISTRY[edge.to].visible == EVERYONE] == []


async def test_a_part_is_seen_wherever_its_whole_is(own_demo: Demo) -> None:
    name = "measure_indicator"
    answer = await by_rest(own_demo.keeper, COMMANDS[name], Sent((await examples(own_demo))[name]))
    assert answer.is_success, answer.text
    shown = dict.fromkeys((f"{shape.name}.{edge.name}" for shape, edge in PARTS), 0)
    for persona in ("keeper", *PERSONAS):
        actor = await own_demo.house.ports.identity.person(getattr(own_demo, persona).id)
        async with lent(own_demo.house.database.read) as connection:
            for shape, edge in PARTS:
                row = await connection.row(counted(shape, edge), list(actor.reach), actor.id)
                assert row is not None
                assert row["of_whole"] == row["by_itself"], (persona, shape.name, edge.name)
                shown[f"{shape.name}.{edge.name}"] += row["by_itself"]
    assert [name for name, count in shown.items() if not count] == []
