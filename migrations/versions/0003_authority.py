"""Authority: grants, delegations, duties kept apart, interests, denials; what was known when; a programme's budget.

What positions carried by their office until now is given them in writing by `bayro found` (docs/operations.md).
"""

from migrations.statements import require_no_entries, run

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run("0003_authority.sql")


def downgrade() -> None:
    require_no_entries()
    run("0003_authority_down.sql")
