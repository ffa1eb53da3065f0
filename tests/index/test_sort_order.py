"""The order of all records, by dates of every precision."""

from __future__ import annotations

from itertools import pairwise

from milatui.index.sort_order import CENTURY, DECADE, NO_DAYS, UNDATED, date_sort

NEWEST_FIRST = [
    "2024/..",
    "2023-12",
    "2023-01-18",
    "2022",
    "2021-12",
    "2021-23",
    "2021-09-20",
    "2021",
    "2020-06/2020-08",
    "2020-01-01",
    "2020/2022",
    "202X",
    "2019-12-31",
    "2014~",
    "1999",
    "18XX",
    "",
]


def test_dates_sort_newest_first() -> None:
    keys = [date_sort(text).key for text in NEWEST_FIRST]
    assert all(one < other for one, other in pairwise(keys)), list(
        zip(NEWEST_FIRST, keys, strict=True)
    )


def test_dates_stand_under_their_heading() -> None:
    assert date_sort("2021-23").group == 2021
    assert date_sort("2019/2024").group == 2019
    assert date_sort("202X").group == DECADE + 2020
    assert date_sort("18XX").group == CENTURY + 1800
    assert date_sort("20XX") == date_sort("20XX~") == date_sort("")
    assert date_sort("").group == UNDATED


def test_what_is_no_date_is_undated() -> None:
    assert date_sort("soon") == date_sort("")
    assert (date_sort("soon").first, date_sort("soon").last) == NO_DAYS


def test_headings_stand_together() -> None:
    groups = [date_sort(text).group for text in NEWEST_FIRST]
    firsts = [group for place, group in enumerate(groups) if group != groups[place - 1]]
    assert len(firsts) == len(set(groups))
