"""Formats EDTF dates, exactly as precise as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from milatui.archive.edtf import DateError, is_present_century, parse_edtf
from milatui.i18n import _, language, pgettext

_PARTS: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(?:T.*)?([?~%])?")


def format_date(text: str, *, short: bool = True, year: bool = True) -> str:
    """Formats a date: ``18 Jan 2023``, ``autumn 2021``, ``c. 2014``, ``2021?``.

    ``short`` abbreviates months.  Without ``year`` (for lines under a year's heading) it is
    ``18 Jan``, ``autumn``, ``(year)``; vaguer dates and intervals keep their years.
    Text that is not a date, or empty, is returned unchanged.
    """
    return _formatted(text, short, year, language())


@lru_cache(maxsize=512)
def _formatted(text: str, short: bool, year: bool, _spoken: str) -> str:
    """Formats a date, see ``format_date``; the language is only the cache's key."""
    try:
        parse_edtf(text)
    except DateError:
        return text
    if "/" in text:
        first, _slash, last = text.partition("/")
        return _interval(first, last, short)
    return _single(text, short, year)


def format_day(text: str) -> str:
    """Formats a date for a line under its year: ``18 Jan``, ``Jan``, ``autumn``, ``(year)``."""
    return format_date(text, year=False)


def day_width() -> int:
    """Returns the length of the longest day and month (``28 Jan``) in the interface's language."""
    return _longest_day(language())


def date_width() -> int:
    """Returns the length of the longest date of a day in the interface's language."""
    return day_width() + len(" 2023")


@lru_cache(maxsize=2)
def _longest_day(_spoken: str) -> int:
    """Returns the length of the longest day; the language is only the cache's key."""
    return max(len(_day_of(day, month)) for day in (1, 28) for month in _short_months())


def short_month(number: int) -> str:
    """Returns the abbreviation of a month, 1 to 12, in the interface's language."""
    return _short_months()[number - 1]


def quarter_label(number: int) -> str:
    """Returns the short name of a quarter, 1 to 4: ``Q2``, in French ``T2``."""
    return pgettext("quarter", "Q{number}").format(number=number)


def end_year(text: str) -> str:
    """Returns the year in which a date ends; of an open one its first year, or empty text."""
    from datetime import date  # only here: the first screen needs it for closed intervals only

    try:
        last = parse_edtf(text).last
    except DateError:
        return ""
    if not text[:4].isdigit():
        return ""
    return text[:4] if last is None else str(date.fromordinal(last).year)


def format_range(since_date: str, until_date: str) -> str:
    """Formats a range of dates: ``2021–2023``; one date if both are the same."""
    if since_date == until_date:
        return format_date(since_date)
    return f"{format_date(since_date)}–{format_date(until_date)}"


def format_since(text: str) -> str:
    """Formats an open range: ``since 2021``."""
    form = pgettext("day", "since {date}") if _is_day(text) else _("since {date}")
    return form.format(date=format_date(text))


def format_until(text: str) -> str:
    """Formats an open range: ``until 2023``."""
    form = pgettext("day", "until {date}") if _is_day(text) else _("until {date}")
    return form.format(date=format_date(text))


def _is_day(text: str) -> bool:
    """Returns whether a date is known to the day, which takes an article in French."""
    match = _PARTS.fullmatch(text)
    return match is not None and (match[3] or "XX") != "XX"


def _interval(first: str, last: str, short: bool) -> str:
    if last in ("", ".."):
        return f"{_single(first, short, True)}–"
    if first in ("", ".."):
        return (
            _("before {date}").format(date=_single(last, short, True))
            if not first
            else format_until(last)
        )
    begin, end = _single(first, short, True), _single(last, short, True)
    return begin if first == last else f"{begin}–{end}"


def _single(text: str, short: bool, with_year: bool) -> str:
    match = _PARTS.fullmatch(text)
    if match is None:
        return text
    year, month, day, qualifier = match.groups()
    if year.endswith("X"):
        return _qualify(_vague_year(year), "" if is_present_century(year) else qualifier)
    if month is None or month == "XX":
        words = year if with_year else _("(year)")
        return _qualify(words, qualifier)
    words = _month_words(month, short)
    if day is not None and day != "XX":
        words = _day_of(int(day), words)
    return _qualify(f"{words} {year}" if with_year else words, qualifier)


def _qualify(words: str, qualifier: str | None) -> str:
    """Adds the signs of an uncertain date: ``~`` becomes a prefix, ``?`` a suffix, ``%`` both."""
    if qualifier in ("~", "%"):
        words = pgettext("date", "c. {date}").format(date=words)
    return f"{words}?" if qualifier in ("?", "%") else words


def _day_of(day: int, month: str) -> str:
    if language() == "fr" and day == 1:
        return f"1er {month}"
    return f"{day} {month}"


def _vague_year(year: str) -> str:
    if is_present_century(year):
        return _("undated")
    if year.endswith("XX"):
        return pgettext("century", "{ordinal} century").format(ordinal=_ordinal(int(year[:2]) + 1))
    return pgettext("decade", "{first}s").format(first=year[:3] + "0")


def _ordinal(number: int) -> str:
    """Formats the number of a century: ``21st``; in French ``XXIe``, ``Ier``."""
    if language() == "fr":
        tens = ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC", "C")[number // 10]
        ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return f"{tens}{ones}{'er' if number == 1 else 'e'}"
    teen = number // 10 % 10 == 1
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _month_words(month: str, short: bool) -> str:
    number = int(month)
    if number > 12:
        return _seasons()[number]
    return (_short_months() if short else _long_months())[number - 1]


def _seasons() -> dict[int, str]:
    return {
        21: _("spring"),
        22: _("summer"),
        23: _("autumn"),
        24: _("winter"),
        33: _("1st quarter"),
        34: _("2nd quarter"),
        35: _("3rd quarter"),
        36: _("4th quarter"),
    }


def _short_months() -> tuple[str, ...]:
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec")
    return tuple(names.split())


def _long_months() -> tuple[str, ...]:
    names = _(
        "January February March April May June July August September October November December"
    )
    return tuple(names.split())
