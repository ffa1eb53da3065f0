"""Compares an index with its archive. Call it outside the interface's thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from milatui.index.errors import IndexUnusable
from milatui.index.store.file_manifest import archive_id, count_changed_files
from milatui.index.store.generation import open_current

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Freshness:
    """How an index stands to its archive.

    ``state`` is ``fresh``, ``stale`` (it may be used meanwhile) or ``unusable``, of which
    ``problem`` tells the reason.  ``changed`` counts files that are new, gone or different.
    """

    state: Literal["fresh", "stale", "unusable"]
    changed: int = 0
    problem: IndexUnusable | None = None


def freshness(archive: Path, index_dir: Path, owners: Collection[str] = ()) -> Freshness:
    """Compares the archive's files with those that the index was built from, by size and time.

    Costs one status a file (about 0.15 s of CPU for 100,000) where nothing has changed, else the
    listing of all folders, too; reads no file.
    """
    try:
        folder, manifest = open_current(index_dir, owners)
        changed = count_changed_files(archive, folder)
    except IndexUnusable as problem:
        return Freshness("unusable", problem=problem)
    if manifest.archive != archive_id(archive):
        changed = max(changed, 1)
    return Freshness("stale" if changed else "fresh", changed)
