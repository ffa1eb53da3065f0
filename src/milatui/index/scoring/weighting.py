"""Provides the BM25 weighting model for Whoosh's searchers and for array collectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from whoosh import scoring

from milatui.index.field_names import TITLE
from milatui.index.scoring import bm25

if TYPE_CHECKING:
    from whoosh.searching import Searcher

    from milatui.index.scoring.bm25 import Number


class CollectionStatistics(Protocol):
    """What BM25 needs to know of all documents together."""

    @property
    def doc_count(self) -> int:
        """Number of documents."""

    def doc_freq_of(self, field: str, term: bytes) -> int:
        """Counts the documents that hold a term, at most ``doc_count``."""

    def average_length(self, field: str) -> float:
        """Gives the mean length of a field in tokens."""


class BM25(scoring.WeightingModel):
    """Ranks by BM25, see ``bm25``; its scorers take single postings or arrays of them.

    Args:
        statistics: Counts without deleted documents, so that an index that grew by updates ranks
            as one that was built at once.  If not given, those of Whoosh's reader are taken,
            which counts deleted documents until their segment is rewritten.
    """

    def __init__(self, statistics: CollectionStatistics | None = None) -> None:
        self._statistics = statistics

    def idf(self, searcher: Searcher, fieldname: str, text: bytes) -> float:
        """Computes the inverse document frequency of a term."""
        statistics = self._statistics_of(searcher)
        return bm25.idf(statistics.doc_count, statistics.doc_freq_of(fieldname, text))

    def scorer(
        self, searcher: Searcher, fieldname: str, text: bytes, qf: float = 1
    ) -> BM25Scorer | scoring.WeightScorer:
        """Makes the scorer of a term; ``qf`` is left to the queries, as Whoosh's models do."""
        if not searcher.schema[fieldname].scorable:
            return scoring.WeightScorer.for_(searcher, fieldname, text)
        return BM25Scorer(searcher, fieldname, text, self._statistics_of(searcher))

    def _statistics_of(self, searcher: Searcher) -> CollectionStatistics:
        return self._statistics or _ReaderStatistics(searcher.get_parent())


class BM25Scorer(scoring.WeightLengthScorer):
    """Scores the documents of one term."""

    def __init__(
        self, searcher: Searcher, fieldname: str, text: bytes, statistics: CollectionStatistics
    ) -> None:
        self._idf = bm25.idf(statistics.doc_count, statistics.doc_freq_of(fieldname, text))
        self._average = statistics.average_length(fieldname)
        self._b = field_b(fieldname)
        self.setup(searcher, fieldname, text)

    def _score(self, weight: Number, length: Number) -> Number:
        """Computes the score of postings.

        Args:
            weight: Term frequencies, weighted by field.
            length: Field lengths of the same documents, in tokens.
        """
        norm = bm25.length_norm(length, self._average, self._b)
        return self._idf * bm25.tf_saturation(weight, norm)


def field_b(field: str) -> float:
    """Gives the share of the length normalization in a field."""
    return bm25.TITLE_B if field == TITLE else bm25.B


class _ReaderStatistics:
    """The statistics of Whoosh's reader, deleted documents included."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @property
    def doc_count(self) -> int:
        count: int = self._searcher.doc_count_all()
        return count

    def doc_freq_of(self, field: str, term: bytes) -> int:
        count: int = self._searcher.doc_frequency(field, term)
        return count

    def average_length(self, field: str) -> float:
        average: float = self._searcher.avg_field_length(field)
        return average
