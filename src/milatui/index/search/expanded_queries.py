"""Query classes made of index terms: what the words of a query stand for in one index.

They hold term numbers of one index and are of use with that only.  ``evaluate`` takes their arrays;
for Whoosh's own collectors they have matchers, so every searcher runs them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np
from whoosh import query as whoosh_query
from whoosh.matching import ListMatcher, Matcher, NullMatcher

from milatui.index.field_names import STEM, TEXT, TITLE
from milatui.index.scoring import bm25
from milatui.index.search.collector import ArrayContext, Matched, evaluate, phrase_mask
from milatui.index.search.index_arrays import IndexArrays
from milatui.index.search.positions import docs_of_positions, near_positions, phrase_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from whoosh.searching import SearchContext, Searcher

    from milatui.index.query.index_terms import TermNumbers
    from milatui.index.query.term_expansion import ExpandedTerm
    from milatui.index.search.positions import PositionLists


class ArrayQuery(whoosh_query.Query, ABC):
    """A query that is evaluated as arrays over the whole index."""

    boost = 1.0

    @abstractmethod
    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents and their scores."""

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """Makes a matcher of the documents that lie in one segment."""
        parent = searcher.get_parent()
        weighting = parent.weighting if context is None else context.weighting
        whole = ArrayContext(parent, IndexArrays.of_searcher(parent), weighting)
        offset = next((at for leaf, at in parent.leaf_searchers() if leaf is searcher), 0)
        mask, scores = self.matched(whole)
        docs = np.flatnonzero(mask[offset : offset + searcher.doc_count_all()])
        if not len(docs):
            return NullMatcher()
        weights = None if scores is None else scores[offset + docs].tolist()
        return ListMatcher(docs.tolist(), weights)


class ExpandedTermQuery(ArrayQuery):
    """Matches documents that hold any of the terms that a word stands for.

    The score is BM25 of all its terms taken as one, see ``bm25``.

    Args:
        term: The word.
        field: ``title`` for the stems of titles; else the field of the term.
    """

    def __init__(self, term: ExpandedTerm, field: str = "") -> None:
        self.term = term
        self._field = field or term.field

    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents and their scores."""
        arrays, field = context.arrays, self._field
        numbers = self.term.numbers
        if field == TITLE:
            numbers = arrays.translated(STEM, numbers, TITLE)
        postings = arrays.postings(field, numbers, context.stop)
        mask, scores = context.nothing()
        docs = postings.docs
        mask[docs] = True
        if scores is not None and len(docs):
            tf = postings.weights.astype(np.float64)
            gains = bm25.tf_saturation(tf, arrays.norms(field, docs))
            scores[docs] = bm25.idf(arrays.doc_count, len(docs)) * gains
        return Matched(mask, scores)


class ExpandedPhraseQuery(ArrayQuery):
    """Matches documents in which words stand one after the other; it restricts and scores nothing.

    Args:
        words: For each word the terms of ``text`` that it stands for.
    """

    def __init__(self, words: Sequence[TermNumbers]) -> None:
        self.words = tuple(words)

    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents."""
        mask = phrase_mask(context, TEXT, self.words)
        return Matched(mask, context.nothing().scores)


class ExpandedNearQuery(ArrayQuery):
    """Matches documents in which two words or phrases end near each other, in either order.

    Args:
        left: For each word of a phrase, or for a single word, the terms of ``text``.
        right: The same.
        distance: Maximum number of positions between both.
    """

    def __init__(
        self, left: Sequence[TermNumbers], right: Sequence[TermNumbers], distance: int
    ) -> None:
        self._left, self._right, self._distance = tuple(left), tuple(right), distance

    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents."""
        arrays = context.arrays
        mask, scores = context.nothing()
        for segment, offset in enumerate(arrays.offsets):
            if context.stop():
                break
            left = _ends(context, segment, self._left)
            right = _ends(context, segment, self._right)
            found = near_positions(left, right, self._distance)
            if len(found):
                docs = docs_of_positions(found, arrays.position_starts(TEXT, segment))
                mask[docs + offset] = True
        return Matched(mask if arrays.alive is None else mask & arrays.alive, scores)


class DocMaskQuery(ArrayQuery):
    """Matches documents that are known: those of a restriction by field.

    Args:
        mask: A truth value per document.
    """

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._mask = mask

    def matched(self, context: ArrayContext) -> Matched:
        """Gives the documents."""
        return Matched(self._mask, context.nothing().scores)


class DeferredMaskQuery(ArrayQuery):
    """Matches documents that are found when they are asked for.

    Args:
        find: Finds them: a truth value per document.
    """

    def __init__(self, find: Callable[[], NDArray[np.bool_]]) -> None:
        self._find = find

    def matched(self, context: ArrayContext) -> Matched:
        """Finds the documents."""
        return Matched(self._find(), context.nothing().scores)


@evaluate.register
def _array_query(query: ArrayQuery, context: ArrayContext) -> Matched:
    return query.matched(context)


def _ends(context: ArrayContext, segment: int, words: Sequence[TermNumbers]) -> PositionLists:
    """Returns the positions where a phrase ends in a segment, or those of a single word."""
    lists = [context.arrays.positions(TEXT, segment, numbers[segment]) for numbers in words]
    if len(lists) == 1:
        return lists[0]
    return [phrase_positions(lists, context.stop).astype(np.uint32)]
