"""What the laws read: the house's own declarations, and its source as syntax trees."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import app
from app.core.errors import Refusal

ROOT = Path(app.__file__).parent
ROOMS = sorted(
    one.name for one in iter_modules([str(ROOT)]) if one.ispkg and one.name not in {"core", "demo"}
)


def room_modules(name: str) -> list[ModuleType]:
    """The module of that name in every room that has one, the ground floor's first."""
    return [
        import_module(f"app.{room}.{name}")
        for room in ["core", *ROOMS]
        if (ROOT / room / f"{name}.py").exists()
    ]


def refusals() -> list[Refusal]:
    """Every refusal declared in a `words.py`."""
    return [
        value
        for module in room_modules("words")
        for value in vars(module).values()
        if isinstance(value, Refusal)
    ]


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every source file of the service with its syntax tree."""
    for path in sorted(ROOT.rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string in a file that is not a docstring, with its line."""
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value
