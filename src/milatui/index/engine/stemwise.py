"""Puts the postings of words together by their stems, a stretch of stems at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from milatui.index.engine.blocks import spread
from milatui.index.engine.container import release
from milatui.index.engine.laying import COLUMNS, grouped, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from milatui.index.engine.container import Container

    Numbers = NDArray[Any]


@dataclass(slots=True)
class StemPostings:
    """Postings of the stems of a stretch.

    Attributes:
        stems: Numbers of the stems that occur, in order.
        starts: Where the postings of each begin, and the end.
        docs: Texts, in order for each stem.
        tfs: How often each text has the stem.
        part: Which part of all postings is done with these.
    """

    stems: list[int]
    starts: Numbers
    docs: Numbers
    tfs: Numbers
    part: float


def by_stem(segment: Container, name: str) -> Iterator[StemPostings]:
    """The postings of a segment's list (``post`` or ``title``) by stem, in the stems' order."""
    (docs_name, _code, docs_type), (tfs_name, _tfs_code, tfs_type) = COLUMNS[name]
    docs = np.frombuffer(segment.view(docs_name), docs_type)
    tfs = np.frombuffer(segment.view(tfs_name), tfs_type)
    starts = np.frombuffer(segment.view(f"{name}.from"), np.uint32).astype(np.int64)
    forms = np.frombuffer(segment.view("form"), np.uint32)
    form_starts = np.frombuffer(segment.view("form.from"), np.uint32)
    stem_of = np.frombuffer(segment.view("stem.of"), np.uint32)
    sizes = np.diff(starts)
    bounds = np.append(0, np.cumsum(sizes[forms]))[form_starts]
    first = 0
    for last in stretches(bounds):
        words = forms[form_starts[first] : form_starts[last]]
        at = spread(starts[words], sizes[words])
        stem = np.repeat(stem_of[words].astype(np.uint64), sizes[words])
        doc, tf = docs[at], tfs[at].astype(np.int64)
        order = np.argsort(stem << np.uint64(32) | doc.astype(np.uint64), kind="stable")
        found, counts, doc, tf = grouped(stem[order], doc[order], tf[order])
        part = float(bounds[last]) / max(1.0, float(bounds[-1]))
        ends = np.append(0, np.cumsum(counts))
        yield StemPostings(found.tolist(), ends, doc, tf, part)
        release(segment.map)
        first = last
