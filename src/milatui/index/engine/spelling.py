"""Finds the words of an archive that are spelt almost like another."""

from __future__ import annotations

import heapq
import string
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.index.engine.segment import Segment

REPAIRS: Final = 3
"""Words that an unknown word is repaired to at most."""
COMPARED: Final = 20_000
"""Words of a segment that are compared at most."""
SAME: Final = 2
"""First letters that must be right where two are wrong: few people misspell them, and they
leave few words to compare."""
LEAST: Final = 4
"""Letters that a word needs to have a wrong one; one of a letter less can lack a letter."""
LEAST_OF_TWO: Final = 8
"""Letters that a word needs to be repaired where two are wrong."""
TWO_WRONG: Final = 7
"""Letters from which two of them may be wrong."""
LONGEST: Final = 40
"""Letters from which a word is no word."""
_STEP: Final = 100
"""Words that are compared between two questions whether to stop."""


def never() -> bool:
    """Answers whether to stop where nobody can ask for it."""
    return False


def repairs(
    segments: Sequence[Segment],
    word: str,
    least: int = 1,
    stop: Callable[[], bool] = never,
) -> tuple[str, ...]:
    """What a folded word may be meant for, the commonest first.

    Words one letter away that at least so many texts hold; if there are none and the word is
    long and does not occur itself, those two letters away.  Once ``stop`` is true, some of them.
    """
    if not _has_letters(word, LEAST - 1):
        return ()
    candidates = neighbours(word) if len(word) >= LEAST else _completed(word)
    counts: Counter[str] = Counter()
    for segment in segments:
        for candidate, count in segment.among(candidates):
            counts[candidate] += count
    if not counts and len(word) >= LEAST_OF_TWO:
        return tuple(almost(segments, word, REPAIRS, stop))
    likely = ((-count, near) for near, count in counts.items() if count >= least and near != word)
    return tuple(near for _count, near in heapq.nsmallest(REPAIRS, likely))


def almost(
    segments: Sequence[Segment],
    word: str,
    limit: int,
    stop: Callable[[], bool] = never,
) -> list[str]:
    """Words one or two letters away from a folded word; the nearest first, then the commonest.

    Once ``stop`` is true, some of them.
    """
    if not _has_letters(word, LEAST):
        return []
    most = 2 if len(word) >= TWO_WRONG else 1
    letters = set(word)
    counts: Counter[str] = Counter()
    for segment in segments:
        within = segment.prefixed(word[:SAME])[:COMPARED]
        sized = segment.sized(within, len(word) - most, len(word) + most)
        for compared, number in enumerate(sized):
            if compared % _STEP == 0 and stop():
                break
            other = segment.word(number)
            # Letters that only one of them has tell most words apart at once.
            if other != word and len(letters.symmetric_difference(other)) <= 2 * most:
                counts[other] += segment.holding(number)
    near = []
    for compared, (other, count) in enumerate(counts.items()):
        if compared % _STEP == 0 and stop():
            break
        if count and (d := distance(word, other)) <= most:
            near.append((d, -count, other))
    return [other for _distance, _count, other in sorted(near)[:limit]]


def neighbours(word: str, known: int | None = None) -> set[str]:
    """All words one edit away: a letter left out, swapped with the next, changed or added.

    Args:
        word: A folded word.
        known: How many letters some word begins with; those behind the next are not edited.
    """
    last = len(word) if known is None else min(known, len(word))
    splits = [(word[:n], word[n:]) for n in range(last + 1)]
    found = {a + b[1:] for a, b in splits if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    found |= {a + c + b[1:] for a, b in splits if b for c in string.ascii_lowercase}
    found |= {a + c + b for a, b in splits for c in string.ascii_lowercase}
    return found


def _completed(word: str) -> set[str]:
    """Words that a letter was left out of, but for the first."""
    splits = [(word[:n], word[n:]) for n in range(1, len(word) + 1)]
    return {a + c + b for a, b in splits for c in string.ascii_lowercase}


def _has_letters(word: str, least: int) -> bool:
    return least <= len(word) <= LONGEST and not any(c.isdigit() for c in word)


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
