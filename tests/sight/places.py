"""Every place in a command's input where an id may stand, from its schema; and inputs with an id put there."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from app.core.house import Command

Path = tuple[str, ...]
"""Keys from the outside in; `[]` stands for the one element of a list."""
_SAMPLES = {"string": "x", "integer": 1, "number": 1, "boolean": False, "array": [], "object": {}}
TERMS: tuple[Path, ...] = (("basis",), ("as", "post"))
"""What every command takes beside its own input."""


def places(command: Command) -> list[Path]:
    """Where ids may stand in the command's input."""
    schema = command.input.model_json_schema()
    return [*dict.fromkeys(_ids(schema, schema, ())), *TERMS]


def _ids(schema: dict[str, Any], root: dict[str, Any], at: Path) -> Iterator[Path]:
    schema = _resolved(schema, root)
    if schema.get("format") == "uuid":
        yield at
    for one in schema.get("anyOf", ()):
        yield from _ids(one, root, at)
    if "items" in schema:
        yield from _ids(schema["items"], root, (*at, "[]"))
    for name, one in schema.get("properties", {}).items():
        yield from _ids(one, root, (*at, name))


def _resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    return root["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def put(command: Command, given: dict[str, Any], at: Path, value: str) -> dict[str, Any]:
    """The input with the value at that place; what must stand beside it there is made up."""
    made = deepcopy(given)
    schema = command.input.model_json_schema()
    _put(made, schema, schema, at, value)
    return made


def _put(into: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: Path, value: str) -> None:
    name, *rest = at
    if not rest:
        into[name] = value
        return
    inner = _resolved(schema.get("properties", {}).get(name, {}), root)
    inner = next((_resolved(one, root) for one in inner.get("anyOf", ()) if one.get("type") != "null"), inner)
    if rest[0] != "[]":
        into.setdefault(name, {})
        _put(into[name], inner, root, tuple(rest), value)
    elif rest == ["[]"]:
        into[name] = [value]
    else:
        element = _resolved(inner["items"], root)
        into[name] = [_needed(element, root, value)]
        _put(into[name][0], element, root, tuple(rest[1:]), value)


def _needed(schema: dict[str, Any], root: dict[str, Any], value: str) -> dict[str, Any]:
    """The least an element must hold."""
    parts = {name: _resolved(one, root) for name, one in schema.get("properties", {}).items()}
    return {
        name: value if parts[name].get("format") == "uuid" else _SAMPLES[parts[name].get("type", "string")]
        for name in schema.get("required", ())
    }
