"""Scores of all texts as one array, see ``kernel.Tally``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.engine import formula
from milatui.index.engine.blocks import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from milatui.index.engine.fastkernel import FastKernel
    from milatui.index.engine.kernel import Postings

    Mask = NDArray[np.bool_]

SAMPLED: Final = 32
"""One record of so many is looked at to guess the score of the last place."""


class FastTally:
    """See ``kernel.Tally``."""

    def __init__(self, kernel: FastKernel) -> None:
        self._kernel = kernel
        self.scores = np.zeros(kernel.docs)
        self._found: NDArray[Any] | None = None
        self._covers: NDArray[Any] | None = None
        self._by_number: NDArray[Any] | None = None

    def add(self, postings: Postings, weight: float, *, title: bool = False) -> None:
        norms_of = self._kernel.title_norms if title else self._kernel.norms
        for block, docs in _docs(postings):
            self.scores[docs] += weight * formula.saturation(postings.tfs[block], norms_of(docs))

    def count(self, postings: Postings) -> None:
        if self._found is None:
            self._found = np.zeros(self._kernel.docs, np.uint8)
        for _block, docs in _docs(postings):
            self._found[docs] += 1

    def cover(self, postings: Postings) -> None:
        if self._covers is None:
            self._covers = np.zeros(self._kernel.docs, np.uint16)
        for _block, docs in _docs(postings):
            self._covers[docs] += 1

    def coordinate(self, terms: int, *, begun: bool) -> None:
        if self._found is not None:
            table = formula.coordination(np.arange(terms + 1), terms, begun=begun)
            for block in blocks(len(self.scores)):
                self.scores[block] *= table.take(self._found[block])

    def reward_titles(self, terms: int) -> None:
        if self._covers is None:
            return
        covered = np.flatnonzero(self._covers != 0)
        for block in blocks(len(covered)):
            docs = covered[block]
            counts = self._covers[docs].astype(np.int64)
            lengths = self._kernel.title_lengths(docs)
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
        docs = np.flatnonzero(self._likely(mask, limit))
        scores = self.by_number[docs]
        if 0 < limit < len(docs):
            # Everything that ties with the last place competes for it.
            least = np.partition(scores, len(scores) - limit)[len(scores) - limit]
            kept = scores >= least
            docs, scores = docs[kept], scores[kept]
        order = np.lexsort((docs, -scores))[:limit]
        return list(zip(docs[order].tolist(), scores[order].tolist(), strict=True))

    def _likely(self, mask: Mask, limit: int) -> Mask:
        """Of a set of records at least ``limit`` that have the highest scores, or all."""
        sample = self.by_number[::SAMPLED][mask[::SAMPLED]]
        place = len(sample) - 2 * (limit // SAMPLED + 4)
        if place <= 0:
            return mask
        likely = mask & (self.by_number >= np.partition(sample, place)[place])
        return likely if np.count_nonzero(likely) >= limit else mask


def _docs(postings: Postings) -> Iterator[tuple[slice, NDArray[np.intp]]]:
    """The slots of postings block by block, of the type that is the quickest to look up by."""
    for block in blocks(len(postings)):
        yield block, postings.docs[block].astype(np.intp, copy=False)
