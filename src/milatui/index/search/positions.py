"""Intersects positions of terms: phrases and proximity.

Positions of a segment number its tokens through all documents, with a gap between two documents
that no phrase and no ``near`` reaches across.  A word stands for the positions of several terms,
which are lists in ascending order; no position is in two of them.

Of several words the rarest gives the candidates; the others are only asked whether they stand
there, too, so no list of a common word is copied or sorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    PositionLists = Sequence[NDArray[np.uint32]]
    """The positions of one word: a list a term, each ascending."""

SPARSE: Final = 32
"""Ratio of positions to candidates from which looking up each candidate is faster than marking."""
BLOCK: Final = 1 << 18
"""Positions that are marked at a time: a block of flags fits into the processor's cache."""


def phrase_positions(
    words: Sequence[PositionLists], stop: Callable[[], bool] = lambda: False
) -> NDArray[np.int64]:
    """Finds where the last of several words stands, each directly after the one before.

    Args:
        words: For each word of the phrase its positions in one segment.
        stop: Asked between words; once true, nothing is found.

    Returns:
        Ascending positions of the last word.
    """
    by_size = sorted(range(len(words)), key=lambda word: count_positions(words[word]))
    rarest, *others = by_size
    starts = merge_positions(words[rarest]) - rarest
    for word in others:
        if not len(starts) or stop():
            return starts[:0]
        starts = starts[occurs_within(starts + word, words[word])]
    return starts + (len(words) - 1)


def near_positions(left: PositionLists, right: PositionLists, distance: int) -> NDArray[np.int64]:
    """Finds where one of two words stands at most ``distance`` tokens from the other.

    Args:
        left: Positions of one word, or where a phrase ends.
        right: Those of the other.
        distance: Maximum difference of the positions, in either order.

    Returns:
        Ascending positions of the rarer of both.
    """
    rarer, other = sorted((left, right), key=count_positions)
    candidates = merge_positions(rarer)
    return candidates[occurs_within(candidates, other, distance)]


def docs_of_positions(positions: NDArray[np.int64], bounds: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Finds the documents that hold at least one of some positions.

    Args:
        positions: Ascending positions of a segment.
        bounds: The first position of each document and, as the last item, the end.

    Returns:
        Ascending document numbers of the segment.
    """
    if len(positions) > len(bounds):
        return np.flatnonzero(np.diff(np.searchsorted(positions, bounds)))
    docs = np.searchsorted(bounds, positions, "right") - 1
    first = np.ones(len(docs), np.bool_)
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    return docs[first]


def occurs_within(
    candidates: NDArray[np.int64], positions: PositionLists, distance: int = 0
) -> NDArray[np.bool_]:
    """Tells which candidates have a position of a word at most ``distance`` away.

    Args:
        candidates: Ascending positions.
        positions: Positions of the word.
        distance: Maximum difference, in either direction.

    Returns:
        A truth value per candidate.
    """
    if len(candidates) * SPARSE < count_positions(positions):
        return _looked_up(candidates, positions, distance)
    found = np.zeros(len(candidates), np.bool_)
    if not len(candidates):
        return found
    flags = np.empty(BLOCK + 2 * distance, np.bool_)
    for begin in range(int(candidates[0]), int(candidates[-1]) + 1, BLOCK):
        first, last = np.searchsorted(candidates, (begin, begin + BLOCK))
        if first < last:
            _flag_positions(flags, positions, begin - distance)
            _widen(flags, 2 * distance + 1)
            found[first:last] = flags.take(candidates[first:last] - begin)
    return found


def merge_positions(positions: PositionLists) -> NDArray[np.int64]:
    """Merges the positions of a word's terms into one ascending array.

    Args:
        positions: One ascending array for each term.

    Returns:
        All positions, ascending, shape (sum of the lengths,).
    """
    merged = np.concatenate([np.zeros(0, np.int64), *positions], dtype=np.int64)
    if len(positions) > 1:
        merged.sort(kind="stable")  # merges ascending runs, ten times as fast as the default here
    return merged


def count_positions(positions: PositionLists) -> int:
    """Counts the positions of a word.

    Args:
        positions: One array for each term of the word.
    """
    return sum(map(len, positions))


def _looked_up(
    candidates: NDArray[np.int64], positions: PositionLists, distance: int
) -> NDArray[np.bool_]:
    found = np.zeros(len(candidates), np.bool_)
    # Of the lists' own type: searchsorted would copy them otherwise.
    lowest = np.maximum(candidates - distance, 0).astype(np.uint32)
    for own in positions:
        if len(own):
            at = np.searchsorted(own, lowest)
            nearest = own.take(np.minimum(at, len(own) - 1)).astype(np.int64)
            found |= (at < len(own)) & (nearest <= candidates + distance)
    return found


def _flag_positions(flags: NDArray[np.bool_], positions: PositionLists, begin: int) -> None:
    """Sets the flags of the positions from ``begin`` on, and clears all others."""
    flags[:] = False
    bounds = np.array((max(begin, 0), max(begin + len(flags), 0)), np.uint32)
    for own in positions:
        first, last = np.searchsorted(own, bounds)
        flags[np.subtract(own[first:last], begin, dtype=np.int64)] = True


def _widen(flags: NDArray[np.bool_], width: int) -> None:
    """Sets each flag that is followed by a set one within ``width - 1`` places."""
    done = 1
    while done < width:
        step = min(done, width - done)
        flags[:-step] |= flags[step:]
        done += step
