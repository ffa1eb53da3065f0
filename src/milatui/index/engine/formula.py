"""The one place where scores are computed: BM25 and what is laid over it.

Every function takes plain numbers or NumPy arrays, so that the fast path, the path without
NumPy and the tests use the same lines.
"""

from __future__ import annotations

import math
from typing import Any, Final

K1: Final = 1.5
B: Final = 0.7
LONGEST: Final = 6.0
"""Longer texts count as so many average ones: short records must not bury the documents."""
TITLE_WEIGHT: Final = 2
"""A word of the title counts this often in the whole text."""
TITLE_B: Final = 0.75
TITLE_SHARE: Final = 0.5
"""How much of the title's own BM25 is added."""
SHORT: Final = 4
"""Queries of so many words or fewer are short: words remembered of a text, not a question.
Title, exact wording and having all of the words count more for them."""
EXACT_SHARE: Final = 1.0
"""How much of the BM25 of the very word that was asked is added to that of its group."""
EXACT_SHARE_LOOSE: Final = 0.2
"""The same in a question, and for a word that may be unfinished."""
COORDINATION: Final = 1 / 3
"""Scores of short queries are multiplied by (words found / words asked) to this power."""
COORDINATION_BEGUN: Final = 1.0
"""The same if a word may be unfinished: what it stands for is told by the words before it."""


def idf(documents: int, holding: int) -> float:
    """How telling a word is that ``holding`` of ``documents`` texts hold."""
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


def norm(length: Any, average: float, b: float = B) -> Any:
    """What a text's length adds to a word's frequency in ``saturation``."""
    ratio = length / (average or 1)
    ratio = ratio * (ratio <= LONGEST) + LONGEST * (ratio > LONGEST)
    return K1 * (1 - b + b * ratio)


def saturation(tf: Any, norm_of_text: Any) -> Any:
    """The share of a word's weight that its frequency in a text earns."""
    return tf * (K1 + 1) / (tf + norm_of_text)


def coverage(in_title: Any, title_length: Any, terms: int) -> Any:
    """Factor for titles: 1 + share of the title covered x share of the query in the title."""
    share = in_title / title_length
    return 1 + (share * (share <= 1) + (share > 1)) * in_title / terms


def exact_share(terms: int, *, begun: bool) -> float:
    """What the exact wording of a word counts in a query of so many."""
    return EXACT_SHARE_LOOSE if begun or terms > SHORT else EXACT_SHARE


def coordination(found: Any, terms: int, *, begun: bool) -> Any:
    """Factor for short queries: texts with more of the words come first."""
    return (found / terms) ** (COORDINATION_BEGUN if begun else COORDINATION)
