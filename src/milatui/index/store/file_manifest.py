"""The files of the archive that a generation was made from, and the documents each of them gave."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Self

from milatui.archive.change_detection import FolderTimes, is_unchanged
from milatui.archive.files import METADATA_FILE, scan
from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.store.layout import FILES, damaged
from milatui.index.store.record_columns import open_arrays, view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.archive.files import FileStat
    from milatui.index.codec.arrayfile import ArrayFile

_PATHS, _SIZES, _TIMES, _FIRST, _COUNTS = "paths", "sizes", "times", "first_docs", "doc_counts"
_FOLDERS, _FOLDER_TIMES, _FOLDER_COUNTS = "folders", "folder_times", "folder_counts"
_NAMES, _STATUS = "names", "status"


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
    def of(cls, found: Mapping[str, FileStat]) -> Self:
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


class _Listing(NamedTuple):
    """Files by folder: their names, and size and time of change of each."""

    names: list[list[bytes]]
    status: list[array[int]]


def _listing(files: FileManifest, folders: FolderTimes) -> _Listing | None:
    """Returns files by folder; None if there is one outside of them."""
    numbers = {path: number for number, path in enumerate(folders.paths)}
    names: list[list[bytes]] = [[] for _path in folders.paths]
    status = [array("q") for _path in folders.paths]
    for path, size, changed in zip(files.paths, files.sizes, files.times, strict=True):
        folder, _slash, name = path.rpartition("/")
        number = numbers.get(folder)
        if number is None or (not folder and name != METADATA_FILE):
            return None
        names[number].append(os.fsencode(name))
        status[number].extend((size, changed))
    return _Listing(names, status)


def count_changed_files(archive: Path, folder: Path) -> int:
    """Counts the files of an archive that are new, gone or different since a generation was made.

    If nothing has changed that takes one status a file and no listing of folders.

    Args:
        archive: The archive.
        folder: The generation.

    Raises:
        IndexUnusable: the file manifest is damaged.
    """
    file = open_arrays(folder / FILES)
    if _FOLDERS in file and _is_unchanged(archive, file):
        return 0
    return FileManifest.of(scan(archive)).changed(read_file_manifest(folder))


def _is_unchanged(archive: Path, file: ArrayFile) -> bool:
    paths = os.fsdecode(bytes(view(file, _FOLDERS, "B"))).split("\0")
    joined = bytes(view(file, _NAMES, "B"))
    all_names = joined.split(b"\0") if joined else []
    all_status = view(file, _STATUS, "q")
    ends = list(accumulate(view(file, _FOLDER_COUNTS, "I"), initial=0))
    if len(all_status) != 2 * ends[-1] or len(all_names) != ends[-1]:
        raise damaged(FILES)
    names = [all_names[begin:end] for begin, end in pairwise(ends)]
    status = [array("q", all_status[2 * begin : 2 * end]) for begin, end in pairwise(ends)]
    folders = FolderTimes(paths, view(file, _FOLDER_TIMES, "q").tolist())
    return is_unchanged(archive, folders, names, status)


def archive_id(archive: Path) -> str:
    """Returns an archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_file_manifest(
    folder: Path, files: FileManifest, documents: FileDocuments, folders: FolderTimes | None
) -> None:
    """Writes the files and their documents.

    Args:
        folder: The generation.
        files: The files.
        documents: Their documents.
        folders: When the archive's folders were changed; None if that may not be relied on.
    """
    listing = _listing(files, folders) if folders is not None else None
    with (folder / FILES).open("wb") as file:
        out = ArrayFileWriter(file)
        out.add(_PATHS, "B", os.fsencode("\0".join(files.paths)))
        out.add(_SIZES, "Q", files.sizes)
        out.add(_TIMES, "q", files.times)
        out.add(_FIRST, "I", documents.first)
        out.add(_COUNTS, "I", documents.counts)
        if folders is not None and listing is not None:
            names = [name for inside in listing.names for name in inside]
            out.add(_FOLDERS, "B", os.fsencode("\0".join(folders.paths)))
            out.add(_FOLDER_TIMES, "q", memoryview(array("q", folders.times)))
            out.add(_FOLDER_COUNTS, "I", memoryview(array("I", map(len, listing.names))))
            out.add(_NAMES, "B", b"\0".join(names))
            status = array("q", (number for each in listing.status for number in each))
            out.add(_STATUS, "q", memoryview(status))
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
