"""Reads the changed files of an archive and assembles one generation of the index from them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from itertools import compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.archive.conversion import head_to_data
from milatui.archive.files import HEAD_FILE
from milatui.index.engine.laying import spread
from milatui.index.generation import FORMAT
from milatui.index.marks import mark
from milatui.index.merging import Merged
from milatui.index.schema import engine
from milatui.index.share import Share
from milatui.index.sharing import RemoteShare
from milatui.index.sides import write_sides
from milatui.index.stamps import archive_mark, write_files
from milatui.index.writing import Parts, PartWriter, publish

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.loading import Stamp
    from milatui.archive.records import Head
    from milatui.index.entries import Entry
    from milatui.index.previous import Previous
    from milatui.index.share import Result

Progress = Callable[[str, int, int], None]
"""Takes the stage (``read`` or ``write``), files done, and files in all."""

MUCH: Final = 8_000_000
"""Bytes of text from which a second process is worth starting."""
_SHARES: Final = 0.75
"""Share of the time of writing that the processes take; the rest goes into joining them."""


class Assembly:
    """One generation in the making, in its own folder.

    Attributes:
        records: Records in the generation.
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
        progress: Progress | None = None,
    ) -> None:
        self.records = self.read = self.faults = 0
        self._archive = archive
        self._folder = folder
        self._head = head
        self._stamps = stamps
        self._previous = previous
        self._progress = progress
        self._old = previous.parts.staying() if previous else Parts()
        self._documents: dict[str, tuple[int, int]] = {}
        self._stays = np.zeros(self._old.documents, bool)
        self._pending = [path for path in stamps if path != HEAD_FILE]
        if previous is not None:
            previous.link_into(folder, self._old)
            self._take_over(previous)
        writer = PartWriter(folder, 0, head.languages[0])
        self._share = Share(archive, writer)
        self._remote: RemoteShare | None = None
        self._written = self._joined = 0.0

    def run(self, processes: int | None = None) -> dict[str, Any] | None:
        """Write everything but the manifest, which is returned.

        Args:
            processes: How many may read: 1 or 2; by the amount of text if not given.

        Returns:
            None if ids occur twice, which only a whole build can settle.  (Which of two
            records with one id counts depends on the order of all files.)
        """
        self._tell(reading=True)
        mine, others = self._divided(processes)
        if others:
            language = self._head.languages[0]
            self._remote = RemoteShare(self._archive, self._folder, 1, language, others)
        self._share.read(mine, lambda _done: self._tell(reading=True))
        results = [self._share.finish(self._tell_written)]
        if self._remote is not None:
            results.append(self._remote.result(self._tell))
        entries, twice = self._collect(results)
        duplicates = len(twice) + sum(result.duplicates for result in results)
        if self._previous is not None and (duplicates or self._previous.duplicates):
            return None
        deleted = [*twice, *self._deleted()]
        shares = [result.written for result in results]
        parts = publish(self._folder, self._old, shares, deleted, self._tell_joined)
        return {**self._manifest(entries, parts), "duplicates": duplicates}

    def tell(self) -> None:
        """Say that all is written but not yet in force."""
        self._tell_joined(1.0)

    def cancel(self) -> None:
        """Let go of the files that are being written, and of the other process."""
        self._share.cancel()
        if self._remote is not None:
            self._remote.cancel()

    def _take_over(self, previous: Previous) -> None:
        """Keep what stands in unchanged files of the parts that stay."""
        old, new = previous.files, self._stamps
        ends = len(self._stays)
        first, count = np.array(old.first, np.int64), np.array(old.count, np.int64)
        same = [new.get(path) == stamp for path, stamp in old.stamps.items()]
        stays = np.array(same, bool) & (first + count <= ends)
        first, count = first[stays], count[stays]
        self._stays[spread(first, count)] = True
        self._stays &= previous.living()[:ends]
        documents = zip(first.tolist(), count.tolist(), strict=True)
        paths = compress(old.stamps, stays.tolist())
        self._documents = dict(zip(paths, documents, strict=True))
        self._pending = [path for path in self._pending if path not in self._documents]

    def _divided(self, processes: int | None) -> tuple[list[str], list[str]]:
        """The files that this process reads, and those of another, if there is much to read."""
        sizes = np.cumsum([self._stamps[path].size for path in self._pending] or [0])
        if processes is None:
            processes = 2 if sizes[-1] >= MUCH and len(os.sched_getaffinity(0)) > 1 else 1
        half = int(np.searchsorted(sizes, sizes[-1] / 2)) + 1
        if processes < 2 or half >= len(self._pending):
            return self._pending, []
        return self._pending[:half], self._pending[half:]

    def _collect(self, results: list[Result]) -> tuple[list[Entry], list[int]]:
        """All new entries with their numbers in Whoosh; documents that have another's id."""
        entries: list[Entry] = []
        twice: list[int] = []
        known = self._kept_marks()
        base = self._old.documents
        for result in results:
            self._tell()
            for entry in result.entries:
                entry.doc += base
                name = mark(f"{entry.kind}/{entry.id}")
                if name in known:
                    twice.append(entry.doc)
                else:
                    known.add(name)
                    entries.append(entry)
            for path, (first, count) in result.documents.items():
                self._documents[path] = (base + first, count)
            self.faults += result.faults
            base += result.written.documents
        self.read = len(self._pending)
        return sorted(entries, key=lambda entry: entry.key), twice

    def _kept_marks(self) -> set[int]:
        if self._previous is None:
            return set()
        return set(self._previous.column("mark")[self._kept(self._previous)].tolist())

    def _kept(self, previous: Previous) -> NDArray[Any]:
        """Which of the old records stay, by number."""
        docs = previous.column("doc")
        stays = np.append(self._stays, np.zeros(previous.parts.documents - len(self._stays), bool))
        return stays[docs]

    def _deleted(self) -> list[int]:
        if self._previous is None:
            return []
        living = self._previous.living()[: len(self._stays)]
        gone: list[int] = np.flatnonzero(living & ~self._stays).tolist()
        return gone

    def _manifest(self, entries: list[Entry], parts: Parts) -> dict[str, Any]:
        kept = self._kept(self._previous) if self._previous is not None else None
        merged = Merged(entries, self._previous, kept, self.tell)
        self.tell()
        sides = write_sides(self._folder, merged, parts.documents)
        self.tell()
        write_files(self._folder, self._stamps, self._documents)
        self.records = merged.size
        self.tell()
        return {
            "format": FORMAT,
            "engine": engine(),
            "archive": archive_mark(self._archive),
            "head": head_to_data(self._head),
            "built": int(time.time()),
            **sides,
            "parts": parts.names,
            "segments": parts.segments,
            "sizes": parts.sizes,
        }

    def _tell_written(self, part: float) -> None:
        self._written = part
        self._tell()

    def _tell_joined(self, part: float) -> None:
        self._joined = part
        self._tell()

    def _tell(self, *, reading: bool = False) -> None:
        """Say how far all processes are."""
        read, written, total = len(self._share.documents), self._written, len(self._pending)
        if self._remote is not None:
            self._remote.poll()
            read += self._remote.read
            written = (written + self._remote.written) / 2
        if self._progress is None:
            return
        if reading or read < total:
            self._progress("read", read, total)
        else:
            part = written * _SHARES + self._joined * (1 - _SHARES)
            self._progress("write", round(part * total), total)
