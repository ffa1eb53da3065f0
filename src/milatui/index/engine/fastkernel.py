"""Scoring with NumPy: arrays over all texts, postings straight from the memory map."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.engine import formula
from milatui.index.engine.blocks import batches, spread
from milatui.index.engine.fastplaces import following, present, size, united
from milatui.index.engine.fasttally import FastTally
from milatui.index.engine.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from milatui.index.engine.fastplaces import Lists
    from milatui.index.engine.kernel import Postings, Words
    from milatui.index.engine.segment import Segment

    Mask = NDArray[np.bool_]


POSTINGS_KEPT: Final = 4 << 20
"""Bytes of postings that are remembered: the next key asks for most of the words again."""
_KEY: Final = 40
"""Bytes that a word's number takes in what postings are remembered by."""
_AT_ONCE: Final = 4096
"""Words whose postings are copied at once where they are too many to look at one by one."""


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
        self._arrays: dict[tuple[Segment, str], NDArray[Any]] = {}
        self._merged = Kept[FastPostings](POSTINGS_KEPT)
        number_of = np.asarray(numbers, np.uint32)
        self._alive = number_of < size
        alive = np.flatnonzero(self._alive)
        self._dead = np.flatnonzero(~self._alive)
        self.slot_of = np.zeros(size, np.intp)
        self.slot_of[number_of[alive]] = alive
        self._codes = self._joined("length", np.uint8)
        self._titles = self._joined("title_length", np.uint16)
        self._title_average = self._average(self._titles)
        average = self._average(self._joined("tokens", np.uint32))
        self._norms = formula.norm(np.array(segments[0].code_lengths if segments else ()), average)

    def _joined(self, name: str, kind: type[Any]) -> NDArray[Any]:
        """A column of all slots; that of a single segment is not copied."""
        parts = [self.array(segment, name) for segment in self._segments]
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, kind), *parts])

    def _average(self, column: NDArray[Any]) -> float:
        """The mean over the slots that are not deleted."""
        gone = column[self._dead].sum(dtype=np.int64)
        return float(column.sum(dtype=np.int64) - gone) / max(self.records, 1)

    def norms(self, docs: NDArray[Any]) -> NDArray[Any]:
        """``formula.norm`` of some texts."""
        norms: NDArray[Any] = self._norms.take(self._codes.take(docs))
        return norms

    def title_norms(self, docs: NDArray[Any]) -> NDArray[Any]:
        """``formula.norm`` of some titles."""
        lengths = self.title_lengths(docs)
        norms: NDArray[Any] = formula.norm(lengths, self._title_average, formula.TITLE_B)
        return norms

    def title_lengths(self, docs: NDArray[Any]) -> NDArray[Any]:
        """How many words some titles have, at least one."""
        lengths: NDArray[Any] = np.maximum(self._titles.take(docs), 1.0)
        return lengths

    def array(self, segment: Segment, name: str) -> NDArray[Any]:
        """An array of a segment, without copying."""
        key = (segment, name)
        found = self._arrays.get(key)
        if found is None:
            segment.arrays.view(name)  # compared with its checksum
            code, start, length = segment.arrays.place(name)
            found = np.frombuffer(segment.arrays.map, np.dtype(code), length, start)
            self._arrays[key] = found
        return found

    def merged(self, words: Words, name: str) -> FastPostings:
        key = (name, *((segment, *numbers) for segment, numbers in words))
        found = self._merged.get(key)
        if found is None:
            docs, tfs = self._gathered(words, name)
            found = FastPostings(docs.astype(np.uint32), tfs)
            size = found.docs.nbytes + found.tfs.nbytes
            size += sum(len(numbers) for _segment, numbers in words) * _KEY
            self._merged.keep(key, found, size)
        return found

    def _gathered(self, words: Words, name: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Texts and frequencies; without deleted records, so that an index that grew answers
        like a new one."""
        found = [self._stretches(segment, numbers, name) for segment, numbers in words]
        many = sum(int(counts.sum()) for _segment, _begins, counts in found)
        parts = (part for stretches in found for part in self._parts(*stretches, name))
        if sum(len(counts) for _segment, _begins, counts in found) > 1 and many * 64 >= self.docs:
            return self._summed(parts)
        lists = list(parts)
        if len(lists) == 1:
            docs, tfs = lists[0]
        else:
            docs = np.concatenate([np.zeros(0, np.uint32), *(docs for docs, _tfs in lists)])
            docs, place = np.unique(docs, return_inverse=True)
            tfs = np.bincount(place, np.concatenate([np.zeros(0), *(tfs for _docs, tfs in lists)]))
        if not len(self._dead):
            return docs, tfs
        kept = self._alive[docs]
        return docs[kept], tfs[kept]

    def _stretches(
        self, segment: Segment, numbers: Sequence[int], name: str
    ) -> tuple[Segment, NDArray[Any], NDArray[Any]]:
        """Where the postings of words begin in one segment, and how many each has, if any."""
        starts, places = self.array(segment, f"{name}.from"), np.array(numbers, np.intp)
        begins, counts = starts[places].astype(np.int64), starts[places + 1] - starts[places]
        return segment, begins[counts > 0], counts[counts > 0]

    def _parts(
        self, segment: Segment, begins: NDArray[Any], counts: NDArray[Any], name: str
    ) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
        """The texts and frequencies of words in one segment: of each, or of many at once."""
        docs, tfs = self.array(segment, name), self.array(segment, f"{name}.tf")
        base = np.uint32(segment.base)
        if len(begins) > _AT_ONCE:
            for first in range(0, len(begins), _AT_ONCE):
                some = slice(first, first + _AT_ONCE)
                at = spread(begins[some], counts[some].astype(np.int64))
                yield docs[at] + base, tfs[at]
            return
        for begin, count in zip(begins.tolist(), counts.tolist(), strict=True):
            part = docs[begin : begin + count]
            yield (part + base if base else part), tfs[begin : begin + count]

    def _summed(
        self, lists: Iterable[tuple[NDArray[Any], NDArray[Any]]]
    ) -> tuple[NDArray[Any], NDArray[Any]]:
        """Long lists as one, by way of the frequencies in all texts."""
        dense = np.zeros(self.docs, np.uint32)
        for docs, tfs in batches(lists):
            np.add.at(dense, docs.astype(np.intp), tfs.astype(np.uint32))
        dense[self._dead] = 0
        # Of truth values: four times as fast as of numbers.
        found = np.flatnonzero(dense != 0)
        return found, dense[found]

    def frequency(self, words: Words, name: str, number: int) -> int:
        slot = int(self.slot_of[number])
        found = self.merged(words, name)
        at = int(np.searchsorted(found.docs, slot))
        return int(found.tfs[at]) if at < len(found) and found.docs[at] == slot else 0

    def phrase(self, words: Sequence[Words], stop: Callable[[], bool]) -> Mask:
        return self._at(
            (segment, following([self._places(segment, word) for word in words], stop))
            for segment in self._segments
        )

    def near(
        self,
        left: Sequence[Words],
        right: Sequence[Words],
        distance: int,
        stop: Callable[[], bool],
    ) -> Mask:
        found = []
        for segment in self._segments:
            sides = [self._standing(segment, words, stop) for words in (left, right)]
            few, many = sorted(sides, key=size)
            wanted = united(few)
            found.append((segment, wanted[present(wanted, many, distance)]))
        return self._at(found)

    def _standing(
        self, segment: Segment, words: Sequence[Words], stop: Callable[[], bool]
    ) -> Lists:
        """Lists of the places where a phrase ends in one segment."""
        lists = [self._places(segment, word) for word in words]
        return lists[0] if len(lists) == 1 else [following(lists, stop).astype(np.uint32)]

    def _places(self, segment: Segment, words: Words) -> Lists:
        """The lists of the places of words in one segment, without copying."""
        starts, places = self.array(segment, "place.from"), self.array(segment, "place")
        numbers = next((found for other, found in words if other is segment), ())
        return [places[int(starts[n]) : int(starts[n + 1])] for n in numbers]

    def _at(self, found: Iterable[tuple[Segment, NDArray[np.int64]]]) -> Mask:
        """The records that have one of the places in segments, each given in order."""
        slots = np.zeros(self.docs, bool)
        for segment, places in found:
            bounds = self.array(segment, "doc_place")
            here = slots[segment.base : segment.base + segment.docs]
            if len(places) > segment.docs:
                here[:] = np.diff(np.searchsorted(places, bounds)) > 0
            else:
                here[np.searchsorted(bounds, places, "right") - 1] = True
        return slots[self.slot_of]

    def tally(self) -> FastTally:
        return FastTally(self)

    def holding(self, postings: Postings) -> Mask:
        slots = np.zeros(self.docs, bool)
        slots[postings.docs] = True
        return slots[self.slot_of]

    def mask(self, flags: bytes) -> Mask:
        return np.frombuffer(flags, bool)

    def everything(self) -> Mask:
        return np.ones(self.records, bool)

    def nothing(self) -> Mask:
        return np.zeros(self.records, bool)

    def without(self, mask: Mask, other: Mask) -> Mask:
        return mask & ~other

    def has(self, mask: Mask, number: int) -> bool:
        return bool(mask[number])

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


def _array(view: memoryview) -> NDArray[Any]:
    return np.frombuffer(view, np.dtype(view.format)) if len(view) else np.zeros(0, np.uint8)
