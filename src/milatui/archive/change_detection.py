"""Detects changes of an archive by the times of its folders and one status per file.

A folder whose time of change (``ctime``) is the same has the same files and folders in it. What
remains is one status a file.
"""

from __future__ import annotations

import os
import sys
import time
from array import array
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from milatui.archive.files import CLOCK_TICK_NS
from milatui.archive.kinds import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    Statx = Callable[[int, Sequence[bytes]], "FileStatTable | None"]

_SECOND: Final = 1_000_000_000
"""Nanoseconds."""
_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class FolderTimes(NamedTuple):
    """When the folders of an archive were changed.

    Attributes:
        paths: Within the archive; the archive itself is the empty path and comes first.
        times: Time of change of each in nanoseconds; 0 of the archive itself, in which other
            files may come and go.
    """

    paths: list[str]
    times: list[int]


class FileStatTable(NamedTuple):
    """Sizes and times of change of many files, column by column; see ``FileStat``.

    Attributes:
        sizes: In bytes.
        seconds: Of the time of change, since the epoch.
        nanoseconds: What is added to the seconds, less than a second. Apart from them, as the
            system tells them: 100,000 files are compared in a millisecond so.
    """

    sizes: array[int]
    seconds: array[int]
    nanoseconds: array[int]

    @classmethod
    def of_times(cls, sizes: Iterable[int], times: Iterable[int]) -> Self:
        """Makes a table from sizes and times of change in nanoseconds."""
        parts = [divmod(each, _SECOND) for each in times]
        seconds, nanoseconds = (array("q", [part[at] for part in parts]) for at in (0, 1))
        return cls(array("q", sizes), seconds, nanoseconds)

    def extend(self, more: FileStatTable) -> None:
        """Adds more files."""
        for column, values in zip(self, more, strict=True):
            column.extend(values)

    def changed_since(self, time_ns: int) -> bool:
        """Returns whether a file was changed at a time in nanoseconds or later."""
        since = divmod(time_ns, _SECOND)
        # The seconds alone are mostly enough, and compared a hundred times as fast.
        return max(self.seconds, default=0) >= since[0] and since <= max(
            zip(self.seconds, self.nanoseconds, strict=True)
        )


def empty_stats() -> FileStatTable:
    """Returns a table without files, to be extended."""
    return FileStatTable(array("q"), array("q"), array("q"))


def folder_times(root: Path) -> FolderTimes:
    """Reads when the folders of records were changed; hidden and linked ones are left out.

    A second change within one tick of the clock would not be noticed: if a folder changed a moment
    ago, the tick is waited for.
    """
    found = _folder_times(root)
    now = time.time_ns()
    if any(now - CLOCK_TICK_NS < changed < now + CLOCK_TICK_NS for changed in found.times):
        time.sleep(CLOCK_TICK_NS / 1_000_000_000)
        found = _folder_times(root)
    return found


def _folder_times(root: Path) -> FolderTimes:
    paths, times = [""], [0]
    for path, changed in _walk(root):
        paths.append(path)
        times.append(changed)
    return FolderTimes(paths, times)


def _walk(root: Path) -> Iterator[tuple[str, int]]:
    pending = sorted(FOLDERS.values(), reverse=True)
    while pending:
        path = pending.pop()
        try:
            handle = os.open(f"{root}/{path}", _FLAGS)
        except OSError:
            continue
        try:
            # The time comes first: what is added meanwhile changes it.
            yield path, os.fstat(handle).st_ctime_ns
            with os.scandir(handle) as entries:
                names = [e.name for e in entries if e.is_dir(follow_symlinks=False)]
        finally:
            os.close(handle)
        pending += sorted((f"{path}/{n}" for n in names if n[0] != "."), reverse=True)


def stat_archive(
    root: Path, folders: FolderTimes, names: Sequence[Sequence[bytes]]
) -> FileStatTable | None:
    """Reads the status of all files of an archive without listing its folders.

    Args:
        root: The archive.
        folders: Its folders as they were.
        names: The names of the files in each of them.

    Returns:
        The status of each file, folder by folder; None if files may have come or gone: then the
        folders have to be listed.
    """
    missing = set(FOLDERS.values()) - set(folders.paths)
    if any(os.path.lexists(f"{root}/{path}") for path in missing):
        return None
    found = empty_stats()
    many = sum(map(len, names)) >= MANY
    for path, changed, inside in zip(folders.paths, folders.times, names, strict=True):
        try:
            handle = os.open(f"{root}/{path}", _FLAGS if path else _FLAGS & ~os.O_NOFOLLOW)
        except OSError:
            return None
        try:
            if changed and os.fstat(handle).st_ctime_ns != changed:
                return None
            found.extend(stat_files(handle, inside, many=many))
        except OSError:
            return None
        finally:
            os.close(handle)
    return found


def folders_changed(root: Path, folders: FolderTimes) -> bool:
    """Returns whether files or folders have come or gone, without a look at the files.

    Args:
        root: The archive.
        folders: Its folders as they were.
    """
    missing = set(FOLDERS.values()) - set(folders.paths)
    if any(os.path.lexists(f"{root}/{path}") for path in missing):
        return True
    try:
        return any(
            changed and (root / path).stat(follow_symlinks=False).st_ctime_ns != changed
            for path, changed in zip(folders.paths, folders.times, strict=True)
        )
    except OSError:
        return True


MANY: Final = 5_000
"""Number of files from which importing ``ctypes`` pays."""
_BATCH: Final = 1_000
_STATX_SIZE: Final = 256
"""Bytes of ``struct statx``, which is the same on every machine."""
_SIZE, _SECONDS, _NANOSECONDS = 5, 12, 13
"""Offsets of the fields that are read from it, in units of eight bytes."""
_MASK: Final = 0x280
"""``STATX_SIZE | STATX_CTIME``."""


def stat_files(folder: int, names: Sequence[bytes], *, many: bool) -> FileStatTable:
    """Reads the status of files.

    Args:
        folder: Descriptor of the folder they lie in.
        names: Their names; links are followed.
        many: Whether there are enough files for ``ctypes`` to be worth its import.

    Raises:
        OSError: one of them is gone.
    """
    statx = _statx() if many else None
    found = statx(folder, names) if statx is not None else None
    if found is not None:
        return found
    status = [os.stat(name, dir_fd=folder) for name in names]
    return FileStatTable.of_times(
        (each.st_size for each in status), (each.st_ctime_ns for each in status)
    )


@cache
def _statx() -> Statx | None:
    """Returns the system call for many files; None where it does not exist."""
    try:
        import ctypes

        call = ctypes.CDLL(None).statx
    except (ImportError, OSError, AttributeError):
        return None
    if sys.byteorder != "little":
        return None
    data = bytearray(_STATX_SIZE * _BATCH)
    buffer = (ctypes.c_char * len(data)).from_buffer(data)
    slots = [ctypes.byref(buffer, _STATX_SIZE * number) for number in range(_BATCH)]
    words = memoryview(data).cast("q")
    # The upper half of the word with nanoseconds is reserved and zero.
    columns = [words[at :: _STATX_SIZE // 8] for at in (_SIZE, _SECONDS, _NANOSECONDS)]

    def statx(folder: int, names: Sequence[bytes]) -> FileStatTable | None:
        found = empty_stats()
        for begin in range(0, len(names), _BATCH):
            batch = names[begin : begin + _BATCH]
            if any(map(call, repeat(folder), batch, repeat(0), repeat(_MASK), slots)):
                return None
            for values, column in zip(found, columns, strict=True):
                values.frombytes(column[: len(batch)].tobytes())
        return found

    return statx
