"""Writes files atomically: into a temporary file beside the target, which then takes its name."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def temporary_beside(
    path: Path, data: bytes, mode: int = 0o666, *, sync: bool = False
) -> Iterator[tuple[Path, os.stat_result]]:
    """Writes ``data`` into a new file in the folder of ``path``; removes it at the end.

    Args:
        path: The file that the temporary one is to become, by a rename or a link.
        data: The whole content.
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
            file.write(data)
            file.flush()
            if sync:
                os.fsync(file.fileno())
            status = os.fstat(file.fileno())
        yield temporary, status
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: Path, text: str, mode: int = 0o600) -> None:
    """Replaces or creates a file: readers see the old content or the new one.

    Args:
        path: The file; its folder must exist.
        text: The whole content.
        mode: Permissions, exactly.

    Raises:
        OSError: it cannot be written.
    """
    with temporary_beside(path, text.encode()) as (temporary, _status):
        temporary.chmod(mode)
        temporary.replace(path)
