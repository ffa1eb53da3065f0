"""Tells boilerplate from text: words that many documents of an archive share.

"About" paragraphs, disclaimers and contacts are most of many press releases.  Two documents that
share nothing else are not near duplicates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SAMPLING: Final = 4
"""One shingle in four is counted: boilerplate comes in runs, each of which has some of them."""
_SLOTS: Final = 1 << 24
"""Size of the table in bytes. A hundred thousand press releases fill half of it."""
_MIN_CORE: Final = 0.15
"""Share of a text beside boilerplate from which only that is compared.

A document of which less is left is one of a series: its text as a whole is used again.
"""
_MAX_DOCUMENTS: Final = 6
"""Documents up to which a shingle may be one of reprints; in more, it is boilerplate."""


class ShingleCounts:
    """Counts in how many documents a shingle occurs, in a table of fixed size.

    A counting Bloom filter with one hash function: two shingles that share a slot are counted
    together, which matters little because whole runs are judged.
    """

    def __init__(self) -> None:
        self._counts = np.zeros(_SLOTS, np.uint8)

    def add(self, shingles: NDArray[np.uint32]) -> None:
        """Counts the shingles of a document.

        Args:
            shingles: Those of its sketch, each counted once.
        """
        slots = _slots(shingles[_sampled(shingles)])
        # A slot that occurs twice is counted once.
        self._counts[slots] = np.minimum(self._counts[slots], _MAX_DOCUMENTS) + 1

    def core(self, shingles: NDArray[np.uint64 | np.uint32]) -> NDArray[np.bool_] | None:
        """Returns which shingles of a document do not stand in boilerplate.

        Args:
            shingles: Hashes in the order of the text; any sample of them.

        Returns:
            A mask over them; None if next to nothing is left.  A shingle stands in boilerplate
            if the counted ones around it, or itself, are frequent.
        """
        indexes = np.flatnonzero(_sampled(shingles))
        if not len(indexes):
            return np.ones(len(shingles), np.bool_)
        frequent = self._counts[_slots(shingles[indexes])] > _MAX_DOCUMENTS
        # Each shingle belongs to the gap before a counted one, or after the last.
        gaps = np.concatenate((frequent[:1], frequent[:-1] & frequent[1:], frequent[-1:]))
        ends = np.concatenate((indexes, [len(shingles)]))
        ends[1:] -= indexes
        core = ~np.repeat(gaps, ends)
        core[indexes] = ~frequent
        return core if np.count_nonzero(core) >= _MIN_CORE * len(core) else None


def _sampled(shingles: NDArray[np.uint64 | np.uint32]) -> NDArray[np.bool_]:
    sampled: NDArray[np.bool_] = shingles & shingles.dtype.type(_SAMPLING - 1) == 0
    return sampled


def _slots(shingles: NDArray[np.uint64 | np.uint32]) -> NDArray[np.intp]:
    return (shingles.astype(np.uint32) >> np.uint32(3)).astype(np.intp) & (_SLOTS - 1)
