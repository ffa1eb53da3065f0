"""Every dated event has its lane and its cell; what is not known of a date is width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.catalogue.timeline.axis import TimeUnit, bin_days, fit_axis
from milatui.catalogue.timeline.groupings import Grouping
from milatui.catalogue.timeline.lane_groups import build_lanes, lane_cells, lane_events
from milatui.index.sort_order import UNDATED, date_sort
from tests.catalogue.timeline.dated import DATES, index_of, masks_of

YEARS = (bin_days(1990, TimeUnit.YEAR)[0], bin_days(2030, TimeUnit.YEAR)[1])


@given(st.lists(DATES, max_size=30))
def test_every_dated_event_has_a_lane(dates: list[str]) -> None:
    reader = index_of(dates)
    lanes = build_lanes(
        reader, masks_of(reader), Scope(), ("event",), "kind", "newest", lambda key: key
    )
    undated = [n for n in range(reader.size) if reader.columns.heading[n] == UNDATED]
    found = sorted(number for lane in lanes.lanes for number in lane.items)
    assert found == [n for n in range(reader.size) if n not in undated]
    assert list(lanes.undated) == undated


@given(
    st.lists(DATES.filter(lambda text: date_sort(text).group != UNDATED), max_size=30),
    st.sampled_from(TimeUnit),
    st.integers(10, 150),
)
def test_every_event_in_view_has_a_cell(dates: list[str], unit: TimeUnit, cells: int) -> None:
    reader = index_of(dates)
    axis = fit_axis(unit, YEARS, cells)
    bounds = axis.bounds()
    events = lane_events(reader.columns, range(reader.size))
    drawn = lane_cells(events, bounds)
    found = {}
    for cell, indexes in drawn.events.items():
        for index in indexes:
            found[events.number(index)] = cell
            assert bounds[cell] <= events.day(index) < bounds[cell + 1]
    in_view = events.within(bounds[0], bounds[-1] - 1)
    assert set(found) == {events.number(index) for index in in_view}
    for number in range(reader.size):
        first, last = reader.columns.first_day[number], reader.columns.last_day[number]
        covered = axis.cells_of(first, last)
        if len(covered) > 1:
            known = bool(reader.columns.dating[number])
            assert set(covered) <= (drawn.lasting if known else drawn.vague)


def drawn(*dates: str) -> str:
    """A lane of 2018 to 2023, four cells a year: events, lasting, vague cells."""
    days = (bin_days(2018, TimeUnit.YEAR)[0], bin_days(2023, TimeUnit.YEAR)[1])
    axis = fit_axis(TimeUnit.YEAR, days, 24)
    reader = index_of(dates)
    events = lane_events(reader.columns, range(reader.size))
    cells = lane_cells(events, axis.bounds())
    signs = []
    for cell in range(axis.cells):
        sign = "=" if cell in cells.lasting else "?" if cell in cells.vague else "."
        signs.append(str(len(cells.events[cell])) if cell in cells.events else sign)
    return "".join(signs) + (">" if cells.open_end else "") + ("<" if cells.open_start else "")


@pytest.mark.parametrize(
    ("dates", "lane"),
    [
        (("2018-01-15",), "1......................."),
        (("2018-01-15", "2018-01-16"), "2......................."),
        (("2019",), "....?1??................"),
        (("2019-05",), ".....1.................."),
        (("2019-22",), ".....?1................."),
        (("2019/2020",), "....1=======............"),
        (("2019/..",), "....1===================>"),
        (("../2019-03-01",), "====1...................<"),
        (("201X",), "????????................"),
    ],
)
def test_a_lane_draws_what_is_known(dates: tuple[str, ...], lane: str) -> None:
    assert drawn(*dates) == lane


@pytest.mark.parametrize("grouping", ["partner", "sector", "kind"])
def test_lanes_of_an_archive_hold_all_its_dated_events(
    catalogue: Catalogue, grouping: Grouping
) -> None:
    scope = Scope()
    numbers = set(catalogue.list_records("event", scope))
    lanes = catalogue.lanes(scope, grouping, "newest", documents=False)
    held = {number for lane in lanes.lanes for number in lane.items}
    assert held | set(lanes.undated) == numbers
    assert not held & set(lanes.undated)
    newest = [lane.items[0] for lane in lanes.lanes if lane.key not in ("", "mila")]
    assert newest == sorted(newest)
