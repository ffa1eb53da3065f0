"""Builds the index of an archive: from nothing, or only what has changed since the last time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.conversion import head_to_data
from milatui.archive.files import scan_settled
from milatui.archive.loading import load_head
from milatui.archive.synonyms import load_synonyms
from milatui.index.assembly import Assembly
from milatui.index.build_lock import locked
from milatui.index.errors import IndexUnusable
from milatui.index.previous import open_previous
from milatui.index.stamps import Files
from milatui.index.switching import new_generation, put_in_force, remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from milatui.archive.records import Head
    from milatui.index.assembly import Progress
    from milatui.index.previous import Previous


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did.

    Attributes:
        records: Records in the index.
        files: Files that were read.
        faults: Faults found in these files (``milatui check`` tells them all).
        incremental: Whether the last generation was built upon.
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
) -> Built:
    """Bring the index of ``archive`` up to date; readers keep the old one until the new is whole.

    Args:
        archive: Folder with ``archive.yaml``.
        index_dir: Where the index lies; made if missing.
        owners: Accounts trusted besides the user and root.
        rebuild: Begin from nothing even if the last generation could be built upon.
        progress: Called with the stage (``read`` or ``write``), files done, files in all.
        processes: How many may work, 1 or 2; by the amount of text if not given.

    Raises:
        ArchiveError: there is no archive.
        IndexUnusable: ``locked`` or ``not trusted``.
        OSError: the index cannot be written (the disk is full, say); the old one stays.
    """
    start = time.monotonic()
    head, _faults = load_head(archive)
    with locked(index_dir, owners):
        remove_leftovers(index_dir)
        data = head_to_data(head)
        previous = None if rebuild else open_previous(index_dir, owners, archive, data)
        files = Files.of(scan_settled(archive))
        same_words = previous is not None and previous.synonyms == load_synonyms(archive)
        if previous is not None and previous.files == files and same_words:
            if _is_whole(previous):
                return Built(previous.records, 0, 0, True, False, time.monotonic() - start)
            previous = None
        making = _Making(archive, index_dir, head, files, progress, processes)
        done = making.generation(previous)
        if done is None:
            done = making.generation(None)
            previous = None
    assert done is not None  # noqa: S101 - only a build upon another one gives up
    return Built(
        records=done.records,
        files=done.read,
        faults=done.faults,
        incremental=previous is not None,
        changed=True,
        seconds=time.monotonic() - start,
    )


def _is_whole(previous: Previous) -> bool:
    """Whether there is no damage in what nobody has read so far."""
    try:
        previous.verify()
    except IndexUnusable:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Making:
    archive: Path
    index_dir: Path
    head: Head
    files: Files
    progress: Progress | None
    processes: int | None

    def generation(self, previous: Previous | None) -> Assembly | None:
        """Make the next generation and put it in force; None if the last is nothing to build on."""
        with new_generation(self.index_dir) as folder:
            assembly = Assembly(
                self.archive, folder, self.head, self.files, previous, self.progress
            )
            try:
                manifest = assembly.run(self.processes)
            finally:
                assembly.cancel()
            if manifest is None:
                return None
            shared = previous.shared if previous is not None else {}
            manifest["synonyms"] = load_synonyms(self.archive)
            put_in_force(self.index_dir, folder, manifest, shared, assembly.tell)
        return assembly
