"""Finds the near duplicates of documents, one by one, in memory that grows by 1 KB a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.near_duplicates.boilerplate import ShingleCounts
from milatui.ingest.near_duplicates.minhash import LshIndex, band_keys
from milatui.ingest.near_duplicates.relations import DocumentFacts, relate
from milatui.ingest.near_duplicates.resemblance import compare
from milatui.ingest.near_duplicates.sketch import sketch_text

if TYPE_CHECKING:
    from milatui.archive.records import Document
    from milatui.ingest.near_duplicates.relations import Kinship, Relation
    from milatui.ingest.near_duplicates.resemblance import Resemblance
    from milatui.ingest.near_duplicates.sketch import Sketch

_MAX_COMPARED: Final = 12
"""Candidates that a document is compared with, those with most shared bands first."""


class NearDuplicate(NamedTuple):
    """What a document is nearly the same as.

    Attributes:
        of: Id of the document that is most like it.
        relation: How both belong together.
        shared: Share of the shorter text that the other one has, from 0 to 1.
        family: Id of the first document of all that belong together.
        is_sure: Whether it can be recorded without asking.
    """

    of: str
    relation: Relation
    shared: float
    family: str
    is_sure: bool


class _Match(NamedTuple):
    number: int
    kinship: Kinship
    alike: Resemblance


class NearDuplicateFinder:
    """The sketches of the documents of an archive."""

    def __init__(self) -> None:
        self._index = LshIndex()
        self._counts = ShingleCounts()
        self._sketches: list[Sketch] = []
        self._facts: list[DocumentFacts] = []
        self._families: list[int] = []

    def add(self, document: Document) -> NearDuplicate | None:
        """Adds a document; returns what earlier one it is nearly the same as."""
        sketched = sketch_text(document.body)
        if sketched is None:
            return None
        sketch, shingles = sketched
        facts = DocumentFacts.of(document)
        core = self._counts.core(shingles)
        keys = band_keys(shingles if core is None else shingles[core])
        best = self._best(facts, sketch, self._index.candidates(keys)[:_MAX_COMPARED].tolist())
        number = self._index.add(keys)
        self._counts.add(shingles)
        self._sketches.append(sketch)
        self._facts.append(facts)
        self._families.append(number if best is None else self._families[best.number])
        if best is None:
            return None
        return NearDuplicate(
            self._facts[best.number].id,
            best.kinship.relation,
            max(best.alike.first, best.alike.second),
            self._facts[self._families[number]].id,
            best.kinship.is_sure,
        )

    def _best(self, facts: DocumentFacts, sketch: Sketch, candidates: list[int]) -> _Match | None:
        """Returns the earlier document that a new one shares most with."""
        matches = []
        for number in candidates:
            alike = compare(sketch, self._sketches[number], self._counts)
            kinship = relate(facts, self._facts[number], alike) if alike is not None else None
            if alike is not None and kinship is not None:
                matches.append(_Match(number, kinship, alike))
        return max(
            matches,
            key=lambda match: (match.kinship.is_sure, match.alike.first + match.alike.second),
            default=None,
        )
