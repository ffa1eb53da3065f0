"""Counts events by decade, year, quarter or month, for the time band.

Decades and years come from the headings of the manifest, without a look at a single record.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milatui.catalogue.filters import mask_and
from milatui.catalogue.timeline.axis import TimeUnit, bin_days, bin_of, unit_of
from milatui.index.sort_order import CENTURY, DECADE, UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.store.manifest import HeadingRange


@dataclass(frozen=True, slots=True)
class BinCounts:
    """Numbers of events by bin; quarters and months only of the years in view.

    Attributes:
        by_bin: Events whose date lies in one bin; one that begins in a known year and ends in
            another counts in the first.
        wide: Events of a date that is known to more than one bin, such as a year among months.
        undated: Events without a date.
    """

    by_bin: Mapping[int, int] = field(default_factory=dict)
    wide: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        """Number of events."""
        return sum(self.by_bin.values()) + self.wide + self.undated


@dataclass(frozen=True, slots=True)
class BandCounts:
    """What the band shows.

    Attributes:
        unit: What a bin is.
        every: Events of the archive.
        scoped: Events in the scope, whatever its period.
    """

    unit: TimeUnit
    every: BinCounts
    scoped: BinCounts


def without_period(scope: Scope) -> Scope:
    """Returns a scope without its dates."""
    return scope._replace(since="", until="")


def dated_days(groups: Sequence[HeadingRange], *, documents: bool) -> tuple[int, int] | None:
    """Returns the first day of the first year with an event and the last day of the last one.

    Args:
        groups: The headings of the timeline.
        documents: Whether documents count as well.

    Returns:
        None if nothing has a date; a decade that is not one of the years does not count.
    """
    years = [
        group.heading
        for group in groups
        if UNDATED < group.heading < DECADE and (group.events or (documents and group.documents))
    ]
    if not years:
        return None
    return bin_days(min(years), TimeUnit.YEAR)[0], bin_days(max(years), TimeUnit.YEAR)[1]


def period_bins(scope: Scope, unit: TimeUnit) -> tuple[int, int] | None:
    """Returns the first and last bin of the scope's period, None if it has none.

    An open end is as far away as the calendar goes.

    Raises:
        DateError: a date of the scope is not valid EDTF.
    """
    if not scope.since and not scope.until:
        return None
    first, last = scope.days
    return bin_of(first, unit), max(bin_of(first, unit), bin_of(last, unit))


def period_unit(scope: Scope) -> TimeUnit:
    """Returns the unit in which the scope's period is given; a year if it has none."""
    units = [unit_of(part) for part in (scope.since, scope.until) if part]
    return max(units, default=TimeUnit.YEAR)


def count_band(
    reader: CatalogueIndex,
    filters: FilterMasks,
    scope: Scope,
    kinds: Sequence[str],
    unit: TimeUnit,
    bins: range,
) -> BandCounts:
    """Counts records by bin, see ``BandCounts``.

    Args:
        reader: The index.
        filters: The masks of its scopes.
        scope: The scope; its period does not matter.
        kinds: Kinds of records to count: events, or events and documents.
        unit: What a bin is.
        bins: The bins in view; only quarters and months in view are counted.
    """
    groups = reader.manifest.groups
    if unit <= TimeUnit.YEAR:
        whole = [group.events + (group.documents if "document" in kinds else 0) for group in groups]
        every = _by_heading(groups, whole, unit)
    else:
        every = _by_day(reader, groups, filters.of_kinds(*kinds), unit, bins)
    scope = without_period(scope)
    if scope.is_empty:
        return BandCounts(unit, every, every)
    mask = mask_and(filters.mask(scope), filters.of_kinds(*kinds))
    if unit <= TimeUnit.YEAR:
        counts = [mask.count(1, group.start, group.stop) for group in groups]
        return BandCounts(unit, every, _by_heading(groups, counts, unit))
    return BandCounts(unit, every, _by_day(reader, groups, mask, unit, bins))


def _by_heading(groups: Sequence[HeadingRange], counts: Sequence[int], unit: TimeUnit) -> BinCounts:
    """Counts years, or decades, by the headings of the timeline."""
    years = unit.months // 12
    by_bin: dict[int, int] = {}
    wide = undated = 0
    for group, count in zip(groups, counts, strict=True):
        if group.heading == UNDATED:
            undated += count
        elif group.heading < DECADE or (group.heading < CENTURY and years == 10):
            number = group.heading % DECADE // years
            by_bin[number] = by_bin.get(number, 0) + count
        else:
            wide += count
    return BinCounts({number: count for number, count in by_bin.items() if count}, wide, undated)


def _by_day(
    reader: CatalogueIndex,
    groups: Sequence[HeadingRange],
    mask: bytes,
    unit: TimeUnit,
    bins: range,
) -> BinCounts:
    """Counts the quarters or months of the years in view by the days of the records."""
    columns = reader.columns
    per_year = 12 // unit.months
    years = range(bins.start // per_year, -(-bins.stop // per_year))
    by_bin: dict[int, int] = {}
    wide = undated = 0
    for group in groups:
        start, stop = group.start, group.stop
        if group.heading == UNDATED:
            undated += mask.count(1, start, stop)
        elif group.heading not in years:
            wide += mask.count(1, start, stop) if group.heading >= DECADE else 0
        else:
            first = bin_days(group.heading * per_year, unit)[0]
            of_day = _bins_by_day(group.heading * per_year, per_year, unit)
            spans = zip(
                mask[start:stop],
                columns.first_day[start:stop].tolist(),
                columns.last_day[start:stop].tolist(),
                strict=True,
            )
            for inside, begin, end in spans:
                if not inside:
                    continue
                # A day before the year belongs to an open interval.
                number = of_day.get(begin - first)
                if number is None or number != of_day.get(end - first):
                    wide += 1
                else:
                    by_bin[number] = by_bin.get(number, 0) + 1
    return BinCounts(by_bin, wide, undated)


def _bins_by_day(first_bin: int, bins: int, unit: TimeUnit) -> dict[int, int]:
    """Returns the bin of each day of a year, counted from its first day."""
    begin = bin_days(first_bin, unit)[0]
    found: dict[int, int] = {}
    for number in range(first_bin, first_bin + bins):
        first, last = bin_days(number, unit)
        found.update(dict.fromkeys(range(first - begin, last - begin + 1), number))
    return found
