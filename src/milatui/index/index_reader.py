"""Reads one generation of an index: list rows and columns, and when asked records and search."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from itertools import accumulate
from threading import RLock
from typing import TYPE_CHECKING, Final, cast

from milatui.archive.kinds import KINDS
from milatui.index.store.generation import check_contents, open_current
from milatui.index.store.layout import COLUMNS, damaged
from milatui.index.store.list_row import IndexedName, ListRow
from milatui.index.store.record_columns import NO_RECORD, RecordColumns, map_arrays
from milatui.index.store.segment_records import SegmentRecords
from milatui.index.store.whoosh_version import check_engine

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from milatui.archive.kinds import Data, Kind
    from milatui.index.codec.stored import StoredFieldsReader
    from milatui.index.search.searcher import Searcher
    from milatui.index.store.manifest import Manifest

_MOST_PROBED: Final = 1024
"""Most records whose kind and id are remembered."""


class IndexReader:
    """A generation on disk; fulfils ``protocol.CatalogueIndex``.

    Opening reads the manifest and maps a few files, without NumPy and Whoosh. Nothing is read with
    a position in a file that processes would share: a reader may be used by several threads, and
    after a fork.

    Attributes:
        folder: The generation.
        manifest: What it is.
        columns: Values of all records.
        size: Number of records.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self.columns = RecordColumns(folder)
        self.size = manifest.size
        self._segments = [SegmentRecords(folder, s) for s in manifest.segments]
        self._bases = list(accumulate((s.doc_count for s in manifest.segments), initial=0))
        if len(self.columns.doc) != self.size or len(self.columns.number) != self._bases[-1]:
            raise damaged(COLUMNS)
        self._probed: dict[int, tuple[int, str]] = {}
        """Kinds and ids of records that binary searches have met: all begin with the same ones."""
        self._names: list[IndexedName] | None = None
        self._stored: list[StoredFieldsReader] | None = None
        self._searcher: Searcher | None = None
        self._lock = RLock()

    @classmethod
    def open(cls, index_dir: Path, owners: Collection[str] = ()) -> IndexReader:
        """Opens the generation in force.

        Args:
            index_dir: The folder of the index.
            owners: Other accounts whose files are trusted, beside this process's own and root.

        Raises:
            IndexUnusable: if it is missing, damaged, of another version, or not trusted.
        """
        folder, manifest = open_current(index_dir, owners)
        check_contents(folder, manifest)
        return cls(folder, manifest)

    def list_row(self, number: int) -> ListRow:
        """Returns the list line of a record.

        Raises:
            IndexError: there is no such record.
            IndexUnusable: the file is damaged.
        """
        if not 0 <= number < self.size:
            raise IndexError(number)
        segment, doc = self._locate(number)
        return self._segments[segment].list_row(doc)

    def list_rows(self, numbers: Iterable[int]) -> list[ListRow]:
        """Returns the list lines of records, in the order of ``numbers``.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.

        Raises:
            IndexError: if there is no such record.
            IndexUnusable: if the file is damaged.
        """
        return [self.list_row(number) for number in numbers]

    def _locate(self, number: int) -> tuple[int, int]:
        """Returns the segment of a record and its document number there."""
        doc = self.columns.doc[number]
        segment = bisect_right(self._bases, doc) - 1
        if segment >= len(self._segments):
            raise damaged(COLUMNS)
        return segment, doc - self._bases[segment]

    def find(self, kind: Kind, identifier: str) -> int | None:
        """Returns the number of a record, by binary search in the order of kinds and ids."""
        order = self.columns.by_id
        position = self.id_position(kind, identifier)
        if position < len(order):
            row = self.list_row(order[position])
            if (row.kind, row.id) == (kind, identifier):
                return order[position]
        return None

    def find_all(self, keys: Iterable[tuple[Kind, str]]) -> list[int | None]:
        """Finds records by kind and id, in the order of ``keys``.

        Args:
            keys: Kind and id of each record.

        Returns:
            A record number for each key, None where there is no such record.
        """
        return [self.find(kind, identifier) for kind, identifier in keys]

    def id_position(self, kind: Kind, identifier: str) -> int:
        """Returns where in ``columns.by_id`` a record stands, or would stand."""

        def kind_and_id(number: int) -> tuple[int, str]:
            found = self._probed.get(number)
            if found is None:
                row = self.list_row(number)
                found = KINDS.index(row.kind), row.id
                if len(self._probed) < _MOST_PROBED:
                    self._probed[number] = found
            return found

        return bisect_left(self.columns.by_id, (KINDS.index(kind), identifier), key=kind_and_id)

    @property
    def names(self) -> Sequence[IndexedName]:
        """Names of all partners and people, by record number, the main name of each first."""
        with self._lock:
            if self._names is None:
                numbers = self.columns.number
                self._names = [
                    IndexedName(numbers[base + doc], folded, name)
                    for base, segment in zip(self._bases, self._segments, strict=False)
                    for doc, folded, name in segment.names
                    if numbers[base + doc] != NO_RECORD
                ]
                self._names.sort(key=lambda name: name.number)
            return self._names

    def record(self, number: int) -> dict[str, Data]:
        """Returns a whole record as plain data.

        Returns:
            Values by field name: texts, numbers, lists and mappings of those.

        Raises:
            IndexError: there is no such record.
            IndexUnusable: the file is damaged.
        """
        return self.records((number,))[0]

    def records(self, numbers: Sequence[int]) -> list[dict[str, Data]]:
        """Returns whole records as plain data, in the order of ``numbers``.

        They are read in the order of their documents: records of one block are decompressed once.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.

        Returns:
            For each of ``numbers`` the values by field name.

        Raises:
            IndexError: if there is no such record.
            IndexUnusable: if the file is damaged.
        """
        for number in numbers:
            if not 0 <= number < self.size:
                raise IndexError(number)
        stored = self._stored_fields()
        found: dict[int, dict[str, Data]] = {}
        for (segment, doc), number in sorted((self._locate(n), n) for n in set(numbers)):
            try:
                record = stored[segment][doc]["record"]
            except (ValueError, KeyError, IndexError, TypeError, zlib.error) as error:
                raise damaged(self.manifest.segments[segment].documents_file) from error
            found[number] = cast("dict[str, Data]", record)
        return [found[number] for number in numbers]

    def _stored_fields(self) -> list[StoredFieldsReader]:
        with self._lock:
            if self._stored is None:
                # Deferred: the first screen shows no record.
                from milatui.index.codec.stored import StoredFieldsReader

                paths = (self.folder / s.documents_file for s in self.manifest.segments)
                self._stored = [StoredFieldsReader(map_arrays(path)) for path in paths]
            return self._stored

    @property
    def searcher(self) -> Searcher:
        """The search engine, imported and opened when it is first asked for.

        Raises:
            IndexUnusable: its files are damaged, or another Whoosh made it.
        """
        with self._lock:
            if self._searcher is None:
                from milatui.index.search.searcher import open_searcher

                check_engine(self.manifest.engine)

                self._searcher = open_searcher(self.folder, self.manifest, self.columns)
            return self._searcher

    def release_caches(self) -> None:
        """Drops what is kept for the next search only."""
        # Deferred: both are loaded by then.
        from milatui.index.analysis.stemmer import stem
        from milatui.index.analysis.tokenizer import release_tables

        release_tables()
        stem.cache_clear()
        with self._lock:
            if self._searcher is not None:
                self._searcher.release_caches()

    def close(self) -> None:
        """Releases the records and the searcher; maps go with the last view of them."""
        with self._lock:
            self._stored = None
            self._searcher = None
