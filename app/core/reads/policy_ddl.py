"""Row-level security for changes, made from what the shapes themselves say of visibility."""

import re
from collections.abc import Iterable

from app.core.bounds import ACTOR, IS_UNBOUND, REACH
from app.core.reads.shape import EVERYONE, Shape

POLICY = "within_sight"
_NAMES = ("everyone", POLICY, f"{POLICY}_to_end")
_PLACES = {"reach": REACH, "actor": ACTOR}
_PLACE = re.compile(r"\{(\w+)\}")


def policies(shapes: Iterable[Shape], role: str) -> list[str]:
    """What binds the role: of these shapes it changes, locks and removes only rows that its actor sees.

    Rows that the transaction itself wrote stay its own: what a new thing's visibility hangs on is written after it.
    Reading is not bound: rules look at what the actor may not see (numbers taken, the year a programme's document
    gives) and must judge alike whoever acts. Who reads for an answer does so through the compiler.
    """
    return [statement for shape in shapes for statement in _policies(shape, role)]


def _policies(shape: Shape, role: str) -> list[str]:
    if shape.visible == EVERYONE:
        raise ValueError(f"every {shape.name} is seen by everyone: nothing to bind")
    table = f'"{shape.table}"'
    places = {**_PLACES, "t": table}
    seen = _PLACE.sub(lambda place: places[place[1]], shape.visible)
    own = f"{table}.xmin = pg_current_xact_id_if_assigned()::xid"
    bound = f"({own} OR {IS_UNBOUND} OR {seen})"
    everyone, change, end = _NAMES
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"CREATE POLICY {everyone} ON {table} USING (true)",
        f"CREATE POLICY {change} ON {table} AS RESTRICTIVE FOR UPDATE TO {role} USING {bound} WITH CHECK (true)",
        f"CREATE POLICY {end} ON {table} AS RESTRICTIVE FOR DELETE TO {role} USING {bound}",
    ]


_LISTED = ", ".join(f"'{name}'" for name in _NAMES)
WITHOUT = f"""DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT policyname, schemaname, tablename FROM pg_policies WHERE policyname IN ({_LISTED}) LOOP
    EXECUTE format('DROP POLICY %I ON %I.%I', one.policyname, one.schemaname, one.tablename);
    EXECUTE format('ALTER TABLE %I.%I DISABLE ROW LEVEL SECURITY', one.schemaname, one.tablename);
  END LOOP;
END $$"""
"""Takes all of it off: no policy may hold a table or column that a migration changes."""
