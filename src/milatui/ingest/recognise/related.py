"""Recognises the twin of a document in another language, and the announcement that it follows."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from bisect import insort
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.folding import fold
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.findings import RelatedDocument
from milatui.ingest.recognise.name_phrases import UPPER
from milatui.ingest.recognise.plain_body import PlainBody

if TYPE_CHECKING:
    from milatui.archive.records import Document
    from milatui.ingest.recognise.name_index import NameIndex

_PROPER: Final = re.compile(
    rf"(?<=[\wà-ÿ,'(] )(?:l'|d')?([{UPPER}][\w-]{{3,}})|(?<![\w.,])(\d{{2,}})"
)
_FOLLOWS: Final = re.compile(
    r"(?<!\w)(?:(?:extends?|extended|extending|expand(?:s|ed|ing)?|expansion|renew(?:s|ed|ing|al)?"
    r"|strengthen(?:s|ed|ing)?|deepen(?:s|ed|ing)?) (?:of )?(?:the|its|their|our|this)?"
    r" ?(?:\w+ ){0,2}(?:partnership|collaboration|agreement|alliance)|(?:second|next|new) phase of"
    r"|following the (?:\w+ ){0,2}announcement|builds? on (?:the|its|their)"
    r"|(?:prolong|renouvel|élargi|renforc|étend)\w*(?: \w+){0,4} (?:partenariat|collaboration"
    r"|entente|accord)"
    r"|fait suite à|deuxième phase|à la suite de l'annonce)",
    re.IGNORECASE,
)
_LEAD: Final = 1_500
_MOST_WORDS: Final = 40
"""Maximum number of names and numbers that a document is compared by."""
_FEWEST_WORDS: Final = 4
_ALIKE: Final = 0.5
"""Minimum share of names and numbers that twins have in common, of those of the shorter list."""
_VERY_ALIKE: Final = 0.7
_PARTNERS_IN_COMMON: Final = 2
MAX_COMPARED: Final = 5_000
"""Number of documents that are remembered; the memory of a long import stays bounded."""
_DAY: Final = len("2021-05-04")


class _Sketch(NamedTuple):
    """What a document is compared by; ordered by date."""

    date: str
    identifier: str
    language: str
    words: frozenset[str]
    partners: frozenset[str]


class RelatedIndex:
    """The documents that others may belong to; forgets the first days when it is full."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._count = 0
        self._by_day: dict[str, list[_Sketch]] = {}
        self._by_partner: dict[str, list[_Sketch]] = {}

    def add(self, document: Document) -> None:
        """Adds a document; one without a day is related to none."""
        if len(document.date) != _DAY:
            return
        if self._count >= MAX_COMPARED:
            self._evict_first_day()
        sketch = self._sketch(document)
        self._count += 1
        self._by_day.setdefault(sketch.date, []).append(sketch)
        for partner in sketch.partners:
            insort(self._by_partner.setdefault(partner, []), sketch)

    def _evict_first_day(self) -> None:
        for sketch in self._by_day.pop(next(iter(self._by_day))):
            self._count -= 1
            for partner in sketch.partners:
                self._by_partner[partner].remove(sketch)

    def find(self, document: Document) -> tuple[RelatedDocument, ...]:
        """Returns the twin of a document and the one that it follows, as far as there are any."""
        if len(document.date) != _DAY:
            return ()
        sketch = self._sketch(document)
        found = (self._twin(sketch), self._followed(document, sketch))
        return tuple(each for each in found if each is not None)

    def _twin(self, sketch: _Sketch) -> RelatedDocument | None:
        """Finds the document of the same day, in another language, with the same names."""
        best: tuple[float, str] = (0.0, "")
        for other in self._by_day.get(sketch.date, ()):
            if not sketch.language or not other.language or other.language == sketch.language:
                continue
            if other.identifier != sketch.identifier:
                best = max(best, (_share(sketch.words, other.words), other.identifier))
        share, identifier = best
        if share < _ALIKE:
            return None
        sure = Confidence.LIKELY if share >= _VERY_ALIKE else Confidence.UNSURE
        return RelatedDocument("translation_of", identifier, None, sure)

    def _followed(self, document: Document, sketch: _Sketch) -> RelatedDocument | None:
        """Finds the newest earlier document about the same partners, if the text speaks of one."""
        plain = PlainBody(document.body[:_LEAD])
        match = _FOLLOWS.search(plain.folded)
        if match is None and _FOLLOWS.search(document.title) is None:
            return None
        earlier = [
            other
            for partner in sketch.partners
            for other in self._by_partner.get(partner, ())
            if other.date < sketch.date
            and len(other.partners & sketch.partners) >= _PARTNERS_IN_COMMON
        ]
        if not earlier:
            return None
        span = plain.body_span(*match.span()) if match else None
        return RelatedDocument("follows", max(earlier).identifier, span, Confidence.UNSURE)

    def _sketch(self, document: Document) -> _Sketch:
        lead = f"{document.title}\n{document.body[:_LEAD]}"
        partners = frozenset(
            name.identifier for name in self._names.find(lead) if not name.is_person
        )
        text = PlainBody(document.body).folded
        words = dict.fromkeys(
            fold(match[1] or match[2]) for match in _PROPER.finditer(text, 0, 4 * _LEAD)
        )
        return _Sketch(
            document.date,
            document.id,
            document.language[:2].lower(),
            frozenset(list(words)[:_MOST_WORDS]),
            partners,
        )


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Returns the overlap coefficient (Szymkiewicz-Simpson) of two sets; 0 if one is small."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller >= _FEWEST_WORDS else 0.0
