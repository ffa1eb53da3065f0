"""Parses JSON objects as plain data: numbers as they are written, no key twice, bounded depth."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.syntax.yaml_nodes import MAX_DEPTH

if TYPE_CHECKING:
    from milatui.archive.kinds import Data


class DuplicateKeyError(ValueError):
    """An object names a key twice: which of the two is meant is not known."""


class NestingError(ValueError):
    """The value is nested deeper than a file of an archive may be."""


class ParsedObject(NamedTuple):
    """A JSON object as plain data, and the offset at which the text goes on after it."""

    values: dict[str, Data]
    end: int


def parse_object(text: str, start: int = 0) -> ParsedObject | None:
    """Parses the JSON value that begins at an offset of a text; None if it is not an object.

    Raises:
        json.JSONDecodeError: it is not JSON.
        DuplicateKeyError: an object has a key twice.
        NestingError: it is nested too deep.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except RecursionError as error:
        raise NestingError from error
    if not isinstance(value, dict):
        return None
    return ParsedObject({key: data_of(item, 2) for key, item in value.items()}, end)


def data_of(value: object, depth: int) -> Data:
    """Converts a value to plain data; a list or object in it would be at level ``depth``.

    Raises:
        NestingError: it is nested too deep.
    """
    if isinstance(value, list | dict) and depth > MAX_DEPTH:
        raise NestingError
    if isinstance(value, list):
        return [data_of(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {str(key): data_of(item, depth + 1) for key, item in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise DuplicateKeyError(key)
            seen.add(key)
    return found


_DECODER: Final = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_pairs
)
