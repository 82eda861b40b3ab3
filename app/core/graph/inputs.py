"""GraphQL inputs from the commands' Pydantic models: one declaration, both doors."""

import enum
import types
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

import strawberry
from pydantic import BaseModel
from pydantic.fields import FieldInfo

LARGEST_INT = 2**31 - 1

SCALAR_NAMES: dict[Any, str] = {
    str: "str",
    int: "int",
    bool: "bool",
    float: "float",
    date: "Date",
    datetime: "DateTime",
    UUID: "strawberry.ID",
    Decimal: "Decimal",
}


def enumeration(name: str, members: dict[str, str]) -> enum.EnumMeta:
    """An enum class made at run time; the functional call is typed as a member of Enum."""
    made: Any = enum.Enum(name, members)
    return made


class Inputs:
    """Makes input types in the generated module, each once."""

    def __init__(self, module: types.ModuleType) -> None:
        self.module = module

    def type_of(self, model: type[BaseModel]) -> str:
        """The name of the input type of a model."""
        name = model.__name__ + "Input"
        if not hasattr(self.module, name):
            setattr(self.module, name, None)  # holds the place while nested inputs are made
            setattr(self.module, name, self._made(model, name))
        return name

    def _made(self, model: type[BaseModel], name: str) -> type:
        annotations: dict[str, Any] = {}
        values: dict[str, Any] = {"__module__": self.module.__name__, "__annotations__": annotations}
        for field_name, field in model.model_fields.items():
            written = self._annotation(field.annotation, f"{model.__name__}_{field_name}")
            if _is_large(field):
                written = written.replace("int", "Money")
            annotations[field_name] = (
                written
                if field.is_required()
                else f"Optional[{written.removeprefix('Optional[').removesuffix(']') if written.startswith('Optional[') else written}]"
            )
            default: Any = strawberry.UNSET
            said = field.description
            values[field_name] = (
                strawberry.field(description=said)
                if field.is_required()
                else strawberry.field(description=said, default=default)
            )
        return strawberry.input(
            type(name, (), values), description=(model.__doc__ or "").strip().split("\n")[0]
        )

    def _annotation(self, annotation: Any, path: str) -> str:
        origin = get_origin(annotation)
        if origin is Annotated:
            return self._annotation(get_args(annotation)[0], path)
        if origin in (Union, types.UnionType):
            inner = [one for one in get_args(annotation) if one is not type(None)]
            written = self._annotation(inner[0], path)
            return f"Optional[{written}]" if len(inner) < len(get_args(annotation)) else written
        if origin in (list, tuple, frozenset, set):
            return f"list[{self._annotation(get_args(annotation)[0], path)}]"
        if origin is dict:
            return "JSON"
        if origin is Literal:
            return self._enum(path, get_args(annotation))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return self.type_of(annotation)
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return self._enum(annotation.__name__, tuple(one.value for one in annotation))
        return SCALAR_NAMES.get(annotation, "JSON")

    def _enum(self, path: str, values: tuple[str, ...]) -> str:
        """An enum of the words; one with the same words as a shape's choice is that choice."""
        for known, words in self.module.CHOICES.items():
            if set(words) == set(values):
                return known
        name = "".join(part[:1].upper() + part[1:] for part in path.replace("-", "_").split("_"))
        if not hasattr(self.module, name):
            members = {value.upper().replace("-", "_"): value for value in values}
            setattr(self.module, name, strawberry.enum(enumeration(name, members)))
            self.module.CHOICES[name] = values
        return name


def _is_large(field: FieldInfo) -> bool:
    """Whether whole numbers beyond GraphQL's 32-bit Int are taken: amounts in đồng."""
    bounds = [
        *field.metadata,
        *(one for part in get_args(field.annotation) for one in getattr(part, "__metadata__", ())),
    ]
    tops = [top for one in bounds if (top := getattr(one, "le", None)) is not None]
    tops += [
        top
        for one in bounds
        for inner in getattr(one, "metadata", ())
        if (top := getattr(inner, "le", None)) is not None
    ]
    return any(isinstance(top, int) and top > LARGEST_INT for top in tops)


def plain_input(model: type[BaseModel], value: Any) -> Any:
    """The model's own names from GraphQL's: camelCase back to snake_case, nested inputs too. Unset stays unset."""
    return {
        name: _plain(field.annotation, value[key])
        for name, field in model.model_fields.items()
        if (key := _key(name, value)) is not None
    }


def _key(name: str, value: dict[str, Any]) -> str | None:
    head, *tail = name.split("_")
    camel = head + "".join(part.capitalize() for part in tail)
    return camel if camel in value else name if name in value else None


def _plain(annotation: Any, value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(annotation, one) for one in value]
    model = _model_in(annotation)
    if model is not None and isinstance(value, dict):
        return plain_input(model, value)
    return value.value if isinstance(value, enum.Enum) else value


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type):
        return annotation if issubclass(annotation, BaseModel) else None
    return next((found for one in get_args(annotation) if (found := _model_in(one)) is not None), None)
