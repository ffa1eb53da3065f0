"""Finds the event that is meant by a date in words, in English or French."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from milatui.archive.edtf import DateError
from milatui.catalogue.labels.dates import format_range, format_since, format_until
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.date_ranges import parse_date_range
from milatui.i18n import _
from milatui.index.sort_order import OPEN_END, UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.protocol import CatalogueIndex


@dataclass(frozen=True, slots=True)
class DateTarget:
    """Where a date in words leads.

    Attributes:
        label: The date that was understood.
        number: Record number of the first event of that time, or the nearest one.
        count: Number of the events that may be of that time.
    """

    label: str
    number: int
    count: int


def understood_forms() -> str:
    """Returns examples of the dates that are understood, in the interface's language."""
    return _("2021, March 2019, 18 January 2023, autumn 2020, Q3 2021, 2019-2021, last year")


def newest_day(reader: CatalogueIndex, items: Sequence[int]) -> date:
    """Returns the newest day of some records, which *last year* counts from; the records sorted.

    An open end is not a day: the beginning counts then. Without a dated record it is day 1.
    """
    columns = reader.columns
    for number in items:
        if columns.heading[number] != UNDATED:
            last = columns.last_day[number]
            day = columns.first_day[number] if last == OPEN_END else last
            return date.fromordinal(max(1, min(day, date.max.toordinal())))
    return date.min


def find_date(reader: CatalogueIndex, items: Sequence[int], text: str, newest: date) -> DateTarget:
    """Finds what a date in words means among some records.

    Args:
        reader: The index.
        items: Record numbers in the order of the list; of several the first one is found.
        text: The words.
        newest: The day that *last year* counts from.

    Raises:
        DateError: the words are not a date, or no record has a date.
    """
    since, until = parse_date_range(text, newest)
    first, last = Scope(since=since, until=until).days
    columns = reader.columns
    best: tuple[int, int] | None = None
    target = count = 0
    for number in items:
        begin, end = columns.first_day[number], columns.last_day[number]
        if end < begin:
            continue
        gap = max(first - end, begin - last, 0)
        count += not gap
        rank = (0 if first <= begin and end <= last else 1, gap)
        if best is None or rank[1:] < best[1:] or (rank[1] == best[1] and rank < best):
            best, target = rank, number
    if best is None:
        raise DateError(_("no record has a date"))
    return DateTarget(_label(since, until), target, count)


def _label(since: str, until: str) -> str:
    if since and until:
        return format_range(since, until)
    return format_since(since) if since else format_until(until)
