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
WIDENED: Final = 8
"""Number of flags that are widened in the time in which one position is marked."""
_LAST: Final = (1 << 32) - 1
"""A number that no position reaches."""
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
    found = merge_positions(words[rarest])
    for word in others:
        if not len(found) or stop():
            return np.zeros(0, np.int64)
        found = select_near(found, words[word], word - rarest)
    return found.astype(np.int64) + (len(words) - 1 - rarest)


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
    return select_near(candidates, other, 0, distance).astype(np.int64)


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


def select_near(
    candidates: NDArray[np.uint32], positions: PositionLists, shift: int, distance: int = 0
) -> NDArray[np.uint32]:
    """Selects the candidates that have a position of a word near a place beside them.

    Args:
        candidates: Ascending positions.
        positions: Positions of the word.
        shift: How many tokens after a candidate the word is expected; negative before it.
        distance: Maximum difference from there, in either direction.

    Returns:
        Some of the candidates, ascending.
    """
    if _is_sparse(candidates, positions, distance):
        return candidates[_looked_up(candidates, positions, shift, distance)]
    if not len(candidates):
        return candidates
    begins = np.arange(int(candidates[0]), int(candidates[-1]) + 1, BLOCK)
    firsts, lasts = _block_edges(candidates, begins, BLOCK)
    origins = begins + (shift - distance)
    size = BLOCK + 2 * distance
    edges = [_block_edges(own, origins, size) for own in positions]
    flags = np.empty(size, np.bool_)
    found = [candidates[:0]]
    for block in np.flatnonzero(firsts < lasts).tolist():
        flags[:] = False
        origin = int(origins[block])
        for own, (low, high) in zip(positions, edges, strict=True):
            within = own[low[block] : high[block]]
            flags[np.subtract(within, origin, dtype=np.int64)] = True
        _widen(flags, 2 * distance + 1)
        own_candidates = candidates[firsts[block] : lasts[block]]
        at = np.subtract(own_candidates, int(begins[block]), dtype=np.int64)
        found.append(own_candidates[flags.take(at)])
    return np.concatenate(found)


def merge_positions(positions: PositionLists) -> NDArray[np.uint32]:
    """Merges the positions of a word's terms into one ascending array.

    Args:
        positions: One ascending array for each term.

    Returns:
        All positions, ascending, shape (sum of the lengths,); do not change.
    """
    if len(positions) == 1:
        return positions[0]
    merged = np.concatenate([np.zeros(0, np.uint32), *positions])
    merged.sort(kind="stable")  # merges ascending runs, ten times as fast as the default here
    return merged


def count_positions(positions: PositionLists) -> int:
    """Counts the positions of a word.

    Args:
        positions: One array for each term of the word.
    """
    return sum(map(len, positions))


def _is_sparse(candidates: NDArray[np.uint32], positions: PositionLists, distance: int) -> bool:
    """Returns whether looking up each candidate is faster than marking the positions."""
    marked, lookups = count_positions(positions), len(candidates) * SPARSE
    if distance and len(candidates):
        # Every flag between the candidates is widened, however few are set.
        marked += int(candidates[-1] - candidates[0]) // WIDENED
        lookups *= len(positions)
    return lookups < marked


def _looked_up(
    candidates: NDArray[np.uint32], positions: PositionLists, shift: int, distance: int
) -> NDArray[np.bool_]:
    found = np.zeros(len(candidates), np.bool_)
    expected = candidates.astype(np.int64) + shift
    # Of the lists' own type: searchsorted would copy them otherwise.
    lowest = np.maximum(expected - distance, 0).astype(np.uint32)
    for own in positions:
        if len(own):
            at = np.searchsorted(own, lowest)
            nearest = own.take(np.minimum(at, len(own) - 1)).astype(np.int64)
            found |= (at < len(own)) & (nearest <= expected + distance)
    return found


def _block_edges(
    positions: NDArray[np.uint32], begins: NDArray[np.int64], size: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Returns where the positions of blocks of a size begin and end, one item a block."""
    # Of the positions' own type: searchsorted would copy them otherwise.
    bounds = np.clip((begins, begins + size), 0, _LAST).astype(np.uint32)
    first, last = np.searchsorted(positions, bounds)
    return first, last


def _widen(flags: NDArray[np.bool_], width: int) -> None:
    """Sets each flag that is followed by a set one within ``width - 1`` places."""
    done = 1
    while done < width:
        step = min(done, width - done)
        flags[:-step] |= flags[step:]
        done += step
