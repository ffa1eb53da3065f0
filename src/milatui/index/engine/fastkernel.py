"""Scoring with NumPy: arrays over all texts, postings straight from the memory map."""

from __future__ import annotations

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

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.docs = sum(s.docs for s in segments)
        docs = max(self.docs, 1)
        self._arrays: dict[tuple[int, str], NDArray[Any]] = {}
        average = sum(s.total for s in segments) / docs
        title_average = sum(s.title_total for s in segments) / docs
        norms, lengths = [np.zeros(0)], [np.zeros(0)]
        for segment in segments:
            table = np.array([formula.norm(n, average) for n in segment.code_lengths])
            norms.append(table[self.array(segment, "length")])
            lengths.append(self.array(segment, "title_length").astype(float))
        self.norms = np.concatenate(norms)
        self.title_lengths = np.maximum(np.concatenate(lengths), 1.0)
        self.title_norms = formula.K1 * (
            1 - formula.TITLE_B + formula.TITLE_B * self.title_lengths / (title_average or 1)
        )

    def array(self, segment: Segment, name: str) -> NDArray[Any]:
        """An array of a segment, without copying."""
        key = (segment.base, name)
        found = self._arrays.get(key)
        if found is None:
            code, start, length = segment.arrays.place(name)
            found = np.frombuffer(segment.arrays.map, np.dtype(code), length, start)
            self._arrays[key] = found
        return found

    def merged(self, lists: Iterable[tuple[Segment, Iterable[int]]], name: str) -> FastPostings:
        docs: list[NDArray[Any]] = []
        tfs: list[NDArray[Any]] = []
        for segment, words in lists:
            starts = self.array(segment, f"{name}.from")
            all_docs = self.array(segment, name)
            all_tfs = self.array(segment, f"{name}.tf")
            for word in words:
                part = slice(int(starts[word]), int(starts[word + 1]))
                if part.start == part.stop:
                    continue
                docs.append(all_docs[part] + segment.base if segment.base else all_docs[part])
                tfs.append(all_tfs[part])
        if not docs:
            return FastPostings(np.zeros(0, np.uint32), np.zeros(0))
        if len(docs) == 1:
            return FastPostings(docs[0], tfs[0])
        every, counts = np.concatenate(docs), np.concatenate(tfs)
        if len(every) * 16 < self.docs:
            found, place = np.unique(every, return_inverse=True)
            return FastPostings(found, np.bincount(place, counts))
        dense = np.bincount(every, counts, self.docs)
        found = np.flatnonzero(dense)
        return FastPostings(found, dense[found])

    def tally(self) -> FastTally:
        return FastTally(self)

    def mask(self, docs: Any) -> Mask:
        mask = np.zeros(self.docs, bool)
        mask[np.asarray(docs, np.int64)] = True
        return mask

    def everything(self) -> Mask:
        return np.ones(self.docs, bool)

    def without(self, mask: Mask, other: Mask) -> Mask:
        return mask & ~other

    def size(self, mask: Mask) -> int:
        return int(np.count_nonzero(mask))

    def numbers(self, mask: Mask) -> list[int]:
        found: list[int] = np.flatnonzero(mask).tolist()
        return found


class FastTally:
    """See ``kernel.Tally``."""

    def __init__(self, kernel: FastKernel) -> None:
        self._kernel = kernel
        self.scores = np.zeros(kernel.docs)
        self._found: NDArray[Any] | None = None
        self._covers: list[Any] = []

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

    def matching(self) -> Mask:
        return self.scores > 0

    def best(self, mask: Mask, limit: int) -> list[tuple[int, float]]:
        docs = np.flatnonzero(mask)
        scores = self.scores[docs]
        if limit < len(docs):
            # Everything that ties with the last place competes for it.
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            kept = scores >= least
            docs, scores = docs[kept], scores[kept]
        order = np.lexsort((docs, -scores))[:limit]
        return list(zip(docs[order].tolist(), scores[order].tolist(), strict=True))

    def factor(self, docs: Sequence[int], factors: Sequence[float]) -> None:
        self.scores[np.asarray(docs, np.int64)] *= np.asarray(factors)
