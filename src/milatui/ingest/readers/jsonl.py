"""Reads JSON Lines: one document per line, ``id title text date language publisher source``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.syntax.yaml_nodes import MAX_DEPTH, depth_message
from milatui.i18n import _
from milatui.ingest.readers.raw_document import GivenValue, Position, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from milatui.archive.kinds import Data

MAX_LINE_BYTES = 64 * 2**20
"""Bytes of a line beyond which it is refused: no document, and it must fit in memory."""

_BOM = b"\xef\xbb\xbf"
_BODY_KEYS = ("body", "text")
"""Keys of the text; the first one that a line has gives it."""


class _DuplicateKeyError(ValueError):
    """An object names a key twice: which of the two is meant cannot be told."""


class _NestingError(ValueError):
    """No file of an archive could hold what is nested so deep."""


def read_jsonl(stream: BinaryIO, name: str) -> Iterator[RawDocument | Diagnostic]:
    """Reads a document or diagnostic from each line of a stream called ``name``.

    A bad line becomes a diagnostic and the next one is read.  Blank lines are passed over.
    """
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            message = _("the line is longer than {n} MB").format(n=MAX_LINE_BYTES // 2**20)
            yield Diagnostic(name, number, 1, "", message)
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield _read_line(line, name, number)


def _read_line(line: bytes, name: str, number: int) -> RawDocument | Diagnostic:
    try:
        text = line.decode("utf-8")
        data = _object(text)
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        return Diagnostic(name, number, column, "", _("this is not UTF-8 text"))
    except json.JSONDecodeError as error:
        message = _("not valid JSON: {problem}").format(problem=error.msg)
        return Diagnostic(name, number, error.colno, "", message)
    except _DuplicateKeyError as error:
        key = str(error)
        message = _("the key “{key}” occurs twice").format(key=key)
        return Diagnostic(name, number, _column(text, key), key, message)
    except (_NestingError, RecursionError):
        return Diagnostic(name, number, 1, "", depth_message())
    if data is None:
        return Diagnostic(name, number, 1, "", _("not a JSON object"))
    body_key = next((key for key in _BODY_KEYS if key in data), _BODY_KEYS[-1])
    body = data.pop(body_key, "")
    position = Position(number, _column(text, body_key))
    if not isinstance(body, str):
        message = _("“{key}” must be a text").format(key=body_key)
        return Diagnostic(name, *position, body_key, message)
    given = {
        key: GivenValue(value, Position(number, _column(text, key))) for key, value in data.items()
    }
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    return RawDocument(given, body, name, number, body_position=position)


def _object(text: str) -> dict[str, Data] | None:
    """Parses a JSON object as plain data, numbers as they are written; None if it is another."""
    value = json.loads(
        text, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_pairs
    )
    if not isinstance(value, dict):
        return None
    return {key: _data(item, 2) for key, item in value.items()}


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise _DuplicateKeyError(key)
            seen.add(key)
    return found


def _data(value: object, depth: int) -> Data:
    """Converts a value to plain data; a list or object in it would be at level ``depth``."""
    if isinstance(value, list | dict) and depth > MAX_DEPTH:
        raise _NestingError
    if isinstance(value, list):
        return [_data(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _data(item, depth + 1) for key, item in value.items()}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _column(line: str, key: str) -> int:
    """Returns the column of the value of ``key`` in a line, from 1; 1 if the key is missing."""
    match = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:\s*", line)
    return match.end() + 1 if match else 1
