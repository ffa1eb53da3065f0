"""Computes in advance what the first screen shows: headings, histograms, the partners' lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.arrays import NONE
from milatui.index.ordering import DECADE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.arrays import ColumnsWriter
    from milatui.index.entries import Entry

MOST_YEARS: Final = 300

Group = tuple[int, int, int, int, int]
"""Heading, first number, number after the last, events, documents."""


def group_counts(entries: Sequence[Entry]) -> list[Group]:
    """The headings in order, with the stretch of records of each."""
    groups: list[Group] = []
    start = 0
    for end in range(1, len(entries) + 1):
        if end == len(entries) or entries[end].group != entries[start].group:
            kinds = [entry.kind for entry in entries[start:end]]
            counts = kinds.count("event"), kinds.count("document")
            groups.append((entries[start].group, start, end, *counts))
            start = end
    return groups


def year_range(groups: Sequence[Group]) -> tuple[int, int]:
    """First and last year that has an event or a document; zeros if none has.

    Of a longer history the last ``MOST_YEARS`` only: a histogram has no room for more.
    """
    years = [g[0] for g in groups if UNDATED < g[0] < DECADE and g[3] + g[4]]
    if not years:
        return 0, 0
    return max(min(years), max(years) - MOST_YEARS + 1), max(years)


def add_partner_view(
    columns: ColumnsWriter,
    entries: Sequence[Entry],
    records: Sequence[Sequence[int]],
    groups: Sequence[Group],
) -> tuple[int, int]:
    """Per partner its count, newest record and counts per year; the list in each order.

    Returns the first and the last year of the counts.
    """
    first_year, last_year = year_range(groups)
    counts, newest = [], []
    years: list[int] = []
    for numbers in records:
        active = [n for n in numbers if entries[n].kind in ("event", "document")]
        counts.append(len(active))
        newest.append(active[0] if active else NONE)
        per_year = [0] * (last_year - first_year + 1)
        for n in active:
            if first_year <= entries[n].group <= last_year:
                per_year[entries[n].group - first_year] += 1
        years += (min(count, 0xFFFF) for count in per_year)
    columns.add("partner.count", "I", counts)
    columns.add("partner.newest", "I", newest)
    columns.add("partner.years", "H", years)
    everyone = range(len(records))
    columns.add("partner.activity", "I", sorted(everyone, key=lambda p: (newest[p], -counts[p])))
    columns.add("partner.by_count", "I", sorted(everyone, key=lambda p: (-counts[p], newest[p])))
    return first_year, last_year
