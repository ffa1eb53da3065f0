"""Finds the near duplicates of documents, one by one, in memory that grows by 1.5 KB a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.near_duplicates.minhash import LshIndex, band_keys
from milatui.ingest.near_duplicates.relations import DocumentFacts, relate
from milatui.ingest.near_duplicates.repeated_paragraphs import ShingleCounts
from milatui.ingest.near_duplicates.resemblance import compare
from milatui.ingest.near_duplicates.sketch import sketch_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from milatui.archive.records import Document
    from milatui.ingest.near_duplicates.relations import Relation, RelationVerdict
    from milatui.ingest.near_duplicates.resemblance import Resemblance
    from milatui.ingest.near_duplicates.sketch import Sketch

_MAX_COMPARED: Final = 12
"""Candidates that a document is compared with, those with most shared bands first."""


class NearDuplicate(NamedTuple):
    """What a document is nearly the same as.

    Attributes:
        of: Id of the document that is most like it.
        relation: How both belong together.
        shared: Share of one text that the other one has, from 0 to 1; the larger of both shares.
        family: Id of the first document of all that belong together.
        is_sure: Whether it can be recorded without asking.
    """

    of: str
    relation: Relation
    shared: float
    family: str
    is_sure: bool


class SketchedDocument(NamedTuple):
    """What is kept of a document.

    Attributes:
        facts: What is known of it beside its text.
        sketch: The sketch of its text.
        keys: The keys of its bands.
        family: Id of the first document of its family, which may be itself.
    """

    facts: DocumentFacts
    sketch: Sketch
    keys: NDArray[np.uint32]
    family: str


class _Match(NamedTuple):
    number: int
    verdict: RelationVerdict
    alike: Resemblance

    @property
    def rank(self) -> tuple[bool, float]:
        return self.verdict.is_sure, self.alike.first + self.alike.second


class NearDuplicateFinder:
    """The sketches of the documents of an archive."""

    def __init__(self) -> None:
        self._index = LshIndex()
        self._counts = ShingleCounts()
        self._documents: list[SketchedDocument] = []

    def find(self, document: Document) -> tuple[SketchedDocument, NearDuplicate | None] | None:
        """Sketches a document and looks for what it is nearly the same as.

        Returns:
            The sketch, to be added if the document is, and what was found; None if its text is too
            short to be compared.
        """
        sketched = sketch_text(document.body)
        if sketched is None:
            return None
        sketch, shingles = sketched
        facts = DocumentFacts.of(document)
        core = self._counts.core(shingles)
        keys = band_keys(shingles if core is None else shingles[core])
        best = self._best(facts, sketch, self._index.candidates(keys)[:_MAX_COMPARED].tolist())
        if best is None:
            return SketchedDocument(facts, sketch, keys, facts.id), None
        other = self._documents[best.number]
        near = NearDuplicate(
            other.facts.id,
            best.verdict.relation,
            max(best.alike.first, best.alike.second),
            other.family,
            best.verdict.is_sure,
        )
        return SketchedDocument(facts, sketch, keys, other.family), near

    def add(self, document: SketchedDocument) -> None:
        """Adds a document that later ones are compared with."""
        self._index.add(document.keys)
        self._counts.add(document.sketch.shingles)
        self._documents.append(document)

    def _best(self, facts: DocumentFacts, sketch: Sketch, candidates: list[int]) -> _Match | None:
        """Returns the earlier document that a new one shares most with."""
        matches = []
        for number in candidates:
            other = self._documents[number]
            alike = compare(sketch, other.sketch, self._counts)
            verdict = relate(facts, other.facts, alike) if alike is not None else None
            if alike is not None and verdict is not None:
                matches.append(_Match(number, verdict, alike))
        return max(matches, key=lambda match: match.rank, default=None)
