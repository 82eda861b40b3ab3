"""Who holds what, and who can sign in, decides who may: every change of it raises the epoch of authority."""

_TABLES = ("person", "position", "holding")

_RAISES = "CREATE TRIGGER {table}_raises_epoch AFTER {when} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION raise_epoch()"

STATEMENTS = (
    *(_RAISES.format(table=table, when="INSERT OR UPDATE OR DELETE") for table in _TABLES),
    # A new token, or the demo's key on its first day, is nobody's right yet: only what may end one asks all to look again.
    *(_RAISES.format(table=table, when="DELETE OR UPDATE") for table in ("personal_token", "demo_issuer")),
)
