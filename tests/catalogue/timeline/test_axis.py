"""Days and cells of a time axis, and its labels."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.edtf import parse_edtf
from milatui.catalogue.timeline.axis import (
    TimeAxis,
    TimeUnit,
    bin_days,
    bin_edtf,
    bin_of,
    fit_axis,
    ticks,
    unit_of,
)
from milatui.i18n import set_language

UNITS = st.sampled_from(TimeUnit)
DAYS = st.integers(-365, date.max.toordinal())
AXES = st.builds(
    lambda unit, first, years, cells: fit_axis(unit, (first, first + years * 365), cells),
    UNITS,
    st.integers(700_000, 740_000),
    st.integers(0, 400),
    st.integers(5, 200),
)


@given(DAYS, UNITS)
def test_a_day_lies_in_its_bin(day: int, unit: TimeUnit) -> None:
    first, last = bin_days(bin_of(day, unit), unit)
    assert first <= day <= last


@given(st.integers(0, 900), UNITS)
def test_bins_follow_one_another(number: int, unit: TimeUnit) -> None:
    assert bin_days(number, unit)[1] + 1 == bin_days(number + 1, unit)[0]


@given(st.integers(0, 900), UNITS)
def test_a_bin_has_a_date_of_its_days(number: int, unit: TimeUnit) -> None:
    edtf = parse_edtf(bin_edtf(number, unit))
    assert (edtf.first, edtf.last) == bin_days(number, unit)
    assert unit_of(edtf.text) is unit


@given(AXES, st.data())
def test_cells_and_bins_lead_to_each_other(axis: TimeAxis, data: st.DataObject) -> None:
    cell = data.draw(st.integers(0, axis.cells - 1))
    assert axis.cell_of_bin(axis.bin_at(cell)) <= cell
    number = data.draw(st.integers(axis.start, axis.stop - 1))
    first, last = bin_days(number, axis.unit)
    covered = axis.cells_of(first, last)
    assert covered.start == axis.cell_of_bin(number)
    assert len(covered) == axis.cells_per_bin
    assert all(axis.cell_of_bin(axis.bin_at(c)) == covered.start for c in covered)


@given(AXES, st.data())
def test_bounds_are_those_of_the_cells(axis: TimeAxis, data: st.DataObject) -> None:
    bounds = axis.bounds()
    assert len(bounds) == axis.cells + 1
    day = data.draw(st.integers(bounds[0], bounds[-1] - 1))
    assert bisect_right(bounds, day) - 1 == axis.cell_of_day(day)


@given(AXES, st.integers(5, 200))
def test_an_axis_fits(axis: TimeAxis, cells: int) -> None:
    fitted = fit_axis(axis.unit, axis.days, cells)
    assert 1 <= fitted.cells <= cells


@given(AXES, st.data())
def test_a_window_shows_the_bin_around_which_it_is_made(
    axis: TimeAxis, data: st.DataObject
) -> None:
    around = data.draw(st.integers(axis.start, axis.stop - 1))
    window = fit_axis(TimeUnit.MONTH, axis.days, 40, around * axis.unit.months)
    assert window.start <= around * axis.unit.months < window.stop


def test_a_window_moves_only_where_it_has_to() -> None:
    days = (bin_days(2000, TimeUnit.YEAR)[0], bin_days(2026, TimeUnit.YEAR)[1])
    before = fit_axis(TimeUnit.MONTH, days, 60, 2010 * 12)
    beside = fit_axis(TimeUnit.MONTH, days, 60, 2010 * 12 + 5, before)
    beyond = fit_axis(TimeUnit.MONTH, days, 60, before.stop, before)
    assert beside == before
    assert beyond.start == before.start + before.bins // 2 + before.bins % 2


@given(AXES, st.integers(0, 12))
def test_labels_never_touch(axis: TimeAxis, more: int) -> None:
    placed = ticks(axis, axis.cells + more)
    for tick, following in pairwise(placed):
        assert tick.cell + len(tick.label) < following.cell
    assert all(t.cell >= 0 and t.cell + len(t.label) <= axis.cells + more for t in placed)


@pytest.mark.parametrize(
    ("unit", "cells", "language", "wanted"),
    [
        (TimeUnit.YEAR, 40, "en", "1991     2000      2010      2020  2026"),
        (TimeUnit.YEAR, 120, "en", "   1992  1994  1996"),
        (TimeUnit.QUARTER, 30, "en", "Q3    2025  Q3    2026  Q3"),
        (TimeUnit.QUARTER, 30, "fr", "T3    2025  T3    2026  T3"),
        (TimeUnit.MONTH, 40, "en", "   2026     Apr      Jul      Oct"),
    ],
)
def test_labels_are_round_years_and_the_ends(
    unit: TimeUnit, cells: int, language: str, wanted: str
) -> None:
    set_language(language)
    days = (bin_days(1991, TimeUnit.YEAR)[0], bin_days(2026, TimeUnit.YEAR)[1])
    axis = fit_axis(unit, days, cells)
    line = ""
    for tick in ticks(axis, cells):
        line = line.ljust(tick.cell) + tick.label
    assert line.startswith(wanted)


@pytest.mark.parametrize(
    ("years", "cells", "wanted"),
    [
        ((2024, 2024), 80, "2024  Feb    Mar"),
        ((2023, 2024), 80, "2023     Q2        Q3        Q4         2024"),
        ((2020, 2024), 80, "2020            2021"),
    ],
)
def test_a_wide_year_has_labels_of_its_parts(
    years: tuple[int, int], cells: int, wanted: str
) -> None:
    days = (bin_days(years[0], TimeUnit.YEAR)[0], bin_days(years[1], TimeUnit.YEAR)[1])
    axis = fit_axis(TimeUnit.YEAR, days, cells, stretch=True)
    line = ""
    for tick in ticks(axis, cells):
        line = line.ljust(tick.cell) + tick.label
    assert line.startswith(wanted)
