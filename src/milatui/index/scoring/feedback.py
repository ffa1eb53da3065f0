"""Chooses terms for pseudo-relevance feedback: what marks the best documents of a first search.

The terms are weighted by the relevance model RM1 of V. Lavrenko and W. B. Croft (*Relevance-Based
Language Models*, 2001): the probability of a term in the best documents, each weighted by its
score.  Each probability is multiplied by the term's idf, as in J. J. Rocchio's (1971) vectors, so
that common words do not win.  They are mixed with the query's own terms as in RM3 (N. Abdul-Jaleel
et al., *UMass at TREC 2004*), the more of them the more text they come from: Y. Lv and C. Zhai
(*Adaptive Relevance Feedback in Information Retrieval*, CIKM 2009) find that the length of what is
fed back shows best how far to trust it.  Eight titles say little, eight pages much.

Query and terms are scored apart, and both scores brought to the same maximum before they are added,
as J. H. Lee (*Analyses of Multiple Evidence Combination*, SIGIR 1997) adds the results of several
searches: the share of the terms is what it says, whether the query's words score much or little.
"""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.stemmer import stem
from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.analysis.tokenizer import words
from milatui.index.scoring import bm25

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from milatui.index.query.term_expansion import ExpandedTerm

FEEDBACK_DOCS: Final = 8
"""Documents that the terms are taken from."""
FEEDBACK_TERMS: Final = 20
"""Maximum number of terms."""
CANDIDATES: Final = 6 * FEEDBACK_TERMS
"""Maximum number of terms whose idf is looked at."""
MAX_SHARE: Final = 0.8
"""Limit of the share that the terms have in the second search, however much text they are from."""
MAX_SHARE_SHORT: Final = 0.2
"""The same in short queries, which are mostly words remembered from one document."""
HALF_SHARE_WORDS: Final = 500
"""Words of text, stop words left out, from which the terms have half of that share."""
MAX_CHARACTERS: Final = 6000
"""Characters of each document that are read."""
SMOOTHING: Final = 100
"""Words that every document is lengthened by, so that a very short one does not decide alone."""
IDF_EXPONENT: Final = 2.0
"""Exponent of a term's idf in its weight."""
MIN_DOCS: Final = 2
"""Number of the documents that must have a term, if there are that many."""
MIN_INDEX_SIZE: Final = 1000
"""Documents that an index needs for feedback to help."""
MAX_KNOWN_ITEMS: Final = 30
"""Documents with all words of a short query up to which a certain one seems to be looked for."""
KNOWN_ITEM_RATIO: Final = 100
"""The same in larger indexes: one document in a hundred."""


def seems_known(found: int, doc_count: int) -> bool:
    """Returns whether a short query seems to look for a certain document, which feedback may blur.

    Args:
        found: Number of documents with all words of the query.
        doc_count: Number of documents in the index.
    """
    return 0 < found <= max(MAX_KNOWN_ITEMS, doc_count // KNOWN_ITEM_RATIO)


class FeedbackText(NamedTuple):
    """What terms are taken from.

    Attributes:
        title: The title.
        body: The text.
        language: The language it is analyzed in, see ``analysis.language``.
    """

    title: str
    body: str
    language: str


class FeedbackTerm(NamedTuple):
    """A term of the best documents.

    Attributes:
        weight: Its share of the second search; all together have less than ``MAX_SHARE``.
        term: A word with this stem, expanded.
    """

    weight: float
    term: ExpandedTerm


def choose_terms(
    best: Sequence[tuple[FeedbackText, float]],
    doc_count: int,
    doc_freqs: Callable[[Sequence[bytes]], NDArray[np.int64]],
    expand: Callable[[str], ExpandedTerm],
    *,
    short: bool = False,
) -> list[FeedbackTerm]:
    """Chooses the terms that mark the best documents.

    Args:
        best: The best documents with their scores.
        doc_count: Number of documents in the index.
        doc_freqs: Gives the document frequencies of terms of the field ``stem``.
        expand: Expands a word.
        short: Whether the query is short.

    Returns:
        The terms, the weightiest first.
    """
    model = _relevance_model(best)
    least = min(MIN_DOCS, len(best))
    # Cut by weight first: the idf of every word would take a look-up for each.
    likely = heapq.nsmallest(
        CANDIDATES,
        (
            (-weight, root)
            for root, weight in model.weights.items()
            if model.doc_freqs[root] >= least
        ),
    )
    held = doc_freqs([root.encode() for _weight, root in likely]).tolist()
    rated = (
        (-weight * bm25.idf(doc_count, min(count, doc_count)) ** IDF_EXPONENT, root)
        for (weight, root), count in zip(likely, held, strict=True)
        if count
    )
    chosen = heapq.nlargest(FEEDBACK_TERMS, rated)
    whole = sum(weight for weight, _root in chosen) or 1.0
    limit = MAX_SHARE_SHORT if short else MAX_SHARE
    share = limit * model.size / (model.size + HALF_SHARE_WORDS)
    return [
        FeedbackTerm(share * weight / whole, expand(model.examples[root]))
        for weight, root in chosen
    ]


class _RelevanceModel(NamedTuple):
    """What the best documents are made of, by stem as in the field ``stem``.

    Attributes:
        weights: RM1's probability of each stem: its share of each document's words, smoothed by
            ``SMOOTHING``, times the share of the scores that the document has.
        doc_freqs: How many of the documents have it.
        examples: A word with the stem.
        size: Words of all the documents, stop words left out.
    """

    weights: dict[str, float]
    doc_freqs: Counter[str]
    examples: dict[str, str]
    size: int


def _relevance_model(best: Sequence[tuple[FeedbackText, float]]) -> _RelevanceModel:
    """Estimates the relevance model of the best documents with their scores."""
    total = sum(score for _text, score in best) or 1.0
    weights: dict[str, float] = {}
    doc_freqs: Counter[str] = Counter()
    examples: dict[str, str] = {}
    size = 0
    for text, score in best:
        counts: Counter[str] = Counter()
        for word, count in Counter(words(f"{text.title} {text.body}"[:MAX_CHARACTERS])).items():
            if word not in STOPWORDS and len(word) > 1 and not word.isdigit():
                root = f"{text.language}:{stem(word, text.language)}"
                counts[root] += count
                examples.setdefault(root, word)
        length = counts.total()
        size += length
        share = score / total / (length + SMOOTHING)
        for root, count in counts.items():
            weights[root] = weights.get(root, 0.0) + count * share
        doc_freqs.update(counts.keys())
    return _RelevanceModel(weights, doc_freqs, examples, size)
