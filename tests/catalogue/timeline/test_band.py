"""Every dated event is counted once in the band; the counts add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.edtf import parse_edtf
from milatui.catalogue.scope import Scope
from milatui.catalogue.timeline.axis import TimeUnit, bin_of
from milatui.catalogue.timeline.band import count_band, dated_days, period_bins, period_unit
from milatui.index.sort_order import UNDATED, date_sort
from tests.catalogue.timeline.dated import DATES, index_of, masks_of
from tests.catalogue.timeline.dated import UNDATED as WITHOUT_DATE

ALL_BINS = {unit: range(9999 * 12 // unit.months) for unit in TimeUnit}


@given(st.lists(DATES, max_size=30), st.sampled_from(TimeUnit))
def test_every_event_is_counted_once(dates: list[str], unit: TimeUnit) -> None:
    reader = index_of(dates)
    counts = count_band(reader, masks_of(reader), Scope(), ("event",), unit, ALL_BINS[unit])
    undated = sum(date_sort(text).group == UNDATED for text in dates)
    assert counts.every.total == len(dates)
    assert counts.every.undated == undated
    assert counts.scoped == counts.every


@given(DATES, st.sampled_from(TimeUnit))
def test_an_event_is_counted_in_the_bin_of_its_days(text: str, unit: TimeUnit) -> None:
    reader = index_of([text])
    every = count_band(reader, masks_of(reader), Scope(), ("event",), unit, ALL_BINS[unit]).every
    sort = date_sort(text)
    if sort.group == UNDATED:
        assert not every.by_bin
    elif every.by_bin:
        (number,) = every.by_bin
        edtf = parse_edtf(text)
        first = edtf.last if edtf.first is None else edtf.first
        assert first is not None
        assert number == bin_of(first, unit)
    else:
        assert every.wide == 1
        assert bin_of(sort.first, unit) != bin_of(sort.last, unit)


@given(st.lists(DATES, max_size=20), st.sampled_from(TimeUnit))
def test_the_period_does_not_matter_and_a_kind_does(dates: list[str], unit: TimeUnit) -> None:
    reader = index_of(dates)
    scope = Scope(since="2010", until="2012", kinds=frozenset({"grant"}))
    filters = masks_of(reader)
    scoped = count_band(reader, filters, scope, ("event",), unit, ALL_BINS[unit]).scoped
    assert scoped.total == -(-len(dates) // 3)
    for number, count in scoped.by_bin.items():
        every = count_band(reader, filters, Scope(), ("event",), unit, ALL_BINS[unit]).every
        assert count <= every.by_bin[number]


@given(st.lists(WITHOUT_DATE))
def test_undated_events_make_no_axis(dates: list[str]) -> None:
    assert dated_days(index_of(dates).manifest.groups, documents=False) is None


@pytest.mark.parametrize(
    ("since", "until", "unit", "bins"),
    [
        ("", "", TimeUnit.YEAR, None),
        ("2021", "2023", TimeUnit.YEAR, (2021, 2023)),
        ("2021-34", "2021-34", TimeUnit.QUARTER, (8085, 8085)),
        ("2021-05", "2021-06", TimeUnit.MONTH, (24256, 24257)),
        ("2021-05-03", "2021-06", TimeUnit.MONTH, (24256, 24257)),
        ("202X", "202X", TimeUnit.DECADE, (202, 202)),
    ],
)
def test_the_period_of_a_scope_as_bins(
    since: str, until: str, unit: TimeUnit, bins: tuple[int, int] | None
) -> None:
    scope = Scope(since=since, until=until)
    if bins is not None:
        assert period_unit(scope) is unit
    assert period_bins(scope, unit) == bins
