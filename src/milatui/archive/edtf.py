"""Parses dates in EDTF (ISO 8601-2), each with the span of days it denotes.

It understands level 0 (``2021``, ``2021-05``, ``2021-05-03``, a time of day after ``T``
that is left aside, intervals ``2018/2020``) and of level 1 the marks ``?`` uncertain,
``~`` approximate and ``%`` both at the end of a date, unspecified digits (``202X 20XX
2021-XX 2021-05-XX 2021-XX-XX``), open or unknown ends (``2018/..``, ``2018/``), the
seasons 21 to 24, and of level 2 the quarters 33 to 36.

Seasons are meteorological ones of the northern hemisphere: 21 spring is March to May,
22 summer June to August, 23 autumn September to November, and 24 winter December of
that year to February of the next, as EDTF numbers winter after autumn of the same year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import Literal, NamedTuple

from milatui.archive.sanitize import excerpt
from milatui.i18n import _

Precision = Literal["day", "month", "season", "quarter", "year", "decade", "century", "interval"]

_COMMON = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%])?")
_UNSPECIFIED = re.compile(
    r"([0-9]{2}XX|[0-9]{3}X|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX)([?~%])?"
)
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3])(?::[0-5][0-9])?)?"
)
_OTHER_YEAR = re.compile(r"[Yy]-?[0-9]|-[0-9]")
"""Begins a year before 0000 or after 9999, as in ``-0044`` and ``Y17000``."""
_LAST_DAY = 3652059
"""9999-12-31: the last day ``datetime.date`` can hold."""


class DateError(ValueError):
    """A text is not a date that is understood; ``column`` (from 1) is where it goes wrong."""

    def __init__(self, message: str, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class EdtfDate(NamedTuple):
    """A date and the days it may mean.

    ``first`` and ``last`` are proleptic Gregorian ordinals as of ``datetime.date.toordinal``
    (year 0000 lies at -365 to 0, which ``date`` itself cannot hold), ``None`` where the
    interval is open or its end unknown; never both.  ``first <= last`` holds.
    """

    text: str
    first: int | None
    last: int | None
    precision: Precision
    uncertain: bool = False
    approximate: bool = False


@lru_cache(maxsize=16384)
def parse_edtf(text: str) -> EdtfDate:
    """Parses an EDTF date.

    Raises:
        DateError: the text is not a date that this module understands.
    """
    if "/" in text:
        return _interval(text)
    return _single(text, text, 0)


def is_present_century(text: str) -> bool:
    """Returns whether a date is ``20XX``, which says no more than that there is no date."""
    return text.startswith("20XX")


def is_edtf(text: str) -> bool:
    """Returns whether ``parse_edtf`` understands a text."""
    try:
        parse_edtf(text)
    except DateError:
        return False
    return True


def _interval(text: str) -> EdtfDate:
    left, _slash, right = text.partition("/")
    if "/" in right:
        raise DateError(_("an interval has two ends"), len(left) + 2 + right.index("/"))
    start = None if left in ("", "..") else _single(left, text, 0)
    end = None if right in ("", "..") else _single(right, text, len(left) + 1)
    if start is None and end is None:
        raise DateError(_("an interval needs a date at one end at least"), 1)
    first = start.first if start else None
    last = end.last if end else None
    if first is not None and last is not None and last < first:
        raise DateError(_("the interval ends before it starts"), len(left) + 2)
    return EdtfDate(
        text,
        first,
        last,
        "interval",
        any(part.uncertain for part in (start, end) if part),
        any(part.approximate for part in (start, end) if part),
    )


def _single(part: str, text: str, offset: int) -> EdtfDate:
    """Parses the date ``part``, which is at ``offset`` of ``text``."""
    match = _COMMON.fullmatch(part)
    if match is not None:
        year, month, day, qualifier = match.groups()
        first, last, precision = _numbers(int(year), month, day, offset)
        return EdtfDate(
            part, first, last, precision, qualifier in ("?", "%"), qualifier in ("~", "%")
        )
    match = _UNSPECIFIED.fullmatch(part)
    if match is not None:
        digits, qualifier = match.groups()
        first, last, precision = _unspecified(digits, offset)
        return EdtfDate(
            part, first, last, precision, qualifier in ("?", "%"), qualifier in ("~", "%")
        )
    match = _TIME.fullmatch(part)
    if match is not None and part == text:
        day_only = _single(match[1], text, offset)
        return EdtfDate(part, day_only.first, day_only.last, "day")
    raise _not_a_date(part, offset)


def _numbers(
    year: int, month: str | None, day: str | None, offset: int
) -> tuple[int, int, Precision]:
    if month is None:
        return _ordinal(year, 1, 1), _ordinal(year, 12, 31), "year"
    number = int(month)
    if 1 <= number <= 12:
        days = _days_in_month(year, number)
        if day is None:
            return _ordinal(year, number, 1), _ordinal(year, number, days), "month"
        if 1 <= int(day) <= days:
            only = _ordinal(year, number, int(day))
            return only, only, "day"
        message = _("there is no day {day} in {year}-{month}").format(
            day=day, year=f"{year:04}", month=month
        )
        raise DateError(message, offset + 9)
    if day is None and 21 <= number <= 24:
        return (*_three_months(year, 3 * (number - 20)), "season")
    if day is None and 33 <= number <= 36:
        return (*_three_months(year, 3 * (number - 33) + 1), "quarter")
    raise DateError(_("there is no month {month}").format(month=month), offset + 6)


def _three_months(year: int, month: int) -> tuple[int, int]:
    last_year, last_month = (year, month + 2) if month <= 10 else (year + 1, month - 10)
    if last_year > 9999:
        return _ordinal(year, month, 1), _LAST_DAY
    days = _days_in_month(last_year, last_month)
    return _ordinal(year, month, 1), _ordinal(last_year, last_month, days)


def _unspecified(digits: str, offset: int) -> tuple[int, int, Precision]:
    if len(digits) > 4:
        if digits[5] == "X":
            return _numbers(int(digits[:4]), None, None, offset)
        if not 1 <= int(digits[5:7]) <= 12:
            raise DateError(_("there is no month {month}").format(month=digits[5:7]), offset + 6)
        return _numbers(int(digits[:4]), digits[5:7], None, offset)
    first = _ordinal(int(digits.replace("X", "0")), 1, 1)
    last = _ordinal(int(digits.replace("X", "9")), 12, 31)
    return first, last, "century" if digits.endswith("XX") else "decade"


def _not_a_date(part: str, offset: int) -> DateError:
    if not part:
        return DateError(_("a date is missing"), offset + 1)
    if _OTHER_YEAR.match(part):
        return DateError(_("only the years 0000 to 9999 can be given"), offset + 1)
    column = offset + _good_length(part) + 1
    return DateError(_("“{text}” is not an EDTF date").format(text=excerpt(part)), column)


def _good_length(part: str) -> int:
    """Returns how many characters of ``part`` could begin a date."""
    shape = "0000-00-00"
    for length, character in enumerate(part[: len(shape)]):
        expected = shape[length]
        if expected == "-" and character != "-":
            return length
        if expected == "0" and not ("0" <= character <= "9" or character == "X"):
            return length
    return min(len(part), len(shape))


def _days_in_month(year: int, month: int) -> int:
    # Year 0 is a leap year like 2000, and calendar starts at year 1.
    return monthrange(year or 2000, month)[1]


_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def _ordinal(year: int, month: int, day: int) -> int:
    """Computes ``date(year, month, day).toordinal()``, also for year 0."""
    before = year - 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (
        before * 365
        + before // 4
        - before // 100
        + before // 400
        + _DAYS_BEFORE[month - 1]
        + (1 if leap and month > 2 else 0)
        + day
    )
