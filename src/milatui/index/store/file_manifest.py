"""The files of the archive that a generation was made from, and the documents each of them gave."""

from __future__ import annotations

import contextlib
import os
import time
from array import array
from itertools import accumulate, chain, pairwise
from operator import itemgetter, ne
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from milatui.archive.change_detection import (
    FileStatTable,
    FolderTimes,
    empty_stats,
    folder_times,
    folders_changed,
    stat_archive,
)
from milatui.archive.files import CLOCK_TICK_NS, METADATA_FILE, scan, scan_stable
from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.store.layout import CHECKED, FILES, damaged
from milatui.index.store.record_columns import map_arrays, view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milatui.archive.files import FileStat
    from milatui.index.codec.arrayfile import ArrayFile

_PATHS, _FIRST, _COUNTS = "paths", "first_docs", "doc_counts"
_STATUS: Final = FileStatTable._fields
_SIZES: Final = _STATUS[0]
_FOLDERS, _FOLDER_TIMES, _FOLDER_COUNTS = "folders", "folder_times", "folder_counts"
_NAMES, _PLACES = "names", "places"

MANY_FILES: Final = 20_000
"""Number of files from which it is noted when all of them were looked at: some 40 ms of CPU."""
_LONGEST_NAME: Final = 256
"""Maximum size in bytes of the name of a file, with the byte behind it."""


class FileManifest(NamedTuple):
    """The files of an archive, in the order of their paths, column by column.

    Attributes:
        paths: Within the archive.
        status: Size and time of change of each.
        listing: The same files by folder; None if a change of them could not be noticed so.
    """

    paths: list[str]
    status: FileStatTable
    listing: FolderListing | None = None

    @classmethod
    def of(cls, found: Mapping[str, FileStat]) -> Self:
        """Makes the manifest of what ``archive.files.scan`` found.

        Args:
            found: Size and time of change by path within the archive.
        """
        sizes, times = (map(itemgetter(at), found.values()) for at in (0, 1))
        return cls(list(found), FileStatTable.of_times(sizes, times))

    def changed(self, then: FileManifest) -> int:
        """Counts the files that are new, gone, or different from what they were ``then``."""
        if self.paths == then.paths and self.status == then.status:
            return 0
        old, new = then._entries(), self._entries()
        return sum(1 for path in new.keys() | old.keys() if new.get(path) != old.get(path))

    def _entries(self) -> dict[str, tuple[int, ...]]:
        return dict(zip(self.paths, zip(*self.status, strict=True), strict=True))


class FileDocuments(NamedTuple):
    """The documents that each file gave: consecutive ones, counted over all segments.

    Attributes:
        first: The document number of the first, by position of the file in the manifest.
        counts: How many.
    """

    first: memoryview
    counts: memoryview


class FolderListing(NamedTuple):
    """The files of an archive by folder, with which changes are noticed fast.

    Attributes:
        folders: The folders, and when files came or went in each.
        names: The names of the files in each.
        positions: The position of each file in the manifest, folder by folder; None if it has the
            same order.
    """

    folders: FolderTimes
    names: list[list[bytes]]
    positions: array[int] | None

    def status(self, archive: Path) -> FileStatTable | None:
        """Reads the files' status now, in the order of the manifest.

        Returns:
            None if files may have come or gone.
        """
        found = stat_archive(archive, self.folders, self.names)
        if found is None or self.positions is None:
            return found
        ordered = FileStatTable(*(array("q", bytes(8 * len(self.positions))) for _column in found))
        for values, column in zip(found, ordered, strict=True):
            for index, value in zip(self.positions, values, strict=True):
                column[index] = value
        return ordered


def scan_files(archive: Path, then: FileManifest | None = None) -> FileManifest:
    """Finds the files of an archive, such that every later change of a file is noticed.

    Args:
        archive: The archive.
        then: Its files at an earlier time; if none has come or gone since, none is listed.
    """
    status = then.listing.status(archive) if then is not None and then.listing else None
    recent = time.time_ns() - CLOCK_TICK_NS
    if then is not None and status is not None and not status.changed_since(recent):
        return FileManifest(then.paths, status, then.listing)
    folders = folder_times(archive)
    files = FileManifest.of(scan_stable(archive))
    if folder_times(archive) == folders:
        return files._replace(listing=_listing(files.paths, folders))
    return files


def _listing(paths: Sequence[str], folders: FolderTimes) -> FolderListing | None:
    """Files by folder; None if there is one outside of them."""
    numbers = {path: number for number, path in enumerate(folders.paths)}
    names: list[list[bytes]] = [[] for _path in folders.paths]
    positions = [array("I") for _path in folders.paths]
    for position, path in enumerate(paths):
        folder, _slash, name = path.rpartition("/")
        number = numbers.get(folder)
        if number is None or (not folder and name != METADATA_FILE):
            return None
        names[number].append(os.fsencode(name))
        positions[number].append(position)
    joined = array("I", chain.from_iterable(positions))
    in_order = joined == array("I", range(len(paths)))
    return FolderListing(folders, names, None if in_order else joined)


def count_changed_files(archive: Path, folder: Path) -> int:
    """Counts the files of an archive that are new, gone or different since a generation was made.

    If none has come or gone that takes one status a file and no listing of folders.

    Args:
        archive: The archive.
        folder: The generation.

    Raises:
        IndexUnusable: the file manifest is damaged.
    """
    file = map_arrays(folder / FILES)
    listing = _read_listing(file)
    now = listing.status(archive) if listing is not None else None
    if now is not None:
        then = _read_status(file)
        if now == then:
            return 0
        return sum(map(ne, zip(*now, strict=True), zip(*then, strict=True)))
    return FileManifest.of(scan(archive)).changed(read_file_manifest(folder))


def looks_unchanged(archive: Path, folder: Path) -> bool:
    """Returns whether no file has come or gone since a generation was made, nor those outside of
    folders changed. An edit of another file in place is not seen: that takes a status a file.

    Args:
        archive: The archive.
        folder: The generation.

    Raises:
        IndexUnusable: the file manifest is damaged.
    """
    file = map_arrays(folder / FILES)
    if _FOLDERS not in file or _PLACES in file:
        return False
    paths = os.fsdecode(bytes(view(file, _FOLDERS, "B"))).split("\0")
    folders = FolderTimes(paths, view(file, _FOLDER_TIMES, "q").tolist())
    outside = view(file, _FOLDER_COUNTS, "I")[0]
    names = bytes(view(file, _NAMES, "B")[: outside * _LONGEST_NAME]).split(b"\0")[:outside]
    if folders_changed(archive, folders):
        return False
    try:
        status = [(archive / os.fsdecode(name)).stat() for name in names]
    except OSError:
        return False
    sizes, times = ([getattr(each, name) for each in status] for name in ("st_size", "st_ctime_ns"))
    return FileStatTable.of_times(sizes, times) == tuple(
        array("q", view(file, name, "q")[:outside]) for name in _STATUS
    )


def note_check(index_dir: Path, folder: Path, at: float) -> None:
    """Notes when a generation was found equal to its archive, if that took long.

    Args:
        index_dir: The index; nothing is noted if it cannot be written to.
        folder: The generation.
        at: When the check began, in seconds since the epoch.
    """
    if len(view(map_arrays(folder / FILES), _SIZES, "q")) < MANY_FILES:
        return
    path = index_dir / CHECKED
    with contextlib.suppress(OSError):
        path.write_text(folder.name, "ascii")
        os.utime(path, (at, at))


def last_check(index_dir: Path, folder: Path) -> float:
    """Returns when a generation was last found equal to its archive; 0.0 if nobody noted it."""
    path = index_dir / CHECKED
    try:
        return path.stat().st_mtime if path.read_text("ascii") == folder.name else 0.0
    except (OSError, ValueError):
        return 0.0


def _read_listing(file: ArrayFile) -> FolderListing | None:
    if _FOLDERS not in file:
        return None
    paths = os.fsdecode(bytes(view(file, _FOLDERS, "B"))).split("\0")
    joined = bytes(view(file, _NAMES, "B"))
    all_names = joined.split(b"\0") if joined else []
    ends = list(accumulate(view(file, _FOLDER_COUNTS, "I"), initial=0))
    positions = array("I", view(file, _PLACES, "I")) if _PLACES in file else None
    sizes = {len(all_names), ends[-1], *(len(view(file, name, "q")) for name in _STATUS)}
    if len(sizes) > 1 or (positions is not None and sorted(positions) != list(range(ends[-1]))):
        raise damaged(FILES)
    names = [all_names[begin:end] for begin, end in pairwise(ends)]
    folders = FolderTimes(paths, view(file, _FOLDER_TIMES, "q").tolist())
    return FolderListing(folders, names, positions)


def _read_status(file: ArrayFile) -> FileStatTable:
    found = empty_stats()
    for name, values in zip(_STATUS, found, strict=True):
        values.frombytes(view(file, name, "q").cast("B"))
    return found


def archive_id(archive: Path) -> str:
    """Returns an archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_file_manifest(folder: Path, files: FileManifest, documents: FileDocuments) -> None:
    """Writes the files and their documents.

    Args:
        folder: The generation.
        files: The files.
        documents: Their documents.
    """
    with (folder / FILES).open("wb") as file:
        out = ArrayFileWriter(file)
        out.add(_PATHS, "B", os.fsencode("\0".join(files.paths)))
        for name, values in zip(_STATUS, files.status, strict=True):
            out.add(name, "q", memoryview(values))
        out.add(_FIRST, "I", documents.first)
        out.add(_COUNTS, "I", documents.counts)
        listing = files.listing
        if listing is not None:
            out.add(_FOLDERS, "B", os.fsencode("\0".join(listing.folders.paths)))
            out.add(_FOLDER_TIMES, "q", memoryview(array("q", listing.folders.times)))
            out.add(_FOLDER_COUNTS, "I", memoryview(array("I", map(len, listing.names))))
            out.add(_NAMES, "B", b"\0".join(chain.from_iterable(listing.names)))
            if listing.positions is not None:
                out.add(_PLACES, "I", memoryview(listing.positions))
        out.close()


def read_file_manifest(folder: Path) -> FileManifest:
    """Reads the files.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = map_arrays(folder / FILES)
    joined = os.fsdecode(bytes(view(file, _PATHS, "B")))
    paths = joined.split("\0") if joined else []
    status = _read_status(file)
    if {len(paths)} != {len(values) for values in status}:
        raise damaged(FILES)
    return FileManifest(paths, status, _read_listing(file))


def read_file_documents(folder: Path) -> FileDocuments:
    """Reads the documents of the files.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = map_arrays(folder / FILES)
    return FileDocuments(view(file, _FIRST, "I"), view(file, _COUNTS, "I"))
