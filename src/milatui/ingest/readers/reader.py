"""Reads outside files, each by the format that its name shows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import printable_path
from milatui.i18n import _
from milatui.ingest.readers.jsonl import read_jsonl
from milatui.ingest.readers.markdown_file import read_markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.ingest.readers.raw_document import RawDocument

STDIN = "-"
_MARKDOWN = (".md", ".markdown")
JSON_LINES = (".jsonl", ".ndjson")


def read_file(given: str) -> Iterator[RawDocument | Diagnostic]:
    """Reads the documents of one file; ``-`` is JSON Lines from stdin.

    What cannot be read becomes a diagnostic.  Files of any length: one document in memory.
    """
    if given == STDIN:
        yield from read_jsonl(sys.stdin.buffer, _("stdin"))
        return
    path = Path(given)
    name = printable_path(given)
    ending = path.suffix.lower()
    try:
        if path.is_dir():
            yield Diagnostic(name, 1, 1, "", _("this is a folder; name the files in it"))
        elif ending in _MARKDOWN:
            yield from read_markdown(path, name)
        elif ending in JSON_LINES:
            with path.open("rb") as stream:
                yield from read_jsonl(stream, name)
        else:
            known = ", ".join((*_MARKDOWN, *JSON_LINES))
            message = _("no format that can be added: {known}").format(known=known)
            yield Diagnostic(name, 1, 1, "", message)
    except OSError as error:
        reason = error.strerror or str(error)
        yield Diagnostic(name, 1, 1, "", _("cannot be read: {reason}").format(reason=reason))
