"""Builds the index of an archive: from nothing, or only what has changed since the last time."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.conversion import head_to_data
from milatui.archive.loading import load_head, scan
from milatui.archive.synonyms import load_synonyms
from milatui.index.assembly import Assembly
from milatui.index.previous import open_previous
from milatui.index.switching import locked, new_generation, put_in_force

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from milatui.archive.loading import Stamp
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
) -> Built:
    """Bring the index of ``archive`` up to date; readers keep the old one until the new is whole.

    Args:
        archive: Folder with ``archive.yaml``.
        index_dir: Where the index lies; made if missing.
        owners: Accounts trusted besides the user and root.
        rebuild: Begin from nothing even if the last generation could be built upon.
        progress: Called with the stage (``read`` or ``write``), files done, files in all.

    Raises:
        ArchiveError: there is no archive.
        IndexUnusable: ``locked`` or ``not trusted``.
        OSError: the index cannot be written (the disk is full, say); the old one stays.
    """
    start = time.monotonic()
    head, _faults = load_head(archive)
    with locked(index_dir, owners):
        data = head_to_data(head)
        previous = None if rebuild else open_previous(index_dir, owners, archive, data)
        stamps = scan(archive)
        same_words = previous is not None and previous.synonyms == load_synonyms(archive)
        if previous is not None and previous.stamps == stamps and same_words:
            return Built(previous.records, 0, 0, True, False, time.monotonic() - start)
        done = _generation(archive, index_dir, head, stamps, previous, progress)
        if done is None:
            done = _generation(archive, index_dir, head, stamps, None, progress)
            previous = None
    assert done is not None  # noqa: S101 - only a build upon another one gives up
    return Built(
        records=len(done.entries),
        files=done.read,
        faults=done.faults,
        incremental=previous is not None,
        changed=True,
        seconds=time.monotonic() - start,
    )


def _generation(
    archive: Path,
    index_dir: Path,
    head: Head,
    stamps: dict[str, Stamp],
    previous: Previous | None,
    progress: Progress | None,
) -> Assembly | None:
    """Make the next generation and put it in force; None if it cannot be built upon the last."""
    folder = new_generation(index_dir)
    try:
        assembly = Assembly(archive, folder, head, stamps, previous)
        try:
            if not assembly.run(progress):
                shutil.rmtree(folder)
                return None
            shared = previous.shared if previous else None
            manifest = {**assembly.finish(progress), "synonyms": load_synonyms(archive)}
            put_in_force(index_dir, folder, manifest, shared)
        finally:
            assembly.cancel()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return assembly
