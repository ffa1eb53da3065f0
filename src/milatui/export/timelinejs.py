"""Writes a timeline as TimelineJS reads it (https://timeline.knightlab.com/docs/json-format.html).

Texts are HTML there: all that comes from the archive is escaped, and only http(s) addresses become
links. A date is the span that it means; ``display_date`` says it in words.
"""

from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from milatui.archive.records import Event
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import kind_label
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import entry_summary, entry_title, passages_text
from milatui.export.json_text import json_line, write_array
from milatui.export.own_note_text import note_line
from milatui.export.remarks import Remark
from milatui.index.sort_order import OPEN_END, OPEN_START

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milatui.archive.kinds import Kind
    from milatui.export.date_parts import DateParts, PartialDate
    from milatui.export.json_text import Json
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import Entry, ScopeRecords


def write_timelinejs(
    records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks
) -> Iterator[str]:
    """Yields the timeline: title, eras, and a slide for each dated record."""
    info = records.catalogue.info
    text = {"headline": _html(info.title), "text": _html(info.description)}
    head: dict[str, Json] = {"scale": "human", "title": {"text": text}, "eras": _eras(records)}
    before = json_line(head)[:-1] + ', "events": ['
    return write_array(_slides(records, kinds, remarks), before, "]}")


def _slides(
    records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks
) -> Iterator[dict[str, Json]]:
    for entry in records.entries(kinds):
        parts = date_parts(entry.date)
        if parts is None:
            remarks.add(Remark.NO_DATE, entry.kind, entry.record.id)
        else:
            remarks.add_date(entry.kind, entry.record.id, entry.date)
            yield _slide(entry, parts)


def _slide(entry: Entry, parts: DateParts) -> dict[str, Json]:
    record = entry.record
    words = format_date(entry.date, short=False)
    slide: dict[str, Json] = {
        "unique_id": entry.location,
        "start_date": _date(parts.start or parts.end, words),
        "display_date": words,
        "text": {"headline": _html(entry_title(entry)), "text": _body(entry)},
        "group": kind_label(record.kind if isinstance(record, Event) else entry.kind),
        "autolink": False,
    }
    if parts.start is not None and parts.end is not None and not parts.is_single:
        slide["end_date"] = _date(parts.end, words)
    return slide


def _date(part: PartialDate | None, words: str) -> dict[str, Json]:
    """Returns a date as TimelineJS has it: without a month or a day that is not known."""
    numbers: dict[str, Json] = {"display_date": words} if words else {}
    if part is not None:
        numbers |= {
            name: value
            for name, value in (("year", part.year), ("month", part.month), ("day", part.day))
            if value or name == "year"
        }
    return numbers


def _body(entry: Entry) -> str:
    """Returns the summary, the words that prove the entry, and links to their documents."""
    texts = (entry_summary(entry), passages_text(entry.passages), note_line(entry.note))
    paragraphs = [_html(text) for text in texts if text]
    publishers = {p.address: p.document.publisher for p in entry.passages if p.document}
    for address in entry.addresses:
        label = publishers.get(address) or address
        paragraphs.append(f'<a href="{_html(address)}" rel="noopener">{_html(label)}</a>')
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _eras(records: ScopeRecords) -> list[Mapping[str, Json]]:
    """Returns the eras of the archive; open ends are those of its years."""
    info = records.catalogue.info
    years = info.first_year or 1, info.last_year or 1
    return [
        {
            "start_date": _day(date(years[0], 1, 1) if era.first == OPEN_START else era.first),
            "end_date": _day(date(years[1], 12, 31) if era.last == OPEN_END else era.last),
            "text": {"headline": _html(era.label)},
        }
        for era in records.catalogue.eras()
    ]


def _day(day: date | int) -> dict[str, Json]:
    found = day if isinstance(day, date) else date.fromordinal(max(1, day))
    return {"year": found.year, "month": found.month, "day": found.day}


def _html(text: str) -> str:
    return escape(sanitize(text, multiline=False))
