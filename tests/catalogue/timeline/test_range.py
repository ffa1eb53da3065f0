"""The mask of a period lets through the dates that may lie in it, and no decade in part."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.scope import Scope
from milatui.index.sort_order import DECADE
from tests.catalogue.timeline.dated import DATES, MONTHS, YEARS, index_of, masks_of

BOUNDS = st.one_of(st.just(""), st.builds(str, YEARS), MONTHS)


@given(st.lists(DATES, max_size=30), BOUNDS, BOUNDS)
def test_a_period_lets_through_what_may_lie_in_it(dates: list[str], since: str, until: str) -> None:
    reader = index_of(dates)
    scope = Scope(since=since, until=until)
    first, last = scope.days
    columns = reader.columns
    expected = []
    for number in range(reader.size):
        begin, end = columns.first_day[number], columns.last_day[number]
        whole = columns.heading[number] < DECADE or (begin >= first and end <= last)
        expected.append(begin <= last and end >= first and whole)
    mask = masks_of(reader)._in_range(first, last)
    assert list(mask) == expected
