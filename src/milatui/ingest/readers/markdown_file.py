"""Reads a Markdown file, with or without a header, as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import UnreadableFileError, read_text
from milatui.ingest.file_ids import name_of_file
from milatui.ingest.readers.header import HeaderError, read_header
from milatui.ingest.readers.raw_document import Position, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def read_markdown(path: Path, name: str) -> Iterator[RawDocument | Diagnostic]:
    """Reads the document of a file called ``name``, or its diagnostics."""
    target = path.resolve()
    try:
        text = read_text(target.parent, target.name)
    except UnreadableFileError as error:
        diagnostic = error.diagnostic
        yield Diagnostic(name, diagnostic.line, diagnostic.column, "", diagnostic.message)
        return
    yield document_of_markdown(text, path, name)


def document_of_markdown(text: str, path: Path, name: str) -> RawDocument | Diagnostic:
    """Makes the document of the text of a Markdown file; its name says date and language, too.

    Args:
        text: The content, with newlines as its only line ends.
        path: The file.
        name: What it is called in messages.
    """
    try:
        header = read_header(text)
    except HeaderError as error:
        return Diagnostic(name, *error.position, error.key, error.message)
    stem, folders = name_of_file(path)
    return RawDocument(
        header.given,
        header.body,
        name,
        stem=stem,
        body_position=Position(header.body_line, 1),
        folders=folders,
        notes=tuple(
            Diagnostic(name, *position, "", message, "warning")
            for position, message in header.notes
        ),
    )
