"""Computes BM25 scores; every function takes plain numbers or NumPy arrays.

The formula is BM25 with an idf that is never negative, as Lucene has it: S. Robertson and
H. Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), section 3.4.  The
title is a weighted field of one stream of terms, as in BM25F (the same, section 3.6): it is counted
``TITLE_WEIGHT`` times into frequency and length before the saturation.

The factors below it are this program's.  Exact wording, titles and coordination are for short
queries, which are mostly words remembered from a document; the position of a word is for long ones,
which are questions: they begin with what they are about and end in details.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Number = TypeVar("Number", float, "NDArray[np.float64]")

K1: Final = 1.5
"""Saturation of the term frequency."""
B: Final = 0.7
"""Share of the length normalization."""
TITLE_B: Final = 0.75
"""The same for the field ``title``."""
MAX_LENGTH_RATIO: Final = 6.0
"""Longer fields count as this many average ones: short records must not bury the documents."""
TITLE_WEIGHT: Final = 2
"""A term of the title counts this often in the whole text."""
TITLE_SHARE: Final = 0.5
"""Share of the title field's own BM25 that is added, in short queries."""
SHORT_QUERY: Final = 4
"""Maximum number of distinct terms of a short query."""
EXACT_WEIGHT: Final = 1.0
"""Share of the BM25 of the unstemmed word that is added to that of its stems, in short queries."""
EXACT_WEIGHT_LOOSE: Final = 0.2
"""The same in longer queries, and where the last word is a prefix."""
COORD_EXPONENT: Final = 0.15
"""Exponent of the coordination factor in short queries."""
COORD_EXPONENT_PREFIX: Final = 1.0
"""The same where the last word is a prefix: the words before it say what it may become."""
POSITION_DISCOUNT: Final = 0.2
"""Share that the last word of a long query loses; those before it lose less, the first nothing."""


def idf(doc_count: int, doc_freq: int) -> float:
    """Computes the inverse document frequency: log(1 + (N - n + 0.5) / (n + 0.5)).

    Args:
        doc_count: Number of documents (N).
        doc_freq: Number of documents with the term (n), at most N.
    """
    return math.log(1 + (doc_count - doc_freq + 0.5) / (doc_freq + 0.5))


def length_norm(length: Number, average: float, b: float = B) -> Number:
    """Computes the length normalization: K1 (1 - b + b x length / average).

    Args:
        length: Field length in tokens.
        average: Mean field length of the index; 0 counts as 1.
        b: Share of the normalization.
    """
    ratio = length / (average or 1.0)
    ratio = ratio * (ratio <= MAX_LENGTH_RATIO) + MAX_LENGTH_RATIO * (ratio > MAX_LENGTH_RATIO)
    return K1 * (1 - b + b * ratio)


def tf_saturation(tf: Number, norm: Number) -> Number:
    """Computes the saturated term frequency: tf (K1 + 1) / (tf + norm).

    Args:
        tf: Term frequency, weighted by field.
        norm: What ``length_norm`` gives for the document.
    """
    return tf * (K1 + 1) / (tf + norm)


def title_coverage(terms_in_title: Number, title_length: Number, terms: int) -> Number:
    """Computes the title factor: 1 + share of the title covered x share of the query in it.

    Args:
        terms_in_title: Number of distinct query terms in the title.
        title_length: Length of the title in tokens, at least 1.
        terms: Number of distinct query terms.
    """
    share = terms_in_title / title_length
    return 1 + (share * (share <= 1) + (share > 1)) * terms_in_title / terms


def exact_match_weight(terms: int, *, prefix: bool) -> float:
    """Gives the share of the unstemmed word's BM25 by the number of distinct query terms."""
    return EXACT_WEIGHT_LOOSE if prefix or terms > SHORT_QUERY else EXACT_WEIGHT


def query_position_weight(position: Number, terms: int) -> Number:
    """Computes the weight of a word by its position in the query: in long ones 1 - step x position.

    Args:
        position: Number of distinct terms before it.
        terms: Number of distinct query terms.
    """
    step = POSITION_DISCOUNT / (terms - 1) if terms > SHORT_QUERY else 0.0
    return 1 - step * position


def coord_factor(matched: Number, terms: int, *, prefix: bool) -> Number:
    """Computes the coordination factor: (matched / terms) ^ exponent.

    Args:
        matched: Number of distinct query terms in the document.
        terms: Number of distinct query terms.
        prefix: Whether the last word is a prefix.
    """
    exponent = COORD_EXPONENT_PREFIX if prefix else COORD_EXPONENT
    factor: Number = (matched / terms) ** exponent
    return factor
