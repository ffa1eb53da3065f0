"""Reads a share of an archive's files and writes their records as one part of the index."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milatui.archive.loading import load_file
from milatui.index.entries import entry_of
from milatui.index.fresh import Fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from milatui.index.writing import PartWriter, Written


@dataclass(slots=True)
class Result:
    """What came of a share.

    Attributes:
        written: Its share of the index.
        fresh: What is kept of each record, in the order read.
        counts: How many documents every file gave.
        faults: Faults found in the files.
        duplicates: Records left out because another of the share has their id.
    """

    written: Written
    fresh: Fresh
    counts: array[int]
    faults: int
    duplicates: int


@dataclass(slots=True)
class Share:
    """A share of the files in the making."""

    archive: Path
    writer: PartWriter
    fresh: Fresh = field(default_factory=Fresh)
    counts: array[int] = field(default_factory=lambda: array("I"))
    faults: int = 0
    duplicates: int = 0
    _known: set[int] = field(default_factory=set)

    def read(self, paths: Iterable[str], tick: Callable[[int], None]) -> None:
        """Read files; ``tick`` is told how many are read."""
        for path in paths:
            load = load_file(self.archive, path)
            self.faults += len(load.faults)
            before = len(self.fresh)
            for located in load.records:
                entry = entry_of(located.kind, located.record)
                if entry.mark in self._known:
                    self.duplicates += 1
                else:
                    self._known.add(entry.mark)
                    self.writer.add(located.record)
                    self.fresh.add(entry)
            self.counts.append(len(self.fresh) - before)
            tick(len(self.counts))

    def finish(self, tick: Callable[[float], None]) -> Result:
        """Write the part; ``tick`` is told which part of it is written."""
        written = self.writer.finish(tick)
        return Result(written, self.fresh, self.counts, self.faults, self.duplicates)

    def cancel(self) -> None:
        """Let go of the files that are being written."""
        self.writer.cancel()
