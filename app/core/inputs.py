"""Inputs of commands: strict JSON, composed text, no NUL, no secret marking; validated into a Pydantic model."""

import json
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from app.core.errors import Flaw, Refused
from app.core.secrecy import marking
from app.core.text import Text, nfc
from app.core.words import INPUT_INVALID, REQUEST_MALFORMED, SECRET_REFUSED

Model = TypeVar("Model", bound=BaseModel)

Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""A name or a code, 1–200 characters."""
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
"""One line of words, 1–1,000 characters."""
Words = Annotated[str, StringConstraints(max_length=20_000)]
"""Words kept as they were given, up to 20,000 characters."""


class Input(BaseModel):
    """What a command takes: unknown names are refused, numbers and booleans are not guessed from text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Input):
    """A command that takes no input of its own."""


def strict_json(body: bytes) -> Any:
    """The JSON value. Raises Refused (request_malformed) for broken UTF-8, duplicate keys, NaN, and endless nesting."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Refused(REQUEST_MALFORMED, why="UTF-8") from None
    except RecursionError:
        raise Refused(REQUEST_MALFORMED, why="JSON nesting") from None
    except ValueError as error:
        raise Refused(REQUEST_MALFORMED, why=f"JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("duplicate key in an object")
    return value


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON value")


def cleaned(value: Any, pointer: str = "") -> Any:
    """The value with its text composed (NFC). Raises Refused for NUL, lone surrogates and secret markings."""
    if isinstance(value, str):
        return _clean_text(value, pointer)
    if isinstance(value, dict):
        return {_clean_text(name, pointer): cleaned(one, f"{pointer}/{name}") for name, one in value.items()}
    if isinstance(value, list):
        return [cleaned(one, f"{pointer}/{place}") for place, one in enumerate(value)]
    return value


def _clean_text(words: str, pointer: str) -> str:
    if "\x00" in words or any("\ud800" <= letter <= "\udfff" for letter in words):
        raise Refused(REQUEST_MALFORMED, why=f"NUL / surrogate, {pointer or '/'}")
    if marking(words) is not None:
        raise Refused(SECRET_REFUSED, where=pointer or "/")
    return nfc(words)


def validated(model: type[Model], value: Any) -> Model:
    """The input. Raises Refused (input_invalid) with one flaw for each place."""
    try:
        return model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        flaws = tuple(
            _flaw(one) for one in error.errors(include_url=False, include_context=True, include_input=False)
        )
        raise Refused(INPUT_INVALID, flaws=flaws, count=len(flaws)) from None


_SAID = {
    "missing": Text("thiếu giá trị bắt buộc", "a required value is missing"),
    "extra_forbidden": Text("không có trường này", "there is no such field"),
    "string_too_short": Text("để trống hoặc quá ngắn", "empty or too short"),
    "string_too_long": Text("dài quá giới hạn", "too long"),
    "string_type": Text("cần chuỗi ký tự", "a string is expected"),
    "int_type": Text("cần số nguyên", "a whole number is expected"),
    "bool_type": Text("cần true hoặc false", "true or false is expected"),
    "date_from_datetime_parsing": Text("cần ngày dạng 2026-12-31", "a date such as 2026-12-31 is expected"),
    "date_parsing": Text("cần ngày dạng 2026-12-31", "a date such as 2026-12-31 is expected"),
    "uuid_parsing": Text("cần mã định danh UUID", "an id (UUID) is expected"),
    "decimal_parsing": Text("cần số thập phân dùng dấu chấm", "a decimal with a point is expected"),
    "enum": Text("không thuộc các giá trị cho phép", "not one of the allowed values"),
    "literal_error": Text("không thuộc các giá trị cho phép", "not one of the allowed values"),
    "greater_than_equal": Text("nhỏ hơn mức cho phép", "smaller than allowed"),
    "less_than_equal": Text("lớn hơn mức cho phép", "larger than allowed"),
    "too_long": Text("quá nhiều phần tử", "too many items"),
    "too_short": Text("quá ít phần tử", "too few items"),
    "model_type": Text("cần một đối tượng JSON", "a JSON object is expected"),
    "list_type": Text("cần một danh sách", "a list is expected"),
}


def _flaw(error: Any) -> Flaw:
    pointer = "".join(f"/{step}" for step in error["loc"]) or "/"
    fallback = Text(f"không hợp lệ ({error['msg']})", error["msg"])
    return Flaw(pointer, error["type"], _SAID.get(error["type"], fallback))
