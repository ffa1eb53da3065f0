"""Reads the works of a bibliography and counts the records that none of them proves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.export.remarks import Remark
from milatui.export.scope_records import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Document
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords, Work


def count_works(records: ScopeRecords, kinds: Iterable[Kind], remarks: Remarks) -> Iterator[Work]:
    """Yields the works of a scope; counts undated ones, and records without a document."""
    for entry in records.entries(kind for kind in kinds if kind != "document"):
        if not any(passage.document is not None for passage in entry.passages):
            remarks.add(Remark.NO_DOCUMENT, entry.kind, entry.record.id)
    for work in records.works():
        remarks.add_date("document", work.document.id, work.document.date)
        yield work


def published_title(document: Document) -> str:
    """Returns the title of the published page; one that was supplied stands in brackets."""
    original = document.original
    if original is None:
        return document.title
    if original.title and original.title_supplied != "true":
        return original.title
    return f"[{original.title or document.title}]"


def work_address(work: Work) -> str:
    """Returns the web address of a work, "" if it has none."""
    return web_address(work.document.source)
