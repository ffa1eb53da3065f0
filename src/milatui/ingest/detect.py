"""Detects title, date and language of a document from its text."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

import re
from datetime import date

from milatui.archive.edtf import is_edtf
from milatui.archive.markdown.titles import split_title
from milatui.catalogue.search.date_ranges import MONTHS
from milatui.index.analysis.folding import fold
from milatui.index.analysis.language import count_function_words

_DATELINE = 400
"""Characters at the beginning of a text in which its own date stands, if it has one."""
_TITLE = 160
_SLUG = 80
_SAMPLE = 4_000
"""Characters of a text that its language is detected by."""
_ENOUGH = 3
"""Minimum number of function words that show a language."""
_MARGIN = 3
"""How many times more function words of one language than of the other show it clearly."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATES = re.compile(
    rf"\b(?P<year>\d{{4}})-(?P<number>\d\d)-(?P<day>\d\d)\b"
    rf"|\b(?P<day1>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?P<month1>{_MONTH})\b\.?,?\s+(?P<year1>\d{{4}})\b"
    rf"|\b(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b"
)
_FILE_DATE = re.compile(r"(?<!\d)(\d{4})[-_](\d\d)[-_](\d\d)(?!\d)")
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d[\d:.]*\s*(?:Z|UTC|[+-]\d\d:?\d\d)?")

_LANGUAGE_NAMES = {
    "english": "en",
    "anglais": "en",
    "eng": "en",
    "french": "fr",
    "francais": "fr",
    "fra": "fr",
    "fre": "fr",
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def detect_title(body: str) -> tuple[str, str]:
    """Returns the title at the beginning of a text, and the text after it.

    A first-level heading at the beginning is taken out of the body, where the reader
    would show it twice; else the first line with words is the title and stays.
    """
    title, rest, is_heading = split_title(body)
    if len(title) > _TITLE and not is_heading:
        title = title[:_TITLE].rsplit(None, 1)[0] + "…"
    return title, rest


def detect_date(body: str) -> str:
    """Returns the date in the first lines as EDTF; empty unless there is exactly one."""
    beginning = fold(body[:_DATELINE])
    found = {_day(match) for match in _DATES.finditer(beginning)} - {""}
    return found.pop() if len(found) == 1 else ""


def date_in_file_name(stem: str) -> str:
    """Returns the date in a file name (``2021-05-17-title``) as EDTF, or empty text."""
    match = _FILE_DATE.search(stem)
    return _iso(int(match[1]), int(match[2]), int(match[3])) if match else ""


def given_date(text: str) -> str:
    """Returns a given date without the time of day of a timestamp."""
    match = _TIMESTAMP.fullmatch(text.strip())
    return match[1] if match and is_edtf(match[1]) else text.strip()


def detect_language(body: str) -> str:
    """Returns ``en`` or ``fr`` if the function words of a text show it clearly, else empty."""
    words = re.findall(r"[^\W\d_]+", fold(body[:_SAMPLE]))
    english, french = count_function_words(words)
    most, least = max(english, french), min(english, french)
    if most < _ENOUGH or most < _MARGIN * least:
        return ""
    return "en" if english > french else "fr"


def language_tag(text: str) -> str:
    """Returns a language as a BCP 47 tag.

    Raises:
        ValueError: if it is neither a tag nor the name of a known language.
    """
    name = text.strip()
    tag = _LANGUAGE_NAMES.get(fold(name), name.replace("_", "-"))
    if not _TAG.fullmatch(tag):
        raise ValueError(text)
    primary, dash, rest = tag.partition("-")
    return primary.lower() + dash + rest


def slug(text: str) -> str:
    """Makes an id from a title: lower-case ASCII words and hyphens, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return words if len(words) <= _SLUG else words[:_SLUG].rsplit("-", 1)[0]


def _day(match: re.Match[str]) -> str:
    if match["year"]:
        return _iso(int(match["year"]), int(match["number"]), int(match["day"]))
    which = "1" if match["year1"] else "2"
    month = MONTHS[match["month" + which]]
    return _iso(int(match["year" + which]), month, int(match["day" + which]))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
