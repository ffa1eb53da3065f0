"""Chooses terms for pseudo-relevance feedback: what marks the best documents of a first search.

The terms are weighted by the relevance model RM1 of V. Lavrenko and W. B. Croft (*Relevance-Based
Language Models*, 2001): the probability of a term in the best documents, each weighted by its
score.  Each probability is multiplied by the term's idf, as in J. J. Rocchio's (1971) vectors, so
that common words do not win.  They are mixed with the query's own terms as in RM3 (N. Abdul-Jaleel
et al., *UMass at TREC 2004*).
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
CANDIDATES: Final = 3 * FEEDBACK_TERMS
"""Maximum number of terms whose idf is looked at."""
ORIGINAL_WEIGHT: Final = 0.75
"""Share of the query's own terms in the second search."""
MAX_CHARACTERS: Final = 6000
"""Characters of each document that are read."""
SMOOTHING: Final = 100
"""Words that every document is lengthened by, so that a very short one does not decide alone."""
IDF_EXPONENT: Final = 1.5
"""Exponent of a term's idf in its weight."""
MIN_DOCS: Final = 2
"""Number of the documents that must have a term, if there are that many."""
MIN_INDEX_SIZE: Final = 1000
"""Documents that an index needs for feedback to help."""
MAX_KNOWN_ITEMS: Final = 30
"""Documents with all words of a short query up to which a certain one seems to be looked for."""


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
        weight: Its share of the second search; all together have ``1 - ORIGINAL_WEIGHT``.
        term: A word with this stem, expanded.
    """

    weight: float
    term: ExpandedTerm


def choose_terms(
    best: Sequence[tuple[FeedbackText, float]],
    doc_count: int,
    doc_freqs: Callable[[Sequence[bytes]], NDArray[np.int64]],
    expand: Callable[[str], ExpandedTerm],
) -> list[FeedbackTerm]:
    """Chooses the terms that mark the best documents.

    Args:
        best: The best documents with their scores.
        doc_count: Number of documents in the index.
        doc_freqs: Gives the document frequencies of terms of the field ``stem``.
        expand: Expands a word.

    Returns:
        The terms, the weightiest first.
    """
    total = sum(score for _text, score in best) or 1.0
    weights: dict[str, float] = {}
    seen: Counter[str] = Counter()
    example: dict[str, str] = {}
    for text, score in best:
        counts: Counter[str] = Counter()
        for word, count in Counter(words(f"{text.title} {text.body}"[:MAX_CHARACTERS])).items():
            if word not in STOPWORDS and len(word) > 1 and not word.isdigit():
                root = f"{text.language}:{stem(word, text.language)}"
                counts[root] += count
                example.setdefault(root, word)
        share = score / total / (sum(counts.values()) + SMOOTHING)
        for root, count in counts.items():
            weights[root] = weights.get(root, 0.0) + count * share
        seen.update(counts.keys())
    least = min(MIN_DOCS, len(best))
    # Cut by weight first: the idf of every word would take a look-up for each.
    likely = heapq.nsmallest(
        CANDIDATES, ((-weight, root) for root, weight in weights.items() if seen[root] >= least)
    )
    held = doc_freqs([root.encode() for _weight, root in likely]).tolist()
    rated = (
        (-weight * bm25.idf(doc_count, min(count, doc_count)) ** IDF_EXPONENT, root)
        for (weight, root), count in zip(likely, held, strict=True)
        if count
    )
    chosen = heapq.nlargest(FEEDBACK_TERMS, rated)
    whole = sum(weight for weight, _root in chosen) or 1.0
    return [
        FeedbackTerm((1 - ORIGINAL_WEIGHT) * weight / whole, expand(example[root]))
        for weight, root in chosen
    ]
