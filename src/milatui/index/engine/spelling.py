"""Finds the words of an archive that are spelt almost like another, for advice, not for search."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.engine.segment import Segment

COMPARED: Final = 4000
"""Words of a segment that are compared at most."""
SAME: Final = 2
"""First letters that must be right: few people misspell them, and they leave few to compare."""
LEAST: Final = 4
"""Letters that a word needs."""
LONGEST: Final = 40
"""Letters from which a word is no word."""


def almost(segments: Sequence[Segment], word: str, limit: int) -> list[str]:
    """Words one or two letters away from a folded word; the nearest first, then the commonest."""
    if not LEAST <= len(word) <= LONGEST or any(c.isdigit() for c in word):
        return []
    counts: Counter[str] = Counter()
    for segment in segments:
        for number in segment.prefixed(word[:SAME])[:COMPARED]:
            other = segment.word(number)
            if other != word and abs(len(other) - len(word)) <= 2:
                counts[other] += segment.holding(number)
    most = 1 if len(word) <= LEAST + 1 else 2
    near = [
        (d, -count, other)
        for other, count in counts.items()
        if count and (d := distance(word, other)) <= most
    ]
    return [other for _distance, _count, other in sorted(near)[:limit]]


def distance(one: str, other: str) -> int:
    """How many letters must be added, left out, changed or swapped with the next."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        older, before, line = before, line, [row]
        for column, also in enumerate(other, start=1):
            same = letter == also
            best = min(before[column] + 1, line[-1] + 1, before[column - 1] + (not same))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == also:
                best = min(best, older[column - 2] + 1)
            line.append(best)
    return line[-1]
