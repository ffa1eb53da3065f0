"""Reads the dates of a query: EDTF, ranges with two dots, and *last year* in words."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from milatui.archive.dates import DateError, parse

_RELATIVE: Final = re.compile(
    r"(?P<which>last|past|this|next|previous|current)[ _-](?P<count>\d{1,3}[ _-])?"
    r"(?P<unit>day|week|month|quarter|year|decade)s?"
)
_FRENCH: Final = {
    **dict.fromkeys(("l'an dernier", "l'année dernière", "an dernier"), "last year"),
    "cette année": "this year",
    "ce mois": "this month",
    "le mois dernier": "last month",
    "aujourd'hui": "today",
    "hier": "yesterday",
}
_FIRST_YEAR: Final = 1
_LAST_YEAR: Final = 9999


def period(text: str, today: date) -> tuple[str, str]:
    """First and last date (EDTF, empty if open) of a period in words or figures.

    ``2021..2023``, ``2021..``, ``..2021-06``, ``2021-09``, ``2021/2023``, ``>2021``, ``<2021``,
    ``last year``, ``last 3 months``, ``this month``, ``today``, ``l'an dernier``.

    Raises:
        DateError: it is none of these.
    """
    plain = " ".join(text.strip().lower().replace("’", "'").split())
    plain = _FRENCH.get(plain, plain)
    relative = _RELATIVE.fullmatch(plain)
    if relative:
        return _relative(relative, today)
    if plain in ("today", "yesterday"):
        day = today - timedelta(days=plain == "yesterday")
        return day.isoformat(), day.isoformat()
    if plain[:1] in "<>" and plain:
        bound = plain.lstrip("<>= ")
        _check(bound)
        return (bound, "") if plain[0] == ">" else ("", bound)
    since, dots, until = text.strip().partition("..")
    if not dots and "/" in text:
        since, dots, until = text.strip().partition("/")
    if not dots:
        until = since
    since, until = since.strip(". "), until.strip(". ")
    if not since and not until:
        parse("")
    for bound in (since, until):
        if bound:
            _check(bound)
    return since, until


def _check(text: str) -> None:
    if not text:
        raise DateError(text, 1)
    parse(text)


def _relative(match: re.Match[str], today: date) -> tuple[str, str]:
    """``last 3 months`` are the three whole months before this one."""
    unit = match["unit"]
    count = int(match["count"].strip(" _-")) if match["count"] else 1
    which = match["which"]
    if which in ("last", "past", "previous"):
        begin, end = -count, -1
    elif which == "next":
        begin, end = 1, count
    else:
        begin, end = 0, 0
    if unit in ("day", "week"):
        return _days(today, unit, begin, end)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    now = (today.year * 12 + today.month - 1) // months
    first = _month((now + begin) * months)
    last_year, last_month = _month((now + end + 1) * months - 1)
    last_day = calendar.monthrange(last_year, last_month)[1]
    since = f"{first[0]:04d}-{first[1]:02d}-01"
    return since, f"{last_year:04d}-{last_month:02d}-{last_day:02d}"


def _days(today: date, unit: str, begin: int, end: int) -> tuple[str, str]:
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        first = monday + timedelta(weeks=begin)
        last = monday + timedelta(weeks=end, days=6)
    else:
        first, last = today + timedelta(days=begin), today + timedelta(days=end)
    return first.isoformat(), last.isoformat()


def _month(number: int) -> tuple[int, int]:
    year = min(max(number // 12, _FIRST_YEAR), _LAST_YEAR)
    return year, number % 12 + 1
