"""Counts the terms of deleted documents, see ``store.deletions``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.store.deletions import DELETION_FIELDS, array_names
from milatui.index.store.layout import DELETIONS
from milatui.index.store.record_columns import map_arrays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.codec.arrayfile import ArrayFile
    from milatui.index.store.deletions import DeletedTerms
    from milatui.index.store.manifest import SegmentEntry

BLOCK: Final = 1 << 20
"""Postings that are looked through at a time."""


def write_deletions(
    folder: Path,
    segments: Sequence[SegmentEntry],
    known: Mapping[tuple[str, str], DeletedTerms],
    unchanged: Sequence[str],
) -> None:
    """Writes the terms of the deleted documents of all segments.

    Args:
        folder: The generation.
        segments: Its segments.
        known: What the generation before had.
        unchanged: Ids of the segments whose deleted documents are the same as then.
    """
    with (folder / DELETIONS).open("wb") as file:
        out = ArrayFileWriter(file)
        for segment in segments:
            for field in DELETION_FIELDS if segment.deleted else ():
                before = known.get((segment.segment_id, field))
                names = array_names(segment.segment_id, field)
                if before is not None and segment.segment_id in unchanged:
                    out.add(names[0], "I", before.terms)
                    out.add(names[1], "I", before.counts)
                    continue
                terms, counts = _count(folder, segment, field)
                out.add(names[0], "I", terms)
                out.add(names[1], "I", counts)
        out.close()


def _count(
    folder: Path, segment: SegmentEntry, field: str
) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Returns the term numbers, and how many deleted documents have each."""
    postings: ArrayFile = map_arrays(folder / f"{segment.file_prefix}inv")
    deleted = np.zeros(segment.doc_count, np.bool_)
    deleted[segment.deleted] = True
    docs = postings.array(f"{field}/doc_ids")
    blocks = (slice(begin, begin + BLOCK) for begin in range(0, len(docs), BLOCK))
    hits = [np.flatnonzero(deleted.take(docs[block])) + block.start for block in blocks]
    offsets = postings.array(f"{field}/posting_offsets")
    found = np.concatenate(hits) if hits else np.zeros(0, np.int64)
    terms = np.searchsorted(offsets, found, "right") - 1
    distinct, counts = np.unique(terms, return_counts=True)
    return distinct.astype(np.uint32), counts.astype(np.uint32)
