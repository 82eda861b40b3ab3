"""Both doors of imports; REST takes the file as the body, GraphQL in base64."""

import base64
import json
from typing import Any

from app.core.errors import Refused
from app.core.house import Command, RawBody, Resource
from app.core.reads.shape import Also, in_states
from app.core.text import Text
from app.core.words import VALUE_INVALID
from app.exchange import service
from app.exchange.incoming import prepare
from app.exchange.schemas import ImportAnnex, WithdrawImport
from app.exchange.shapes import did
from app.exchange.words import CARRY_OUT, WITHDRAW
from app.indicators.words import AMEND as AMEND_INDICATOR
from app.tasks.words import AMEND as AMEND_TASK
from app.tasks.words import WITHDRAW as WITHDRAW_TASK

MEDIA = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)


def _parameter(name: str, schema: dict[str, Any], says: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": schema, "description": says}


PARAMETERS = (
    _parameter(
        "programme_id", {"type": "string", "format": "uuid"}, "the programme to import into", required=True
    ),
    _parameter("file_name", {"type": "string", "maxLength": 300}, "name of the file"),
    _parameter(
        "annex",
        {"type": "string", "maxLength": 200},
        "name of the annex; else the sheet's name where it says Phụ lục",
    ),
    _parameter("mapping", {"type": "string"}, 'JSON object of columns told by hand, e.g. {"lead": "C"}'),
    _parameter(
        "create_units", {"type": "boolean", "default": False}, "found units whose names are not known"
    ),
    _parameter("units_under", {"type": "string"}, "code of the unit that founded units stand under"),
    _parameter("reason", {"type": "string", "maxLength": 2000}, "why"),
)


def values(parameters: dict[str, str], body: bytes) -> dict[str, Any]:
    """The input of an import whose file is the body. Raises Refused (value_invalid)."""
    given: dict[str, Any] = dict(parameters)
    if "mapping" in given:
        try:
            given["mapping"] = json.loads(given["mapping"])
        except ValueError:
            raise Refused(VALUE_INVALID, name="mapping", expected="a JSON object") from None
    if "create_units" in given:
        if given["create_units"] not in {"true", "false"}:
            raise Refused(VALUE_INVALID, name="create_units", expected="true or false")
        given["create_units"] = given["create_units"] == "true"
    return {**given, "content": base64.b64encode(body).decode()}


RESOURCES = (Resource("imports", "Import", one="import", many="imports", include=("programme", "importer")),)

COMMANDS = (
    Command(
        "import_annex",
        CARRY_OUT,
        service.carry_out,
        ImportAnnex,
        "POST",
        "/v1/imports",
        "Import",
        Text(
            "Nhập phụ lục CSV hoặc XLSX; dry_run trả kế hoạch từng dòng.",
            "Imports a CSV or XLSX annex; dry_run answers the plan row by row.",
        ),
        status=201,
        prepare=prepare,
        raw=RawBody(MEDIA, PARAMETERS, values, lambda settings: settings.import_max_bytes),
    ),
    Command(
        "withdraw_import",
        WITHDRAW,
        service.withdraw,
        WithdrawImport,
        "POST",
        "/v1/imports/{id}:withdraw",
        "Import",
        Text(
            "Rút một lần nhập khi các dự thảo chưa bị sửa.",
            "Withdraws an import while its drafts are untouched.",
        ),
        on="Import",
        also=(
            Also(WITHDRAW_TASK, did("task", "created")),
            Also(AMEND_TASK, did("task", "updated")),
            Also(AMEND_INDICATOR, did("indicator", "created", "updated")),
        ),
        open_if=in_states("carried_out"),
    ),
)
