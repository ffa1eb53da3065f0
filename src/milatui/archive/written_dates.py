"""Reads dates as people and programs write them, as EDTF.

It reads timestamps in every width that YAML and site generators write, words in English and
French (``March 5, 2024``, ``le mardi 5 mars 2024``, ``May 2020``, ``autumn 2021``, ``Q3 2021``),
compact digits (``20240305``), and the names of files and folders.  A date whose day and month
cannot be told apart (``05/06/2024``) is not read: nothing is guessed.
"""

# untranslated: words of texts, file names and queries, in both languages
from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import DateError, is_edtf, parse_edtf
from milatui.archive.sanitize import excerpt
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MONTH_NAMES: Final = (
    "january janvier jan janv",
    "february fevrier feb fevr fev",
    "march mars mar",
    "april avril apr avr",
    "may mai",
    "june juin jun",
    "july juillet jul juil juill",
    "august aout aug",
    "september septembre sep sept",
    "october octobre oct",
    "november novembre nov",
    "december decembre dec",
)
MONTHS: Final = {name: n for n, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""English and French names and abbreviations of months, folded -> 1 to 12."""
_PARTS: Final = {
    **MONTHS,
    **dict.fromkeys(("spring", "printemps"), 21),
    **dict.fromkeys(("summer", "ete"), 22),
    **dict.fromkeys(("autumn", "fall", "automne"), 23),
    **dict.fromkeys(("winter", "hiver"), 24),
    **{f"{letter}{quarter}": 32 + quarter for letter in "qt" for quarter in (1, 2, 3, 4)},
}
"""Months, seasons and quarters by name, as EDTF numbers them."""
_ROMAN: Final = {"i": 1, "v": 5, "x": 10}
_APOSTROPHES: Final = str.maketrans("’ʼ‘", "'''")

_MONTH: Final = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY: Final = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\b\.?)"
)
_ORDINAL: Final = r"(?:er|st|nd|rd|th|e)?"
_DAY_OF_WORDS: Final = (
    rf"(?:(?P<day1>\d{{1,2}}){_ORDINAL}(?:\s+(?:of|de)\s+|[\s\-]+|\s*)"
    rf"(?P<month1>{_MONTH})(?:\s+de\s+|,?[\s\-]+)(?P<year1>\d{{4}})"
    rf"|(?P<month2>{_MONTH})(?:\s*|-)(?P<day2>\d{{1,2}}){_ORDINAL}(?:,\s*|\s+|-)(?P<year2>\d{{4}}))"
)
_DAY_OF_NUMBERS: Final = (
    r"(?:(?P<year>\d{4})(?P<sep>[-/.])(?P<number>\d{1,2})(?P=sep)(?P<day>\d{1,2}))"
)
_DAY: Final = rf"(?:{_DAY_OF_NUMBERS}|{_DAY_OF_WORDS})"
_DAY_IN_TEXT: Final = re.compile(rf"(?<![^\W_]|[/.])(?<!\w-){_DAY}(?![^\W_]|/|[-.]\d)")
_ZONE: Final = r"(?:z|utc|gmt|[a-z]{3,4}|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)"
_CLOCK: Final = (
    r"\d{1,2}(?:[:h]\d{1,2}(?:[:m]\d{1,2}(?:[.,]\d+)?s?)?)?\s*(?:[ap]\.?m\.?)?"
    rf"\s*{_ZONE}?(?:\s*[(\[]?[a-z_]+(?:/[a-z_]+)*[)\]]?)?"
)
_TIME: Final = rf"(?:(?:\s*t\s*|,?\s+(?:at\s+|a\s+)?|_){_CLOCK})"
_WHOLE: Final = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(?:(?:le|on)\s+)?(?:{_WEEKDAY},?\s+)?{_DAY}{_TIME}?\.?"
)
_COMPACT: Final = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:t?\d{{4}}(?:\d{{2}})?\s*{_ZONE}?)?")
_CTIME: Final = re.compile(
    rf"{_WEEKDAY}\s+(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?"
    rf"(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})"
)
_DAY_OR_MONTH: Final = re.compile(
    rf"(?:{_WEEKDAY},?\s+)?(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}?"
)
_NAMED: Final = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er)? )?(?P<part>[a-z]+[1-4]?)\.? (?:(?P<late>\d{1,2}),? )?"
    r"(?P<year>\d{4})|(?P<before>\d{4})[ -](?P<quarter>[qt][1-4])"
)
_MONTH_OF_YEAR: Final = re.compile(rf"(?P<month>{_MONTH})(?:,| of| de)? (?P<year>\d{{4}})")
_QUARTER: Final = re.compile(r"([1-4])(?:st|nd|rd|th|er?) (?:quarter|trimestre) (\d{4})")
_DECADE: Final = re.compile(r"(?:(\d{3})0s|annees (\d{3})0)")
_CENTURY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th) century|([ivx]+)er? siecle")

_NAME_DAY: Final = re.compile(
    r"(?<![\d.])(?P<year>\d{4})(?P<sep>[-_.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.]\d?)"
)
_NAME_COMPACT: Final = re.compile(
    r"(?<![^\W_])(?<!\d\.)(\d{4})(\d{2})(\d{2})"
    r"(?:[Tt]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?[Zz]?)?(?![^\W_]|\.\d)"
)
_NAME_DAY_FIRST: Final = re.compile(r"(?<![\d.])(\d{1,2})([-_.])(\d{1,2})\2(\d{4})(?!\d)")
_NAME_GAPS: Final = re.compile(r"[-_\s]+")
_NAME_OF_MONTH: Final = re.compile(r"(\d{4})[-_](\d{2})(?![\d.]|[-_]\d)")
_FOLDERS_OF_DAY: Final = re.compile(
    r"(?:.*/)?(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[-_ ][^/]*)?(?:/[^/]*)?"
)
_FOLDERS_OF_MONTH: Final = re.compile(r"(?:.*/)?(\d{4})[-/](\d{2})/[^/]*")
_FIRST_YEAR: Final = 1500
_LAST_YEAR: Final = 2199
"""Years that digits without separators can mean; others are numbers of something else."""


class AmbiguousDateError(DateError):
    """Day and month of a date cannot be told apart; ``readings`` are both, as EDTF."""

    def __init__(self, text: str, readings: tuple[str, str]) -> None:
        message = _("“{text}” can mean {first} or {second}")
        super().__init__(message.format(text=excerpt(text), first=readings[0], second=readings[1]))
        self.readings = readings


class WrittenDate(NamedTuple):
    """A day in a text: as EDTF, and where it stands."""

    edtf: str
    start: int
    end: int


def read_date(text: str) -> str:
    """Returns a date as EDTF, without the time of day that a timestamp has.

    Args:
        text: A date and nothing else, in any of the forms of this module.

    Raises:
        AmbiguousDateError: it has two readings.
        DateError: it is not a date, or not one that exists.
    """
    given = " ".join(text.split())
    plain = fold_words(given)
    digits = _COMPACT.fullmatch(plain)
    if digits and _FIRST_YEAR <= int(digits[1]) <= _LAST_YEAR:
        return _existing(f"{digits[1]}-{digits[2]}-{digits[3]}")
    whole = _WHOLE.fullmatch(plain)
    if whole:
        return _existing(_edtf_of_day(whole))
    ctime = _CTIME.fullmatch(plain)
    if ctime:
        return _existing(_join(ctime["year"], _month_number(ctime["month"]), ctime["day"]))
    numbers = _DAY_OR_MONTH.fullmatch(plain)
    if numbers:
        return _day_or_month(given, numbers)
    worded = read_date_words(plain)
    if worded:
        return worded
    parse_edtf(given)
    return given


def read_date_words(plain: str) -> str:
    """Returns the EDTF date of a date in words; empty if it has another form.

    Args:
        plain: Folded text (``fold_words``): a day, month, season, quarter, decade or century.

    Raises:
        DateError: it has the form of a date, but there is no such date.
    """
    decade, century = _DECADE.fullmatch(plain), _CENTURY.fullmatch(plain)
    if decade:
        return f"{decade[1] or decade[2]}X"
    if century:
        return f"{(int(century[1]) if century[1] else _roman(century[2])) - 1:02d}XX"
    month = _MONTH_OF_YEAR.fullmatch(plain)
    if month:
        return _existing(f"{month['year']}-{_month_number(month['month']):02d}")
    named, quarter = _NAMED.fullmatch(plain), _QUARTER.fullmatch(plain)
    if quarter:
        return f"{quarter[2]}-{32 + int(quarter[1])}"
    return _named(named) if named else ""


def days_in(text: str) -> Iterator[WrittenDate]:
    """Yields the days that a text names, in its order, without those that do not exist."""
    folded, offsets = _fold_with_offsets(text)
    for match in _DAY_IN_TEXT.finditer(folded):
        edtf = _edtf_of_day(match)
        if is_edtf(edtf):
            yield WrittenDate(edtf, offsets[match.start()], offsets[match.end()])


def date_in_name(stem: str, folders: Sequence[str] = ()) -> str:
    """Returns the date in the name of a file, or of the folders it lies in, as EDTF, or empty.

    Args:
        stem: The name without its ending: ``2024-03-05-title``, ``20240305_title``.
        folders: Names of the folders around it, the innermost last: ``2024``, ``03``, ``05``.
    """
    days = _days_in_name(stem)
    if len(days) > 1:
        return ""
    path = "/".join([*folders[-3:], stem])
    day, month = _FOLDERS_OF_DAY.fullmatch(path), _FOLDERS_OF_MONTH.fullmatch(path)
    if not days and day:
        days = {_plausible(*day.groups())} - {""}
    if not days:
        month = month or _NAME_OF_MONTH.match(stem)
        return _plausible(*month.groups()) if month else ""
    return days.pop()


def _days_in_name(name: str) -> set[str]:
    found = {_plausible(m["year"], m["month"], m["day"]) for m in _NAME_DAY.finditer(name)}
    found |= {_plausible(m[1], m[2], m[3]) for m in _NAME_COMPACT.finditer(name)}
    for match in _NAME_DAY_FIRST.finditer(name):
        try:
            found.add(_day_or_month(name, match))
        except DateError:
            continue
    words = _NAME_GAPS.sub(" ", name)
    found |= {day.edtf for day in days_in(words) if _FIRST_YEAR <= int(day.edtf[:4]) <= _LAST_YEAR}
    return found - {""}


def fold_words(text: str) -> str:
    """Returns a text in lower case without accents, with plain spaces and apostrophes."""
    return _fold_with_offsets(text)[0]


def _fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Returns a folded text, and where each of its characters (and its end) stands in ``text``."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    letters: list[str] = []
    offsets: list[int] = []
    for at, letter in enumerate(text):
        plain = unicodedata.normalize("NFKD", letter.translate(_APOSTROPHES)).casefold()
        base = "".join(part for part in plain if not unicodedata.combining(part))
        letters.append(base)
        offsets += [at] * len(base)
    return "".join(letters), [*offsets, len(text)]


def _edtf_of_day(match: re.Match[str]) -> str:
    """Returns the day that ``_DAY`` has matched, which may not exist."""
    if match["year"]:
        return _join(match["year"], int(match["number"]), match["day"])
    which = "1" if match["year1"] else "2"
    month = _month_number(match["month" + which])
    return _join(match["year" + which], month, match["day" + which])


def _month_number(name: str) -> int:
    return MONTHS[name.rstrip(".")]


def _join(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02d}-{int(day):02d}"


def _existing(edtf: str) -> str:
    parse_edtf(edtf)
    return edtf


def _plausible(year: str, month: str, day: str = "") -> str:
    """Returns the day or month of digits that may be anything, or empty text."""
    edtf = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    return edtf if _FIRST_YEAR <= int(year) <= _LAST_YEAR and is_edtf(edtf) else ""


def _day_or_month(text: str, match: re.Match[str]) -> str:
    """Returns the day of ``25/12/2024`` or ``12/25/2024``.

    Raises:
        AmbiguousDateError: both numbers can be the month.
        DateError: there is no such day.
    """
    first, second, year = int(match[1]), int(match[3]), match[4]
    day_first, month_first = f"{year}-{second:02d}-{first:02d}", f"{year}-{first:02d}-{second:02d}"
    readings = {reading for reading in (day_first, month_first) if is_edtf(reading)}
    if len(readings) > 1:
        raise AmbiguousDateError(text, (day_first, month_first))
    return readings.pop() if readings else _existing(day_first)


def _named(match: re.Match[str]) -> str:
    """Returns the date of ``autumn 2021``, ``18 janvier 2023``, ``2021-Q3``; empty if none."""
    part = _PARTS.get(match["part"] or match["quarter"])
    if part is None:
        return ""
    day = match["day"] or match["late"]
    year = match["year"] or match["before"]
    return _existing(f"{year}-{part:02d}" + (f"-{int(day):02d}" if day else ""))


def _roman(numeral: str) -> int:
    """Returns the value of a Roman numeral of ones, fives and tens."""
    values = [_ROMAN[letter] for letter in numeral]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
