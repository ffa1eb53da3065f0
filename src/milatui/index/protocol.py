"""What the catalogue needs of an index: the interface between panes and commands and an engine.

``index_reader.IndexReader`` fulfils it with a generation on disk. Another engine, such as a
cluster for archives beyond one machine, can stand in its place: ``tests/index/contract.py`` holds
the tests that any of them must pass.

Records are known by two names: ``kind`` and id, which never change, and the *record number*, which
counts the records of one generation in the order that ``sort_order`` defines: newest first. Sets of
records are ``DocSet``s of record numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from milatui.archive.kinds import Data, Kind
    from milatui.index.search.searcher import Searcher
    from milatui.index.store.list_row import IndexedName, ListRow
    from milatui.index.store.manifest import Manifest
    from milatui.index.store.record_columns import RecordColumns


class CatalogueIndex(Protocol):
    """One generation of an index, opened for reading.

    It stays readable while the next one is built. Methods may be called by several threads, and
    after a fork. Every method may raise ``IndexUnusable`` (``damaged``) when it first reads a file.
    """

    @property
    def folder(self) -> Path:
        """Where the generation lies; it names the generation."""

    @property
    def manifest(self) -> Manifest:
        """Counts, headings, tables of values, and what the archive says of itself."""

    @property
    def size(self) -> int:
        """Number of records."""

    @property
    def columns(self) -> RecordColumns:
        """Values of all records by record number."""

    @property
    def names(self) -> Sequence[IndexedName]:
        """Names of all partners and people, by record number, the main name of each first."""

    @property
    def searcher(self) -> Searcher:
        """The search engine; imported and opened when it is first asked for."""

    def list_row(self, number: int) -> ListRow:
        """Returns the list line of a record.

        Raises:
            IndexError: if there is no such record.
        """

    def list_rows(self, numbers: Iterable[int]) -> list[ListRow]:
        """Returns the list lines of records.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.

        Returns:
            A line for each of ``numbers``, in their order.

        Raises:
            IndexError: if there is no such record.
        """

    def find(self, kind: Kind, identifier: str) -> int | None:
        """Returns the number of a record, None if there is no such record."""

    def find_all(self, keys: Iterable[tuple[Kind, str]]) -> list[int | None]:
        """Finds records by kind and id.

        Args:
            keys: Kind and id of each record.

        Returns:
            A record number for each of ``keys``, in their order; None where there is no such
            record.
        """

    def id_position(self, kind: Kind, identifier: str) -> int:
        """Returns where in ``columns.by_id`` a record stands, or would stand."""

    def record(self, number: int) -> dict[str, Data]:
        """Returns a whole record as plain data, see ``serialize.record_from_dict``.

        Returns:
            Values by field name: texts, numbers, lists and mappings of those.

        Raises:
            IndexError: if there is no such record.
        """

    def records(self, numbers: Sequence[int]) -> list[dict[str, Data]]:
        """Returns whole records as plain data.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.

        Returns:
            A record for each of ``numbers``, in their order.

        Raises:
            IndexError: if there is no such record.
        """

    def release_caches(self) -> None:
        """Drops what is kept for the next search only, when none is expected soon."""

    def close(self) -> None:
        """Releases the texts and the searcher."""
