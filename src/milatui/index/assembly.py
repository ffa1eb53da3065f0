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
from milatui.index.engine.blocks import spread
from milatui.index.generation import FORMAT
from milatui.index.maker import engine
from milatui.index.merging import Merged, unchanged
from milatui.index.share import Share
from milatui.index.sharing import RemoteShare
from milatui.index.sides import write_sides
from milatui.index.stamps import archive_mark, write_files
from milatui.index.writing import Parts, PartWriter, publish

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.records import Head
    from milatui.index.fresh import Fresh
    from milatui.index.previous import Previous
    from milatui.index.share import Result
    from milatui.index.stamps import Files

    Numbers = NDArray[Any]

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
        files: Files,
        previous: Previous | None,
        progress: Progress | None = None,
    ) -> None:
        self.records = self.faults = 0
        self._archive = archive
        self._folder = folder
        self._head = head
        self._files = files
        self._previous = previous
        self._progress = progress
        self._old = previous.parts.staying() if previous else Parts()
        self._first = np.zeros(len(files.paths), np.int64)
        self._count = np.zeros(len(files.paths), np.int64)
        self._stays = np.zeros(self._old.documents, bool)
        self._pending = np.ones(len(files.paths), bool)
        if HEAD_FILE in files.paths:
            self._pending[files.paths.index(HEAD_FILE)] = False
        if previous is not None:
            previous.link_into(folder, self._old)
            self._take_over(previous)
        self.read = int(self._pending.sum())
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
        fresh, order, twice = self._collect(results)
        duplicates = len(twice) + sum(result.duplicates for result in results)
        if self._previous is not None and (duplicates or self._previous.duplicates):
            return None
        base = self._old.documents
        deleted = [*(base + number for number in twice), *self._deleted()]
        shares = [result.written for result in results]
        parts = publish(self._folder, self._old, shares, deleted, self._tell_joined)
        kept = self._kept(self._previous) if self._previous is not None else None
        merged = Merged(fresh, order, base, self._previous, kept, self.tell)
        return {**self._manifest(merged, parts), "duplicates": duplicates}

    def tell(self) -> None:
        """Say that all is written but not yet in force."""
        self._tell_joined(1.0)

    def cancel(self) -> None:
        """Let go of the files that are being written, and of the other process."""
        if self._remote is not None:
            self._remote.cancel()
        self._share.cancel()

    def _take_over(self, previous: Previous) -> None:
        """Keep what stands in unchanged files of the parts that stay."""
        at = unchanged(previous.files, self._files)
        first, count = np.array(previous.first)[at], np.array(previous.count)[at]
        stays = (at >= 0) & (first + count <= len(self._stays))
        self._first[stays], self._count[stays] = first[stays], count[stays]
        self._stays[spread(self._first[stays], self._count[stays])] = True
        self._stays &= previous.living()[: len(self._stays)]
        self._pending &= ~stays

    def _divided(self, processes: int | None) -> tuple[list[str], list[str]]:
        """The files that this process reads, and those of another, if there is much to read."""
        paths = list(compress(self._files.paths, self._pending.tolist()))
        sizes = np.cumsum(np.array(self._files.sizes, np.int64)[self._pending])
        text = int(sizes[-1]) if paths else 0
        if processes is None:
            processes = 2 if text >= MUCH and len(os.sched_getaffinity(0)) > 1 else 1
        half = int(np.searchsorted(sizes, text / 2)) + 1
        if processes < 2 or half >= len(paths):
            return paths, []
        return paths[:half], paths[half:]

    def _collect(self, results: list[Result]) -> tuple[Fresh, list[int], list[int]]:
        """All that is new; of that what counts, in order, and what has another's id."""
        counts = np.concatenate([np.array(result.counts, np.int64) for result in results])
        self._count[self._pending] = counts
        self._first[self._pending] = self._old.documents + np.cumsum(counts) - counts
        self.faults = sum(result.faults for result in results)
        fresh = results[0].fresh
        for result in results[1:]:
            self._tell()
            fresh.extend(result.fresh)
        marks = np.array(fresh.numbers["mark"])
        counting = np.zeros(len(marks), bool)
        counting[np.unique(marks, return_index=True)[1]] = True
        known = self._kept_marks()
        counting &= ~np.isin(marks, known[np.isin(known, marks)])
        self._tell()
        order = sorted(np.flatnonzero(counting).tolist(), key=fresh.keys.__getitem__)
        return fresh, order, np.flatnonzero(~counting).tolist()

    def _kept_marks(self) -> Numbers:
        if self._previous is None:
            return np.zeros(0, np.uint64)
        marks: Numbers = self._previous.column("mark")[self._kept(self._previous)]
        return marks

    def _kept(self, previous: Previous) -> Numbers:
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

    def _manifest(self, merged: Merged, parts: Parts) -> dict[str, Any]:
        self.tell()
        sides = write_sides(self._folder, merged, parts)
        self.tell()
        write_files(self._folder, self._files, self._first.tolist(), self._count.tolist())
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
        read, written, total = len(self._share.counts), self._written, self.read
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
