"""Judges which names of an archive a text means, and which are parts of other names."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import is_geographic
from milatui.ingest.recognise.vocabulary import GENERIC_TAILS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.name_index import KnownName
    from milatui.ingest.recognise.name_phrases import NamePhrase

_ACRONYM_LENGTH: Final = 4
"""Length up to which words in capitals are also acronyms of others."""


def meant_names(
    text: str, found: Sequence[KnownName], phrases: Sequence[NamePhrase]
) -> list[tuple[KnownName, Confidence]]:
    """Returns the names that are meant, with how sure each is.

    ``Bell`` of ``Jim Bell`` and ``Intel`` of ``AI Maverick Intel Inc.`` are left out.  A short
    acronym is unsure unless the text has the full name too, and left out if the text gives it to
    somebody else.

    Args:
        text: The folded plain text.
        found: Names as the index finds them.
        phrases: The name phrases of the text, in its order.
    """
    starts = [phrase.start for phrase in phrases]
    spelled_out = {name.identifier for name in found if not _is_acronym(text, name)}
    meant: list[tuple[KnownName, Confidence]] = []
    for name in found:
        confidence: Confidence | None = Confidence.CERTAIN
        if not name.is_person and " " not in text[name.start : name.end]:
            at = bisect_right(starts, name.start) - 1
            confidence = _within(name, phrases[at]) if at >= 0 else Confidence.CERTAIN
            if text[name.start - 1 : name.start] == "-":
                confidence = Confidence.UNSURE
            if confidence and _is_acronym(text, name) and name.identifier not in spelled_out:
                confidence = None if _is_of_another(text, name) else Confidence.UNSURE
        if confidence is not None:
            meant.append((name, confidence))
    return meant


def _within(name: KnownName, phrase: NamePhrase) -> Confidence | None:
    """Returns how sure a name of one word is within a phrase; None if it is another name."""
    if phrase.end <= name.start or phrase.headline:
        return Confidence.CERTAIN
    if phrase.start < name.start:
        return None
    rest = phrase.name[name.end - phrase.start :].lower().replace(",", " ").split()
    if all(word.strip(".–-&") in GENERIC_TAILS or is_geographic(word) for word in rest):
        return Confidence.CERTAIN
    return Confidence.UNSURE


def _is_acronym(text: str, name: KnownName) -> bool:
    return name.end - name.start <= _ACRONYM_LENGTH and text[name.start : name.end].isupper()


def _is_of_another(text: str, name: KnownName) -> bool:
    """Returns whether the text gives an acronym to a name before it: ``BillionClub (“BDC”)``."""
    acronym = re.escape(text[name.start : name.end])
    return re.search(rf"\w ?\([“\"«]? ?{acronym} ?[”\"»]?\)", text) is not None
