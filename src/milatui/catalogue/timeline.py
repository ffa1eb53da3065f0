"""The timeline: events (and documents) newest first, grouped by year, with a histogram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class YearGroup:
    """A heading of the timeline: a year, or ``2020s`` or ``undated`` for vaguer dates.

    ``first`` is the index of its first item in ``Timeline.items``; ``year`` is the year,
    the first year of a decade or century, or None if undated.
    """

    label: str
    count: int
    first: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Histogram:
    """Items per year, for every year from ``first_year`` to ``last_year``.

    Only items known at least to the year (or that begin in a known year) count.  Both
    sequences have ``last_year - first_year + 1`` numbers; empty (and years 0) if no item is dated.
    """

    first_year: int
    last_year: int
    counts_in_scope: Sequence[int]
    counts_all: Sequence[int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Record numbers newest first, their headings, and the histogram.

    ``total`` is how many items the whole archive has (of the same kinds).
    """

    items: Sequence[int]
    years: Sequence[YearGroup]
    histogram: Histogram
    total: int
    documents: bool
