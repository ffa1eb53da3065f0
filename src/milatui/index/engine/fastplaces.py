"""Where words stand together, with NumPy: phrases and nearness on lists of places in order.

Of several words the rarest says where to look; the others are only asked whether they stand
there, too, so that no list of a common word is copied or sorted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Lists = list[NDArray[np.uint32]]

SPARSE: Final = 32
"""So many times as many places as are looked for, and looking each up is faster than marking."""
BLOCK: Final = 1 << 20
"""Places that are marked at a time: what stays near the processor."""


def following(words: Sequence[Lists], stop: Callable[[], bool]) -> NDArray[np.int64]:
    """Where the last of several words stands, in order, each directly after the one before.

    Args:
        words: For each word the lists of its places, each list in order.
        stop: Asked between words; once true, nothing is found.
    """
    by_size = sorted(range(len(words)), key=lambda word: size(words[word]))
    first, *others = by_size
    starts = united(words[first]) - first
    for word in others:
        if not len(starts) or stop():
            return starts[:0]
        starts = starts[present(starts + word, words[word])]
    return starts + (len(words) - 1)


def present(wanted: NDArray[np.int64], lists: Lists, reach: int = 0) -> NDArray[np.bool_]:
    """Which of the places wanted, in order, have one of the lists' at most ``reach`` away."""
    if len(wanted) * SPARSE < size(lists):
        return _looked_up(wanted, lists, reach)
    found = np.zeros(len(wanted), bool)
    if not len(wanted):
        return found
    marks = np.empty(BLOCK + 2 * reach, bool)
    for begin in range(int(wanted[0]), int(wanted[-1]) + 1, BLOCK):
        first, last = np.searchsorted(wanted, (begin, begin + BLOCK))
        if first < last:
            _mark(marks, lists, begin - reach)
            _widen(marks, 2 * reach + 1)
            found[first:last] = marks[wanted[first:last] - begin]
    return found


def _looked_up(wanted: NDArray[np.int64], lists: Lists, reach: int) -> NDArray[np.bool_]:
    found = np.zeros(len(wanted), bool)
    # Of one type with the lists, which would be copied otherwise.
    low = np.maximum(wanted - reach, 0).astype(np.uint32)
    for places in lists:
        if len(places):
            at = np.searchsorted(places, low)
            nearest = places[np.minimum(at, len(places) - 1)].astype(np.int64)
            found |= (at < len(places)) & (nearest <= wanted + reach)
    return found


def _mark(marks: NDArray[np.bool_], lists: Lists, begin: int) -> None:
    marks[:] = False
    bounds = np.array((max(begin, 0), begin + len(marks)), np.uint32)
    for places in lists:
        first, last = np.searchsorted(places, bounds)
        marks[places[first:last].astype(np.int64) - begin] = True


def _widen(marks: NDArray[np.bool_], width: int) -> None:
    """Mark what has a mark on it or on one of the ``width - 1`` places after it."""
    done = 1
    while done < width:
        step = min(done, width - done)
        marks[:-step] |= marks[step:]
        done += step


def united(lists: Lists) -> NDArray[np.int64]:
    """The places of several lists as one, in order."""
    found = np.concatenate([np.zeros(0, np.int64), *lists], dtype=np.int64)
    if len(lists) > 1:
        found.sort(kind="stable")  # merges runs that are sorted: ten times as fast here
    return found


def size(lists: Sequence[NDArray[Any]]) -> int:
    """How many places lists have together."""
    return sum(map(len, lists))
