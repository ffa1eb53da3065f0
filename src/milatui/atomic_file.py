"""Writes files atomically: into a temporary file beside the target, which then takes its name."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_UNNAMED: Final = getattr(os, "O_TMPFILE", 0)
"""Flag that opens a file without a name (Linux)."""
_NO_UNNAMED: Final = (
    errno.EOPNOTSUPP,
    errno.EISDIR,
    errno.EINVAL,
    errno.ENOENT,
    errno.EXDEV,
    errno.EPERM,
)
"""Errors of systems and file systems that have no such files, or no ``/proc``."""
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)
"""Errors of file systems that have no hard links."""


def create_file(path: Path, data: bytes, *, sync: bool = False) -> os.stat_result | None:
    """Creates a file that has its whole content from the moment at which it has a name.

    Whoever is killed meanwhile leaves nothing behind.

    Args:
        path: The file; its folder must exist.
        data: The whole content.
        sync: Whether to wait until the content is on disk.

    Returns:
        The status of the file; None if this file system cannot do it, and nothing was done.

    Raises:
        FileExistsError: there is one already.
        OSError: it cannot be written.
    """
    if not _UNNAMED:
        return None
    try:
        handle = os.open(path.parent, _UNNAMED | os.O_WRONLY | os.O_CLOEXEC, 0o666)
    except OSError as error:
        if error.errno in _NO_UNNAMED:
            return None
        raise
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        if sync:
            os.fsync(handle)
        try:
            # Only with a folder's descriptor does Python follow the link to the open file.
            os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle, follow_symlinks=True)
        except OSError as error:
            if error.errno in _NO_UNNAMED:
                return None
            raise
        return os.fstat(handle)


@contextmanager
def temporary_beside(
    path: Path, pieces: Iterable[bytes], mode: int = 0o666, *, sync: bool = False
) -> Iterator[tuple[Path, os.stat_result]]:
    """Writes a new file in the folder of ``path``; removes it at the end.

    Args:
        path: The file that the temporary one is to become, by a rename or ``take_name``.
        pieces: The whole content.
        mode: Permissions, less the process's umask.
        sync: Whether to wait until the content is on disk.

    Yields:
        The temporary file and its status.

    Raises:
        OSError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            if sync:
                os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        yield temporary, status
    finally:
        temporary.unlink(missing_ok=True)


def take_name(temporary: Path, path: Path) -> None:
    """Renames a temporary file of the same folder, and overwrites nothing.

    Unlike a rename, a link fails if the name is taken, with no moment in between.

    Args:
        temporary: The file, see ``temporary_beside``.
        path: Its name.

    Raises:
        FileExistsError: another file has the name.
        OSError: the name cannot be given.
    """
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Without hard links an empty file takes the name first, then it is replaced.
        path.touch(exist_ok=False)
        temporary.replace(path)


def replace_file(path: Path, text: str, mode: int = 0o600) -> None:
    """Replaces or creates a file: readers see the old content or the new one.

    Args:
        path: The file; its folder must exist.
        text: The whole content.
        mode: Permissions, exactly.

    Raises:
        OSError: it cannot be written.
    """
    with temporary_beside(path, [text.encode()]) as (temporary, _status):
        temporary.chmod(mode)
        temporary.replace(path)
