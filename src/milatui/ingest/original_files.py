"""Keeps the files that documents were read from in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.writer import ConflictError
from milatui.atomic_file import temporary_beside
from milatui.i18n import _

if TYPE_CHECKING:
    from pathlib import Path


def keep_file(root: Path, relpath: str, content: bytes) -> bool:
    """Writes a kept file, unless it is there already; nothing is ever overwritten.

    Args:
        root: The archive.
        relpath: The file within it, of ``kept_path``.
        content: Its bytes.

    Returns:
        Whether it was written; it reaches the disk with ``sync_files``.

    Raises:
        ConflictError: a link leads out of the archive.
        OSError: the disk does not take it.
    """
    path = root / relpath
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise ConflictError(path, _("{path} lies outside of the archive").format(path=path))
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with temporary_beside(path, content) as (temporary, _status):
        temporary.replace(path)
    return True
