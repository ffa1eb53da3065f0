"""The engine of one generation: its segments, opened, and what a query finds in them."""

from __future__ import annotations

import importlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.index.engine.evaluation import Evaluation, words_in
from milatui.index.engine.groups import Lexicon
from milatui.index.engine.language import read
from milatui.index.engine.ranking import FEEDBACK_FROM, Ranker
from milatui.index.engine.segment import Segment
from milatui.index.engine.spelling import never

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from milatui.index.engine.evaluation import Restrict
    from milatui.index.engine.kernel import Kernel, Mask, Tally
    from milatui.index.engine.ranking import Text

MANY: Final = 400_000
"""Postings from which NumPy is worth importing; below, plain Python answers within a frame."""

_THREADS: Final = "OPENBLAS_NUM_THREADS"


@dataclass(slots=True)
class Found:
    """What a query found.

    Attributes:
        evaluation: The query as understood.
        matching: The records that match, whatever the scope.
        tally: Their scores.
        related: Whether the tally also scores records by words related to the query's.
    """

    evaluation: Evaluation
    matching: Mask
    tally: Tally
    related: bool = False


class Engine:
    """Searches the segments of a generation.

    Args:
        paths: The segments' files, in the order of their slots.
        numbers: The record number of every slot, ``NONE`` for deleted ones.
        size: How many records there are.
        synonyms: Folded words and those that say the same.
        holding: How many living texts hold each word of all segments, see ``index.holding``;
            not needed where none is deleted.
        fast: Whether to use NumPy; decided by the size if not given.

    Raises:
        IndexUnusable: a file is damaged.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        numbers: Sequence[int] | memoryview,
        size: int,
        synonyms: Mapping[str, tuple[str, ...]] | None = None,
        *,
        holding: Sequence[int] | memoryview | None = None,
        fast: bool | None = None,
    ) -> None:
        self.segments: list[Segment] = []
        base = place = words = 0
        for path in paths:
            segment = Segment(path, base, place, holding, words)
            base += segment.docs
            place += segment.places
            words += segment.words
            self.segments.append(segment)
        if fast is None:
            postings = sum(s.arrays.place("post")[2] for s in self.segments)
            fast = postings > MANY or "numpy" in sys.modules
        self.kernel: Kernel = _kernel(self.segments, numbers, size, fast=fast)
        self.lexicon = Lexicon(self.segments, synonyms)
        self.ranker = Ranker(self.kernel, self.lexicon)

    def find(
        self,
        query: str,
        restrict: Restrict,
        *,
        typing: bool = False,
        text_of: Callable[[int], Text] | None = None,
        stop: Callable[[], bool] = never,
    ) -> Found:
        """Evaluate and score a query.

        Args:
            query: In the language of ``language``.
            restrict: Resolves fields, see ``evaluation``.
            typing: The last word may be unfinished.
            text_of: Gives the text of a record, for words related to the query's; without it,
                while typing and in small archives the query's own words decide alone.
            stop: Asked in every loop; once true, what is found so far is returned.
        """
        reading = read(query, typing=typing)
        evaluation = Evaluation(self.kernel, self.lexicon, reading, restrict, stop)
        tally = self.ranker.rank(evaluation.groups, stop)
        matching = tally.matching() if evaluation.plain else evaluation.mask()
        # What must hold was said where a query is not plain: related words would blur it.
        related = evaluation.plain and not typing and self.kernel.records >= FEEDBACK_FROM
        if text_of and related and not stop():
            tally = self.ranker.with_feedback(evaluation.groups, tally, text_of, stop)
        return Found(evaluation, matching, tally, related and text_of is not None)

    def finished(self, query: str) -> str:
        """A query whose last word was typed so far, as it is asked once no more is typed.

        A word that no text has gets a star behind it if words begin so.
        """
        *_others, last = [None, *words_in(read(query, typing=True).root)]
        unfinished = last is not None and last.begun and last.end == len(query)
        if last is None or not unfinished or self.lexicon.group(last.text, repair=False):
            return query
        return query if self.lexicon.begun(last.text).repaired else f"{query}*"

    def matching(self, query: str, restrict: Restrict, stop: Callable[[], bool] = never) -> Mask:
        """The records that match a query, whatever the scope, without scoring them."""
        reading = read(query, typing=False)
        return Evaluation(self.kernel, self.lexicon, reading, restrict, stop).mask()

    def saying(self, words: str, stop: Callable[[], bool] = never) -> Mask:
        """The records in which folded words stand one after the other."""
        return self.matching(f'"{words}"', lambda _name, _value: "", stop)


def _kernel(
    segments: Sequence[Segment], numbers: Sequence[int] | memoryview, size: int, *, fast: bool
) -> Kernel:
    if fast:
        _import_numpy()
        from milatui.index.engine.fastkernel import FastKernel

        return FastKernel(segments, numbers, size)
    from milatui.index.engine.plainkernel import PlainKernel

    return PlainKernel(segments, numbers, size)


def _import_numpy() -> None:
    """Import NumPy without the threads of its linear algebra, which nothing here uses.

    Each would cost memory, and a process that has threads cannot safely be forked.
    """
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        importlib.import_module("numpy")
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before
