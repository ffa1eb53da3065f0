"""The last generation, as far as an incremental build can be based on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.errors import IndexUnusable
from milatui.index.store.commit import link_files
from milatui.index.store.deletions import read_deletions
from milatui.index.store.file_manifest import (
    archive_id,
    read_file_documents,
    read_file_manifest,
)
from milatui.index.store.generation import check_file, open_current
from milatui.index.store.layout import INDEX_NAME
from milatui.index.store.manifest import main_language
from milatui.index.store.record_columns import NO_RECORD, RecordColumns
from milatui.index.store.whoosh_version import index_engine_id

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.kinds import Data
    from milatui.index.store.file_manifest import FileManifest
    from milatui.index.store.manifest import FileEntry, Manifest, SegmentEntry

    Numbers = NDArray[Any]

MIN_LIVING: Final = 0.5
"""Minimum share of living documents: below, a whole build is better."""
MAX_SEGMENTS: Final = 8
"""Number of segments from which small ones are written anew together."""
SMALL: Final = 10
"""Segments are small if all of them together hold at most one in so many documents."""
_SEGMENT_FILES: Final = f"{INDEX_NAME}_"
"""Beginning of the names of files that belong to a segment and never change."""
_POSTINGS_FILES: Final = (".inv", ".doc")
"""Endings of those that a build only hands on, without reading all of them."""


class BaseGeneration:
    """A whole generation of the same archive, made by this version of everything.

    Attributes:
        folder: Where it lies.
        manifest: What it is.
        files: The files that it was made from.
        deletions: Document frequencies among its deleted documents.
        shared: Manifest entries of the files that the next generation may link.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.files: FileManifest = read_file_manifest(folder)
        self._documents = read_file_documents(folder)
        self._columns = RecordColumns(folder)
        self.deletions = read_deletions(folder)
        self.shared: dict[str, FileEntry] = {
            name: entry for name, entry in manifest.files.items() if name.startswith(_SEGMENT_FILES)
        }

    @property
    def first_docs(self) -> Numbers:
        """The first document of each file, shape (files,)."""
        return np.asarray(self._documents.first).astype(np.int64)

    @property
    def doc_counts(self) -> Numbers:
        """How many documents each file gave, shape (files,)."""
        return np.asarray(self._documents.counts).astype(np.int64)

    @property
    def living(self) -> NDArray[np.bool_]:
        """Which documents are records, shape (documents,).

        Returns:
            False for documents that were deleted or replaced.
        """
        living: NDArray[np.bool_] = np.not_equal(np.asarray(self._columns.number), NO_RECORD)
        return living

    @property
    def docs(self) -> Numbers:
        """The documents of all records in their order."""
        return np.asarray(self._columns.doc).astype(np.int64)

    @property
    def docs_by_id(self) -> Numbers:
        """The documents of all records in the order of kinds and ids."""
        docs: Numbers = self.docs[np.asarray(self._columns.by_id)]
        return docs

    def staying_segments(self) -> list[SegmentEntry]:
        """Returns the segments that the next generation keeps.

        Once there are many, the last ones go if they are small: their records are then written
        anew, all in one segment.
        """
        segments = self.manifest.segments
        count = len(segments)
        if count >= MAX_SEGMENTS:
            least = max(1, self.manifest.doc_count // SMALL)
            while count and sum(s.doc_count for s in segments[count - 1 :]) <= least:
                count -= 1
        return segments[:count]

    def link_into(self, folder: Path, segments: Collection[SegmentEntry]) -> None:
        """Links the files of segments into the next generation."""
        prefixes = tuple(segment.file_prefix for segment in segments)
        link_files(self.folder, folder, [n for n in self.shared if n.startswith(prefixes)])

    def is_whole(self) -> bool:
        """Reads what nobody has read so far; tells whether it is undamaged."""
        try:
            for name, entry in self.shared.items():
                check_file(self.folder / name, entry, read=True)
        except IndexUnusable:
            return False
        return True


def open_base(
    index_dir: Path, owners: Collection[str], archive: Path, head: dict[str, Data]
) -> BaseGeneration | None:
    """Opens the last generation if a build can be based on it, else returns None.

    What the build reads is checked byte by byte; of what it only hands on, size and time.

    Args:
        head: The archive's metadata, as ``metadata_to_dict`` gives it.

    Raises:
        IndexUnusable: ``not trusted``.
    """
    try:
        folder, manifest = open_current(index_dir, owners)
        if manifest.engine != index_engine_id() or manifest.archive != archive_id(archive):
            return None
        # Records without a language are analyzed in the main one.
        if manifest.main_language != main_language(head):
            return None
        if manifest.size < manifest.doc_count * MIN_LIVING:
            return None
        for name, entry in manifest.files.items():
            check_file(folder / name, entry, read=not name.endswith(_POSTINGS_FILES))
        return BaseGeneration(folder, manifest)
    except IndexUnusable as problem:
        if problem.reason == "not trusted":
            raise
        return None
