"""Builds the timeline: events and documents by year, newest or oldest first."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from milatui.catalogue.filters import mask_and
from milatui.catalogue.labels.dates import format_date
from milatui.i18n import _
from milatui.index.sort_order import DECADE, UNDATED, heading_date

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
class Timeline:
    """Record numbers in their order, and their headings; undated records come last.

    ``items`` are an array of 4 bytes a record.  ``total`` is how many items the whole archive has
    (of the same kinds).
    """

    items: Sequence[int]
    years: Sequence[YearGroup]
    total: int
    documents: bool
    oldest_first: bool = False


def build_timeline(
    reader: CatalogueIndex,
    filters: FilterMasks,
    scope: Scope,
    documents: bool | None,
    *,
    oldest_first: bool = False,
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
        items = array("I", compress(range(reader.size), mask))
        counts = [mask.count(1, group.start, group.stop) for group in groups]
    if oldest_first:
        dated = sum(
            count for group, count in zip(groups, counts, strict=True) if group.heading != UNDATED
        )
        items = array("I", (*items[:dated][::-1], *items[dated:]))
        order = sorted(range(len(groups)), key=lambda n: (groups[n].heading == UNDATED, -n))
        groups, counts = [groups[n] for n in order], [counts[n] for n in order]
    return Timeline(
        items=items,
        years=_headings(groups, counts),
        total=len(everything),
        documents=documents,
        oldest_first=oldest_first,
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
