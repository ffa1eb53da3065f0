"""Ranks documents for the expanded words of a query: BM25, titles, coordination.

A word is scored as one term: the postings of all terms that it stands for are added up first, so
a document gains nothing by saying the same in several forms (as BM25F adds up fields before the
saturation, see ``bm25``).  The unstemmed word itself, and in short queries the title's own BM25,
are added on top.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.field_names import STEM, TEXT, TITLE
from milatui.index.scoring import bm25

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from milatui.index.query.term_expansion import ExpandedTerm
    from milatui.index.search.index_arrays import IndexArrays, TermPostings

    Scores = NDArray[np.float64]

BLOCK: Final = 8192
"""Postings that are scored at a time: intermediate arrays stay in the processor's cache."""


MAX_TERMS: Final = 200
"""Maximum number of distinct words that are scored: of a pasted text the rarest are enough."""


class TermScores:
    """The parts of the scores of all documents, before they are combined; all 0 at first.

    Args:
        documents: Number of documents.
        terms: See the attributes, as ``title_terms`` and ``prefix``.
        counts: Whether the words in each document are counted.

    Attributes:
        body: Sums of BM25 over stems and exact words: float64, shape (documents,).
        titles: Sums of the titles' own BM25, all 0 in long queries; the same shape.
        matched: Number of distinct words in each document, only counted in short queries.
        covered: Number of distinct words in each title; stop words of a short query count in
            titles that hold another one.
        terms: Number of distinct words of the query.
        title_terms: The same with the stop words that count in titles.
        prefix: Whether one of them is a prefix.
        complete: Whether all postings were read.
    """

    def __init__(
        self, documents: int, *, terms: int, title_terms: int, prefix: bool, counts: bool
    ) -> None:
        self.body: Scores = np.zeros(documents)
        self.titles: Scores = np.zeros(documents)
        self.matched = np.zeros(documents, np.uint8) if counts else None
        self.covered = np.zeros(documents, np.uint16)
        self.terms = terms
        self.title_terms = title_terms
        self.prefix = prefix
        self.complete = True


class Ranker:
    """Scores the documents of an index.

    Args:
        arrays: Its postings.
    """

    def __init__(self, arrays: IndexArrays) -> None:
        self._arrays = arrays

    def score_terms(
        self,
        words: Sequence[ExpandedTerm],
        stop: Callable[[], bool] = lambda: False,
        stop_terms: Sequence[ExpandedTerm] = (),
    ) -> TermScores:
        """Computes the parts of the scores; repeated words count repeatedly.

        Args:
            words: The words that count.
            stop: Asked between words; once true, the words so far decide.
            stop_terms: Stop words of a short query, each once.
        """
        arrays = self._arrays
        counts = Counter(word.asked for word in words)
        distinct = self._without_common(list({word.asked: word for word in words}.values()))
        terms = len(distinct)
        short = terms <= bm25.SHORT_QUERY
        found = TermScores(
            arrays.size,
            terms=terms,
            title_terms=terms + len(stop_terms),
            prefix=any(word.prefix for word in distinct),
            counts=short and terms > 1,
        )
        for position, word in enumerate(distinct):
            if stop():
                found.complete = False
                break
            weight = counts[word.asked] * bm25.query_position_weight(position, terms)
            self._add_word(found, word, weight, short=short, stop=stop)
        titled = found.covered != 0
        for term in stop_terms:
            in_title = np.zeros_like(found.covered)
            self._in_titles(term).add_to(in_title)
            found.covered += in_title * titled
        return found

    def _without_common(self, words: list[ExpandedTerm]) -> list[ExpandedTerm]:
        """Leaves out the commonest words of a query that is a whole text."""
        if len(words) <= MAX_TERMS:
            return words
        arrays = self._arrays
        freqs = [arrays.doc_freq(word.field, word.numbers) for word in words]
        rarest = np.sort(np.argsort(freqs, kind="stable")[:MAX_TERMS])
        return [words[index] for index in rarest.tolist()]

    def _add_word(
        self,
        found: TermScores,
        word: ExpandedTerm,
        weight: float,
        *,
        short: bool,
        stop: Callable[[], bool],
    ) -> None:
        arrays = self._arrays
        postings = arrays.postings(word.field, word.numbers, stop)
        found.complete = found.complete and postings.complete
        self.add(found.body, word.field, postings, weight)
        if found.matched is not None:
            postings.add_to(found.matched)
        exact = arrays.postings(TEXT, word.exact)
        share = bm25.exact_match_weight(found.terms, prefix=word.prefix)
        self.add(found.body, TEXT, exact, share * weight)
        if word.field == STEM:  # titles are indexed as stems
            in_title = self._in_titles(word)
            in_title.add_to(found.covered)
            if short:
                self.add(found.titles, TITLE, in_title, bm25.TITLE_SHARE * weight)

    def _in_titles(self, word: ExpandedTerm) -> TermPostings:
        numbers = self._arrays.translated(STEM, word.numbers, TITLE)
        return self._arrays.postings(TITLE, numbers)

    def add(self, scores: Scores, field: str, postings: TermPostings, weight: float) -> None:
        """Adds the weighted BM25 of a term to the scores of its documents.

        Args:
            scores: Scores so far, shape (documents,); changed in place.
            field: Name of the field that the postings are of: its lengths normalise the
                frequencies.
            postings: Documents and weighted frequencies of the term.
            weight: Factor of the whole term.
        """
        if not len(postings):
            return
        weight *= bm25.idf(self._arrays.doc_count, len(postings))
        if postings.dense is not None and postings.is_common:
            self._add_dense(scores, field, postings.dense, weight)
            return
        docs, frequencies = postings.docs, postings.weights
        for start in range(0, len(docs), BLOCK):
            block = docs[start : start + BLOCK].astype(np.intp, copy=False)
            tf = frequencies[start : start + BLOCK].astype(np.float64, copy=False)
            gains = bm25.tf_saturation(tf, self._arrays.norms(field, block))
            np.add.at(scores, block, weight * gains)

    def _add_dense(
        self, scores: Scores, field: str, frequencies: NDArray[np.float32], weight: float
    ) -> None:
        """Adds the weighted BM25 of a term that many documents have, document by document."""
        for start in range(0, len(scores), BLOCK):
            block = slice(start, start + BLOCK)
            tf = frequencies[block].astype(np.float64)
            gains = bm25.tf_saturation(tf, self._arrays.all_norms(field, block))
            scores[block] += weight * gains

    def combine(self, found: TermScores) -> Scores:
        """Combines the parts of the scores: coordination first, then titles.

        Returns:
            Scores of all documents, shape (documents,); 0 where no term occurs.
        """
        scores = found.body
        if found.matched is not None:
            factors = bm25.coord_factor(
                np.arange(found.terms + 1, dtype=np.float64), found.terms, prefix=found.prefix
            )
            scores = scores * factors.take(found.matched)
        return self._with_titles(found, scores + found.titles)

    def combine_feedback(
        self, found: TermScores, related: Iterable[tuple[float, TermPostings]]
    ) -> Scores:
        """Combines the parts with the terms of pseudo-relevance feedback.

        The best document by the terms gets what the best one by the query's own words has.

        Args:
            found: The parts of the query's own words.
            related: Weights of the feedback's terms, which sum up to their share of the scores,
                and their postings in ``stem``.

        Returns:
            Scores of all documents, shape (documents,).
        """
        scores = found.body + found.titles
        by_terms = np.zeros(self._arrays.size)
        share = 0.0
        for weight, postings in related:
            share += weight
            self.add(by_terms, STEM, postings, weight)
        highest = float(by_terms.max(initial=0.0))
        if highest > 0:
            by_terms *= share * float(scores.max()) / highest
            scores *= 1 - share
            scores += by_terms
        return self._with_titles(found, scores)

    def _with_titles(self, found: TermScores, scores: Scores) -> Scores:
        docs = np.flatnonzero(found.covered != 0)
        for start in range(0, len(docs), BLOCK):
            block = docs[start : start + BLOCK]
            in_title = found.covered[block].astype(np.float64)
            lengths = np.maximum(self._arrays.lengths(TITLE, block), 1.0)
            scores[block] *= bm25.title_coverage(in_title, lengths, found.title_terms)
        return scores
