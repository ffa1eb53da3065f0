"""Defines the messages between the converter and its child process.

A message is a line of JSON, its length in bytes as decimal digits and a line feed before it.  A
request is followed by the bytes of the file.  JSON, not ``pickle``: what the child sends is the
work of a hostile file, if one has taken it over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from milatui.ingest.conversion.converted import (
    ConversionError,
    ConvertedDocument,
    FoundValue,
    NoTextError,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.conversion.converted import Format

MAX_REPLY_BYTES: Final = 256 * 2**20
"""Bytes of a reply beyond which the child is ended."""
_NO_TEXT: Final = "no-text"
_MISSING: Final = "missing"


class MissingLibraryError(ConversionError):
    """The library that reads a format is not installed; ``extra`` installs it."""

    def __init__(self, extra: str) -> None:
        super().__init__(extra)
        self.extra = extra


def request_bytes(kind: Format, data: bytes) -> bytes:
    """Returns a request to convert a file."""
    return f"{kind} {len(data)}\n".encode("ascii") + data


def parse_request(line: bytes) -> tuple[str, int]:
    """Returns the format and the size in bytes that a request's first line gives."""
    kind, size = line.decode("ascii").split()
    return kind, int(size)


def reply_bytes(documents: Sequence[ConvertedDocument]) -> bytes:
    """Returns the reply that holds documents."""
    return _message(
        {
            "documents": [
                {
                    "values": {key: list(found) for key, found in document.values.items()},
                    "body": document.body,
                    "dates": list(document.date_lines),
                    "notes": list(document.notes),
                }
                for document in documents
            ]
        }
    )


def error_bytes(error: ConversionError) -> bytes:
    """Returns the reply that says why there are no documents."""
    reason = ""
    if isinstance(error, NoTextError):
        reason = _NO_TEXT
    elif isinstance(error, MissingLibraryError):
        reason = _MISSING
    return _message({"error": str(error), "reason": reason})


def parse_reply(data: bytes) -> tuple[ConvertedDocument, ...]:
    """Returns the documents of a reply, without the line that gives its length.

    Raises:
        ConversionError: the file cannot be converted.
        ValueError: the reply is not one.
    """
    message = json.loads(data)
    if not isinstance(message, dict):
        raise ValueError("not a reply")
    if "error" in message:
        text, reason = _text(message["error"]), message.get("reason")
        if reason == _MISSING:
            raise MissingLibraryError(text)
        raise NoTextError(text) if reason == _NO_TEXT else ConversionError(text)
    return tuple(_document(item) for item in _list(message.get("documents")))


def _document(item: object) -> ConvertedDocument:
    if not isinstance(item, dict):
        raise ValueError("not a document")
    values = item.get("values")
    if not isinstance(values, dict):
        raise ValueError("no values")
    found = {}
    for key, pair in values.items():
        value, origin = _list(pair)
        found[_text(key)] = FoundValue(_text(value), _text(origin))
    return ConvertedDocument(
        found,
        _text(item.get("body")),
        tuple(_text(line) for line in _list(item.get("dates"))),
        tuple(_text(line) for line in _list(item.get("notes"))),
    )


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _message(content: dict[str, object]) -> bytes:
    # Lone surrogates survive as escapes.
    data = json.dumps(content).encode("ascii")
    return b"%d\n" % len(data) + data
