"""The lock of an archive while documents are imported: one import at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_POLL: Final = 0.1
_NO_LOCKS: Final = (errno.ENOLCK, errno.ENOTSUP, errno.EBADF, errno.ENOSYS)
"""Errors of file systems on which a folder cannot be locked."""


@contextmanager
def archive_lock(root: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Holds the lock of an archive; the system lifts it when the process ends, however it ends.

    The folder itself is locked, so no file is left in it.  Where that is impossible (some network
    drives), nothing is: two imports then refuse each other's file names.

    Args:
        root: The archive.
        waiting: Called once if another process holds the lock, before waiting for it.

    Raises:
        OSError: the folder cannot be opened.
    """
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        while not _try_lock(handle):
            if waiting is not None:
                waiting()
                waiting = None
            time.sleep(_POLL)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    """Locks a folder; returns False if another process holds the lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True
