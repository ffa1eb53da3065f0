"""Reads the changed files of an archive and assembles one generation of the index from them."""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from milatui.archive.files import METADATA_FILE
from milatui.archive.serialize import metadata_to_dict
from milatui.index.builder.columns_writer import write_columns
from milatui.index.builder.deletions_writer import write_deletions
from milatui.index.builder.generation_records import GenerationRecords, insert_sorted
from milatui.index.builder.shards.shard import ShardBuilder
from milatui.index.builder.shards.shard_process import ShardProcess
from milatui.index.codec.postings import ranges
from milatui.index.schema import schema
from milatui.index.store.file_manifest import FileDocuments, archive_id, write_file_manifest
from milatui.index.store.layout import INDEX_NAME
from milatui.index.store.manifest import Manifest, SegmentEntry
from milatui.index.store.segments import flat_segment
from milatui.index.store.whoosh_version import index_engine_id

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.records import ArchiveMetadata
    from milatui.index.builder.base_generation import BaseGeneration
    from milatui.index.builder.shards.shard import Shard
    from milatui.index.store.file_manifest import FileManifest

    Numbers = NDArray[Any]

Progress = Callable[[str, int, int], None]
"""Takes the stage (``read`` or ``write``), files done, and files in all."""

TWO_PROCESSES_FROM: Final = 8_000_000
"""Bytes of text from which a second process is worth starting."""
_SEGMENT_SHARE: Final = 0.75
"""Share of the time of writing that segments take; the rest goes into columns."""
_ORDERED: Final = 0.3
"""Share of that rest after which the records are in order: about, for the progress bar alone."""
_COLUMNS_WRITTEN: Final = 0.7
"""The same after which the columns are written."""


@dataclass(frozen=True, slots=True)
class BuildSource:
    """What a generation is made from.

    Attributes:
        archive: The archive.
        head: What it says of itself.
        files: Its files.
        synonyms: Groups of words that mean the same.
    """

    archive: Path
    head: ArchiveMetadata
    files: FileManifest
    synonyms: list[list[str]]


class Assembly:
    """One generation that is being built, in its own folder.

    Attributes:
        records: Records in the generation.
        files_read: Files read.
        faults: Faults in them.
    """

    def __init__(
        self,
        source: BuildSource,
        folder: Path,
        base: BaseGeneration | None,
        progress: Progress | None = None,
    ) -> None:
        self.records = self.faults = 0
        self._source = source
        self._folder = folder
        self._files = files = source.files
        self._base = base
        self._progress = progress
        self._staying = base.staying_segments() if base is not None else []
        self._base_docs = sum(segment.doc_count for segment in self._staying)
        self._first = np.zeros(len(files.paths), np.int64)
        self._counts = np.zeros(len(files.paths), np.int64)
        self._living = np.zeros(self._base_docs, np.bool_)
        self._pending = np.ones(len(files.paths), np.bool_)
        if METADATA_FILE in files.paths:
            self._pending[files.paths.index(METADATA_FILE)] = False
        if base is not None:
            base.link_into(folder, self._staying)
            self._keep_unchanged(base)
        self.files_read = int(self._pending.sum())
        self._builder = ShardBuilder(source.archive, folder, source.head.languages[0])
        self._process: ShardProcess | None = None
        self._written = 0.0
        self._assembled = 0.0

    def run(self, processes: int | None = None) -> Manifest | None:
        """Writes everything but the manifest, which is returned.

        Args:
            processes: How many may read: 1 or 2; by the amount of text if not given.

        Returns:
            None if ids occur twice, which only a whole build can settle. (Which of two records
            with one id counts depends on the order of all files.)
        """
        self._report(reading=True)
        mine, others = self._divided(processes)
        if others:
            language = self._source.head.languages[0]
            self._process = ShardProcess(self._source.archive, self._folder, language, others)
        self._builder.read(mine, lambda _done: self._report(reading=True))
        shards = [self._builder.finish(self._report_written)]
        if self._process is not None:
            shards.append(self._process.result(self._report))
        return self._assemble(shards)

    def tick(self) -> None:
        """Reports that everything is written but not yet in force."""
        self._assembled = 1.0
        self._report()

    def cancel(self) -> None:
        """Closes the files that are being written, and ends the other process."""
        if self._process is not None:
            self._process.cancel()
        self._builder.cancel()

    def _keep_unchanged(self, base: BaseGeneration) -> None:
        """Keeps the documents of unchanged files in the segments that stay."""
        at = unchanged_files(base.files, self._files)
        first, counts = base.first_docs[at], base.doc_counts[at]
        stays = (at >= 0) & (first + counts <= self._base_docs)
        self._first[stays], self._counts[stays] = first[stays], counts[stays]
        self._living[ranges(self._first[stays], self._counts[stays])] = True
        self._living &= base.living[: self._base_docs]
        self._pending &= ~stays

    def _divided(self, processes: int | None) -> tuple[list[str], list[str]]:
        """Splits the files between this process and another, if there is much to read."""
        paths = list(compress(self._files.paths, self._pending.tolist()))
        sizes = np.cumsum(np.array(self._files.status.sizes, np.int64)[self._pending])
        text = int(sizes[-1]) if paths else 0
        if processes is None:
            enough = text >= TWO_PROCESSES_FROM and len(os.sched_getaffinity(0)) > 1
            processes = 2 if enough else 1
        half = int(np.searchsorted(sizes, text / 2)) + 1
        if processes == 1 or half >= len(paths):
            return paths, []
        return paths[:half], paths[half:]

    def _assemble(self, shards: list[Shard]) -> Manifest | None:
        counts = np.array([count for shard in shards for count in shard.doc_counts], np.int64)
        self._counts[self._pending] = counts
        self._first[self._pending] = self._base_docs + np.cumsum(counts) - counts
        self.faults = sum(shard.faults for shard in shards)
        segments = [*self._staying, *(shard.segment for shard in shards if shard.segment)]
        records = GenerationRecords(self._folder, segments)
        self._report()
        twice = self._given_twice(records)
        duplicates = len(twice) + sum(shard.duplicates for shard in shards)
        if self._base is not None and (duplicates or self._base.manifest.duplicates):
            return None
        living = np.ones(records.doc_count, np.bool_)
        living[: self._base_docs] = self._living
        living[twice] = False
        docs, docs_by_id = self._order(records, living)
        self._assembled = _ORDERED
        self._report()
        stats = write_columns(self._folder, records, docs, docs_by_id, self._source.head.home)
        self._assembled = _COLUMNS_WRITTEN
        self._report()
        self._write_files()
        segments = _with_deletions(segments, living)
        self._write_deletions(segments)
        self._write_toc(segments)
        self.records = len(docs)
        self.tick()
        return Manifest(
            engine=index_engine_id(),
            archive=archive_id(self._source.archive),
            head=metadata_to_dict(self._source.head),
            built=int(time.time()),
            counts=stats.counts,
            groups=stats.groups,
            first_year=stats.first_year,
            last_year=stats.last_year,
            details=stats.details,
            languages=stats.languages,
            publishers=stats.publishers,
            sectors=stats.sectors,
            synonyms=self._source.synonyms,
            duplicates=duplicates,
            segments=segments,
            previous="",
            files={},
        )

    def _given_twice(self, records: GenerationRecords) -> Numbers:
        """Returns the new documents whose ids others have that come before them."""
        hashes = records.values("record_hash")
        new = hashes[self._base_docs :]
        counts = np.zeros(len(new), np.bool_)
        counts[np.unique(new, return_index=True)[1]] = True
        counts &= ~np.isin(new, hashes[: self._base_docs][self._living])
        # The figures inside an event go with it.
        counts &= counts[np.arange(len(new)) - records.values("part")[self._base_docs :]]
        return self._base_docs + np.flatnonzero(~counts)

    def _order(
        self, records: GenerationRecords, living: NDArray[np.bool_]
    ) -> tuple[Numbers, Numbers]:
        """Returns the living documents in their order, and in the order of kinds and ids."""
        orders = [np.zeros(0, np.int64)] * 2
        if self._base is not None:
            before = (self._base.docs, self._base.docs_by_id)
            kept = (docs[docs < self._base_docs] for docs in before)
            orders = [docs[self._living[docs]] for docs in kept]
        new = np.flatnonzero(living[self._base_docs :]) + self._base_docs
        by_sort_key = insert_sorted(orders[0], new.tolist(), records.sort_key)
        return by_sort_key, insert_sorted(orders[1], new.tolist(), records.kind_and_id)

    def _write_files(self) -> None:
        first, counts = array("I", self._first.tolist()), array("I", self._counts.tolist())
        documents = FileDocuments(memoryview(first), memoryview(counts))
        write_file_manifest(self._folder, self._files, documents)

    def _write_deletions(self, segments: list[SegmentEntry]) -> None:
        if self._base is None:
            write_deletions(self._folder, segments, {}, ())
            return
        before = {s.segment_id: s.deleted for s in self._base.manifest.segments}
        same = [s.segment_id for s in segments if before.get(s.segment_id) == s.deleted]
        write_deletions(self._folder, segments, self._base.deletions, same)

    def _write_toc(self, segments: list[SegmentEntry]) -> None:
        """Writes Whoosh's table of contents, with which any program opens the index."""
        flat = [flat_segment(segment) for segment in segments]
        TOC(schema(), flat, 1).write(FileStorage(str(self._folder)), INDEX_NAME)

    def _report_written(self, part: float) -> None:
        self._written = part
        self._report()

    def _report(self, *, reading: bool = False) -> None:
        """Reports how far all processes are."""
        done, written, total = self._builder.files_read, self._written, self.files_read
        if self._process is not None:
            self._process.poll()
            done += self._process.files_read
            written = (written + self._process.written) / 2
        if self._progress is None:
            return
        if reading or done < total:
            self._progress("read", done, total)
        else:
            part = written * _SEGMENT_SHARE + self._assembled * (1 - _SEGMENT_SHARE)
            self._progress("write", round(part * total), total)


def unchanged_files(then: FileManifest, now: FileManifest) -> Numbers:
    """Returns the position that each file had ``then``, -1 if it has changed or is new."""
    if now.paths == then.paths:
        at = np.arange(len(now.paths))
    else:
        positions = {path: position for position, path in enumerate(then.paths)}
        at = np.array([positions.get(path, -1) for path in now.paths], np.int64)
    known = np.flatnonzero(at >= 0)
    for old, new in zip(then.status, now.status, strict=True):
        same = np.asarray(old)[at[known]] == np.asarray(new)[known]
        at[known[~same]] = -1
        known = known[same]
    return at


def _with_deletions(segments: list[SegmentEntry], living: NDArray[np.bool_]) -> list[SegmentEntry]:
    """Returns the segments with the documents in them that are not records."""
    ends = accumulate(segment.doc_count for segment in segments)
    return [
        SegmentEntry(
            segment.segment_id,
            segment.doc_count,
            np.flatnonzero(~living[end - segment.doc_count : end]).tolist(),
        )
        for segment, end in zip(segments, ends, strict=True)
    ]
