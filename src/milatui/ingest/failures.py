"""Lists documents that could not be taken, in JSON Lines, and reads those alone again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.atomic_file import replace_file
from milatui.i18n import _
from milatui.ingest.readers.reader import LINE_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from milatui.ingest.readers.raw_document import RawDocument
    from milatui.ingest.readers.reader import FileReader

_KEYS: Final = ("file", "line", "column", "path", "message")


class FailureListError(ValueError):
    """A file is not a list of failures; the message says so."""


def write_failures(path: Path, failures: Iterable[Diagnostic]) -> None:
    """Writes or replaces a list of failures, one JSON object a line.

    Raises:
        OSError: it cannot be written.
    """
    lines = (json.dumps({key: getattr(failure, key) for key in _KEYS}) for failure in failures)
    replace_file(path, "".join(f"{line}\n" for line in lines), mode=0o644)


def read_failures(path: Path) -> list[Diagnostic]:
    """Reads a list of failures.

    Raises:
        FailureListError: it is another file.
        OSError: it cannot be read.
    """
    try:
        return [_failure(line) for line in path.read_bytes().splitlines()]
    except ValueError:
        message = _("{file} is not a list of failures that --failures has written")
        raise FailureListError(message.format(file=path)) from None


def read_again(
    reader: FileReader, failures: Sequence[Diagnostic]
) -> Iterator[RawDocument | Diagnostic]:
    """Reads what has failed again: lines and rows alone, of other formats the whole file."""
    lines: dict[str, set[int]] = {}
    for failure in failures:
        lines.setdefault(failure.file, set()).add(failure.line)
    for file, wanted in lines.items():
        is_lines = file.lower().endswith(LINE_ENDINGS)
        yield from (item for item in reader.read(file) if not is_lines or item.line in wanted)


def _failure(line: bytes) -> Diagnostic:
    match json.loads(line):
        case {
            "file": str(file),
            "line": int(number),
            "column": int(column),
            "path": str(path),
            "message": str(message),
        }:
            return Diagnostic(file, number, column, path, message)
        case other:
            raise ValueError(other)
