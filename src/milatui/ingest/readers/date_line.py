"""Finds the line with nothing but the date of a document at its beginning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import DateError
from milatui.archive.written_dates import read_date
from milatui.ingest.dateline import find_dateline

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD_BLOCKS: Final = 4
"""Blocks at the beginning of a text among which a line with nothing but its date stands."""
_MAX_DATE_LINE: Final = 100
_READING_TIME: Final = re.compile(
    r"[\s·•|–—-]*(?:reading time:?|temps de lecture\s?:?)?\s*\b\d{1,3}\s?min(?:ute)?s?\b\.?"
    r"(?:\s(?:read|de lecture))?[\s·•|–—-]*",
    re.IGNORECASE,
)
"""How long reading takes, which stands beside the date of many pages."""
_WORDS: Final = re.compile(r"[^\W\d]+")
_MAX_WORDS: Final = 6
"""Words beside a date at most: a place, a label."""


def split_date_line(body: str) -> tuple[str, str]:
    """Takes the line with nothing but the date out of the beginning of a text.

    Returns:
        The date as EDTF, empty if there is none; and the text without that line.
    """
    blocks = body.split("\n\n", _HEAD_BLOCKS)
    for number, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if block.startswith(("#", "-", "|", ">")):
            continue
        date = _date_of_line(block.replace("**", "").replace("*", "").replace("\\", ""))
        if date:
            return date, "\n\n".join(blocks[:number] + blocks[number + 1 :])
    return "", body


def date_of_lines(lines: Iterable[str]) -> str:
    """Returns the date of the first line that says nothing but a date, as EDTF, or empty text."""
    return next(filter(None, map(_date_of_line, lines)), "")


def _date_of_line(line: str) -> str:
    """Returns the date of a line that says nothing else, as EDTF; empty if it does."""
    if len(line) > _MAX_DATE_LINE or "\n" in line or not any(map(str.isdigit, line)):
        return ""
    line = _READING_TIME.sub(" ", line).strip()
    if date := readable_date(line):
        return date
    dateline = find_dateline(line)
    if dateline is None:
        return ""
    rest = line[: dateline.start] + line[dateline.end :]
    return dateline.edtf if len(_WORDS.findall(rest)) <= _MAX_WORDS else ""


def readable_date(text: str) -> str:
    """Returns a date as EDTF; empty for other text and where day and month cannot be told apart."""
    try:
        return read_date(text)
    except DateError:
        return ""
