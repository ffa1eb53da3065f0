"""Computes in advance what the first screen shows: headings, histograms, the partners' lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.arrays import NONE
from milatui.index.ordering import DECADE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from milatui.index.columns import ColumnsWriter

    Numbers = NDArray[Any]

MOST_YEARS: Final = 300
_DOCUMENT: Final = KINDS.index("document")
_EVENT: Final = KINDS.index("event")

Group = tuple[int, int, int, int, int]
"""Heading, first number, number after the last, events, documents."""


def group_counts(group: Numbers, kinds: Numbers) -> list[Group]:
    """The headings in order, with the stretch of records of each."""
    if not len(group):
        return []
    ends = [*(np.flatnonzero(np.diff(group)) + 1).tolist(), len(group)]
    groups: list[Group] = []
    start = 0
    for end in ends:
        here = kinds[start:end]
        counts = int((here == _EVENT).sum()), int((here == _DOCUMENT).sum())
        groups.append((int(group[start]), start, end, *counts))
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
    group: Numbers,
    kinds: Numbers,
    of_partner: tuple[Numbers, Numbers],
    groups: Sequence[Group],
) -> tuple[int, int]:
    """Per partner its count, newest record and counts per year; the list in each order.

    Args:
        columns: Take what is found.
        group: The heading of each record.
        kinds: Its kind.
        of_partner: The records of each partner: starts, and numbers.
        groups: The headings.

    Returns:
        The first and the last year of the counts.
    """
    first_year, last_year = year_range(groups)
    starts, records = of_partner
    size = len(starts) - 1
    partner = np.repeat(np.arange(size), np.diff(starts))
    active = (kinds[records] == _EVENT) | (kinds[records] == _DOCUMENT)
    partner, records = partner[active], records[active]
    counts = np.bincount(partner, minlength=size)
    newest = np.full(size, NONE, np.int64)
    # Numbers go up from the newest: the last to be written is the first of each partner.
    newest[partner[::-1]] = records[::-1]
    year = group[records].astype(np.int64) - first_year
    span = last_year - first_year + 1
    within = (year >= 0) & (year < span)
    cells = np.bincount(partner[within] * span + year[within], minlength=size * span)
    columns.add("partner.count", "I", counts)
    columns.add("partner.newest", "I", newest)
    columns.add("partner.years", "H", np.minimum(cells, 0xFFFF))
    columns.add("partner.activity", "I", np.lexsort((-counts, newest)))
    columns.add("partner.by_count", "I", np.lexsort((newest, -counts)))
    return first_year, last_year
