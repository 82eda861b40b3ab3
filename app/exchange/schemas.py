"""Inputs of the commands on imports."""

from typing import Any
from uuid import UUID

from pydantic import Field

from app.core.inputs import Input, Line


class ImportAnnex(Input):
    """An annex to import into a programme."""

    programme_id: UUID
    content: str = Field(description="the file, CSV or XLSX, in base64", max_length=20_000_000)
    file_name: str = Field(
        default="",
        max_length=300,
        description="its name; a name that carries a secrecy marking refuses the file",
    )
    annex: str = Field(
        default="",
        max_length=200,
        description="name of the annex; where not given, the sheet's name if it says Phụ lục",
        examples=["Phụ lục II"],
    )
    mapping: dict[str, Any] | None = Field(
        default=None,
        description='columns told by hand: {"lead": "C", "deadline": ["E", "F"], "heading_rows": [4]}',
    )
    create_units: bool = Field(
        default=False,
        description="found units whose names are not known, under units_under or the programme's owner",
    )
    units_under: Line | None = Field(
        default=None, description="code of the unit that founded units stand under"
    )


class WithdrawImport(Input):
    """The withdrawal of an import as one act. The reason stands beside, as with every command."""
