"""Guards of the record: append-only in triggers, and no business change without an entry of the same transaction."""

APPEND_ONLY = ("event", "entry_index")

STATEMENTS = (
    """CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the record is append-only: % on %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$""",
    *(
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.{table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change()"
        for table in APPEND_ONLY
    ),
    # ALWAYS: a session in replication mode does not slip past.
    *(f"ALTER TABLE audit.{table} ENABLE ALWAYS TRIGGER {table}_is_append_only" for table in APPEND_ONLY),
)


def guard(table: str, kind: str, root: str) -> tuple[str, str]:
    """The deferred trigger of a business table: at COMMIT its changed rows' object must have an entry of this transaction.

    The function names the root column itself; reading it through JSON would cost ten times as much for a wide row.
    """
    return (
        f"""CREATE FUNCTION audit.{table}_has_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE about text := '{kind}:' || CASE WHEN TG_OP = 'DELETE' THEN OLD.{root} ELSE NEW.{root} END;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.event WHERE xid = pg_current_xact_id() AND obj = about) THEN
    RAISE EXCEPTION '% on {table} of % has no entry in the record', TG_OP, about
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'change_has_entry';
  END IF;
  RETURN NULL;
END $$""",
        (
            f"CREATE CONSTRAINT TRIGGER {table}_has_entry AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.{table}_has_entry()"
        ),
    )
