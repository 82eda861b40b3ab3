"""One view over everything that has words. Predicates go down into each branch, so each table's own index is used."""

_BRANCHES = (
    ("unit", "name", "code"),
    ("person", "name", "NULL"),
    ("document", "title", "number"),
    ("programme", "title", "code"),
    ("indicator", "title", "number"),
    ("task", "title", "number"),
)
_SELECTS = " UNION ALL ".join(
    f"SELECT '{table}'::text AS kind, id, {title} AS title, {code} AS code, search FROM {table}"
    for table, title, code in _BRANCHES
)

STATEMENTS = (
    f"CREATE VIEW found AS {_SELECTS}",
    "COMMENT ON VIEW found IS 'Everything that has words, for search; who may see what is added by the reader'",
)
