"""What a caller may say of every command beside its input: in which post, on which basis, why. One reading, both doors."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints

from app.core.act import Terms
from app.core.inputs import Input, validated

TERMS = ("as", "basis", "reason")


class ActAs(Input):
    """The post and the signing capacity the caller acts in."""

    post: UUID | None = None
    capacity: Annotated[str, StringConstraints(max_length=20)] | None = None


class Said(Input):
    """The terms as they were sent."""

    acting: ActAs | None = Field(None, alias="as")
    basis: UUID | None = None
    reason: Annotated[str, StringConstraints(max_length=2_000)] | None = None


def terms(sent: Mapping[str, Any], *, dry_run: bool, expected_version: int | None) -> Terms:
    """The terms of a command. Raises Refused (input_invalid) for a wrong type, an unknown name, words too long."""
    said = validated(Said, {name: sent[name] for name in TERMS if name in sent})
    acting = said.acting or ActAs()
    return Terms(
        post=acting.post,
        capacity=acting.capacity or None,
        basis=said.basis,
        reason=said.reason or None,
        dry_run=dry_run,
        expected_version=expected_version,
    )
