"""Reads a share of an archive's files and writes their records as one segment."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Self

from milatui.archive.figures.event_figures import figures_of
from milatui.archive.loader import load_file
from milatui.archive.records import Event
from milatui.index.builder.bulk_writer import BulkWriter
from milatui.index.builder.index_entry import make_entry
from milatui.index.builder.segment_records_writer import SegmentRecordsWriter
from milatui.index.store.manifest import SegmentEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from milatui.index.builder.index_entry import IndexEntry

_GARBAGE: Final = 100_000
"""Number of new objects after which garbage is looked for while files are read."""


@dataclass(slots=True)
class Shard:
    """What came of a share of the files.

    Attributes:
        segment: The segment, or None if there was no record.
        doc_counts: How many documents every file gave.
        faults: Number of faults in the files.
        duplicates: Records left out because another of the share has their id.
    """

    segment: SegmentEntry | None
    doc_counts: list[int] = field(default_factory=list)
    faults: int = 0
    duplicates: int = 0

    def to_json(self) -> dict[str, object]:
        """Returns it as JSON types."""
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> Self:
        """Makes it of what ``to_json`` returned.

        Args:
            found: Values by attribute name; ``segment`` is taken out of it.
        """
        segment = found.pop("segment")
        return cls(segment=SegmentEntry(*segment) if segment else None, **found)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Looks for garbage less often than Python does: records are many objects and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_GARBAGE, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


class ShardBuilder:
    """Builds one segment.

    Args:
        archive: The archive.
        folder: The generation.
        main_language: Of records that have no language of their own.
    """

    def __init__(self, archive: Path, folder: Path, main_language: str) -> None:
        self._archive = archive
        self._folder = folder
        self._writer = BulkWriter(folder, main_language)
        self._records = SegmentRecordsWriter()
        self._shard = Shard(None)
        self._hashes: set[int] = set()
        self._is_open = True

    @property
    def files_read(self) -> int:
        """How many files were read."""
        return len(self._shard.doc_counts)

    def read(self, paths: Iterable[str], tick: Callable[[int], None]) -> None:
        """Reads files; ``tick`` is called with how many are read."""
        with _rare_collections():
            for path in paths:
                self._read_file(path)
                tick(self.files_read)

    def _read_file(self, path: str) -> None:
        shard = self._shard
        load = load_file(self._archive, path)
        shard.faults += len(load.diagnostics)
        before = len(self._records)
        for located in load.records:
            record, at = located.record, len(self._records)
            if self._add(make_entry(located.kind, record)) and isinstance(record, Event):
                for figure in figures_of(record):
                    self._add(make_entry("figure", figure), len(self._records) - at)
        shard.doc_counts.append(len(self._records) - before)

    def _add(self, entry: IndexEntry, part: int = 0) -> bool:
        """Adds an entry, unless another has its id; ``part`` as in ``SegmentRecordsWriter``."""
        if entry.record_hash in self._hashes:
            self._shard.duplicates += 1
            return False
        self._hashes.add(entry.record_hash)
        self._writer.add(entry.fields)
        self._records.add(entry, part)
        return True

    def finish(self, tick: Callable[[float], None]) -> Shard:
        """Writes the segment; ``tick`` is called with the part that is written.

        Raises:
            OSError: the disk is full, say.
        """
        if not len(self._records):
            self.cancel()
            return self._shard
        self._writer.finish(tick)
        segment = SegmentEntry(self._writer.segment_id, len(self._records), [])
        self._records.write(self._folder / segment.records_file, self._writer.content_hashes)
        self._shard.segment = segment
        self._is_open = False
        return self._shard

    def cancel(self) -> None:
        """Removes the segment, unless it is finished."""
        if self._is_open:
            self._is_open = False
            self._writer.cancel()
