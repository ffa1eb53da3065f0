"""Finds the date of a document in the form of its first lines: a dateline, or a line of its own.

A day in running prose is what a sentence is about, not the date of the document.  What counts is

- a dateline: ``MONTREAL, March 5, 2024 /CNW/ - Text``, ``(Toronto – 5 mars 2024) Texte``,
  ``March 5, 2024 – Montreal – Text``;
- a line with nothing but a date, or a place and a date: ``Montréal, le 5 mars 2024``;
- a date with a label of publication: ``Posted on March 5, 2024 by Jane``.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.written_dates import days_in, fold_words
from milatui.ingest.confidence import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_LINES: Final = 8
"""Lines with words at the beginning of a text among which its date stands."""
_MAX_OFFSET: Final = 1_500
"""Characters of a text within which these lines begin."""
_MAX_BEFORE: Final = 90
_PROSE: Final = 8
"""Words from which on a line is one of a sentence."""
_SIGNS: Final = " \t\u00a0*_#~"
"""Markdown signs around a line that say nothing about its form."""
_LABEL: Final = re.compile(
    r"(?:(?:originally |first |press release |news )?(?:posted|published|publication|issued"
    r"|released?|dated?|updated and published|filed)(?: date)?(?: on)?"
    r"|(?:for )?(?:immediate )?release(?: on| date)?|date (?:of publication|posted|published)"
    r"|(?:date de )?(?:publication|diffusion|parution)|(?:publie|mis en ligne|diffuse|paru|poste)e?"
    r"(?: le)?|pour (?:diffusion|publication) immediate|communique(?: de presse)?(?: du)?"
    r"|press release|news release|by [^,|]{3,40},? (?:on)?)\s*[:,|–—-]?\s*(?:le |on |du )?"
)
_AFTER_LABEL: Final = re.compile(
    r"(?:$|[,.]?\s*(?:by|par|at|a|in|dans|\||·|•|[-–—]|\(|\d{1,2}[:h]).{0,80}$)"
)
_READING_TIME: Final = re.compile(r"[·•|–—-]\s*\d+\s*min.{0,20}")
_WEEKDAYS: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),? $"
)
_WIRE: Final = r"(?:\s*[/(\[][^/()\[\]]{2,60}[/)\]])"
"""The name of a news agency between place, date and text: ``/CNW/``, ``(GLOBE NEWSWIRE)``."""
_BETWEEN: Final = re.compile(
    rf"(?:[,.;]|\s*[-–—]+|\s*\(|\s*\||{_WIRE}\s*[-–—]*)*\s*(?:le |the )?$", re.I
)
_SEPARATOR: Final = re.compile(
    rf"\s*[)\]]?\s*(?:{_WIRE}\s*(?:[-–—]+|:|\|)?|[-–—]+|:|\||/(?=\s))\s*|\s*[)\]]\s*[-–—:]?\s*"
)
_PARTICLES: Final = frozenset(
    (
        "and",
        "et",
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "of",
        "the",
        "sur",
        "en",
        "au",
        "aux",
        "sous",
        "upon",
        "near",
        "da",
        "di",
        "do",
        "dos",
        "del",
        "van",
        "von",
        "den",
        "am",
        "an",
        "der",
        "lès",
        "saint",
        "sainte",
    )
)
_NOT_A_TOWN: Final = frozenset(
    (
        "in",
        "on",
        "at",
        "since",
        "from",
        "by",
        "until",
        "before",
        "after",
        "during",
        "as",
        "when",
        "while",
        "between",
        "our",
        "we",
        "this",
        "that",
        "it",
        "its",
        "a",
        "for",
        "to",
        "of",
        "and",
        "but",
        "if",
        "an",
        "with",
        "en",
        "au",
        "aux",
        "depuis",
        "dans",
        "des",
        "du",
        "pour",
        "par",
        "avant",
        "apres",
        "pendant",
        "lors",
        "entre",
        "nous",
        "notre",
        "ce",
        "cette",
        "il",
        "elle",
        "un",
        "une",
        "et",
        "mais",
        "si",
        "selon",
        "avec",
        "copyright",
        "event",
        "deadline",
        "workshop",
        "conference",
        "seminar",
        "webinar",
        "meeting",
        "date",
        "when",
        "start",
        "starts",
        "ends",
        "evenement",
        "atelier",
        "colloque",
        "seminaire",
        "rencontre",
    )
)
"""Words that a place does not begin with, but a sentence or a notice of an event does."""
_LIST_ITEM: Final = re.compile(r"\s*(?:[-*+]\s|\d+[.)]\s|\||>)")
"""Begins an item of a list, a row of a table or what is quoted, which dates something else."""
_WORD: Final = re.compile(r"[^\W\d_]+")


class Dateline(NamedTuple):
    """The date of a document, as EDTF, where it stands in the text, and how sure it is."""

    edtf: str
    start: int
    end: int
    confidence: Confidence


def find_dateline(body: str) -> Dateline | None:
    """Returns the date that the form of the first lines gives; None if they give none or two.

    A dateline begins its paragraph.  A date in a line of its own, or with a label, stands before
    the first sentence: after it dates are of events, meetings, posts that are quoted.
    """
    found: list[Dateline] = []
    prose_before = False
    for offset, line, begins_paragraph in _first_lines(body):
        dateline = _dateline_of(line)
        if dateline is None:
            prose_before = prose_before or _is_prose(line)
            continue
        is_dateline = dateline.confidence is Confidence.CERTAIN
        if begins_paragraph if is_dateline else not prose_before:
            start, end = offset + dateline.start, offset + dateline.end
            found.append(dateline._replace(start=start, end=end))
        prose_before = prose_before or is_dateline
    if not found or len({dateline.edtf for dateline in found}) > 1:
        return None
    return max(found, key=lambda dateline: dateline.confidence)


def _first_lines(body: str) -> Iterator[tuple[int, str, bool]]:
    """Yields the first lines with words: offset, line, and whether it begins a paragraph."""
    offset = lines = 0
    begins_paragraph = True
    for line in body.splitlines(keepends=True):
        if offset > _MAX_OFFSET or lines >= _MAX_LINES:
            return
        bare = line.strip()
        if bare and any(map(str.isalnum, bare)):
            lines += 1
            yield offset, line.rstrip(), begins_paragraph
        begins_paragraph = not bare or bare.startswith(("#", "<!--")) or bare[-1] == "\\"
        offset += len(line)


def _is_prose(line: str) -> bool:
    """Returns whether a line is of a sentence rather than of a heading or of a masthead."""
    words = _WORD.findall(line)
    lower = sum(word[0].islower() for word in words)
    return len(words) >= _PROSE and 2 * lower >= len(words) and not line.startswith("#")


def _dateline_of(line: str) -> Dateline | None:
    """Returns the date of a line that has the form of a dateline, with offsets in the line."""
    day = next(days_in(line[: _MAX_BEFORE * 2]), None)
    if day is None or _LIST_ITEM.match(line):
        return None
    before = line[: day.start].lstrip(_SIGNS + "([")
    after = line[day.end :].strip(_SIGNS)
    folded = _WEEKDAYS.sub("", fold_words(before))
    before = before[: len(folded)] if len(fold_words(before)) == len(before) else folded
    confidence = _confidence(before, folded, after)
    return Dateline(*day, confidence) if confidence is not None else None


def _confidence(before: str, folded: str, after: str) -> Confidence | None:
    """Returns how sure a date is, by what stands before and after it in its line."""
    if not folded.strip("le ") or _LABEL.fullmatch(folded):
        rest = fold_words(after)
        if (
            not rest.strip(" .)]")
            or _READING_TIME.fullmatch(rest)
            or (folded.strip("le ") and _AFTER_LABEL.match(rest))
        ):
            return Confidence.LIKELY
        return Confidence.LIKELY if _is_text(after, begins=True) else None
    if not _names_a_town(before):
        return None
    if not after.strip(" .)]"):
        return Confidence.LIKELY
    return Confidence.CERTAIN if _is_text(after, begins=False) else None


def _names_a_town(before: str) -> bool:
    """Returns whether what stands before a date names places and agencies and nothing else."""
    between = _BETWEEN.search(before)
    place = before[: between.start()] if between else before
    if not between or not between[0].strip() or len(place) > _MAX_BEFORE:
        return False
    if any(map(str.isdigit, place)) or ":" in place:
        return False
    words = _WORD.findall(place)
    if not words or fold_words(words[0]) in _NOT_A_TOWN:
        return False
    return all(word[0].isupper() or not word[0].islower() or word in _PARTICLES for word in words)


def _is_text(after: str, *, begins: bool) -> bool:
    """Returns whether a separator and then a text follow, not a second date or a bare name."""
    separator = _SEPARATOR.match(after)
    if separator is None:
        return False
    text = after[separator.end() :].lstrip(_SIGNS + "-–—|:")
    words = _WORD.findall(text)
    second = next(days_in(text[:_MAX_BEFORE]), None)
    if not words or text[0].isdigit() or (second and second.start == 0):
        return False
    if len(words) == 1:
        return text.endswith((".", "!", "?"))
    if begins:
        return not text[0].islower() and any(word[0].islower() for word in words)
    return any(word[0].islower() for word in words) or not words[0][0].isupper()
