"""Scoring without NumPy, for small archives: dictionaries and sets."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING

from milatui.index.engine import formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from milatui.index.engine.kernel import Postings, Words
    from milatui.index.engine.segment import Segment

Mask = frozenset[int]


class PlainPostings:
    """Texts and frequencies as lists."""

    __slots__ = ("docs", "tfs")

    def __init__(self, docs: Sequence[int], tfs: Sequence[int]) -> None:
        self.docs = docs
        self.tfs = tfs

    def __len__(self) -> int:
        return len(self.docs)


class PlainKernel:
    """See ``kernel.Kernel``."""

    def __init__(
        self, segments: Sequence[Segment], numbers: Sequence[int] | memoryview, size: int
    ) -> None:
        self.docs = sum(s.docs for s in segments)
        self.records = size
        self.number_of = list(numbers)
        self._starts: list[int] = []
        for segment in segments:
            self._starts += [
                start + segment.place_base for start in segment.arrays.view("doc_place")[:-1]
            ]
        self.norms: list[float] = []
        self.title_lengths: list[int] = []
        tokens: list[int] = []
        titles: list[int] = []
        for segment in segments:
            tokens += segment.arrays.view("tokens")
            titles += segment.arrays.view("title_length")
        living = [slot for slot, number in enumerate(self.number_of) if number < size]
        average = sum(tokens[slot] for slot in living) / max(size, 1)
        title_average = sum(titles[slot] for slot in living) / max(size, 1)
        for segment in segments:
            table = [formula.norm(n, average) for n in segment.code_lengths]
            self.norms += [table[code] for code in segment.arrays.view("length")]
        self.title_lengths = [max(n, 1) for n in titles]
        self.title_norms = [
            formula.norm(n, title_average, formula.TITLE_B) for n in self.title_lengths
        ]

    def merged(self, words: Words, name: str) -> PlainPostings:
        sums: dict[int, int] = {}
        for segment, numbers in words:
            view, base = segment.arrays.view, segment.base
            starts, docs, tfs = view(f"{name}.from"), view(name), view(f"{name}.tf")
            for word in numbers:
                part = slice(starts[word], starts[word + 1])
                for doc, tf in zip(docs[part], tfs[part], strict=True):
                    sums[doc + base] = sums.get(doc + base, 0) + tf
        ordered = sorted(doc for doc in sums if self.number_of[doc] < self.records)
        return PlainPostings(ordered, [sums[doc] for doc in ordered])

    def frequency(self, words: Words, name: str, number: int) -> int:
        found = self.merged(words, name)
        return next(
            (
                tf
                for slot, tf in zip(found.docs, found.tfs, strict=True)
                if self.number_of[slot] == number
            ),
            0,
        )

    def phrase(self, words: Sequence[Words], stop: Callable[[], bool]) -> Mask:
        return self._at(self._following(words, stop))

    def near(
        self,
        left: Sequence[Words],
        right: Sequence[Words],
        distance: int,
        stop: Callable[[], bool],
    ) -> Mask:
        places, others = self._following(left, stop), self._following(right, stop)
        return self._at(_near(places, others, -distance, distance))

    def _following(self, words: Sequence[Words], stop: Callable[[], bool]) -> list[int]:
        """Where the last of words stands, each directly after the one before."""
        found = self._places(words[0])
        for word in words[1:]:
            found = [] if stop() else _near(found, self._places(word), 1, 1)
        return found

    def _places(self, words: Words) -> list[int]:
        """Where any of words stands, in order."""
        found: list[int] = []
        for segment, numbers in words:
            view, base = segment.arrays.view, segment.place_base
            starts, places = view("place.from"), view("place")
            for word in numbers:
                found += [place + base for place in places[starts[word] : starts[word + 1]]]
        return sorted(found)

    def _at(self, places: Iterable[int]) -> Mask:
        return self._records(bisect_right(self._starts, place) - 1 for place in places)

    def _records(self, slots: Iterable[int]) -> Mask:
        numbers = {self.number_of[slot] for slot in slots}
        return frozenset(number for number in numbers if number < self.records)

    def tally(self) -> PlainTally:
        return PlainTally(self)

    def holding(self, postings: Postings) -> Mask:
        return self._records(postings.docs)

    def mask(self, flags: bytes) -> Mask:
        return frozenset(compress(range(self.records), flags))

    def everything(self) -> Mask:
        return frozenset(range(self.records))

    def nothing(self) -> Mask:
        return frozenset()

    def without(self, mask: Mask, other: Mask) -> Mask:
        return mask - other

    def has(self, mask: Mask, number: int) -> bool:
        return number in mask

    def size(self, mask: Mask) -> int:
        return len(mask)

    def numbers(self, mask: Mask) -> Sequence[int]:
        return sorted(mask)

    def counts(self, column: memoryview, mask: Mask) -> list[tuple[int, int]]:
        found = Counter(column[number] for number in mask)
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))

    def counts_in_lists(
        self, starts: memoryview, values: memoryview, mask: Mask
    ) -> list[tuple[int, int]]:
        found: Counter[int] = Counter()
        for number in mask:
            found.update(values[starts[number] : starts[number + 1]])
        return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _near(places: list[int], others: list[int], low: int, high: int) -> list[int]:
    """Those of ``others`` that stand ``low`` to ``high`` places after one of ``places``."""
    return [
        place
        for place in others
        if bisect_left(places, place - high) < bisect_right(places, place - low)
    ]


class PlainTally:
    """See ``kernel.Tally``."""

    def __init__(self, kernel: PlainKernel) -> None:
        self._kernel = kernel
        self.scores: dict[int, float] = {}
        self._found: Counter[int] = Counter()
        self._covers: Counter[int] = Counter()
        self._by_number: dict[int, float] | None = None

    def add(self, postings: Postings, weight: float, *, title: bool = False) -> None:
        norms = self._kernel.title_norms if title else self._kernel.norms
        scores = self.scores
        for doc, tf in zip(postings.docs, postings.tfs, strict=True):
            gain: float = weight * formula.saturation(tf, norms[doc])
            scores[doc] = scores.get(doc, 0.0) + gain

    def count(self, postings: Postings) -> None:
        self._found.update(postings.docs)

    def cover(self, postings: Postings) -> None:
        self._covers.update(postings.docs)

    def coordinate(self, terms: int, *, begun: bool) -> None:
        for doc in self.scores:
            self.scores[doc] *= formula.coordination(self._found[doc], terms, begun=begun)

    def reward_titles(self, terms: int) -> None:
        lengths = self._kernel.title_lengths
        for doc, count in self._covers.items():
            if doc in self.scores:
                self.scores[doc] *= formula.coverage(count, lengths[doc], terms)

    @property
    def by_number(self) -> dict[int, float]:
        """The scores by record number; nothing is added to slots afterwards."""
        if self._by_number is None:
            numbers, size = self._kernel.number_of, self._kernel.records
            self._by_number = {
                numbers[slot]: score for slot, score in self.scores.items() if numbers[slot] < size
            }
        return self._by_number

    def lift(self, number: int, by: float) -> None:
        self.by_number[number] = self.by_number.get(number, 0.0) + by

    def score(self, number: int) -> float:
        return self.by_number.get(number, 0.0)

    def matching(self) -> Mask:
        return frozenset(number for number, score in self.by_number.items() if score > 0)

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        scores = self.by_number
        found = [(number, scores.get(number, 0.0)) for number in mask]
        return heapq.nsmallest(limit, found, key=lambda hit: (-hit[1], hit[0]))
