"""Writes an export into a file: whole or not at all, over nothing unless that is wanted."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Spreadsheet programs read a CSV file as UTF-8 only if it begins with this."""
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


def write_file(path: Path, pieces: Iterable[str], name: str, *, overwrite: bool) -> None:
    """Writes the pieces of an export into a file, which appears when it is complete.

    Args:
        path: The file.
        pieces: The text.
        name: The format; a table for spreadsheets begins with a byte order mark.
        overwrite: Whether to replace a file that exists.

    Raises:
        FileExistsError: the file exists and is not to be replaced.
        OSError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name[:100]}.{os.urandom(6).hex()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            if name == "csv":
                file.write(_BYTE_ORDER_MARK)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            temporary.replace(path)
        else:
            _take_name(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _take_name(temporary: Path, path: Path) -> None:
    """Gives the temporary file a name that no other file has."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No hard links here: an empty file takes the name first, then it is replaced.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666))
        temporary.replace(path)
