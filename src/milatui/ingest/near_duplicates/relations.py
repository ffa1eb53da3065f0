"""Says how two documents belong together that are nearly the same."""

# untranslated: words of titles, in both languages
from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from milatui.ingest.near_duplicates.resemblance import MIN_LEAD

if TYPE_CHECKING:
    from milatui.archive.records import Document
    from milatui.ingest.near_duplicates.resemblance import Resemblance

Relation = Literal["reprint", "version", "follow-up", "other-date"]
"""The same text again; an edited text; later news with a part of it; the same words for another
occasion, such as a monthly report."""

_SAME: Final = 0.9
"""Share of both texts from which they are the same but for details."""
_IDENTICAL: Final = 0.96
"""Share of both texts from which a headline need not be the same."""
_EDITED: Final = 0.5
"""Share of both texts from which one is an edited other one."""
_CONTAINED: Final = 0.85
"""Share of the shorter text from which it is an excerpt of the longer one."""
_MIN_CONTAINER: Final = 0.2
"""Share of the longer text that an excerpt must be."""
_TEMPLATE: Final = 0.7
"""Share of both texts from which a text of another time is the same text for another occasion."""
_SAME_NUMBERS: Final = 0.75
_FEW_NUMBERS: Final = 3
"""Numbers that a dateline and a deadline change."""
_SAME_OCCASION: Final = 7
"""Days within which news is reprinted or corrected."""
_SURE_VERSION: Final = 0.8
_TITLE_SHARED: Final = 0.7
"""Share of the words of the shorter of two titles from which they announce the same news."""
_WORD: Final = re.compile(r"\w+")
_CORRECTION: Final = re.compile(
    r"(?:(?:updated?|correct(?:ion|ed|ing)|replac(?:ing|ement)|clarification|repeat|mise à jour"
    r"|corrigé|rectificatif|erratum)\b[\s:.,–—-]*)+",
    re.IGNORECASE,
)


class DocumentFacts(NamedTuple):
    """What is known of a document beside its text.

    Attributes:
        id: Its id.
        title: The words of its title, without "Correction:" and the like.
        day: The day of its date, counted from year 1; 0 if it is not known to the day.
        language: The first part of its language tag, or empty text.
    """

    id: str
    title: str
    day: int
    language: str

    @classmethod
    def of(cls, document: Document) -> DocumentFacts:
        """Takes the facts of a document."""
        title = _CORRECTION.sub("", document.title.casefold(), count=1)
        language = document.language.partition("-")[0]
        return cls(document.id, " ".join(_WORD.findall(title)), _day(document.date), language)


class RelationVerdict(NamedTuple):
    """How a document belongs to an earlier added one; ``is_sure`` if nobody need decide it."""

    relation: Relation
    is_sure: bool


def relate(new: DocumentFacts, old: DocumentFacts, alike: Resemblance) -> RelationVerdict | None:
    """Returns how a new document belongs to an old one; None if they are not near duplicates.

    Args:
        new: The facts of the new document.
        old: The facts of the old one.
        alike: How much they share, the new document first.
    """
    least, most = sorted((alike.first, alike.second))
    leads = sorted((alike.first_lead, alike.second_lead))
    is_edited = least >= _EDITED and leads[0] >= MIN_LEAD
    is_excerpt = most >= _CONTAINED and least >= _MIN_CONTAINER and leads[1] >= MIN_LEAD
    if not is_edited and not is_excerpt:
        return None
    if new.language and old.language and new.language != old.language:
        return None
    days = new.day - old.day if new.day and old.day else None
    same_title = new.title == old.title
    is_same_time = days is None or abs(days) <= _SAME_OCCASION
    same_numbers = alike.numbers >= _SAME_NUMBERS or alike.other_numbers <= _FEW_NUMBERS
    if least >= _SAME:
        # Another headline above the same description of a company announces other news.
        is_same_news = same_numbers and least >= _IDENTICAL
        if not is_same_time or not (is_same_news or _share_title(new, old)):
            return RelationVerdict("other-date", is_sure=False)
        is_sure = days is not None and (same_title or (days == 0 and is_same_news))
        return RelationVerdict("reprint", is_sure)
    if least >= _TEMPLATE and not (is_same_time and (same_numbers or same_title)):
        return RelationVerdict("other-date", is_sure=False)
    if is_same_time or same_title:
        is_sure = same_title and days is not None and is_same_time and least >= _SURE_VERSION
        return RelationVerdict("version", is_sure)
    return RelationVerdict("follow-up", is_sure=False)


def _share_title(one: DocumentFacts, other: DocumentFacts) -> bool:
    first, second = set(one.title.split()), set(other.title.split())
    least = min(len(first), len(second))
    return least > 0 and len(first & second) >= _TITLE_SHARED * least


def _day(edtf: str) -> int:
    """Returns the day of a date in Rata Die; 0 if it is not a full date."""
    try:
        return date.fromisoformat(edtf[:10]).toordinal() if len(edtf) >= len("2024-01-01") else 0
    except ValueError:
        return 0
