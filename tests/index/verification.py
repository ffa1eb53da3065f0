"""Compares every byte of an index with its checksums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.index.store.generation import check_file, open_current

if TYPE_CHECKING:
    from pathlib import Path


def verify(index_dir: Path) -> None:
    """Reads the whole index.

    Raises:
        IndexUnusable: it is missing or damaged.
    """
    folder, manifest = open_current(index_dir)
    for name, entry in manifest.files.items():
        check_file(folder / name, entry, read=True)
