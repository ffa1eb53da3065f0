"""Scoring without NumPy, for small archives: dictionaries and sets."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, Any

from milatui.index.engine import formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.index.engine.kernel import Postings
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

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.docs = sum(s.docs for s in segments)
        docs = max(self.docs, 1)
        average = sum(s.total for s in segments) / docs
        title_average = sum(s.title_total for s in segments) / docs
        self.norms: list[float] = []
        self.title_lengths: list[int] = []
        for segment in segments:
            table = [formula.norm(n, average) for n in segment.code_lengths]
            self.norms += [table[code] for code in segment.arrays.view("length")]
            self.title_lengths += [max(n, 1) for n in segment.arrays.view("title_length")]
        self.title_norms = [
            formula.norm(n, title_average, formula.TITLE_B) for n in self.title_lengths
        ]

    def merged(self, lists: Iterable[tuple[Segment, Iterable[int]]], name: str) -> PlainPostings:
        sums: dict[int, int] = {}
        for segment, words in lists:
            view, base = segment.arrays.view, segment.base
            starts, docs, tfs = view(f"{name}.from"), view(name), view(f"{name}.tf")
            for word in words:
                part = slice(starts[word], starts[word + 1])
                for doc, tf in zip(docs[part], tfs[part], strict=True):
                    sums[doc + base] = sums.get(doc + base, 0) + tf
        ordered = sorted(sums)
        return PlainPostings(ordered, [sums[doc] for doc in ordered])

    def tally(self) -> PlainTally:
        return PlainTally(self)

    def mask(self, docs: Any) -> Mask:
        return frozenset(docs)

    def everything(self) -> Mask:
        return frozenset(range(self.docs))

    def without(self, mask: Mask, other: Mask) -> Mask:
        return mask - other

    def size(self, mask: Mask) -> int:
        return len(mask)

    def numbers(self, mask: Mask) -> list[int]:
        return sorted(mask)


class PlainTally:
    """See ``kernel.Tally``."""

    def __init__(self, kernel: PlainKernel) -> None:
        self._kernel = kernel
        self.scores: dict[int, float] = {}
        self._found: Counter[int] = Counter()
        self._covers: Counter[int] = Counter()

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

    def coordinate(self, terms: int) -> None:
        for doc in self.scores:
            self.scores[doc] *= formula.coordination(self._found[doc], terms)

    def reward_titles(self, terms: int) -> None:
        lengths = self._kernel.title_lengths
        for doc, count in self._covers.items():
            if doc in self.scores:
                self.scores[doc] *= formula.coverage(count, lengths[doc], terms)

    def matching(self) -> Mask:
        return frozenset(doc for doc, score in self.scores.items() if score > 0)

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        found = [(doc, self.scores.get(doc, 0.0)) for doc in mask]
        return heapq.nsmallest(limit, found, key=lambda hit: (-hit[1], hit[0]))

    def factor(self, docs: Sequence[int], factors: Sequence[float]) -> None:
        for doc, by in zip(docs, factors, strict=True):
            if doc in self.scores:
                self.scores[doc] *= by
