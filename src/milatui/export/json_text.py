"""Writes JSON in pieces: an array element by element, every text cleaned."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def json_line(value: Json) -> str:
    """Serializes a value in one line; control characters in its texts are made visible."""
    return json.dumps(_cleaned(value), ensure_ascii=False)


def write_array(items: Iterable[Json], before: str = "[", after: str = "]") -> Iterator[str]:
    """Writes an array with one element a line.

    Args:
        items: The elements, read one by one.
        before: What stands before the first element: the bracket, and what the array is part of.
        after: What stands after the last one.
    """
    yield before
    separator = "\n"
    for item in items:
        yield separator + json_line(item)
        separator = ",\n"
    yield f"\n{after}\n"


def _cleaned(value: Json) -> Json:
    if isinstance(value, str):
        return sanitize(value)
    if isinstance(value, dict):
        return {sanitize(key): _cleaned(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    return value
