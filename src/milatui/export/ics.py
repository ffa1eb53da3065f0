"""Writes a calendar (iCalendar, RFC 5545): an entry for each record with exact days.

Nothing in it depends on the time of writing: the stamp of an entry is its first day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Event
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import kind_label
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import entry_summary, entry_title, passages_text
from milatui.export.own_note_text import note_keywords, note_line
from milatui.export.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import Entry, ScopeRecords

_MAX_OCTETS: Final = 75
_ESCAPED: Final = re.compile(r"[\\;,\n]")
_ESCAPES: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
_NOT_IN_HOST: Final = re.compile(r"[^a-z0-9]+")


def write_ics(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields the calendar."""
    title = records.archive_title
    host = _NOT_IN_HOST.sub("-", title.lower()).strip("-") or "archive"
    yield _lines(
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//milatui//export//EN"),
        ("NAME", escape_text(title)),
        ("X-WR-CALNAME", escape_text(title)),
    )
    for entry in records.entries(kinds):
        days = _days(entry.date)
        if days is None:
            remarks.add(Remark.NO_DAY, entry.kind, entry.record.id)
        else:
            yield _lines(*_event(entry, host, *days))
    yield _lines(("END", "VCALENDAR"))


def escape_text(text: str) -> str:
    """Escapes a value of type TEXT, without control characters."""
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], sanitize(text))


def fold_line(line: str) -> str:
    """Folds a line so that each part has at most 75 octets, never inside a character."""
    parts: list[str] = []
    rest, room = line, _MAX_OCTETS
    while len(rest.encode()) > room:
        part = rest.encode()[:room].decode(errors="ignore")
        parts.append(part)
        rest, room = rest[len(part) :], _MAX_OCTETS - 1
    return "\r\n ".join((*parts, rest))


def _lines(*properties: tuple[str, str]) -> str:
    return "".join(f"{fold_line(f'{name}:{value}')}\r\n" for name, value in properties if value)


def _event(entry: Entry, host: str, first: date, last: date) -> Iterator[tuple[str, str]]:
    record = entry.record
    places = ", ".join(record.places) if isinstance(record, Event) else ""
    kind = record.kind if isinstance(record, Event) else entry.kind
    categories = (kind_label(kind), *entry.partners, *note_keywords(entry.note))
    addresses = entry.addresses
    yield "BEGIN", "VEVENT"
    yield "UID", escape_text(f"{entry.location}@{host}")
    yield "DTSTAMP", f"{_compact(first)}T000000Z"
    yield "DTSTART;VALUE=DATE", _compact(first)
    if last > first:
        yield "DTEND;VALUE=DATE", _compact(last + timedelta(days=1))
    yield "SUMMARY", escape_text(entry_title(entry))
    yield "DESCRIPTION", escape_text(_description(entry))
    yield "LOCATION", escape_text(places)
    yield "CATEGORIES", ",".join(escape_text(name) for name in categories)
    yield "URL", sanitize(addresses[0], multiline=False) if addresses else ""
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _description(entry: Entry) -> str:
    """Returns the summary of an entry, the words that prove it, and its location."""
    parts = (
        entry_summary(entry),
        passages_text(entry.passages),
        note_line(entry.note),
        entry.location,
    )
    return "\n".join(part for part in parts if part)


def _days(text: str) -> tuple[date, date] | None:
    """Returns first and last day of an exact date; None for any other."""
    parts = date_parts(text)
    if parts is None or not parts.is_exact_days:
        return None
    first, last = parts.edtf.first, parts.edtf.last
    if first is None or last is None or first < 1:
        return None
    return date.fromordinal(first), date.fromordinal(last)


def _compact(day: date) -> str:
    return day.strftime("%Y%m%d").zfill(8)
