"""Sign-in: personal tokens, and the epoch raised by whatever ends one, or the demo's issuer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

GUARD = """CREATE FUNCTION audit.personal_token_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := 'token:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on personal_token of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$"""
GUARDED = """CREATE CONSTRAINT TRIGGER personal_token_has_entry AFTER INSERT OR UPDATE OR DELETE ON personal_token
 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.personal_token_has_entry()"""


def upgrade() -> None:
    op.create_table(
        "personal_token",
        sa.Column("id", sa.Uuid, nullable=False, comment="a personal token; UUIDv7"),
        sa.Column(
            "person_id",
            sa.Uuid,
            nullable=False,
            comment="whose token it is: who is calling where it is sent",
        ),
        sa.Column("name", sa.Text, nullable=False, comment="its person's own name for it"),
        sa.Column(
            "digest",
            sa.LargeBinary,
            nullable=False,
            comment="SHA-256 of the token's text; the text itself is kept nowhere",
        ),
        sa.Column(
            "scopes",
            postgresql.ARRAY(sa.Text),
            nullable=False,
            comment="power codes, or their beginnings up to the point, that it narrows the person's powers to; read: none of them",
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, comment="end of its use, UTC"),
        sa.Column(
            "revoked_at", sa.DateTime(timezone=True), nullable=True, comment="when its person revoked it, UTC"
        ),
        sa.Column(
            "version",
            sa.Integer,
            nullable=False,
            comment="rises by one with each act on the object; starts at 1",
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), nullable=False, comment="when it was recorded, UTC"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_personal_token"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_personal_token_person_id"),
        sa.CheckConstraint("cardinality(scopes) > 0", name=op.f("ck_personal_token_scopes_not_empty")),
        sa.CheckConstraint(
            "expires_at > created_at AND expires_at <= created_at + interval '8760 hours'",
            name=op.f("ck_personal_token_lifetime"),
        ),
        comment="Tokens that persons gave themselves, for scripts and clients without a browser",
    )
    op.create_index("uq_personal_token_digest", "personal_token", ["digest"], unique=True)
    op.create_index("ix_personal_token_person_id", "personal_token", ["person_id", "created_at"])
    for table in ("personal_token", "demo_issuer"):
        op.execute(
            f"CREATE TRIGGER {table}_raises_epoch AFTER DELETE OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()"
        )
    op.execute(GUARD)
    op.execute(GUARDED)


def downgrade() -> None:
    # Tokens are told of in the record; the same rule as below: what holds entries is never taken down.
    if op.get_bind().exec_driver_sql("SELECT EXISTS (SELECT 1 FROM audit.event)").scalar():
        raise RuntimeError(
            "The record holds entries: this database is never taken down. Make another one instead."
        )
    op.execute("DROP TRIGGER demo_issuer_raises_epoch ON demo_issuer")
    op.drop_table("personal_token")
    op.execute("DROP FUNCTION audit.personal_token_has_entry()")
