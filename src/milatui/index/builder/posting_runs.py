"""Builds the inverted index: sorts postings in runs, spills them to disk, merges them by term.

A run is what one batch of texts gave, sorted by term number. Runs lie in an unnamed temporary file,
so that memory stays bounded whatever the number of texts. Once all terms are known and ordered,
the runs are read and merged, some terms at a time.
"""

from __future__ import annotations

import mmap
import tempfile
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import numpy as np

from milatui.index.codec.postings import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Integers = NDArray[np.integer]
    Offsets = NDArray[np.int64]

MERGED_ENTRIES: Final = 1_000_000
"""Entries that are merged at a time."""


class _Stored(NamedTuple):
    """An array in the temporary file: where it begins, its length and type."""

    offset: int
    size: int
    dtype: np.dtype[np.generic]


class _Run(NamedTuple):
    """A run in the temporary file: its terms, how many entries each has, and the entries."""

    terms: _Stored
    counts: _Stored
    columns: list[_Stored]


class _OrderedRun(NamedTuple):
    """The entries of each term in a run, in the order of terms; arrays of 32 bits."""

    ranks: Integers
    begins: Integers
    counts: Integers
    columns: list[_Stored]


class TermOrder:
    """Terms in the order of their bytes.

    Args:
        terms: Terms by number.
        used: Numbers of those that are used; all if not given.

    Attributes:
        terms: The used terms in order.
        rank: The place of each in that order, by its number; shape (all terms,).
    """

    def __init__(self, terms: Sequence[str], used: Sequence[int] | None = None) -> None:
        # Code points stand in the order of their bytes.
        order = sorted(range(len(terms)) if used is None else used, key=terms.__getitem__)
        self.terms = [terms[number].encode("utf-8", "surrogatepass") for number in order]
        self.rank = np.zeros(len(terms), np.int64)
        self.rank[order] = np.arange(len(order))


class SpillFile:
    """An unnamed temporary file of arrays; several lists of runs share it.

    Args:
        folder: Where it lies.
    """

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - kept open
        self._map: mmap.mmap | None = None

    def add(self, column: Integers) -> _Stored:
        """Appends an array."""
        stored = _Stored(self._file.tell(), len(column), column.dtype)
        self._file.write(column.tobytes() + bytes(-column.nbytes % 8))
        return stored

    def read(self, stored: _Stored) -> Integers:
        """Returns an array, mapped; nothing may be added any more."""
        if not stored.size:
            return np.zeros(0, stored.dtype)
        if self._map is None:
            self._file.flush()
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, stored.dtype, stored.size, stored.offset)

    def release(self) -> None:
        """Frees the memory of the pages that were read."""
        if self._map is not None:
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        """Removes the file."""
        # What could not be written is no longer needed.
        with suppress(OSError):
            self._file.close()


class MergedTerms(NamedTuple):
    """Entries of consecutive terms, in the order of terms.

    Attributes:
        part: Which part of all entries is merged with these terms.
        columns: Arrays with an item for each entry.
    """

    part: float
    columns: list[Integers]


class PostingRuns:
    """The runs of one list of entries: for each term, some entries with some columns.

    Args:
        spill: Where runs are put.
    """

    def __init__(self, spill: SpillFile) -> None:
        self._spill = spill
        self._runs: list[_Run] = []

    def add(self, terms: Integers, counts: Integers, *columns: Integers) -> None:
        """Adds a run.

        Args:
            terms: Term numbers, each once.
            counts: How many entries each has, shape (len(terms),).
            columns: The entries, term by term.
        """
        found = (terms, counts.astype(np.uint32), *columns)
        first, second, *rest = (self._spill.add(column) for column in found)
        self._runs.append(_Run(first, second, rest))

    def used_terms(self, size: int) -> Offsets:
        """Returns the numbers, below ``size``, of the terms that have entries."""
        used = np.zeros(size, np.bool_)
        for run in self._runs:
            used[self._spill.read(run.terms)] = True
        return np.flatnonzero(used)

    def totals(self, order: TermOrder) -> Offsets:
        """Counts the entries of each term, in the order of terms."""
        totals = np.zeros(len(order.terms), np.int64)
        for run in self._runs:
            totals[order.rank[self._spill.read(run.terms)]] += self._spill.read(run.counts)
        return totals

    def merged(self, order: TermOrder, dtypes: Sequence[type[np.integer]]) -> Iterator[MergedTerms]:
        """Merges the runs in the order of terms.

        Args:
            order: All terms that have entries.
            dtypes: The types of the columns.
        """
        rank, totals = order.rank, self.totals(order)
        starts = np.zeros(len(totals) + 1, np.int64)
        np.cumsum(totals, out=starts[1:])
        runs = [self._ordered(run, rank) for run in self._runs]
        first = 0
        while first < len(totals):
            last = int(np.searchsorted(starts, starts[first] + MERGED_ENTRIES, "right")) - 1
            last = min(max(last, first + 1), len(totals))
            begin, end = int(starts[first]), int(starts[last])
            columns: list[Integers] = [np.zeros(end - begin, dtype) for dtype in dtypes]
            used = starts[first:last] - begin
            for run in runs:
                low, high = np.searchsorted(run.ranks, (first, last)).tolist()
                at = run.ranks[low:high] - np.uint32(first)
                counts = run.counts[low:high].astype(np.int64)
                source = ranges(run.begins[low:high].astype(np.int64), counts)
                target = ranges(used[at], counts)
                for column, stored in zip(columns, run.columns, strict=True):
                    column[target] = self._spill.read(stored)[source]
                used[at] += counts
                self._spill.release()
            yield MergedTerms(end / int(starts[-1] or 1), columns)
            first = last

    def _ordered(self, run: _Run, rank: Offsets) -> _OrderedRun:
        ranks = rank[self._spill.read(run.terms)].astype(np.uint32)
        counts = self._spill.read(run.counts)
        begins = np.cumsum(counts, dtype=np.uint32) - counts
        by_rank = np.argsort(ranks, kind="stable")
        return _OrderedRun(ranks[by_rank], begins[by_rank], counts[by_rank], run.columns)
