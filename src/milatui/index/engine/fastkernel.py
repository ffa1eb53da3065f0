"""Scoring with NumPy: arrays over all texts, postings straight from the memory map."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import numpy as np

from milatui.index.engine import formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from milatui.index.engine.kernel import Postings
    from milatui.index.engine.segment import Segment

    Mask = NDArray[np.bool_]


class FastPostings:
    """Texts and frequencies as arrays."""

    __slots__ = ("docs", "tfs")

    def __init__(self, docs: NDArray[Any], tfs: NDArray[Any]) -> None:
        self.docs = docs
        self.tfs = tfs

    def __len__(self) -> int:
        return len(self.docs)


class FastKernel:
    """See ``kernel.Kernel``."""

    def __init__(
        self, segments: Sequence[Segment], numbers: Sequence[int] | memoryview, size: int
    ) -> None:
        self.docs = sum(s.docs for s in segments)
        self.records = size
        self._segments = segments
        self._places = sum(s.places for s in segments)
        of_slots = np.asarray(numbers, np.uint32)
        self.number_of = of_slots
        self.slot_of = np.zeros(size, np.int64)
        alive = np.flatnonzero(of_slots < size)
        self.slot_of[of_slots[alive]] = alive
        self._alive = None if len(alive) == self.docs else of_slots < size
        self._arrays: dict[tuple[int, str], NDArray[Any]] = {}
        self.norms, self.title_lengths = np.zeros(0), np.zeros(0)
        if not segments:
            return
        average = self._joined("tokens")[self.slot_of].mean() if size else 0.0
        tables = [
            np.array([formula.norm(n, average) for n in s.code_lengths])[self.array(s, "length")]
            for s in segments
        ]
        self.norms = np.concatenate(tables)
        self.title_lengths = np.maximum(self._joined("title_length"), 1.0)
        title_average = self._joined("title_length")[self.slot_of].mean() if size else 0.0
        self.title_norms = formula.norm(self.title_lengths, title_average, formula.TITLE_B)

    def _joined(self, name: str) -> NDArray[Any]:
        return np.concatenate([self.array(s, name) for s in self._segments])

    def array(self, segment: Segment, name: str) -> NDArray[Any]:
        """An array of a segment, without copying."""
        key = (segment.base, name)
        found = self._arrays.get(key)
        if found is None:
            code, start, length = segment.arrays.place(name)
            found = np.frombuffer(segment.arrays.map, np.dtype(code), length, start)
            self._arrays[key] = found
        return found

    def merged(self, words: Iterable[tuple[Segment, Iterable[int]]], name: str) -> FastPostings:
        docs: list[NDArray[Any]] = []
        tfs: list[NDArray[Any]] = []
        for segment, numbers in words:
            starts = self.array(segment, f"{name}.from")
            all_docs = self.array(segment, name)
            all_tfs = self.array(segment, f"{name}.tf")
            for word in numbers:
                part = slice(int(starts[word]), int(starts[word + 1]))
                if part.start == part.stop:
                    continue
                docs.append(all_docs[part] + segment.base if segment.base else all_docs[part])
                tfs.append(all_tfs[part])
        if not docs:
            return FastPostings(np.zeros(0, np.uint32), np.zeros(0))
        if len(docs) == 1:
            return self._living(docs[0], tfs[0])
        every, counts = np.concatenate(docs), np.concatenate(tfs)
        if len(every) * 16 < self.docs:
            found, place = np.unique(every, return_inverse=True)
            return self._living(found, np.bincount(place, counts))
        dense = np.bincount(every, counts, self.docs)
        found = np.flatnonzero(dense != 0)  # of truth values: four times as fast as of numbers
        return self._living(found, dense[found])

    def _living(self, docs: NDArray[Any], tfs: NDArray[Any]) -> FastPostings:
        """Postings without deleted records: an index that grew answers like a new one."""
        if self._alive is None:
            return FastPostings(docs, tfs)
        kept = self._alive[docs]
        return FastPostings(docs[kept], tfs[kept])

    def frequency(
        self, words: Iterable[tuple[Segment, Iterable[int]]], name: str, number: int
    ) -> int:
        slot = int(self.slot_of[number])
        found = self.merged(words, name)
        at = int(np.searchsorted(found.docs, slot))
        return int(found.tfs[at]) if at < len(found) and found.docs[at] == slot else 0

    def places(self, words: Iterable[tuple[Segment, Iterable[int]]]) -> NDArray[Any]:
        parts: list[NDArray[Any]] = []
        for segment, numbers in words:
            starts, places = self.array(segment, "place.from"), self.array(segment, "place")
            parts += [
                places[int(starts[n]) : int(starts[n + 1])].astype(np.int64) + segment.place_base
                for n in numbers
            ]
        if len(parts) == 1:
            return parts[0]
        found = np.concatenate([*parts, np.zeros(0, np.int64)])
        found.sort(kind="stable")  # merges runs that are sorted: ten times as fast here
        return found

    def near(self, places: Any, others: Any, low: int, high: int) -> NDArray[Any]:
        if low == high:
            # Marks on a map of all places: faster than looking up one list in the other.
            marks = np.zeros(self._places + high + 1, bool)
            marks[places + high] = True
            following: NDArray[Any] = others[marks[others]]
            return following
        first = np.searchsorted(places, others - high, "left")
        last = np.searchsorted(places, others - low, "right")
        within: NDArray[Any] = others[last > first]
        return within

    def at(self, places: Any) -> Mask:
        starts = np.concatenate(
            [
                self.array(s, "doc_place")[:-1].astype(np.int64) + s.place_base
                for s in self._segments
            ]
        )
        if len(places) > self.docs:
            bounds = np.append(np.searchsorted(places, starts), len(places))
            return (bounds[1:] > bounds[:-1])[self.slot_of]
        slots = np.zeros(self.docs, bool)
        slots[np.searchsorted(starts, places, "right") - 1] = True
        return slots[self.slot_of]

    def tally(self) -> FastTally:
        return FastTally(self)

    def holding(self, postings: Postings) -> Mask:
        slots = np.zeros(self.docs, bool)
        slots[postings.docs] = True
        return slots[self.slot_of]

    def mask(self, flags: bytes) -> Mask:
        return np.frombuffer(flags, np.uint8).astype(bool)

    def everything(self) -> Mask:
        return np.ones(self.records, bool)

    def nothing(self) -> Mask:
        return np.zeros(self.records, bool)

    def without(self, mask: Mask, other: Mask) -> Mask:
        return mask & ~other

    def size(self, mask: Mask) -> int:
        return int(np.count_nonzero(mask))

    def numbers(self, mask: Mask) -> Sequence[int]:
        # As an array of the standard library: compact, and made of plain whole numbers.
        return array("I", np.flatnonzero(mask).astype(np.uint32).tobytes())

    def counts(self, column: memoryview, mask: Mask) -> list[tuple[int, int]]:
        values = np.bincount(_array(column)[mask])
        found = [(int(value), int(values[value])) for value in np.flatnonzero(values)]
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def counts_in_lists(
        self, starts: memoryview, values: memoryview, mask: Mask
    ) -> list[tuple[int, int]]:
        lengths = np.diff(_array(starts))
        counts = np.bincount(_array(values)[np.repeat(mask, lengths)])
        found = [(int(value), int(counts[value])) for value in np.flatnonzero(counts)]
        return sorted(found, key=lambda item: (-item[1], item[0]))


class FastTally:
    """See ``kernel.Tally``."""

    def __init__(self, kernel: FastKernel) -> None:
        self._kernel = kernel
        self.scores = np.zeros(kernel.docs)
        self._found: NDArray[Any] | None = None
        self._covers: list[Any] = []
        self._by_number: NDArray[Any] | None = None

    def add(self, postings: Postings, weight: float, *, title: bool = False) -> None:
        norms = self._kernel.title_norms if title else self._kernel.norms
        docs = postings.docs
        self.scores[docs] += weight * formula.saturation(postings.tfs, norms[docs])

    def count(self, postings: Postings) -> None:
        if self._found is None:
            self._found = np.zeros(self._kernel.docs, np.uint8)
        self._found[postings.docs] += 1

    def cover(self, postings: Postings) -> None:
        self._covers.append(postings.docs)

    def coordinate(self, terms: int) -> None:
        if self._found is not None:
            table = np.array([formula.coordination(n, terms) for n in range(terms + 1)])
            self.scores *= table[self._found]

    def reward_titles(self, terms: int) -> None:
        if not self._covers:
            return
        docs, counts = np.unique(np.concatenate(self._covers), return_counts=True)
        lengths = self._kernel.title_lengths[docs]
        self.scores[docs] *= formula.coverage(counts, lengths, terms)

    @property
    def by_number(self) -> NDArray[Any]:
        """The scores by record number; nothing is added to slots afterwards."""
        if self._by_number is None:
            self._by_number = self.scores[self._kernel.slot_of]
        return self._by_number

    def lift(self, number: int, by: float) -> None:
        self.by_number[number] += by

    def score(self, number: int) -> float:
        return float(self.by_number[number])

    def matching(self) -> Mask:
        return self.by_number > 0

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        docs = np.flatnonzero(mask)
        scores = self.by_number[docs]
        if 0 < limit < len(docs):
            # Everything that ties with the last place competes for it.
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            kept = scores >= least
            docs, scores = docs[kept], scores[kept]
        order = np.lexsort((docs, -scores))[:limit]
        return list(zip(docs[order].tolist(), scores[order].tolist(), strict=True))


def _array(view: memoryview) -> NDArray[Any]:
    return np.frombuffer(view, np.dtype(view.format)) if len(view) else np.zeros(0, np.uint8)
