"""Reads JSON Lines: one document per line, ``id title text date language publisher source``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.syntax.yaml_nodes import depth_message
from milatui.i18n import _
from milatui.ingest.readers.json_values import DuplicateKeyError, NestingError, parse_object
from milatui.ingest.readers.raw_document import GivenValue, Position, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_LINE_BYTES = 64 * 2**20
"""Bytes of a line beyond which it is refused: no document, and it must fit in memory."""

_BOM = b"\xef\xbb\xbf"
_SPACE = " \t\r\n"
_BODY_KEYS = ("body", "text")
"""Keys of the text; the first one that a line has gives it."""


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
        parsed = parse_object(text, len(text) - len(text.lstrip(_SPACE)))
        if parsed and text[parsed.end :].strip(_SPACE):
            message = _("something follows the JSON object")
            return Diagnostic(name, number, parsed.end + 1, "", message)
    except UnicodeDecodeError as error:
        column = len(line[: error.start].decode("utf-8")) + 1
        return Diagnostic(name, number, column, "", _("this is not UTF-8 text"))
    except json.JSONDecodeError as error:
        message = _("not valid JSON: {problem}").format(problem=error.msg)
        return Diagnostic(name, number, error.colno, "", message)
    except DuplicateKeyError as error:
        key = str(error)
        message = _("the key “{key}” occurs twice").format(key=key)
        return Diagnostic(name, number, _column(text, key), key, message)
    except NestingError:
        return Diagnostic(name, number, 1, "", depth_message())
    if parsed is None:
        return Diagnostic(name, number, 1, "", _("not a JSON object"))
    data = parsed.values
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


def _column(line: str, key: str) -> int:
    """Returns the column of the value of ``key`` in a line, from 1; 1 if the key is missing."""
    match = re.search(re.escape(json.dumps(key, ensure_ascii=False)) + r"\s*:\s*", line)
    return match.end() + 1 if match else 1
