"""What was known of holdings, grants and delegations when; and the epoch, which every change of them raises."""


def _remembered(table: str, columns: str) -> tuple[str, str]:
    """Every version of a row is kept with the time for which it was known: the open one ends, another begins."""
    # Quoted: PL/pgSQL has words of its own, `strict` among them.
    names = [f'"{name}"' for name in columns.split(", ")]
    columns, values = ", ".join(names), ", ".join(f"NEW.{name}" for name in names)
    told = ", ".join(f"EXCLUDED.{name}" for name in names)
    return (
        f"""CREATE FUNCTION {table}_is_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE {table}_known SET known = tstzrange(lower(known), now()) WHERE id = coalesce(NEW.id, OLD.id) AND upper_inf(known);
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO {table}_known (id, known_from, known, {columns}) VALUES (NEW.id, now(), tstzrange(now(), NULL), {values})
      ON CONFLICT (id, known_from) DO UPDATE SET ({columns}) = ROW ({told}), known = EXCLUDED.known;
  END IF;
  RETURN NULL;
END $$""",
        f"CREATE TRIGGER {table}_is_known AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_is_known()",
    )


_EXTENT = "powers, unit_id, subtree, strict, max_amount, max_class, valid, excluded"

STATEMENTS = (
    *_remembered("holding", "position_id, person_id, kind, valid"),
    *_remembered("power_grant", f"position_id, {_EXTENT}, max_depth"),
    *_remembered(
        "delegation", f"from_holding_id, to_holding_id, grant_id, delegation_id, {_EXTENT}, may_sub"
    ),
    *(
        f"CREATE TRIGGER {table}_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()"
        for table in ("power_grant", "delegation")
    ),
)
