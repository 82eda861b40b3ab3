"""All tables of the house in one metadata, the foreign keys that lead up, and every statement beyond tables.

A basis document may be cited by a unit, yet documents stand above units: such keys are declared here, at the roof.
"""

from sqlalchemy import ForeignKeyConstraint

import app.audit.models
import app.authority.models
import app.core.idempotency
import app.deadlines.models
import app.documents.models
import app.events.models
import app.exchange.models
import app.indicators.models
import app.people.models
import app.programmes.models
import app.tasks.models
import app.units.models  # noqa: F401 - imported for their tables
from app.audit import ddl as audit_ddl
from app.authority import ddl as authority_ddl
from app.authority import inspection_ddl
from app.core import ddl as core_ddl
from app.core.database import metadata
from app.core.rows import STORED
from app.people import ddl as people_ddl
from app.search import ddl as search_ddl
from app.tasks import ddl as tasks_ddl
from app.units import ddl as units_ddl

LEADING_UP = (("unit", "basis_id", "document"), ("unit_period", "basis_id", "document"))
DERIVED = frozenset(
    {
        "unit_ancestor",
        "programme_scope",
        "task_scope",
        "task_count",
        "idempotency_key",
        "outbox",
        "demo_issuer",
        "exercise",
        "denial",
        "reading",
        "holding_known",
        "power_grant_known",
        "delegation_known",
    }
)
"""Tables kept by the house for itself: no act of authority, so no entry in the record is asked for."""


def _lead_up() -> None:
    for table, column, to in LEADING_UP:
        where = metadata.tables[table]
        if not any(key.column_keys == [column] for key in where.foreign_key_constraints):
            where.append_constraint(
                ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", use_alter=True)
            )


_lead_up()


def guarded() -> list[tuple[str, str, str]]:
    """Business tables with the kind of their object and the column that holds its id."""
    return sorted(
        (one.table.name, one.kind, one.root) for one in STORED.values() if one.table.name not in DERIVED
    )


BEFORE_TABLES: tuple[str, ...] = ("CREATE SCHEMA audit", *core_ddl.STATEMENTS)
AFTER_TABLES: tuple[str, ...] = (
    *units_ddl.STATEMENTS,
    *people_ddl.STATEMENTS,
    *authority_ddl.STATEMENTS,
    *tasks_ddl.STATEMENTS,
    *search_ddl.STATEMENTS,
    *audit_ddl.STATEMENTS,
    *inspection_ddl.STATEMENTS,
    *(statement for table in guarded() for statement in audit_ddl.guard(*table)),
)
