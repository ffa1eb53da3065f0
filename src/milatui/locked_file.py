"""Opens a file that several programs append to for one writer at a time."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def locked_file(path: Path) -> Iterator[int]:
    """Opens or creates a file, locked until the end; its folder is made for its owner alone.

    Args:
        path: The file. Another writer may replace it: the current one is opened.

    Yields:
        The descriptor.

    Raises:
        OSError: it cannot be opened.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_current(handle, path):
                yield handle
                return
        finally:
            os.close(handle)


def append_line(handle: int, line: str, *, sync: bool) -> int:
    """Appends a line to a locked file, whole or not at all; ends one that is not whole before it.

    Args:
        handle: The descriptor of ``locked_file``.
        line: The line, without its end.
        sync: Whether to wait until it is on disk.

    Returns:
        The size of the file.

    Raises:
        OSError: it cannot be written.
    """
    size = os.fstat(handle).st_size
    data = f"{line}\n".encode()
    if size and os.pread(handle, 1, size - 1) != b"\n":
        data = b"\n" + data
    try:
        _write_all(handle, data, size)
        if sync:
            os.fsync(handle)
    except OSError:
        # A part of the line must not stay: another writer would end it.
        os.ftruncate(handle, size)
        raise
    return size + len(data)


def _is_current(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def _write_all(handle: int, data: bytes, offset: int) -> None:
    while data:
        written = os.pwrite(handle, data, offset)
        data, offset = data[written:], offset + written
