"""Parses the dates of a query: EDTF, ranges with two dots, *last year*, *since May 2020*."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Final

from milatui.archive.edtf import DateError, is_edtf, parse_edtf
from milatui.archive.written_dates import AmbiguousDateError, read_date, read_date_words
from milatui.index.analysis.folding import fold

_RELATIVE: Final = re.compile(
    r"(?P<which>last|past|this|next|previous|current)[ _-](?P<count>\d{1,3}[ _-])?"
    r"(?P<unit>day|week|month|quarter|year|decade)s?"
)
_FRENCH: Final = {
    **dict.fromkeys(("l'an dernier", "l'annee derniere", "an dernier"), "last year"),
    "cette annee": "this year",
    "ce mois": "this month",
    "le mois dernier": "last month",
    "aujourd'hui": "today",
    "hier": "yesterday",
}
_BOUNDS: Final = {
    **dict.fromkeys((">", "after", "apres"), "after"),
    **dict.fromkeys((">=", "since", "from", "depuis", "des"), "since"),
    **dict.fromkeys(("<", "before", "avant"), "before"),
    **dict.fromkeys(("<=", "until", "to", "jusqu'a", "jusqu'en"), "until"),
}
_BOUND: Final = re.compile(r"([<>]=?|[a-z][a-z']+(?= )) ?(.+)")
_CIRCA: Final = re.compile(r"^(?:c|v)\. ")
_DASH: Final = "–"
_YEARS: Final = re.compile(r"(\d{4}) ?[-–] ?(\d{4})")
_FIRST_YEAR: Final = 1
_LAST_YEAR: Final = 9999


def parse_date_range(text: str, today: date) -> tuple[str, str]:
    """Parses a date range and returns its first and last EDTF date, empty where it is open.

    ``2021..2023``, ``2021..``, ``..2021-06``, ``2021-09``, ``2021/2023``, ``2021-2023``,
    ``>2021`` (from 2022 on), ``>=2021``, ``since 2020``, ``avant mai 2020``, ``May 2020``,
    ``18 janvier 2023``, ``autumn 2021``, ``Q3 2021``, ``last year``, ``last 3 months``,
    ``today``, ``l'an dernier``; and whatever ``labels.dates.format_date`` says of a date, such as
    ``c. Jun 2026``, ``2020s``, ``2017?–`` or ``16 Mar 2026–23 Mar 2026``.

    Returns:
        (first date, last date), as EDTF.

    Raises:
        DateError: the text has none of these forms.
    """
    plain = fold(" ".join(text.replace("’", "'").split()))
    plain = _FRENCH.get(plain, plain)
    relative = _RELATIVE.fullmatch(plain)
    if relative:
        return _relative(relative, today)
    if plain in ("today", "yesterday"):
        day = today - timedelta(days=plain == "yesterday")
        return day.isoformat(), day.isoformat()
    bound = _BOUND.fullmatch(plain)
    if bound and bound[1] in _BOUNDS:
        return _bounded(_BOUNDS[bound[1]], *parse_date_range(bound[2], today))
    written = read_date_words(_CIRCA.sub("", plain).removesuffix("?"))
    if written:
        return written, written
    since, dash, until = text.strip().partition(_DASH)
    if dash and not _YEARS.fullmatch(plain):
        first = parse_date_range(since, today)[0] if since.strip() else ""
        return first, parse_date_range(until, today)[1] if until.strip() else ""
    return _range(_CIRCA.sub("", text.strip()).removesuffix("?"), plain)


def _range(text: str, plain: str) -> tuple[str, str]:
    """Parses two dates with two dots or a slash between them, two years, or one date."""
    years = _YEARS.fullmatch(plain)
    since, dots, until = (years[1], "..", years[2]) if years else text.partition("..")
    if not dots and "/" in text and not is_edtf(text):
        try:
            day = read_date(text)
        except AmbiguousDateError:
            raise
        except DateError:
            since, dots, until = text.partition("/")
        else:
            return day, day
    if not dots and "/" in text:
        since, dots, until = text.partition("/")
    if not dots:
        until = since
    since, until = since.strip(". "), until.strip(". ")
    if not since and not until:
        parse_edtf("")
    return read_date(since) if since else "", read_date(until) if until else ""


def _bounded(how: str, since: str, until: str) -> tuple[str, str]:
    """Returns one side of a range; *after* and *before* exclude the range itself."""
    if how in ("since", "until"):
        return (since, "") if how == "since" else ("", until)
    edge = parse_edtf(until).last if how == "after" and until else None
    if how == "before" and since:
        edge = parse_edtf(since).first
    if edge is None:
        raise DateError(how)
    day = date.fromordinal(min(max(edge + (1 if how == "after" else -1), 1), date.max.toordinal()))
    return (day.isoformat(), "") if how == "after" else ("", day.isoformat())


def _relative(match: re.Match[str], today: date) -> tuple[str, str]:
    """Parses relative ranges: ``last 3 months`` are the three whole months before this one."""
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
