"""Frozen dataclasses to plain JSON values and back, by their type hints alone: keys are field names."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

Decode = Callable[[Any], Any]

# Names that `summaries.types` may import for type checking alone.
_TYPES = {"Mapping": Mapping, "date": date, "datetime": datetime}


def encode(value: object) -> Any:
    """A dataclass as a dict, a tuple as a list, a date in ISO form, a whole float as an integer."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, (tuple, list)):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    if is_dataclass(value):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def decoder(hint: Any) -> Decode:
    """What turns the JSON of a value of this type back into it. It raises KeyError or ValueError on other JSON."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (decoder(part) for part in get_args(hint) if part is not type(None))
        return lambda value: None if value is None else inner(value)
    if get_origin(hint) is tuple:
        item = decoder(get_args(hint)[0])
        return lambda value: tuple([item(one) for one in value])
    if get_origin(hint) is Mapping:
        held = decoder(get_args(hint)[1])
        return lambda value: {key: held(one) for key, one in value.items()}
    if is_dataclass(hint):
        return _dataclass_decoder(cast("type[Any]", hint))
    if hint in (date, datetime):
        return cast("Decode", hint.fromisoformat)
    if hint is float or issubclass(hint, StrEnum):
        return cast("Decode", hint)
    return lambda value: value


def _dataclass_decoder(cls: type[Any]) -> Decode:
    hints = get_type_hints(cls, localns=_TYPES)
    # What was written before a field was added lacks it, and reads as its default.
    plan = [(field.name, decoder(hints[field.name]), _has_default(field)) for field in fields(cls)]
    return lambda value: cls(
        **{name: decode(value[name]) for name, decode, has_default in plan if not has_default or name in value}
    )


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
