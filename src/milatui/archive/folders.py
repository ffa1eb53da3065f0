"""The folders of an archive and what is in them, to notice changes without listing them again.

A folder whose time of change (``ctime``) is the same has the same files and folders in it. What
remains is one status a file.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.file_status import MANY, file_status
from milatui.archive.files import TICK
from milatui.archive.kinds import FOLDERS

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class FolderTimes:
    """When the folders of an archive were changed.

    Attributes:
        paths: Within the archive; the archive itself is the empty path and comes first.
        times: Time of change of each in nanoseconds; 0 of the archive itself, in which other
            files may come and go.
    """

    paths: list[str]
    times: list[int]


def folder_times(root: Path) -> FolderTimes:
    """Reads when the folders of records were changed; hidden and linked ones are left out.

    A second change within one tick of the clock would not be noticed: if a folder changed a moment
    ago, the tick is waited for.
    """
    found = _folder_times(root)
    now = time.time_ns()
    if any(now - TICK < changed < now + TICK for changed in found.times):
        time.sleep(TICK / 1_000_000_000)
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


def is_unchanged(
    root: Path,
    folders: FolderTimes,
    names: Sequence[Sequence[bytes]],
    status: Sequence[array[int]],
) -> bool:
    """Tells whether an archive has the same files as before, by one status a file.

    Args:
        root: The archive.
        folders: Its folders as they were.
        names: The names of the files in each of them.
        status: What ``file_status`` returned for them.

    Returns:
        False if anything may have changed: then the folders have to be listed.
    """
    missing = set(FOLDERS.values()) - set(folders.paths)
    if any(os.path.lexists(f"{root}/{path}") for path in missing):
        return False
    many = sum(map(len, names)) >= MANY
    for path, changed, inside, expected in zip(
        folders.paths, folders.times, names, status, strict=True
    ):
        try:
            handle = os.open(f"{root}/{path}", _FLAGS if path else _FLAGS & ~os.O_NOFOLLOW)
        except OSError:
            return False
        try:
            if changed and os.fstat(handle).st_ctime_ns != changed:
                return False
            if file_status(handle, inside, many=many) != expected:
                return False
        except OSError:
            return False
        finally:
            os.close(handle)
    return True
