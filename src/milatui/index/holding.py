"""Counts how many living texts hold each word, so that no search has to.

The lists of words never change, and hold deleted texts, too; to find these in them takes as
long as reading all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from milatui.index.engine.blocks import blocks
from milatui.index.engine.container import Container

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any]


def holding(paths: Sequence[Path], dead: Numbers) -> Numbers:
    """For each word of segments, one segment behind the other, how many living texts hold it.

    Args:
        paths: The segments' files.
        dead: Of each text, one segment behind the other, whether it is deleted.
    """
    found = [np.zeros(0, np.int64)]
    base = 0
    for segment in map(Container, paths):
        docs = segment.meta["docs"]
        found.append(_of_segment(segment, dead[base : base + docs]))
        base += docs
    return np.concatenate(found)


def _of_segment(segment: Container, dead: Numbers) -> Numbers:
    starts = np.asarray(segment.view("post.from")).astype(np.int64)
    counts = np.diff(starts)
    if not dead.any():
        return counts
    docs = np.asarray(segment.view("post"))
    hits = [np.flatnonzero(dead.take(docs[block])) + block.start for block in blocks(len(docs))]
    words = np.searchsorted(starts, np.concatenate([np.zeros(0, np.intp), *hits]), "right") - 1
    return counts - np.bincount(words, minlength=len(counts))
