"""Laws of the sources: SQL stands where it belongs, nothing is imported inside a function, decisions are pure."""

import ast
import re

from house import sources, texts

SQL = re.compile(r"\b(SELECT .* FROM|INSERT INTO|UPDATE \S+ SET|DELETE FROM)\b", re.DOTALL)
HOLDS_SQL = re.compile(
    r"(queries|shapes|ddl|keeper|models|parts|tables|schema_sql|provision|rights|migrate|idempotency|rows|compiler|act|worker|identity|health|wiring|load|powers|lists|task_shape|part_shapes|unit_names|revisions|personas)\.py\Z"
)
PURE = re.compile(r"(rules|clarity|workflow|packs|phrases|targets|entries|text|calendar|predicates)\.py\Z")


def test_sql_stands_only_where_it_belongs() -> None:
    strays = [
        f"{name}:{line}"
        for name, tree in sources()
        if not HOLDS_SQL.search(name)
        for line, words in texts(tree)
        if SQL.search(words)
    ]
    assert strays == []


def test_nothing_is_imported_inside_a_function() -> None:
    hidden = [
        f"{name}:{inner.lineno}"
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        for inner in ast.walk(node)
        if isinstance(inner, (ast.Import, ast.ImportFrom))
    ]
    assert hidden == []


def test_decisions_neither_wait_nor_ask_the_clock() -> None:
    looked = 0
    for name, tree in sources():
        if not PURE.search(name):
            continue
        looked += 1
        for node in ast.walk(tree):
            assert not isinstance(node, (ast.AsyncFunctionDef, ast.Await)), f"{name}:{node.lineno}"
            if isinstance(node, ast.ImportFrom):
                assert node.module != "app.core.clock", name
                assert "clock" not in [one.name for one in node.names], name
    assert looked > 5
