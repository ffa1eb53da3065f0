"""The records of all segments of a generation together, by document number and in their order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol, TypeVar

import numpy as np

from milatui.index.builder.index_entry import kind_and_id
from milatui.index.codec.postings import ranges
from milatui.index.store.record_columns import OFFSETS, view
from milatui.index.store.segment_records import VALUES, SegmentRecords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.figures.contradictions import Claim
    from milatui.index.store.manifest import SegmentEntry

    Numbers = NDArray[Any]

MAX_WORDS: Final = {"detail": 255, "language": 255, "publisher": 4095, "sector": 255}
"""How many values a column of words distinguishes; the number of all others."""


class _Key(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


K = TypeVar("K", bound=_Key)


class NumberLists(NamedTuple):
    """Lists of numbers: those of owner i are ``items[offsets[i]:offsets[i + 1]]``."""

    offsets: NDArray[np.int64]
    items: Numbers


class GenerationRecords:
    """What the segments keep of their records.

    Args:
        folder: The generation.
        segments: Its segments, in the order of their documents.
    """

    def __init__(self, folder: Path, segments: Sequence[SegmentEntry]) -> None:
        self._segments = [SegmentRecords(folder, segment) for segment in segments]
        self._bases = list(accumulate((s.doc_count for s in segments), initial=0))

    @property
    def doc_count(self) -> int:
        """Number of documents, deleted ones included."""
        return self._bases[-1]

    def sort_key(self, doc: int) -> bytes:
        """Returns the bytes that a document sorts by."""
        segment = bisect_right(self._bases, doc) - 1
        return self._segments[segment].sort_key(doc - self._bases[segment])

    def kind_and_id(self, doc: int) -> tuple[int, str]:
        """Returns number of the kind, and id, of a document."""
        return kind_and_id(self.sort_key(doc))

    def values(self, name: str) -> Numbers:
        """Returns a column of ``segment_records.VALUES``, shape (doc_count,)."""
        typecode = VALUES[name]
        parts = [np.zeros(0, typecode)]
        parts += (np.asarray(view(s.file, name, typecode)) for s in self._segments)
        return np.concatenate(parts)

    def claims(self) -> list[tuple[int, Claim]]:
        """Returns document number of each figure, deleted ones included, and what it says.

        Returns:
            (document number in the generation, claim), in the order of the documents.
        """
        found = zip(self._segments, self._bases, strict=False)
        return [(base + doc, claim) for segment, base in found for doc, claim in segment.claims]

    def lists(self, name: str, docs: Numbers) -> NumberLists:
        """Returns the lists of ``segment_records.LISTS`` of some documents."""
        sizes, items = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
        for segment in self._segments:
            offsets = np.asarray(view(segment.file, name + OFFSETS, "I"))
            sizes.append(offsets[1:].astype(np.int64) - offsets[:-1])
            items.append(np.asarray(view(segment.file, name, "Q")))
        all_sizes = np.concatenate(sizes)
        begins = np.cumsum(all_sizes) - all_sizes
        chosen = all_sizes[docs]
        return NumberLists(_offsets(chosen), np.concatenate(items)[ranges(begins[docs], chosen)])

    def words(self, name: str, docs: Numbers) -> tuple[list[str], Numbers]:
        """Numbers the words of a column of ``segment_records.TABLES`` as they come.

        Args:
            name: The column.
            docs: Documents in order.

        Returns:
            The words, the empty one first, and the number of each document's word.
        """
        numbers: dict[str, int] = {"": 0}
        parts = [np.zeros(0, np.int64)]
        for segment in self._segments:
            table = [numbers.setdefault(word, len(numbers)) for word in segment.table(name)]
            local = np.asarray(view(segment.file, name, VALUES[name]))
            parts.append(np.array(table, np.int64)[local] if table else local.astype(np.int64))
        column = np.concatenate(parts)[docs]
        used, first = np.unique(column, return_index=True)
        other = MAX_WORDS[name]
        order = [number for number in used[np.argsort(first)].tolist() if number][: other - 1]
        renumbered = np.full(len(numbers), other, np.int64)
        renumbered[[0, *order]] = np.arange(len(order) + 1)
        words = list(numbers)
        return ["", *(words[number] for number in order)], renumbered[column]


def insert_sorted(old: Numbers, new: Sequence[int], key: Callable[[int], K]) -> Numbers:
    """Merges documents into an order.

    Args:
        old: Documents in order.
        new: Documents in any order.
        key: What a document sorts by.

    Returns:
        All documents in order.
    """
    keys = {doc: key(doc) for doc in new}
    ordered = sorted(new, key=keys.__getitem__)
    if not len(old):
        return np.array(ordered, np.int64)
    at: list[int] = []
    for doc in ordered:
        low = at[-1] if at else 0
        at.append(bisect_left(old, keys[doc], low, key=lambda other: key(int(other))))
    merged: Numbers = np.insert(old, at, ordered)
    return merged


def _offsets(sizes: Numbers) -> Numbers:
    offsets = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    return offsets
