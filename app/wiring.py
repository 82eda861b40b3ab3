"""The roof: every room plugged in. The only place that knows them all."""

from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from app import health, me
from app.audit.keeper import AuditKeeper
from app.authority import doors as authority_doors
from app.authority import reactions as authority_reactions
from app.authority import shapes as authority_shapes
from app.authority import words as authority_words
from app.authority.decision import ChainAuthority, rights_on
from app.core import words as core_words
from app.core.act import Action, Fact, Ports, Reaction
from app.core.database import Database, lent
from app.core.errors import Refusal
from app.core.house import Command, House, Resource, Route, verbs
from app.core.reads.matters import Matters
from app.core.reads.shape import Registry
from app.core.settings import Settings
from app.core.text import Text
from app.deadlines import doors as deadlines_doors
from app.deadlines import shapes as deadlines_shapes
from app.deadlines import words as deadlines_words
from app.documents import doors as documents_doors
from app.documents import shapes as documents_shapes
from app.documents import words as documents_words
from app.events.keeper import OutboxKeeper
from app.exchange import doors as exchange_doors
from app.exchange import rest as exchange_rest
from app.exchange import shapes as exchange_shapes
from app.exchange import words as exchange_words
from app.indicators import doors as indicators_doors
from app.indicators import shapes as indicators_shapes
from app.indicators import words as indicators_words
from app.people import doors as people_doors
from app.people import reactions as people_reactions
from app.people import shapes as people_shapes
from app.people import words as people_words
from app.people.sign_in import Issuer, TokenIdentity
from app.programmes import doors as programmes_doors
from app.programmes import reactions as programmes_reactions
from app.programmes import shapes as programmes_shapes
from app.programmes import words as programmes_words
from app.search import doors as search_doors
from app.search import shapes as search_shapes
from app.search import words as search_words
from app.tasks import doors as tasks_doors
from app.tasks import reactions as tasks_reactions
from app.tasks import shapes as tasks_shapes
from app.tasks import words as tasks_words
from app.units import doors as units_doors
from app.units import shapes as units_shapes
from app.units import words as units_words

# In floor order: upper rooms add edges to shapes of the rooms below, and their reactions run after those below.
SHAPES = (
    *(units_shapes, documents_shapes, people_shapes, authority_shapes, deadlines_shapes, programmes_shapes),
    *(indicators_shapes, tasks_shapes, search_shapes, exchange_shapes),
)
DOORS = (
    *(units_doors, documents_doors, people_doors, authority_doors, deadlines_doors, programmes_doors),
    *(indicators_doors, tasks_doors, search_doors, exchange_doors),
)
WORDS = (
    *(
        core_words,
        units_words,
        documents_words,
        people_words,
        authority_words,
        deadlines_words,
        programmes_words,
    ),
    *(indicators_words, tasks_words, search_words, exchange_words),
)
REACTIONS = (people_reactions, authority_reactions, programmes_reactions, tasks_reactions)


def registry() -> Registry:
    """All shapes, with the edges between rooms and the verbs on them."""
    return Registry([room.SHAPES for room in SHAPES], verbs(commands()), authority_shapes.AROUND)


def resources() -> tuple[Resource, ...]:
    """All nouns of the doors."""
    return tuple(one for room in DOORS for one in room.RESOURCES)


def commands() -> tuple[Command, ...]:
    """All verbs of the doors."""
    return tuple(one for room in DOORS for one in room.COMMANDS)


def actions() -> tuple[Action, ...]:
    """All powers there are."""
    return tuple(one for room in WORDS for one in getattr(room, "ACTIONS", ()))


def refusals() -> tuple[Refusal, ...]:
    """All refusals there are."""
    return tuple({one.code: one for room in WORDS for one in room.REFUSALS}.values())


def reasons() -> Mapping[str, Text]:
    """Why an action is not open: every code with its words."""
    return {**authority_words.WHYS, **core_words.REASONS}


def reactions() -> Mapping[type[Fact], tuple[Reaction, ...]]:
    """What must happen inside the same act when a fact is recorded, in floor order."""
    found: dict[type[Fact], tuple[Reaction, ...]] = {}
    for room in REACTIONS:
        for fact, reacts in room.REACTIONS.items():
            found[fact] = (*found.get(fact, ()), *reacts)
    return found


def routes() -> tuple[Route, ...]:
    """Addresses that are neither plain reads nor plain commands."""
    return (
        *health.ROUTES,
        *me.ROUTES,
        me.me_route(actions()),
        me.words_route(actions(), refusals(), reasons()),
        me.problems_route(refusals()),
        *exchange_rest.ROUTES,
    )


def ports(database: Database, provider: Issuer | None = None) -> Ports:
    """The plugs: who may, who keeps the record, who is calling, what a decision depends on; and the reactions."""
    return Ports(
        ChainAuthority(),
        (AuditKeeper(), OutboxKeeper()),
        TokenIdentity(database, rights_on, provider),
        Matters(registry()).of,
        reactions(),
    )


def provider(settings: Settings) -> Issuer | None:
    """The identity provider that the settings name, if they do."""
    if settings.oidc_issuer is None:
        return None
    # By name: its HTTP client costs every start a tenth of a second, and only sign-in by a provider needs it.
    return import_module("app.people.provider").Provider(settings)


async def house(settings: Settings, database: Database) -> House:
    """The house over an open database."""
    async with lent(database.act) as connection:
        secret = bytes(await connection.one("SELECT secret FROM seal"))
    return House(
        settings,
        database,
        ports(database, provider(settings)),
        registry(),
        resources(),
        commands(),
        secret,
        _version(),
        routes(),
    )


def paper_house() -> House:
    """The house without a database: enough to write its contract down."""
    nothing: Any = None
    return House(Settings(), nothing, nothing, registry(), resources(), commands(), b"", _version(), routes())


def _version() -> str:
    try:
        return version("bayro")
    except PackageNotFoundError:
        return "0.1.0"
