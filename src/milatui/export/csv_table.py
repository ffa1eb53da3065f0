"""Writes every value of the scope with its source as CSV (RFC 4180, lines end in CR LF).

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula and runs it:
such a cell gets an apostrophe in front, unless it is a number
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Figure
from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location
from milatui.export.record_values import RecordValue, record_values
from milatui.export.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.notes import Note
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import Entry, Passage, ScopeRecords

COLUMNS: Final = (
    "location",
    "kind",
    "subject",
    "field",
    "value",
    "unit",
    "qualifier",
    "date",
    "summary",
    "value_wording",
    "partners",
    "people",
    "rank",
    "confidence",
    "document",
    "document_title",
    "document_date",
    "publisher",
    "passage",
    "passage_wording",
    "locator",
    "address",
    "link",
)
_SOURCE_COLUMNS: Final = len(COLUMNS) - COLUMNS.index("document")
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*%?")
_HARMLESS: Final = "'"


def write_csv(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields the header and a row for each value and source."""
    buffer = io.StringIO()
    out = csv.writer(buffer)
    out.writerow(COLUMNS)
    for entry in records.entries(kinds):
        remarks.add_date(entry.kind, entry.record.id, entry.date)
        for row in _rows(entry, remarks):
            out.writerow([harmless(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def harmless(text: str) -> str:
    """Returns a text as a cell that no spreadsheet runs, without control characters."""
    text = sanitize(text.replace("\r", "\n"), multiline=True)
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return _HARMLESS + text
    return text


def _rows(entry: Entry, remarks: Remarks) -> Iterator[tuple[str, ...]]:
    for value in _own_values(entry.note):
        yield (*_value_cells(entry, value), *[""] * _SOURCE_COLUMNS)
    for value in record_values(entry.record):
        if not value.sources:
            remarks.add(Remark.NO_SOURCE, entry.kind, entry.record.id)
            yield (*_value_cells(entry, value), *[""] * _SOURCE_COLUMNS)
        for source in value.sources:
            yield (*_value_cells(entry, value), *_source_cells(entry, entry.passage(source)))


def _own_values(note: Note | None) -> Iterator[RecordValue]:
    """Yields what the user has noted about a record, which has no source."""
    if note is not None:
        values = (
            ("own-star", "yes" if note.starred else ""),
            ("own-tags", ", ".join(note.tags)),
            ("own-note", note.text),
        )
        day = note.changed.partition("T")[0]
        yield from (
            RecordValue(field, text, date=day, wording="own") for field, text in values if text
        )


def _value_cells(entry: Entry, value: RecordValue) -> tuple[str, ...]:
    subject = entry.speaker or (", ".join(entry.partners) if entry.kind == "figure" else "")
    return (
        entry.location,
        entry.kind,
        subject or entry.title,
        value.field,
        value.value,
        value.unit,
        value.qualifier,
        value.date,
        value.summary,
        value.wording,
        ", ".join(entry.partners),
        ", ".join(entry.people),
        entry.record.rank if isinstance(entry.record, Figure) else "",
        entry.record.confidence,
    )


def _source_cells(entry: Entry, passage: Passage) -> tuple[str, ...]:
    source, document = passage.source, passage.document
    wording = ""
    if source.exact and document is not None:
        wording = "published" if passage.is_published else "brief"
    origin = (("from", entry.location),) if entry.kind != "document" else ()
    link = str(Location("document", source.document, origin)) if document is not None else ""
    return (
        source.document,
        document.title if document else "",
        document.date if document else "",
        document.publisher if document else "",
        source.exact,
        wording,
        source.locator,
        passage.address,
        link,
    )
