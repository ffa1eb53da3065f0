"""Builds the timeline: events and documents, newest first, by year, with a histogram."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from milatui.catalogue.filters import mask_and
from milatui.catalogue.labels.dates import format_date
from milatui.i18n import _
from milatui.index.sort_order import CENTURY, DECADE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.store.manifest import HeadingRange


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


def build_timeline(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, documents: bool | None
) -> Timeline:
    """Builds the timeline of a scope, see ``Catalogue.timeline``."""
    manifest = reader.manifest
    if documents is None:
        documents = not manifest.counts["event"]
    columns = reader.columns
    everything: Sequence[int] = columns.events_and_documents if documents else columns.events
    groups = manifest.groups
    whole = [group.events + (group.documents if documents else 0) for group in groups]
    if scope.is_empty:
        items, counts = everything, whole
    else:
        kinds = ("event", "document") if documents else ("event",)
        mask = mask_and(filters.mask(scope), filters.of_kinds(*kinds))
        items = list(compress(range(reader.size), mask))
        counts = [mask.count(1, group.start, group.stop) for group in groups]
    return Timeline(
        items=items,
        years=_headings(groups, counts),
        histogram=_histogram(groups, counts, whole, (manifest.first_year, manifest.last_year)),
        total=len(everything),
        documents=documents,
    )


def _headings(groups: Sequence[HeadingRange], counts: Sequence[int]) -> list[YearGroup]:
    years = []
    first = 0
    for group, count in zip(groups, counts, strict=True):
        if count:
            label, year = heading_label(group.heading)
            years.append(YearGroup(label, count, first, year))
            first += count
    return years


def heading_label(group: int) -> tuple[str, int | None]:
    """Returns the label of a heading of the index, and its (first) year."""
    if group == UNDATED:
        return _("undated"), None
    return format_date(heading_date(group)), group % DECADE


def heading_date(group: int) -> str:
    """Returns the years under a dated heading as EDTF: ``2021``, ``202X``, ``20XX``."""
    if group >= CENTURY:
        return f"{(group - CENTURY) // 100:02}XX"
    if group >= DECADE:
        return f"{(group - DECADE) // 10:03}X"
    return f"{group:04}"


def _histogram(
    groups: Sequence[HeadingRange],
    counts: Sequence[int],
    whole: Sequence[int],
    years: tuple[int, int],
) -> Histogram:
    first, last = years
    if not last:
        return Histogram(0, 0, (), ())
    in_scope, everything = [0] * (last - first + 1), [0] * (last - first + 1)
    for group, count, total in zip(groups, counts, whole, strict=True):
        if first <= group.heading <= last:
            in_scope[group.heading - first] += count
            everything[group.heading - first] += total
    return Histogram(first, last, in_scope, everything)
