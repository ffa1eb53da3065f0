"""Keeps the files that documents were read from in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.writer import ConflictError, path_within
from milatui.atomic_file import temporary_beside
from milatui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ingest.readers.raw_document import OriginalFile


def keep_file(root: Path, relpath: str, original: OriginalFile) -> bool:
    """Copies a file to where it is kept, unless it is there already; nothing is overwritten.

    Args:
        root: The archive.
        relpath: The file within it, see ``original_path``.
        original: The file.

    Returns:
        Whether it was written; it reaches the disk with ``sync_files``.

    Raises:
        ConflictError: a link leads out of the archive, or the file has changed or is gone.
        OSError: the disk does not take it.
    """
    path = path_within(root, relpath)
    if path.exists():
        return False
    try:
        content = original.read()
    except OSError as error:
        message = _("cannot be read: {reason}").format(reason=error.strerror or error)
        raise ConflictError(path, message) from error
    if content is None:
        raise ConflictError(path, _("the file has changed since it was read"))
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_beside(path, [content]) as (temporary, _status):
        temporary.replace(path)
    return True
