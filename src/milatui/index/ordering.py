"""The one order of all records: newest first, by the day that stands for their date.

A span of days within a year stands at its last day (``2021-05`` after ``2021-05-03``);
a longer one at its first day, after everything of that year.  Decades follow their first
year, centuries likewise, and what has no date comes last.  Records of a heading of the
timeline (a year, ``2020s``) therefore stand together.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import DateError, parse_edtf

if TYPE_CHECKING:
    from milatui.archive.edtf import EdtfDate

UNDATED: Final = -1
DECADE: Final = 100_000
CENTURY: Final = 200_000
OPEN_START: Final = -400
OPEN_END: Final = 4_000_000
NOWHERE: Final = (OPEN_END + 1, OPEN_START - 1)
"""First and last day of what has no date: no range overlaps it."""


class When(NamedTuple):
    """Where a date stands: its heading, the days it denotes, and the key it sorts by.

    ``group`` is a year, ``DECADE`` or ``CENTURY`` plus the first year, or ``UNDATED``.
    """

    group: int
    first: int
    last: int
    key: tuple[int, int, int, int]


def when(text: str) -> When:
    """Where the EDTF date ``text`` stands; what is no date counts as undated."""
    try:
        edtf = parse_edtf(text) if text else None
    except DateError:
        edtf = None
    if edtf is None:
        return When(UNDATED, *NOWHERE, (1, 0, 0, 0))
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
    return When(group, first, last, (-year, rank, -day, last - first))


def _heading(edtf: EdtfDate) -> tuple[int, int]:
    day = edtf.first if edtf.first is not None else edtf.last
    rank = {"decade": 1, "century": 2}.get(edtf.precision, 0)
    return (_year_of(day) if day is not None else 0), rank


def _year_of(day: int) -> int:
    if day < 1:
        return 0
    return date.fromordinal(min(day, date.max.toordinal())).year
