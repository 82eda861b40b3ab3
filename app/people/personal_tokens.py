"""Verbs on personal tokens: load, require, decide, change, record. They are their person's own; nobody else has a part in them."""

from datetime import timedelta
from secrets import token_bytes
from uuid import UUID

from app.core.act import ACTIONS, Act, Target
from app.core.ids import new_id
from app.core.inputs import Nothing
from app.core.rows import Object
from app.people import queries, rules, tokens
from app.people.models import PersonalToken
from app.people.schemas import CreatePersonalToken
from app.people.words import CREATE_TOKEN, REVOKE_TOKEN, TokenCreated, TokenRevoked


async def create(act: Act, given: CreatePersonalToken) -> UUID:
    """Gives the caller a token. Its text stands in this answer and nowhere else: here only its digest is kept."""
    live = await queries.live_tokens(act)

    await act.require(CREATE_TOKEN, Target(None, None, owner=act.actor.id))

    rules.require_not_by_token(act.actor.scopes)
    rules.require_known(given.scopes, ACTIONS)
    rules.require_room(live)
    text = tokens.text_of(token_bytes(tokens.SECRET_BYTES))
    made = PersonalToken(
        new_id(),
        act.actor.id,
        given.name,
        tokens.digest_of(text),
        sorted(set(given.scopes)),
        expires_at=act.at + timedelta(days=given.days),
        revoked_at=None,
        version=1,
        created_at=act.at,
    )

    await act.add(made)
    act.show_once(text)

    act.record(TokenCreated(made.id, tuple(made.scopes), made.expires_at.isoformat()))
    return made.id


async def revoke(act: Act, token_id: UUID, _given: Nothing) -> UUID:
    """Ends the use of a token of the caller's own, the one he calls with included."""
    token = await queries.own_token_for_change(act, token_id)

    await act.require(REVOKE_TOKEN, Target(Object("token", token.id), None, owner=token.person_id))

    rules.require_unrevoked(token.revoked_at)

    await act.change(token, revoked_at=act.at)

    act.record(TokenRevoked(token.id))
    return token.id
