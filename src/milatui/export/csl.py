"""Writes a bibliography as CSL-JSON: one item for each document, with what it proves.

The format is that of https://github.com/citation-style-language/schema, version 1.0.2. ``custom``
holds what CSL has no variable for, such as the EDTF date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.citations.csl_json import document_item
from milatui.catalogue.location import Location
from milatui.export.bibliography import count_works
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import evidence_line
from milatui.export.json_text import write_array
from milatui.export.own_note_text import note_keywords, note_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.export.json_text import Json
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords, Work


def write_csl_json(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields the items as one JSON array."""
    works = count_works(records, kinds, remarks)
    return write_array(_item(work, records.archive_title) for work in works)


def _item(work: Work, archive: str) -> dict[str, Json]:
    document = work.document
    custom = {
        "edtf": document.date,
        "wording": "brief" if document.original is not None else "published",
        "sha256": document.original.sha256 if document.original else "",
        "archived": document.original.archived if document.original else "",
    }
    lines = (note_line(work.note), *map(evidence_line, work.proves))
    more: dict[str, Json] = {
        "keyword": ", ".join((*work.partners, *note_keywords(work.note))),
        "archive": archive,
        "archive_location": str(Location("document", document.id)),
        "annote": "\n".join(filter(None, lines)),
        "custom": {name: value for name, value in custom.items() if value},
    }
    known = {name: value for name, value in more.items() if value}
    item: dict[str, Json] = {**document_item(document), **known}
    if date_parts(document.date) is None:
        item.pop("issued", None)  # styles have their own words for an undated work
    return item
