"""Reads the changed files of an archive and assembles one generation of the index from them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from milatui.archive.conversion import head_to_data
from milatui.archive.files import HEAD_FILE
from milatui.archive.loading import load_file
from milatui.index.entries import Entry, entry_of
from milatui.index.generation import FORMAT
from milatui.index.schema import engine
from milatui.index.sides import write_sides
from milatui.index.stamps import archive_mark, write_stamps
from milatui.index.writing import Parts, PartWriter, publish

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.loading import Located, Stamp
    from milatui.archive.records import Head
    from milatui.index.previous import Previous

Progress = Callable[[str, int, int], None]
"""Takes the stage (``read`` or ``write``), files done, and files in all."""


class Assembly:
    """One generation in the making, in its own folder.

    Attributes:
        entries: What is kept of every record, by its lasting number.
        read: Files read.
        faults: Faults in them.
    """

    def __init__(
        self,
        archive: Path,
        folder: Path,
        head: Head,
        stamps: dict[str, Stamp],
        previous: Previous | None,
    ) -> None:
        self.entries: dict[int, Entry] = {}
        self.read = 0
        self.faults = 0
        self._archive = archive
        self._folder = folder
        self._head = head
        self._stamps = stamps
        self._previous = previous
        self._next_uid = 0
        self._duplicates = 0
        self._known: set[tuple[str, str]] = set()
        self._uids_of_file: dict[str, list[int]] = {}
        self._pending = [path for path in stamps if path != HEAD_FILE]
        if previous is not None:
            previous.link_into(folder)
        self._doc_of_uid: dict[int, int] = {}
        self._old = previous.parts if previous else Parts()
        self._deleted: list[int] = []
        self._writer = PartWriter(folder, len(self._old.names), head.languages[0])

    def run(self, progress: Progress | None) -> bool:
        """Read and index; False if ids occur twice, which only a whole build can settle.

        (Which of two records with one id counts depends on the order of all files.)
        """
        if self._previous is not None:
            self._take_over(self._previous)
        for path in self._pending:
            self._read_file(path)
            if progress is not None:
                progress("read", self.read, len(self._pending))
        return self._previous is None or not (self._duplicates or self._previous.duplicates)

    def finish(self, progress: Progress | None) -> dict[str, Any]:
        """Write everything but the manifest, which is returned."""

        def tick(part: float) -> None:
            if progress is not None:
                progress("write", int(part * len(self._pending)), len(self._pending))

        added = [self._writer.finish(tick)]
        parts = publish(self._folder, self._old, added, self._deleted)
        entries = sorted(self.entries.values(), key=lambda entry: entry.key)
        sides = write_sides(self._folder, entries, self._doc_of_uid, parts.documents)
        tick(1.0)
        write_stamps(self._folder, self._stamps, self._uids_of_file)
        return {
            "format": FORMAT,
            "engine": engine(),
            "archive": archive_mark(self._archive),
            "head": head_to_data(self._head),
            "built": int(time.time()),
            "next_uid": self._next_uid,
            "duplicates": self._duplicates,
            **sides,
            "parts": parts.names,
            "documents": parts.documents,
        }

    def cancel(self) -> None:
        """Let go of the files that are being written."""
        self._writer.cancel()

    def _take_over(self, previous: Previous) -> None:
        """Keep what stands in unchanged files and delete the rest."""
        old = previous.stamps
        same = {path for path, stamp in self._stamps.items() if old.get(path) == stamp}
        self._pending = [path for path in self._pending if path not in same]
        self._uids_of_file = {path: previous.uids_of_file[path] for path in same}
        self._next_uid = previous.next_uid
        kept = {uid for uids in self._uids_of_file.values() for uid in uids}
        for entry, doc in zip(previous.entries(), previous.docs(), strict=True):
            if entry.uid in kept:
                self.entries[entry.uid] = entry
                self._doc_of_uid[entry.uid] = doc
                self._known.add((entry.kind, entry.id))
            else:
                self._deleted.append(doc)

    def _read_file(self, path: str) -> None:
        load = load_file(self._archive, path)
        self.faults += len(load.faults)
        uids = self._uids_of_file.setdefault(path, [])
        for located in load.records:
            if (located.kind, located.record.id) in self._known:
                self._duplicates += 1
            else:
                uids.append(self._add(located))
        self.read += 1

    def _add(self, located: Located) -> int:
        uid = self._next_uid
        self._next_uid += 1
        self._known.add((located.kind, located.record.id))
        self.entries[uid] = entry_of(located.kind, located.record, uid)
        self._doc_of_uid[uid] = self._old.documents + self._writer.add(located.record)
        return uid
