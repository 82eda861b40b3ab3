"""What the database does by itself for tasks: counters by lead and state, and the first deadline that never changes."""

# One function for all: the deltas of a statement or row, added in key order so that two writers never wait crosswise.
_ADD = """INSERT INTO public.task_count AS c (lead_id, state, n)
  SELECT d.lead_id, d.state, sum(d.n) FROM ({deltas}) AS d(lead_id, state, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n;"""


def _counting(name: str, deltas: str) -> str:
    # SECURITY DEFINER: the acting role changes tasks, and counters only through them.
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  {_ADD.format(deltas=deltas)}
  RETURN NULL;
END $$"""


STATEMENTS: tuple[str, ...] = (
    _counting(
        "task_count_added", "SELECT t.lead_id, t.state, count(*) FROM added t GROUP BY t.lead_id, t.state"
    ),
    _counting(
        "task_count_removed",
        "SELECT t.lead_id, t.state, -count(*) FROM removed t GROUP BY t.lead_id, t.state",
    ),
    _counting(
        "task_count_moved", "VALUES (OLD.lead_id, OLD.state, -1::bigint), (NEW.lead_id, NEW.state, 1::bigint)"
    ),
    """CREATE TRIGGER task_count_added AFTER INSERT ON task
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION task_count_added()""",
    """CREATE TRIGGER task_count_removed AFTER DELETE ON task
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION task_count_removed()""",
    # By row and condition: an update that changes neither lead nor state, which is nearly every one, pays nothing.
    """CREATE TRIGGER task_count_moved AFTER UPDATE ON task FOR EACH ROW
  WHEN (OLD.lead_id IS DISTINCT FROM NEW.lead_id OR OLD.state IS DISTINCT FROM NEW.state)
  EXECUTE FUNCTION task_count_moved()""",
    """CREATE FUNCTION first_deadline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the first deadline of task % never changes', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_deadline_stays';
END $$""",
    """CREATE TRIGGER first_deadline_stays BEFORE UPDATE ON task FOR EACH ROW
  WHEN (OLD.first_deadline IS NOT NULL AND OLD.first_deadline IS DISTINCT FROM NEW.first_deadline)
  EXECUTE FUNCTION first_deadline_stays()""",
)
