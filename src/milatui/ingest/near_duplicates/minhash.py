"""MinHash signatures, and a hash table that finds documents with a similar one (LSH)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.ingest.near_duplicates.shingles import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

BANDS: Final = 40
ROWS: Final = 3
"""Values of a band. Documents with Jaccard similarity j meet in one of the bands with probability
1 - (1 - j**ROWS)**BANDS: .5 in 995 of 1,000 cases, .3 in two of three, .1 in one of 25."""
_BINS_LOG2: Final = 7
_BINS: Final = 1 << _BINS_LOG2
_BIN_SHIFT: Final = np.uint64(64 - _BINS_LOG2)
_BIN_NUMBERS: Final = np.arange(BANDS * ROWS, dtype=np.uint64)
"""The bins that bands are made of."""
_MAX_STEPS: Final = 32
"""Documents of a slot that are looked at, newest first."""
_FIRST_SLOTS: Final = 1 << 14
_NONE: Final = -1


def band_keys(shingles: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Returns the keys of a text's MinHash bands.

    One permutation hashing (Li, Owen, Zhang 2012): the smallest hash of each bin; an empty bin
    takes that of the next full one (Shrivastava and Li 2014).

    Args:
        shingles: At least one hash.

    Returns:
        One key for each of ``BANDS`` bands.
    """
    ordered = np.sort(shingles)
    first = np.searchsorted(ordered, _BIN_NUMBERS << _BIN_SHIFT)
    first[first == len(ordered)] = 0
    values = ordered[first]
    values += ((values >> _BIN_SHIFT) - _BIN_NUMBERS) & np.uint64(_BINS - 1)
    rows = mix(values).reshape(BANDS, ROWS).T
    keys = np.arange(BANDS, dtype=np.uint64)
    for row in rows:
        keys = mix(keys + row)
    return keys.astype(np.uint32)


class LshIndex:
    """Documents by the keys of their bands: a chained hash table in arrays.

    It takes about 0.5 KB a document.
    """

    def __init__(self) -> None:
        self._size = 0
        self._heads = np.full(_FIRST_SLOTS, _NONE, np.int32)
        self._keys = np.empty((0, BANDS), np.uint32)
        self._next = np.empty((0, BANDS), np.int32)

    def add(self, keys: NDArray[np.uint32]) -> int:
        """Adds a document, returns its number from 0.

        Args:
            keys: Its ``band_keys``.
        """
        number = self._size
        if number == len(self._keys):
            self._grow()
        self._keys[number] = keys
        self._size += 1
        self._link(number)
        return number

    def candidates(self, keys: NDArray[np.uint32]) -> NDArray[np.intp]:
        """Returns the numbers of the documents that share a band, most shared bands first.

        Args:
            keys: The ``band_keys`` of another document.
        """
        entries = self._heads[self._slots(keys)]
        steps = []
        for _step in range(_MAX_STEPS):
            entries = entries[entries != _NONE]
            if not len(entries):
                break
            steps.append(entries)
            entries = self._next.reshape(-1)[entries]
        if not steps:
            return np.empty(0, np.intp)
        entries = np.concatenate(steps)
        entries = entries[self._keys.reshape(-1)[entries] == keys[entries % BANDS]]
        if not len(entries):
            return np.empty(0, np.intp)
        numbers, counts = np.unique(entries // BANDS, return_counts=True)
        return numbers[np.lexsort((-numbers, -counts))].astype(np.intp)

    def _slots(self, keys: NDArray[np.uint32]) -> NDArray[np.intp]:
        return (keys & np.uint32(len(self._heads) - 1)).astype(np.intp)

    def _link(self, number: int) -> None:
        """Puts the entries of a document at the head of their chains.

        Where two of its bands share a slot, one of them is not found.
        """
        slots = self._slots(self._keys[number])
        self._next[number] = self._heads[slots]
        self._heads[slots] = np.arange(number * BANDS, (number + 1) * BANDS, dtype=np.int32)

    def _grow(self) -> None:
        """Doubles the table; its slots stay about as many as its entries."""
        room = max(256, 2 * self._size)
        more = room - self._size
        self._keys = np.concatenate((self._keys, np.empty((more, BANDS), np.uint32)))
        self._next = np.concatenate((self._next, np.empty((more, BANDS), np.int32)))
        slots = 1 << (room * BANDS).bit_length() - 1
        if slots > len(self._heads):
            self._heads = np.full(slots, _NONE, np.int32)
            for number in range(self._size):
                self._link(number)
