"""Reads a Markdown file, with or without a header, as one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.ingest.file_ids import name_of_file
from milatui.ingest.readers.header import HeaderError, read_header
from milatui.ingest.readers.raw_document import Position, RawDocument

if TYPE_CHECKING:
    from pathlib import Path


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
