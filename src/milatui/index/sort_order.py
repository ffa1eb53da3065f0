"""Defines the order of all records: newest first, by the day that represents their date.

A date that spans days of one year is represented by its last day (``2021-05`` comes before
``2021-05-03``, newest first); a longer span by its first day, after all other records of that
year. A decade or century follows its first year. Undated records come last. The records under one
heading of the timeline (a year, ``2020s``) therefore stand together. ``20XX`` counts as undated.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import DateError, is_present_century, parse_edtf

if TYPE_CHECKING:
    from milatui.archive.edtf import EdtfDate
    from milatui.archive.records import Role

UNDATED: Final = -1
DECADE: Final = 100_000
CENTURY: Final = 200_000
OPEN_START: Final = -400
OPEN_END: Final = 4_000_000
NO_DAYS: Final = (OPEN_END + 1, OPEN_START - 1)
"""First and last day of an undated record: an empty range, which overlaps no other."""


class DateSort(NamedTuple):
    """The position of a date in the order.

    Attributes:
        group: Its heading in the timeline: a year, ``DECADE`` or ``CENTURY`` plus the first year,
            or ``UNDATED``.
        first: Its first day, a proleptic Gregorian ordinal; ``OPEN_START`` if the start is open.
        last: Its last day; ``OPEN_END`` if the end is open.
        key: The sort key, ascending: newest first.
    """

    group: int
    first: int
    last: int
    key: tuple[int, int, int, int]


def date_sort(text: str) -> DateSort:
    """Returns the position of an EDTF date; text that is not a date counts as undated."""
    try:
        edtf = None if not text or is_present_century(text) else parse_edtf(text)
    except DateError:
        edtf = None
    if edtf is None:
        return DateSort(UNDATED, *NO_DAYS, (1, 0, 0, 0))
    first = OPEN_START if edtf.first is None else edtf.first
    last = OPEN_END if edtf.last is None else edtf.last
    year, rank = _heading(edtf)
    within = edtf.precision in ("day", "month", "season", "quarter")
    if edtf.precision == "interval" and _year_of(first) == _year_of(last):
        within = True
    day = last if within and _year_of(last) == year else first
    if edtf.first is None:
        day = last
    group = year + (0, DECADE, CENTURY)[rank]
    return DateSort(group, first, last, (-year, rank, -day, last - first))


def _heading(edtf: EdtfDate) -> tuple[int, int]:
    day = edtf.first if edtf.first is not None else edtf.last
    rank = {"decade": 1, "century": 2}.get(edtf.precision, 0)
    return (_year_of(day) if day is not None else 0), rank


def _year_of(day: int) -> int:
    if day < 1:
        return 0
    return date.fromordinal(min(day, date.max.toordinal())).year


def role_date(role: Role) -> str:
    """Returns a date at which a role was held: as its sources show it, else one end of its time."""
    return role.as_of or role.start or role.end


def role_sort(role: Role) -> tuple[int, int]:
    """Returns the sort key of a role: the latest is last.

    Of roles that are shown on one day, the one that is known to begin latest is the latest.
    """
    start = date_sort(role.start)
    return date_sort(role_date(role)).last, OPEN_START if start.group == UNDATED else start.first


def heading_date(group: int) -> str:
    """Returns the years under a dated heading as EDTF: ``2021``, ``202X``, ``20XX``."""
    if group >= CENTURY:
        return f"{(group - CENTURY) // 100:02}XX"
    if group >= DECADE:
        return f"{(group - DECADE) // 10:03}X"
    return f"{group:04}"
