"""Takes EDTF dates apart into the years, months and days that other formats can hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import DateError, is_present_century, parse_edtf

if TYPE_CHECKING:
    from milatui.archive.edtf import EdtfDate

_NUMBERS: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T.*)?")
_SPRING, _WINTER, _FIRST_QUARTER = 21, 24, 33


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; ``month`` and ``day`` are 0 where they are not known."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """Returns the date as ISO 8601: ``2018``, ``2018-05``, ``2018-05-03``."""
        numbers = (f"{self.year:04}", f"{self.month:02}", f"{self.day:02}")
        known = 1 + bool(self.month) + bool(self.day)
        return "-".join(numbers[:known])


@dataclass(frozen=True, slots=True)
class DateParts:
    """A date as two partial dates.

    Attributes:
        edtf: The date as recorded.
        start: Its first day, month or year; None if it has no beginning.
        end: Its last one, the same as ``start`` for a single date; None if it has no end.
        season: 21 to 24 (spring to winter) for a season, else 0.
        is_wide: Whether the format needs a span to say a date that is not an interval: a season,
            a quarter, a decade or a century.
    """

    edtf: EdtfDate
    start: PartialDate | None
    end: PartialDate | None
    season: int = 0
    is_wide: bool = False

    @property
    def is_qualified(self) -> bool:
        """Whether the date is marked as uncertain or approximate."""
        return self.edtf.uncertain or self.edtf.approximate

    @property
    def is_single(self) -> bool:
        """Whether it is one year, month or day."""
        return self.start == self.end

    @property
    def is_exact_days(self) -> bool:
        """Whether both ends are days, neither uncertain nor approximate."""
        ends = (self.start, self.end)
        return all(end is not None and end.day for end in ends) and not self.is_qualified

    def __str__(self) -> str:
        """Returns the date as ISO 8601, an interval with ``..`` for an open end."""
        if self.is_single:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"


@lru_cache(maxsize=4096)
def date_parts(text: str) -> DateParts | None:
    """Takes an EDTF date apart.

    Returns:
        None for no date, for ``20XX``, which says no more than that there is none, and for a text
        that is not a date.
    """
    if not text or is_present_century(text):
        return None
    try:
        edtf = parse_edtf(text)
    except DateError:
        return None
    first, slash, last = text.partition("/")
    if not slash:
        start, end, season = _ends(text)
        return DateParts(edtf, start, end, season, is_wide=start != end)
    begin = _ends(first)[0] if first not in ("", "..") else None
    until = _ends(last)[1] if last not in ("", "..") else None
    return DateParts(edtf, begin, until)


def _ends(date: str) -> tuple[PartialDate, PartialDate, int]:
    """Returns the first and last part of a single date, and its season or 0."""
    bare = date.rstrip("?~%").replace("-XX", "")
    match = _NUMBERS.fullmatch(bare)
    if match is None:  # a decade or a century
        low, high = (PartialDate(int(bare.replace("X", digit))) for digit in "09")
        return low, high, 0
    year, month, day = (int(number or 0) for number in match.groups())
    if month < _SPRING:
        exact = PartialDate(year, month, day)
        return exact, exact, 0
    season = month if month <= _WINTER else 0
    begin = 3 * (month - _SPRING) + 3 if season else 3 * (month - _FIRST_QUARTER) + 1
    after = begin + 2
    return (
        PartialDate(year, begin),
        PartialDate(year + (after > 12), after - 12 * (after > 12)),
        season,
    )
