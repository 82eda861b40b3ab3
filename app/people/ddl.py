"""Who holds what decides who may: every change of it raises the epoch of authority."""

_TABLES = ("person", "position", "holding")

STATEMENTS = tuple(
    f"CREATE TRIGGER {table}_raises_epoch AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()"
    for table in _TABLES
)
