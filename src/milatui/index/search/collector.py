"""Collects the results of Whoosh's queries as arrays over all documents.

``evaluate`` is dispatched on the class of the query.  It knows Whoosh's common ones; any other is
asked for its matcher, as Whoosh's own collectors do, so every query works.  Scores come from the
searcher's weighting model, whose scorers take arrays (``weighting.BM25``, Whoosh's ``BM25F``).
"""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from whoosh import query as whoosh_query
from whoosh import scoring
from whoosh.collectors import Collector

from milatui.index.query.syntax import BooleanQuery, Required, WordPhrase, WordPrefix
from milatui.index.scoring.weighting import BM25Scorer
from milatui.index.search.index_arrays import IndexArrays
from milatui.index.search.positions import docs_of_positions, phrase_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from whoosh.searching import Results, Searcher

    from milatui.index.query.index_terms import TermNumbers

    Mask = NDArray[np.bool_]
    Scores = NDArray[np.float64]

ARRAY_SCORERS: Final = (BM25Scorer, scoring.BM25FScorer)
"""Scorers whose ``_score`` is arithmetic, so that it takes arrays."""
_STEPS: Final = 1024
"""Documents between two questions whether to stop, where a matcher is stepped through."""
_SAMPLED: Final = 32
"""One document of this many is looked at to guess the score of the last place."""


class Matched(NamedTuple):
    """The documents that a query matches.

    Attributes:
        mask: A truth value per document.
        scores: A score per document, 0 where it does not match; None if none was asked for.
    """

    mask: Mask
    scores: Scores | None


class ArrayContext(NamedTuple):
    """What a query is evaluated on.

    Attributes:
        searcher: Whoosh's searcher of the whole index.
        arrays: Its postings.
        weighting: Scores terms; None if only the matching documents are asked for.
        stop: Asked in every loop that may take long; once true, what is found so far is given.
    """

    searcher: Searcher
    arrays: IndexArrays
    weighting: scoring.WeightingModel | None
    stop: Callable[[], bool] = lambda: False

    def unscored(self) -> ArrayContext:
        """Gives the same for finding out only which documents match."""
        return self if self.weighting is None else self._replace(weighting=None)

    def everything(self) -> Mask:
        """Makes the mask of all documents that are not deleted.

        Returns:
            A new array of shape (documents,), False for deleted documents.
        """
        alive = self.arrays.alive
        return np.ones(self.arrays.size, np.bool_) if alive is None else alive.copy()

    def nothing(self) -> Matched:
        """Makes the result of a query that matches nothing."""
        size = self.arrays.size
        scores = None if self.weighting is None else np.zeros(size)
        return Matched(np.zeros(size, np.bool_), scores)


class ArrayCollector(Collector):
    """Finds all documents that match, the best ones first.

    Args:
        limit: Maximum number of documents in the results; None for all.
        stop: See ``ArrayContext``.

    Attributes:
        matched: After the search, which documents match and their scores.
    """

    matched: Matched

    def __init__(self, limit: int | None = 10, *, stop: Callable[[], bool] = lambda: False) -> None:
        self._limit = limit
        self._stop = stop

    def run(self) -> None:
        """Evaluates the query."""
        try:
            searcher = self.top_searcher
            weighting = self.context.weighting
            context = ArrayContext(
                searcher, IndexArrays.of_searcher(searcher), weighting, self._stop
            )
            mask, scores = evaluate(self.q, context)
            if scores is not None and weighting.use_final:
                for doc in np.flatnonzero(mask).tolist():
                    scores[doc] = weighting.final(searcher, doc, scores[doc])
            self.matched = Matched(mask, scores)
        finally:
            self.finish()

    def count(self) -> int:
        """Counts the matching documents."""
        return int(np.count_nonzero(self.matched.mask))

    def all_ids(self) -> Sequence[int]:
        """Lists the matching documents in ascending order."""
        ids: list[int] = np.flatnonzero(self.matched.mask).tolist()
        return ids

    def results(self) -> Results:
        """Makes Whoosh's results of the best documents."""
        mask, scores = self.matched
        if scores is None:
            scores = np.ones(len(mask))
        items = [(score, doc) for doc, score in best(mask, scores, self._limit)]
        return self._results(items)


def best(mask: Mask, scores: Scores, limit: int | None) -> list[tuple[int, float]]:
    """Lists the best of some documents or records with their scores, see ``best_numbers``.

    Args:
        mask: True for what may be listed, shape (documents,) or (records,).
        scores: Of the same shape.
        limit: Maximum number of results, None for all.

    Returns:
        (number, score), the highest score first; of equals the lower number first.
    """
    numbers = best_numbers(mask, scores, limit)
    return list(zip(numbers.tolist(), scores[numbers].tolist(), strict=True))


def best_numbers(mask: Mask, scores: Scores, limit: int | None) -> NDArray[np.intp]:
    """Orders the best of some documents or records.

    Args:
        mask: Which ones, a truth value each.
        scores: A score each.
        limit: Maximum number; None for all.

    Returns:
        Their numbers, the highest score first, of equals the lower number.
    """
    if limit is not None:
        mask = _likely(mask, scores, limit)
    numbers = np.flatnonzero(mask)
    own = scores[numbers]
    if limit is not None and 0 < limit < len(numbers):
        # Everything that ties with the last place competes for it.
        least = np.partition(own, len(own) - limit)[len(own) - limit]
        competing = own >= least
        numbers, own = numbers[competing], own[competing]
    # The numbers ascend, so a stable sort puts the lower one of equals first.
    return numbers[np.argsort(-own, kind="stable")[:limit]]


def _likely(mask: Mask, scores: Scores, limit: int) -> Mask:
    """Narrows a mask to at least ``limit`` that have the highest scores, by a sample."""
    sample = scores[::_SAMPLED][mask[::_SAMPLED]]
    index = len(sample) - 2 * (limit // _SAMPLED + 4)
    if index <= 0:
        return mask
    likely: Mask = mask & (scores >= np.partition(sample, index)[index])
    return likely if np.count_nonzero(likely) >= limit else mask


@singledispatch
def evaluate(query: whoosh_query.Query, context: ArrayContext) -> Matched:
    """Finds the documents that a query matches, and their scores.

    Any query that has no function of its own here is stepped through by its matcher.

    Raises:
        whoosh.query.QueryError: as the query's matcher does.
    """
    mask, scores = context.nothing()
    searcher, weighting = context.searcher, context.weighting
    search_context = searcher.context(weighting=weighting, needs_current=False)
    steps = 0
    for leaf, offset in searcher.leaf_searchers():
        matcher = query.matcher(leaf, search_context)
        while matcher.is_active():
            doc = offset + matcher.id()
            mask[doc] = True
            if scores is not None:
                scores[doc] = matcher.score()
            matcher.next()
            steps += 1
            if not steps % _STEPS and context.stop():
                return Matched(mask, scores)
    return Matched(mask, scores)


def _by_matcher(query: whoosh_query.Query, context: ArrayContext) -> Matched:
    found: Matched = evaluate.registry[object](query, context)
    return found


def _dense(context: ArrayContext, docs: NDArray[Any], gains: Scores | None) -> Matched:
    """Spreads the scores of some documents over all."""
    mask, scores = context.nothing()
    mask[docs] = True
    if scores is not None and gains is not None:
        scores[docs] = gains
    return Matched(mask, scores)


def _boosted(scores: Scores | None, boost: float) -> Scores | None:
    return scores if scores is None or boost == 1 else scores * boost


@evaluate.register
def _null(query: whoosh_query.qcore._NullQuery, context: ArrayContext) -> Matched:
    return context.nothing()


@evaluate.register
def _term(query: whoosh_query.Term, context: ArrayContext) -> Matched:
    gains = _gains(query, context)
    return _by_matcher(query, context) if gains is None else _dense(context, *gains)


def _gains(
    query: whoosh_query.Term, context: ArrayContext
) -> tuple[NDArray[Any], Scores | None] | None:
    """Gives the documents of a term and what it earns each; None if its scorer takes no arrays."""
    arrays, searcher, name = context.arrays, context.searcher, query.fieldname
    nothing = np.zeros(0, np.intp), np.zeros(0)
    if name not in searcher.schema:
        return nothing
    try:
        term = searcher.schema[name].to_bytes(query.text)
    except ValueError:
        return nothing
    postings = arrays.postings(name, arrays.term_numbers(name, [term]))
    docs, weights = postings.docs, postings.weights
    if context.weighting is None or not len(docs):
        return docs, None
    scorer = context.weighting.scorer(searcher, name, term)
    if isinstance(scorer, scoring.WeightScorer):
        gains = weights.astype(np.float64)
    elif isinstance(scorer, ARRAY_SCORERS):
        gains = scorer._score(weights.astype(np.float64), arrays.lengths(name, docs))
    else:
        return None
    return docs, gains * query.boost


@evaluate.register
def _or(query: whoosh_query.Or, context: ArrayContext) -> Matched:
    if query.scale:
        return _by_matcher(query, context)
    if len(query.subqueries) == 1:
        return evaluate(query.subqueries[0], context)
    mask, scores = context.nothing()
    for part in query.subqueries:
        if context.stop():
            break
        gains = _gains(part, context) if type(part) is whoosh_query.Term else None
        if gains is not None:
            mask[gains[0]] = True
            if scores is not None and gains[1] is not None:
                scores[gains[0]] += gains[1]
        else:
            found = evaluate(part, context)
            mask |= found.mask
            if scores is not None and found.scores is not None:
                scores += found.scores
    return Matched(mask, _boosted(scores, query.boost))


@evaluate.register
def _and(query: whoosh_query.And, context: ArrayContext) -> Matched:
    if not query.subqueries:
        return context.nothing()
    if len(query.subqueries) == 1:
        return evaluate(query.subqueries[0], context)
    mask, scores = context.everything(), context.nothing().scores
    for part in query.subqueries:
        if context.stop():
            return context.nothing()
        found = evaluate(part, context)
        mask &= found.mask
        if not mask.any():
            return context.nothing()
        if scores is not None and found.scores is not None:
            scores += found.scores
    if scores is not None:
        scores *= mask
    return Matched(mask, _boosted(scores, query.boost))


@evaluate.register
def _not(query: whoosh_query.Not, context: ArrayContext) -> Matched:
    excluded = evaluate(query.query, context.unscored()).mask
    if context.stop():
        return context.nothing()  # what is excluded may not be known yet
    mask = context.everything() & ~excluded
    return Matched(mask, None if context.weighting is None else mask.astype(np.float64))


@evaluate.register
def _and_not(query: whoosh_query.AndNot, context: ArrayContext) -> Matched:
    mask, scores = evaluate(query.a, context)
    excluded = evaluate(query.b, context.unscored()).mask
    return context.nothing() if context.stop() else _within(mask & ~excluded, scores)


@evaluate.register
def _require(query: whoosh_query.Require, context: ArrayContext) -> Matched:
    mask, scores = evaluate(query.a, context)
    return _within(mask & evaluate(query.b, context.unscored()).mask, scores)


@evaluate.register
def _and_maybe(query: whoosh_query.AndMaybe, context: ArrayContext) -> Matched:
    mask, scores = evaluate(query.a, context)
    if scores is None:
        return Matched(mask, None)
    optional = evaluate(query.b, context).scores
    return _within(mask, scores if optional is None else scores + optional)


def _within(mask: Mask, scores: Scores | None) -> Matched:
    return Matched(mask, None if scores is None else scores * mask)


@evaluate.register
def _every(query: whoosh_query.Every, context: ArrayContext) -> Matched:
    if query.fieldname is not None:
        return _by_matcher(query, context)
    mask = context.everything()
    return Matched(mask, None if context.weighting is None else np.where(mask, query.boost, 0.0))


@evaluate.register
def _phrase(query: whoosh_query.Phrase, context: ArrayContext) -> Matched:
    """Scores as Whoosh does: by the sum of the words' scores."""
    arrays, name = context.arrays, query.fieldname
    begun = isinstance(query, WordPhrase) and any(
        isinstance(part, WordPrefix) for part in query.parts
    )
    if begun or query.slop != 1 or not arrays.has_positions(name):
        return _by_matcher(query, context)
    field = context.searcher.schema[name]
    try:
        words = [field.to_bytes(word) for word in query.words]
    except ValueError:
        return context.nothing()
    numbers = [arrays.term_numbers(name, [word]) for word in words]
    mask = phrase_mask(context, name, numbers)
    scores: Scores | None = context.nothing().scores
    if scores is None or not mask.any():
        return Matched(mask, scores)
    for word in query.words:
        gains = _gains(whoosh_query.Term(name, word), context)
        if gains is None:
            return _by_matcher(query, context)
        if gains[1] is not None:
            scores[gains[0]] += gains[1]
    return _within(mask, _boosted(scores, query.boost))


@evaluate.register
def _required(query: Required, context: ArrayContext) -> Matched:
    return evaluate(query.child, context)


@evaluate.register
def _boolean(query: BooleanQuery, context: ArrayContext) -> Matched:
    if not query.subqueries:
        return context.nothing()
    return evaluate(query.as_stock(), context)


def phrase_mask(context: ArrayContext, name: str, words: Sequence[TermNumbers]) -> Mask:
    """Finds the documents in which words stand one after the other.

    Args:
        context: The index.
        name: A field with positions.
        words: For each word the terms that it stands for.

    Returns:
        A truth value per document.
    """
    arrays = context.arrays
    mask = np.zeros(arrays.size, np.bool_)
    for segment, offset in enumerate(arrays.offsets):
        if words and all(len(numbers[segment]) for numbers in words):
            lists = [arrays.positions(name, segment, numbers[segment]) for numbers in words]
            found = phrase_positions(lists, context.stop)
            if len(found):
                mask[docs_of_positions(found, arrays.position_starts(name, segment)) + offset] = (
                    True
                )
    return mask if arrays.alive is None else mask & arrays.alive
