"""Reads a share of an archive's files and writes their records as one part of the index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milatui.archive.loading import load_file
from milatui.index.entries import entry_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from milatui.index.entries import Entry
    from milatui.index.writing import PartWriter, Written


@dataclass(slots=True)
class Result:
    """What came of a share.

    Attributes:
        written: Its share of the index; the entries' documents count from its start.
        entries: What is kept of each record, in the order read.
        documents: First document, and how many, of every file.
        faults: Faults found in the files.
        duplicates: Records left out because another of the share has their id.
    """

    written: Written
    entries: list[Entry]
    documents: dict[str, tuple[int, int]]
    faults: int
    duplicates: int


@dataclass(slots=True)
class Share:
    """A share of the files in the making."""

    archive: Path
    writer: PartWriter
    entries: list[Entry] = field(default_factory=list)
    documents: dict[str, tuple[int, int]] = field(default_factory=dict)
    faults: int = 0
    duplicates: int = 0
    _known: set[tuple[str, str]] = field(default_factory=set)

    def read(self, paths: Iterable[str], tick: Callable[[int], None]) -> None:
        """Read files; ``tick`` is told how many are read."""
        for path in paths:
            load = load_file(self.archive, path)
            self.faults += len(load.faults)
            first = len(self.entries)
            for located in load.records:
                key = (located.kind, located.record.id)
                if key in self._known:
                    self.duplicates += 1
                else:
                    self._known.add(key)
                    doc = self.writer.add(located.record)
                    self.entries.append(entry_of(located.kind, located.record, doc))
            self.documents[path] = (first, len(self.entries) - first)
            tick(len(self.documents))

    def finish(self, tick: Callable[[float], None]) -> Result:
        """Write the part; ``tick`` is told which part of it is written."""
        written = self.writer.finish(tick)
        return Result(written, self.entries, self.documents, self.faults, self.duplicates)

    def cancel(self) -> None:
        """Let go of the files that are being written."""
        self.writer.cancel()
