"""Builds the index of an archive: from nothing, or only what has changed since the last time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.loader import load_metadata
from milatui.archive.serialize import metadata_to_dict
from milatui.archive.synonyms import load_synonyms
from milatui.index.builder.assembly import Assembly, BuildSource
from milatui.index.builder.base_generation import open_base
from milatui.index.store.build_lock import locked
from milatui.index.store.commit import (
    commit_generation,
    new_generation,
    remove_leftovers,
)
from milatui.index.store.file_manifest import scan_files

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from milatui.archive.records import ArchiveMetadata
    from milatui.index.builder.assembly import Progress
    from milatui.index.builder.base_generation import BaseGeneration
    from milatui.index.store.file_manifest import FileManifest


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did.

    Attributes:
        records: Records in the index.
        files: Files that were read.
        faults: Faults found in these files (``milatui check`` lists them all).
        incremental: Whether the build was based on the last generation.
        changed: Whether there is a new generation at all.
        seconds: Wall clock.
    """

    records: int
    files: int
    faults: int
    incremental: bool
    changed: bool
    seconds: float


def build(
    archive: Path,
    index_dir: Path,
    *,
    owners: Collection[str] = (),
    rebuild: bool = False,
    progress: Progress | None = None,
    processes: int | None = None,
) -> BuildResult:
    """Brings the index of an archive up to date; readers keep the old one until the new is whole.

    Args:
        archive: Folder with ``archive.yaml``.
        index_dir: Where the index lies; made if missing.
        owners: Accounts trusted besides the user and root.
        rebuild: Begin from nothing even if the build could be based on the last generation.
        progress: Called with the stage (``read`` or ``write``), files done, files in all; an
            exception that it raises cancels the build.
        processes: How many may work, 1 or 2; by the amount of text if not given.

    Raises:
        ArchiveError: there is no archive.
        IndexUnusable: ``locked`` or ``not trusted``.
        OSError: the index cannot be written (the disk is full, say); the old one stays.
    """
    start = time.monotonic()
    head, _diagnostics = load_metadata(archive)
    with locked(index_dir, owners):
        remove_leftovers(index_dir)
        base = None if rebuild else open_base(index_dir, owners, archive, metadata_to_dict(head))
        files = scan_files(archive, base.files if base is not None else None)
        synonyms = load_synonyms(archive)
        if base is not None and base.files == files and base.manifest.synonyms == synonyms:
            if base.is_whole():
                records = base.manifest.size
                return BuildResult(records, 0, 0, True, False, time.monotonic() - start)
            base = None
        task = _Build(archive, index_dir, head, files, synonyms, progress, processes)
        done = task.run(base)
        if done is None:
            base = None
            done = task.run(None)
    assert done is not None  # noqa: S101 - only a build based on another one gives up
    return BuildResult(
        records=done.records,
        files=done.files_read,
        faults=done.faults,
        incremental=base is not None,
        changed=True,
        seconds=time.monotonic() - start,
    )


@dataclass(frozen=True, slots=True)
class _Build:
    archive: Path
    index_dir: Path
    head: ArchiveMetadata
    files: FileManifest
    synonyms: list[list[str]]
    progress: Progress | None
    processes: int | None

    def run(self, base: BaseGeneration | None) -> Assembly | None:
        """Builds the next generation and commits it; None if it cannot be based on the last."""
        with new_generation(self.index_dir) as folder:
            assembly = Assembly(
                BuildSource(self.archive, self.head, self.files, self.synonyms),
                folder,
                base,
                self.progress,
            )
            try:
                manifest = assembly.run(self.processes)
            finally:
                assembly.cancel()
            if manifest is None:
                return None
            shared = base.shared if base is not None else {}
            commit_generation(self.index_dir, folder, manifest, shared, assembly.tick)
        return assembly
