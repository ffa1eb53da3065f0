"""Writes a bibliography as RIS: one tag a line, lines end in CR LF.

A value cannot break lines, so that each note stands in one. Dates are ``YYYY/MM/DD/words`` with
empty parts for what is not known; the words name a season or say *circa*.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.location import Location
from milatui.export.bibliography import count_works, published_title, work_address
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import evidence_line
from milatui.export.own_note_text import note_keywords, note_line
from milatui.export.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.export.date_parts import PartialDate
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords, Work

_TYPES: Final = {
    "news": "NEWS",
    "blog": "BLOG",
    "report": "RPRT",
    "press-release": "ELEC",
    "profile": "ELEC",
}
_OTHER: Final = "GEN"


def write_ris(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields a reference for each document."""
    for work in count_works(records, kinds, remarks):
        lines = (f"{tag}  - {_one_line(value)}\r\n" for tag, value in _tags(work, records, remarks))
        yield "".join(lines) + "ER  - \r\n\r\n"


def _one_line(text: str) -> str:
    return " ".join(sanitize(text, multiline=False).split())


def _tags(work: Work, records: ScopeRecords, remarks: Remarks) -> Iterator[tuple[str, str]]:
    document = work.document
    yield "TY", _TYPES.get(document.type, _OTHER)
    values = (
        ("ID", document.id),
        ("TI", published_title(document)),
        ("T2" if document.type in ("news", "blog") else "PB", document.publisher),
        ("M3", document.type.replace("-", " ")),
        *_dates(work, remarks),
        ("LA", document.original_language or document.language),
        ("UR", work_address(work)),
        ("Y2", _read_on(document.original.accessed if document.original else "")),
        *(("KW", name) for name in (*work.partners, *note_keywords(work.note))),
        ("DB", records.archive_title),
        ("AN", str(Location("document", document.id))),
        ("N1", note_line(work.note)),
        *(("N1", evidence_line(entry)) for entry in work.proves),
    )
    yield from ((tag, value) for tag, value in values if value)


def _dates(work: Work, remarks: Remarks) -> Iterator[tuple[str, str]]:
    """Yields the year and the date of a work, as far as they are known."""
    date = work.document.date
    parts = date_parts(date)
    if parts is None:
        return
    first = parts.start or parts.end
    if first is None:
        return
    words = "circa" if parts.is_qualified else ""
    if not parts.is_single:
        # The year alone is right for all of it; the words say the rest.
        if not parts.season:
            remarks.add(Remark.WIDENED, "document", work.document.id)
        first = type(first)(first.year)
        words = format_date(date, short=False)
    yield "PY", f"{first.year:04}"
    yield "DA", _slashed(first, words)


def _read_on(text: str) -> str:
    parts = date_parts(text)
    return _slashed(parts.start, "") if parts is not None and parts.start is not None else ""


def _slashed(date: PartialDate, words: str) -> str:
    month = f"{date.month:02}" if date.month else ""
    day = f"{date.day:02}" if date.day else ""
    return f"{date.year:04}/{month}/{day}/{words}"
