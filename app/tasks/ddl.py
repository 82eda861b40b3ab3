"""What the database does by itself for tasks: counters by lead and state, the first deadline that never changes, and that
no task is less restricted than its programme.
"""

from app.core.ids import RESTRICTED

# One function for all: the deltas of a statement or row, added in key order so that two writers never wait crosswise.
_ADD = f"""INSERT INTO public.task_count AS c (lead_id, state, n, restricted)
  SELECT d.lead_id, d.state, sum(d.n), coalesce(sum(d.n) FILTER (WHERE d.access_class = {RESTRICTED}), 0)
  FROM ({{deltas}}) AS d(lead_id, state, access_class, n)
  WHERE d.lead_id IS NOT NULL GROUP BY d.lead_id, d.state ORDER BY d.lead_id, d.state
  ON CONFLICT (lead_id, state) DO UPDATE SET n = c.n + EXCLUDED.n, restricted = c.restricted + EXCLUDED.restricted;"""


def _counting(name: str, deltas: str) -> str:
    # SECURITY DEFINER: the acting role changes tasks, and counters only through them.
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  {_ADD.format(deltas=deltas)}
  RETURN NULL;
END $$"""


def _watching(name: str, broken: str, *, about: str) -> str:
    """A trigger's function that refuses a task less restricted than its programme; `about` is the programme's id."""
    # As the tables' owner: row-level security would hide a programme from who may act on a task alone, and the rule with it.
    return f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF {broken} THEN
    RAISE EXCEPTION 'a task of programme % is less restricted than the programme', {about}
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'task_as_restricted_as_programme';
  END IF;
  RETURN NULL;
END $$"""


STATEMENTS: tuple[str, ...] = (
    _counting(
        "task_count_added",
        "SELECT t.lead_id, t.state, t.access_class, count(*) FROM added t GROUP BY t.lead_id, t.state, t.access_class",
    ),
    _counting(
        "task_count_removed",
        "SELECT t.lead_id, t.state, t.access_class, -count(*) FROM removed t GROUP BY t.lead_id, t.state, t.access_class",
    ),
    _counting(
        "task_count_moved",
        "VALUES (OLD.lead_id, OLD.state, OLD.access_class, -1::bigint), (NEW.lead_id, NEW.state, NEW.access_class, 1::bigint)",
    ),
    """CREATE TRIGGER task_count_added AFTER INSERT ON task
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION task_count_added()""",
    """CREATE TRIGGER task_count_removed AFTER DELETE ON task
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION task_count_removed()""",
    # By row and condition: an update that changes neither lead, state nor class, which is nearly every one, pays nothing.
    """CREATE TRIGGER task_count_moved AFTER UPDATE ON task FOR EACH ROW
  WHEN (OLD.lead_id IS DISTINCT FROM NEW.lead_id OR OLD.state IS DISTINCT FROM NEW.state
    OR OLD.access_class <> NEW.access_class)
  EXECUTE FUNCTION task_count_moved()""",
    """CREATE FUNCTION first_deadline_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the first deadline of task % never changes', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'first_deadline_stays';
END $$""",
    """CREATE TRIGGER first_deadline_stays BEFORE UPDATE ON task FOR EACH ROW
  WHEN (OLD.first_deadline IS NOT NULL AND OLD.first_deadline IS DISTINCT FROM NEW.first_deadline)
  EXECUTE FUNCTION first_deadline_stays()""",
    # Deferred: a programme may be raised before its tasks are, within one act. Here the programme is held, so that it is
    # not raised at the same moment; the verbs hold it already.
    _watching(
        "task_as_restricted_as_programme",
        "(SELECT access_class FROM public.task WHERE id = NEW.id)"
        " < (SELECT access_class FROM public.programme WHERE id = NEW.programme_id FOR SHARE)",
        about="NEW.programme_id",
    ),
    _watching(
        "programme_as_open_as_tasks",
        "EXISTS (SELECT 1 FROM public.task t JOIN public.programme p ON p.id = t.programme_id"
        " WHERE p.id = NEW.id AND t.access_class < p.access_class)",
        about="NEW.id",
    ),
    """CREATE CONSTRAINT TRIGGER task_as_restricted_as_programme AFTER INSERT OR UPDATE OF access_class, programme_id ON task
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION task_as_restricted_as_programme()""",
    """CREATE CONSTRAINT TRIGGER programme_as_open_as_tasks AFTER UPDATE OF access_class ON programme
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.access_class > OLD.access_class)
  EXECUTE FUNCTION programme_as_open_as_tasks()""",
)
