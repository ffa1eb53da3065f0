"""Maps days to the cells of a time axis, and places the labels under it; knows no widget.

A *bin* is a decade, year, quarter or month, numbered from year 0: 2021 is year bin 2021, its
second quarter is quarter bin 8085. Months are numbered the same way, and every other unit is a
whole number of months.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.labels.dates import format_date, quarter_label, short_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class TimeUnit(IntEnum):
    """The units of an axis, from coarse to fine."""

    DECADE = 0
    YEAR = 1
    QUARTER = 2
    MONTH = 3

    @property
    def months(self) -> int:
        """Number of months in a bin."""
        return _MONTHS[self]

    @property
    def coarser(self) -> TimeUnit:
        """The next coarser unit; of the coarsest itself."""
        return TimeUnit(max(self - 1, TimeUnit.DECADE))

    @property
    def finer(self) -> TimeUnit:
        """The next finer unit; of the finest itself."""
        return TimeUnit(min(self + 1, TimeUnit.MONTH))


_MONTHS: Final = {
    TimeUnit.DECADE: 120,
    TimeUnit.YEAR: 12,
    TimeUnit.QUARTER: 3,
    TimeUnit.MONTH: 1,
}
_LAST_MONTH: Final = 9999 * 12 + 11
_LAST_ORDINAL: Final = date.max.toordinal()
_400_YEARS: Final = 146_097
"""Days in 400 years of the Gregorian calendar."""
_MOST_CELLS: Final = {
    TimeUnit.DECADE: 24,
    TimeUnit.YEAR: 12,
    TimeUnit.QUARTER: 6,
    TimeUnit.MONTH: 6,
}
"""Maximum cells of a bin: wider bars look like blocks, not like a chart."""
_LEAST_CELLS: Final = {
    TimeUnit.DECADE: 1,
    TimeUnit.YEAR: 1,
    TimeUnit.QUARTER: 3,
    TimeUnit.MONTH: 3,
}
"""Cells of a bin where not all of them fit and the axis is a window."""
_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Years between the labels of an axis."""


def month_of(day: int) -> int:
    """Returns the number of the month of a day; days out of the calendar count as its ends."""
    if day > 0:
        found = date.fromordinal(min(day, _LAST_ORDINAL))
        return found.year * 12 + found.month - 1
    if day <= _first_day_of_month(0):
        return 0
    found = date.fromordinal(day + _400_YEARS)
    return found.month - 1


def bin_of(day: int, unit: TimeUnit) -> int:
    """Returns the number of the bin that a day is in."""
    return month_of(day) // unit.months


def bin_days(number: int, unit: TimeUnit) -> tuple[int, int]:
    """Returns the first and the last day of a bin."""
    first = min(max(number * unit.months, 0), _LAST_MONTH)
    after = (number + 1) * unit.months
    last = _LAST_ORDINAL if after > _LAST_MONTH else _first_day_of_month(after) - 1
    return _first_day_of_month(first), last


def _first_day_of_month(number: int) -> int:
    year, month = divmod(number, 12)
    # ``date`` has no year 0, which is a leap year like 400.
    shift = 0 if year else _400_YEARS
    return date(year or 400, month + 1, 1).toordinal() - shift


def bin_edtf(number: int, unit: TimeUnit) -> str:
    """Returns a bin as EDTF: ``202X``, ``2021``, ``2021-34`` (second quarter), ``2021-05``."""
    if unit is TimeUnit.DECADE:
        return f"{number:03}X"
    if unit is TimeUnit.YEAR:
        return f"{number:04}"
    if unit is TimeUnit.QUARTER:
        year, quarter = divmod(number, 4)
        return f"{year:04}-{33 + quarter}"
    year, month = divmod(number, 12)
    return f"{year:04}-{month + 1:02}"


def bin_label(number: int, unit: TimeUnit) -> str:
    """Returns a bin in words: ``2020s``, ``2021``, ``Q2 2021``, ``May 2021``."""
    if unit is TimeUnit.QUARTER:
        return f"{quarter_label(number % 4 + 1)} {number // 4}"
    return format_date(bin_edtf(number, unit))


def unit_of(edtf: str) -> TimeUnit:
    """Returns the coarsest unit that has a date as one bin; of a day its month."""
    if "X" in edtf:
        return TimeUnit.DECADE if edtf.endswith("X") and len(edtf) == 4 else TimeUnit.YEAR
    if len(edtf) <= 4:
        return TimeUnit.YEAR
    return TimeUnit.QUARTER if edtf[5:7] in ("33", "34", "35", "36") else TimeUnit.MONTH


class Tick(NamedTuple):
    """A label of the axis, which begins at ``cell``."""

    cell: int
    label: str


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Consecutive bins and the cells that they take.

    Attributes:
        unit: What a bin is.
        start: Number of the first bin.
        bins: Number of bins.
        cells_per_bin: Width of a bin; 1 if several bins share a cell.
        bins_per_cell: Number of bins that share a cell; 1 if a bin has a cell of its own.
    """

    unit: TimeUnit
    start: int
    bins: int
    cells_per_bin: int = 1
    bins_per_cell: int = 1

    @property
    def cells(self) -> int:
        """Width of the axis."""
        return -(-self.bins // self.bins_per_cell) * self.cells_per_bin

    @property
    def stop(self) -> int:
        """Number of the bin after the last one."""
        return self.start + self.bins

    @property
    def days(self) -> tuple[int, int]:
        """First and last day in view."""
        return bin_days(self.start, self.unit)[0], bin_days(self.stop - 1, self.unit)[1]

    def cell_of_bin(self, number: int) -> int:
        """Returns the first cell of a bin; out of ``range(cells)`` if the bin is out of view."""
        return (number - self.start) // self.bins_per_cell * self.cells_per_bin

    def bin_at(self, cell: int) -> int:
        """Returns the (first) bin in a cell, the nearest one for a cell beside the axis."""
        number = self.start + cell // self.cells_per_bin * self.bins_per_cell
        return min(max(number, self.start), self.stop - 1)

    def cell_of_day(self, day: int) -> int:
        """Returns the cell of a day, in proportion within its bin; see ``cell_of_bin``."""
        number = bin_of(day, self.unit)
        cell = self.cell_of_bin(number)
        if self.cells_per_bin == 1:
            return cell
        first, last = bin_days(number, self.unit)
        within = min(max(day, first), last) - first
        return cell + within * self.cells_per_bin // (last - first + 1)

    def bounds(self) -> list[int]:
        """Returns the first day of each cell, and the day after the last one.

        The cell of a day in view is ``bisect_right(bounds, day) - 1``, as ``cell_of_day`` returns.
        """
        found: list[int] = []
        wide = self.cells_per_bin
        for number in range(self.start, self.stop, self.bins_per_cell):
            first, last = bin_days(number, self.unit)
            days = last - first + 1
            found += (first - (-cell * days // wide) for cell in range(wide))
        return [*found, self.days[1] + 1]

    def cells_of(self, first_day: int, last_day: int) -> range:
        """Returns the cells that a span of days covers, as far as they are in view."""
        low, high = self.days
        if last_day < low or first_day > high:
            return range(0)
        first, last = max(first_day, low), min(last_day, high)
        return range(self.cell_of_day(first), self.cell_of_day(last) + 1)


def fit_axis(
    unit: TimeUnit,
    days: tuple[int, int],
    cells: int,
    around: int | None = None,
    previous: TimeAxis | None = None,
    *,
    least: int = 0,
    stretch: bool = False,
) -> TimeAxis:
    """Makes the axis of a range of days in at most ``cells`` cells.

    All of the range is in view if its bins fit. Years and decades share cells where they do not,
    unless a least width is asked for; other units are a window, which moves by half of itself
    where it has to.

    Args:
        unit: What a bin is.
        days: First and last day of the range.
        cells: The cells there are, at least 1.
        around: A bin that has to be in view; None for the last one.
        previous: The axis in view before, whose window stays if it can.
        least: Least cells of a bin; 0 for the usual ones.
        stretch: Whether bins may be wider than looks well for bars.
    """
    first, last = bin_of(days[0], unit), bin_of(max(days), unit)
    total, cells = last - first + 1, max(1, cells)
    wide = min(least or _LEAST_CELLS[unit], cells)
    if total * wide <= cells:
        wide = cells // total
        return TimeAxis(unit, first, total, wide if stretch else min(wide, _MOST_CELLS[unit]))
    if unit <= TimeUnit.YEAR and not least:
        return TimeAxis(unit, first, total, 1, _group(total, cells))
    shown = max(1, cells // wide)
    at = min(max(last if around is None else around, first), last)
    start = at - shown // 2
    if previous is not None and (previous.unit, previous.bins) == (unit, shown):
        start = previous.start if previous.start <= at < previous.stop else start
    return TimeAxis(unit, min(max(start, first), max(first, last - shown + 1)), shown, wide)


def _group(total: int, cells: int) -> int:
    """Returns the number of bins that share a cell: a round number, if one does."""
    least = -(-total // cells)
    return next((step for step in _STEPS if step >= least), least)


def ticks(axis: TimeAxis, room: int) -> list[Tick]:
    """Places the labels of an axis: none touches another, none ends beyond ``room`` cells.

    Years have labels at round numbers, and at both ends of the axis if there is room. Quarters and
    months have labels between those of the years if all of them fit.
    """
    placed: list[Tick] = []
    for tick in _wanted_ticks(axis, room):
        begin, end = tick.cell, tick.cell + len(tick.label)
        if begin >= 0 and end <= room and _is_free(placed, begin, end):
            placed.append(tick)
    return sorted(placed)


def _is_free(placed: Sequence[Tick], begin: int, end: int) -> bool:
    """Returns whether a label from ``begin`` to ``end`` has a free cell on both sides."""
    return all(end < tick.cell or begin > tick.cell + len(tick.label) for tick in placed)


def _wanted_ticks(axis: TimeAxis, room: int) -> Iterator[Tick]:
    """Yields the labels in the order of their importance."""
    numbers = range(axis.start, axis.stop)
    months = axis.unit.months
    years = [n for n in numbers if n * months % 12 == 0]
    step = _year_step(axis)
    for number in years:
        if number * months // 12 % step == 0:
            yield Tick(axis.cell_of_bin(number), _year_label(number, axis.unit))
    if axis.unit <= TimeUnit.YEAR:
        yield Tick(axis.cell_of_bin(axis.start), _year_label(axis.start, axis.unit))
        last = _year_label(axis.stop - 1, axis.unit)
        cell = axis.cell_of_bin(axis.stop - 1)
        yield Tick(min(cell, room - len(last)), last)
        if axis.unit is TimeUnit.YEAR:
            yield from _ticks_of_wide_years(axis)
        return
    if not years:
        yield Tick(0, _year_label(axis.start, axis.unit))
    if step == 1:
        yield from _ticks_within_years(axis)


def _ticks_of_wide_years(axis: TimeAxis) -> Iterator[Tick]:
    """Yields labels of quarters, or months, where a year is so wide that all of them fit."""
    names = [short_month(month) for month in range(1, 13)]
    if axis.cells_per_bin < 12 * (max(map(len, names)) + 1):
        names = [quarter_label(quarter) for quarter in range(1, 5)]
        if axis.cells_per_bin < 4 * (len("2021") + 2):
            return
    for year in range(axis.start, axis.stop):
        for number, name in enumerate(names[1:], 1):
            month = year * 12 + number * 12 // len(names)
            yield Tick(axis.cell_of_day(_first_day_of_month(month)), name)


def _year_label(number: int, unit: TimeUnit) -> str:
    return f"{number * unit.months // 12:04}"


def _year_step(axis: TimeAxis) -> int:
    """Returns the years between labels: the smallest round number that leaves a gap of two."""
    unit = axis.unit.months
    least = 10 if axis.unit is TimeUnit.DECADE else 1
    for step in _STEPS:
        bins = step * 12 // unit
        if step >= least and bins * axis.cells_per_bin // axis.bins_per_cell >= len("2021") + 2:
            return step
    return _STEPS[-1]


def _ticks_within_years(axis: TimeAxis) -> Iterator[Tick]:
    """Yields the labels of quarters or months, if there is room for all of one kind."""
    if axis.unit is TimeUnit.QUARTER:
        labels = [quarter_label(quarter) for quarter in range(1, 5)]
        fewer = 2
    else:
        labels = [short_month(month) for month in range(1, 13)]
        fewer = 3
    longest = max(*map(len, labels), len("2021"))
    every = 1 if axis.cells_per_bin > longest else fewer
    if every * axis.cells_per_bin <= longest:
        return
    for number in range(axis.start, axis.stop):
        within = number % len(labels)
        if within and within % every == 0:
            yield Tick(axis.cell_of_bin(number), labels[within])
