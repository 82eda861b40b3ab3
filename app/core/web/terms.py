"""What a caller may say of every command beside its input: in which post, on which basis, why. One reading, both doors."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.act import Terms
from app.core.inputs import Input, validated

TERMS = ("as", "basis", "reason")
UNSAID = UUID(int=0)
"""Stands where no id was sent; no thing bears it. A null is refused: whoever says nothing leaves it out."""


class ActAs(Input):
    """The post and the signing capacity the caller acts in."""

    post: UUID = UNSAID
    capacity: Annotated[str, StringConstraints(max_length=20)] = ""


class Said(Input):
    """The terms as they were sent."""

    acting: ActAs = Field(ActAs(), alias="as")
    basis: UUID = UNSAID
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""


def terms(sent: Mapping[str, Any], *, dry_run: bool, expected_version: int | None) -> Terms:
    """The terms of a command. Raises Refused (input_invalid) for a wrong type, an unknown name, words too long."""
    said = validated(Said, {name: sent[name] for name in TERMS if name in sent})
    return Terms(
        post=_said(said.acting.post),
        capacity=said.acting.capacity or None,
        basis=_said(said.basis),
        reason=said.reason or None,
        dry_run=dry_run,
        expected_version=expected_version,
    )


def _said(one: UUID) -> UUID | None:
    return None if one == UNSAID else one
