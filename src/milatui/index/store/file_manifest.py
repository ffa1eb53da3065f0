"""The files of the archive that a generation was made from, and the documents each of them gave."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Self

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.store.columns import open_arrays, view
from milatui.index.store.layout import FILES, damaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.archive.files import Stamp

_PATHS, _SIZES, _TIMES, _FIRST, _COUNTS = "paths", "sizes", "times", "first_docs", "doc_counts"


@dataclass(slots=True)
class FileManifest:
    """The files of an archive, in the order of their paths, column by column.

    Attributes:
        paths: Within the archive.
        sizes: In bytes.
        times: Of the last change, in nanoseconds.
    """

    paths: list[str]
    sizes: memoryview
    times: memoryview

    @classmethod
    def of(cls, found: Mapping[str, Stamp]) -> Self:
        """Makes the manifest of what ``archive.files.scan`` found."""
        sizes = array("Q", map(itemgetter(0), found.values()))
        times = array("q", map(itemgetter(1), found.values()))
        return cls(list(found), memoryview(sizes), memoryview(times))

    def changed(self, then: FileManifest) -> int:
        """Counts the files that are new, gone, or different from what they were ``then``."""
        if self == then:
            return 0
        old, new = then._entries(), self._entries()
        return sum(1 for path in new.keys() | old.keys() if new.get(path) != old.get(path))

    def _entries(self) -> dict[str, tuple[int, int]]:
        return dict(zip(self.paths, zip(self.sizes, self.times, strict=True), strict=True))


@dataclass(slots=True)
class FileDocuments:
    """The documents that each file gave: consecutive ones, counted over all segments.

    Attributes:
        first: The document number of the first, by position of the file in the manifest.
        counts: How many.
    """

    first: memoryview
    counts: memoryview


def archive_id(archive: Path) -> str:
    """Returns an archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_file_manifest(folder: Path, files: FileManifest, documents: FileDocuments) -> None:
    """Writes the files and their documents."""
    with (folder / FILES).open("wb") as file:
        out = ArrayFileWriter(file)
        out.add(_PATHS, "B", os.fsencode("\0".join(files.paths)))
        out.add(_SIZES, "Q", files.sizes)
        out.add(_TIMES, "q", files.times)
        out.add(_FIRST, "I", documents.first)
        out.add(_COUNTS, "I", documents.counts)
        out.close()


def read_file_manifest(folder: Path) -> FileManifest:
    """Reads the files.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = open_arrays(folder / FILES)
    joined = os.fsdecode(bytes(view(file, _PATHS, "B")))
    paths = joined.split("\0") if joined else []
    sizes, times = view(file, _SIZES, "Q"), view(file, _TIMES, "q")
    if not len(paths) == len(sizes) == len(times):
        raise damaged(FILES)
    return FileManifest(paths, sizes, times)


def read_file_documents(folder: Path) -> FileDocuments:
    """Reads the documents of the files.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = open_arrays(folder / FILES)
    return FileDocuments(view(file, _FIRST, "I"), view(file, _COUNTS, "I"))
