"""Makes Whoosh's segments of the entries of a manifest, without unpickling anything.

Apart from ``manifest``, because lists read the manifest without importing Whoosh.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh
from milatui.index.codec.codec import FlatSegment
from milatui.index.store.layout import INDEX_NAME

if TYPE_CHECKING:
    from milatui.index.store.manifest import SegmentEntry


def flat_segment(entry: SegmentEntry) -> FlatSegment:
    """Returns the segment of an entry; its files are not touched."""
    return FlatSegment.from_manifest(
        {
            "index_name": INDEX_NAME,
            "segment_id": entry.segment_id,
            "doc_count": entry.doc_count,
            "deleted": entry.deleted,
            "files": {},
        }
    )
