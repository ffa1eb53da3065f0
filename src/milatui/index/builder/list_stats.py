"""Computes what the first screen shows: headings, histograms, and the numbers of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.sort_order import DECADE, UNDATED
from milatui.index.store.manifest import HeadingRange
from milatui.index.store.record_columns import NO_RECORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from milatui.index.builder.generation_records import NumberLists

    Numbers = NDArray[Any]

MAX_YEARS: Final = 300
"""Years of a histogram: the last ones of a longer history."""
_DOCUMENT: Final = KINDS.index("document")
_EVENT: Final = KINDS.index("event")


class PartnerStats(NamedTuple):
    """Numbers of p partners over y years.

    Attributes:
        counts: Events and documents of each partner, shape (p,).
        newest: The newest of them, or ``NO_RECORD``, shape (p,).
        years: How many of them fall in each year, shape (p * y,).
        first_year: The first year; 0 if nothing is dated.
        last_year: The last year.
    """

    counts: Numbers
    newest: Numbers
    years: Numbers
    first_year: int
    last_year: int


def count_groups(headings: Numbers, kinds: Numbers) -> list[HeadingRange]:
    """Returns the headings in order, with the range of records of each."""
    if not len(headings):
        return []
    stops = [*(np.flatnonzero(np.diff(headings)) + 1).tolist(), len(headings)]
    groups: list[HeadingRange] = []
    start = 0
    for stop in stops:
        here = kinds[start:stop]
        counts = int((here == _EVENT).sum()), int((here == _DOCUMENT).sum())
        groups.append(HeadingRange(int(headings[start]), start, stop, *counts))
        start = stop
    return groups


def _year_range(groups: Sequence[HeadingRange]) -> tuple[int, int]:
    """Returns the first and last year that has an event or a document; zeros if none has."""
    years = [
        group.heading
        for group in groups
        if UNDATED < group.heading < DECADE and group.events + group.documents
    ]
    if not years:
        return 0, 0
    return max(min(years), max(years) - MAX_YEARS + 1), max(years)


def partner_stats(
    headings: Numbers, kinds: Numbers, of_partner: NumberLists, groups: Sequence[HeadingRange]
) -> PartnerStats:
    """Counts the events and documents of partners.

    Args:
        headings: Heading of each record.
        kinds: Number of the kind of each record.
        of_partner: The records of each partner.
        groups: What ``count_groups`` returned.
    """
    first_year, last_year = _year_range(groups)
    size = len(of_partner.offsets) - 1
    partner = np.repeat(np.arange(size), np.diff(of_partner.offsets))
    records = of_partner.items
    active = (kinds[records] == _EVENT) | (kinds[records] == _DOCUMENT)
    partner, records = partner[active], records[active]
    newest = np.full(size, NO_RECORD, np.int64)
    # Record numbers ascend from the newest: the last to be written is the first of each partner.
    newest[partner[::-1]] = records[::-1]
    year = headings[records].astype(np.int64) - first_year
    span = last_year - first_year + 1
    within = (year >= 0) & (year < span)
    cells = partner[within] * span + year[within]
    return PartnerStats(
        counts=np.bincount(partner, minlength=size),
        newest=newest,
        years=np.bincount(cells, minlength=size * span),
        first_year=first_year,
        last_year=last_year,
    )
