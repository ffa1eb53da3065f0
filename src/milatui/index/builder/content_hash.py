"""Hashes texts by their words: equal in all reprints, whatever their case, lines and quotes."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.hashing import hash64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Integers = NDArray[np.integer]

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)


class ContentHasher:
    """Hashes texts as they are tokenized: a multilinear hash of the hashes of their words.

    Args:
        words: Folded words by number; the list may grow.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._word_hashes: Hashes = np.zeros(0, np.uint64)
        self._factors: Hashes = np.zeros(0, np.uint64)
        self._hashes = array("Q")

    @property
    def hashes(self) -> Hashes:
        """The hash of each text, shape (texts,); 0 for a text without words."""
        return np.frombuffer(self._hashes, np.uint64)

    def add(self, numbers: NDArray[np.uint32], begins: Integers, ends: Integers) -> None:
        """Hashes texts.

        Args:
            numbers: Word numbers of a batch.
            begins: Where each text begins in it, ascending.
            ends: Where it ends.
        """
        sizes = ends - begins
        self._extend(int(sizes.max(initial=0)))
        found = np.zeros(len(sizes), np.uint64)
        full = np.flatnonzero(sizes)
        if len(full):
            starts = np.cumsum(sizes[full]) - sizes[full]
            within = np.arange(int(sizes.sum())) - np.repeat(starts, sizes[full])
            at = within + np.repeat(begins[full], sizes[full])
            terms = self._word_hashes[numbers[at]] * self._factors[within]
            found[full] = np.add.reduceat(terms, starts)
        self._hashes.frombytes(found.tobytes())

    def _extend(self, longest: int) -> None:
        """Hashes new words, and makes a factor for each position of a longer text."""
        known = len(self._word_hashes)
        new = np.fromiter(map(hash64, self._words[known:]), np.uint64)
        self._word_hashes = np.concatenate([self._word_hashes, new])
        if longest > len(self._factors):
            self._factors = _random(np.arange(2 * longest, dtype=np.uint64)) | np.uint64(1)


def _random(numbers: Hashes) -> Hashes:
    """Scrambles numbers (SplitMix64, Steele et al. 2014)."""
    mixed = (numbers + np.uint64(1)) * _GOLDEN
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    scrambled: Hashes = mixed ^ (mixed >> np.uint64(31))
    return scrambled
