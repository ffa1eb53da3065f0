"""Remembers what is compared of the documents of an archive, so that its files are read once.

A cache in SQLite: it may be deleted at any time, and what cannot be read in it is made again.
"""

# untranslated: this module speaks SQL
from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from milatui.archive.files import FileStat
from milatui.index.store.layout import default_index_dir
from milatui.ingest.near_duplicates.finder import SketchedDocument
from milatui.ingest.near_duplicates.minhash import BANDS
from milatui.ingest.near_duplicates.relations import DocumentFacts
from milatui.ingest.near_duplicates.sketch import Sketch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_VERSION: Final = 2
"""Version of the cache: raised whenever sketches or digests of the same document change."""
_CREATE: Final = """
    CREATE TABLE IF NOT EXISTS documents (
        path TEXT UNIQUE, size INTEGER, changed_ns INTEGER, id TEXT, digest BLOB,
        title TEXT, day INTEGER, language TEXT, family TEXT, sketch BLOB
    )
"""
_SELECT: Final = """
    SELECT path, size, changed_ns, digest, id, title, day, language, family, sketch
    FROM documents ORDER BY rowid
"""
_INSERT: Final = """
    INSERT OR REPLACE INTO documents
        (path, size, changed_ns, digest, id, title, day, language, family, sketch)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_HEAD: Final = 3
"""Numbers before the arrays of a sketch: modulus, lead, and how many numbers the text has."""


class CachedDocument(NamedTuple):
    """What is compared of a document.

    Attributes:
        id: Its id.
        digest: Of what makes it the same document as another one; empty if it has no text.
        sketched: Its sketch; None if its text is too short.
    """

    id: str
    digest: bytes
    sketched: SketchedDocument | None


class SketchCache:
    """The documents of an archive by path, in the user's cache; else in memory.

    An error of the file loses what it would have remembered, and nothing else.
    """

    def __init__(self, archive: Path) -> None:
        self._connection = _connect(cache_file(archive))

    def close(self) -> None:
        """Writes what was put, and closes the file."""
        self.commit()
        self._connection.close()

    def rows(self) -> Iterator[tuple[str, FileStat, CachedDocument]]:
        """Yields path, status and content of each document, in the order in which they came."""
        try:
            for path, size, changed_ns, digest, *facts, family, blob in self._connection.execute(
                _SELECT
            ):
                known = DocumentFacts(*facts)
                sketched = _read_sketch(blob, known, family) if blob is not None else None
                yield path, FileStat(size, changed_ns), CachedDocument(known.id, digest, sketched)
        except (sqlite3.Error, ValueError):
            # Damaged: what was not yielded will be put again.
            with suppress(sqlite3.Error):
                self._connection.execute("DELETE FROM documents")

    def put(self, path: str, stat: FileStat, document: CachedDocument) -> None:
        """Remembers a document; on disk at the next ``commit``."""
        sketched = document.sketched
        facts = DocumentFacts(document.id, "", 0, "") if sketched is None else sketched.facts
        family, blob = ("", None) if sketched is None else (sketched.family, _to_blob(sketched))
        # A path that is not Unicode is not remembered.
        with suppress(sqlite3.Error, UnicodeEncodeError):
            self._connection.execute(_INSERT, (path, *stat, document.digest, *facts, family, blob))

    def update(self, path: str, stat: FileStat) -> None:
        """Takes another status of a file whose document is still the same."""
        with suppress(sqlite3.Error, UnicodeEncodeError):
            self._connection.execute(
                "UPDATE documents SET size = ?, changed_ns = ? WHERE path = ?", (*stat, path)
            )

    def remove(self, paths: Iterable[str]) -> None:
        """Removes documents whose files have changed or are gone."""
        with suppress(sqlite3.Error):
            self._connection.executemany(
                "DELETE FROM documents WHERE path = ?", [(path,) for path in paths]
            )

    def commit(self) -> None:
        """Writes what was put."""
        with suppress(sqlite3.Error):
            self._connection.commit()


def cache_file(archive: Path) -> Path:
    """Returns the file that remembers the documents of an archive."""
    index = default_index_dir(archive)
    return index.with_name(f"{index.name}-documents.sqlite")


def _connect(path: Path) -> sqlite3.Connection:
    """Opens a cache; one that is damaged or of another version is made anew."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # It holds titles: for the user alone.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        with suppress(sqlite3.DatabaseError):
            return _prepare(sqlite3.connect(path, timeout=0.0))
        path.unlink()
        return _prepare(sqlite3.connect(path, timeout=0.0))
    except (OSError, sqlite3.Error):
        return _prepare(sqlite3.connect(":memory:"))


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Makes the table.

    Raises:
        sqlite3.Error: the file is damaged, or another process writes.
    """
    try:
        # Nothing is lost with it that the archive does not hold.
        connection.execute("PRAGMA synchronous = OFF")
        if connection.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            connection.execute("DROP TABLE IF EXISTS documents")
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute(_CREATE)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _to_blob(document: SketchedDocument) -> bytes:
    sketch = document.sketch
    head = np.array([sketch.modulus, sketch.lead, len(sketch.numbers)], "<u4")
    arrays = (head, document.keys, sketch.numbers, sketch.shingles)
    return np.concatenate(arrays).astype("<u4").tobytes()


def _read_sketch(blob: bytes, facts: DocumentFacts, family: str) -> SketchedDocument:
    values = np.frombuffer(blob, "<u4").astype(np.uint32)
    modulus, lead, count = values[:_HEAD].tolist()
    keys, rest = values[_HEAD : _HEAD + BANDS], values[_HEAD + BANDS :]
    sketch = Sketch(rest[count:], modulus, lead, rest[:count])
    return SketchedDocument(facts, sketch, keys, family)
