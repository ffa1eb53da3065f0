"""Recognises what the text of a document says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ingest.recognise.findings import Findings

if TYPE_CHECKING:
    from milatui.archive.records import Document
    from milatui.ingest.recognise.name_index import NameIndex


def recognise(document: Document, names: NameIndex) -> Findings:
    """Returns what is recognised in a document, given the names that the archive knows."""
    return Findings()
