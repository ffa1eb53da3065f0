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
MAX_SEGMENTS: Final = 12
"""Number of segments beyond which even large ones are put together."""
SMALL: Final = 10
"""Up to this number of segments, at most one document in ten is written anew."""
MERGED: Final = 32
"""Number of documents up to which a segment is always put together with those behind it: each
segment is searched on its own."""
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
        """Returns the segments that the next generation keeps, see ``staying_segments``."""
        return staying_segments(self.manifest.segments)

    def link_into(self, folder: Path, segments: Collection[SegmentEntry]) -> None:
        """Links the files of segments into the next generation."""
        prefixes = tuple(segment.file_prefix for segment in segments)
        link_files(self.folder, folder, [n for n in self.shared if n.startswith(prefixes)])

    def is_whole(self) -> bool:
        """Reads what nobody has read so far; returns whether it is undamaged."""
        try:
            for name, entry in self.shared.items():
                check_file(self.folder / name, entry, read=True)
        except IndexUnusable:
            return False
        return True


def staying_segments(segments: list[SegmentEntry]) -> list[SegmentEntry]:
    """Chooses the segments that the next generation keeps.

    The last ones go if they are small: their records are written anew, all in one segment. A
    segment goes with those behind it once these hold as many records, so that segments grow in
    size as in a log-structured merge tree (O'Neil et al. 1996) and a record is rarely written
    again.

    Args:
        segments: In the order of their documents.

    Returns:
        The first ones of them.
    """
    most = sum(segment.doc_count for segment in segments) // SMALL
    count, behind = len(segments), 0
    for index in range(len(segments) - 1, -1, -1):
        living = segments[index].doc_count - len(segments[index].deleted)
        if count < MAX_SEGMENTS and behind + living > most:
            break
        if living <= max(MERGED, behind):
            count = index
        behind += living
    return segments[:count]


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
