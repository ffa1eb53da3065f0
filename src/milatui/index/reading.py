"""Reads one generation of an index: list lines and numbers at once, texts when asked."""

from __future__ import annotations

import json
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from milatui.archive.kinds import KINDS
from milatui.index.arrays import damaged, map_file
from milatui.index.engine.container import Container
from milatui.index.generation import current

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from milatui.index.engine.engine import Engine
    from milatui.index.texts import Texts

CHECKED: Final = 8 << 20
"""Bytes of columns that opening compares with their checksums: those of some 25,000 documents.
Of more each is compared when it is first used, so that no start waits for all."""


class IndexReader:
    """A generation, opened for reading; it stays readable while the next one is built.

    Opening reads the manifest and maps two files; other files are mapped when they are first
    needed.  Nothing is read with a place in a file that processes would share: a reader may be
    used by several threads, and on after a fork.

    Attributes:
        folder: The generation.
        manifest: What ``assembly`` wrote about it.
        columns: The numbers, see ``sides``.
        size: How many records there are.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.columns = Container(folder / "columns.bin")
        self.columns.check(CHECKED)
        try:
            self.size: int = sum(manifest["counts"].values())
        except (KeyError, AttributeError, TypeError) as error:
            raise damaged("manifest.json") from error
        self._rows = map_file(folder / "rows.bin")
        self._starts = self.columns["rows.from"]
        self._names: list[tuple[int, str, str]] | None = None
        self._texts: Texts | None = None
        self._engine: Engine | None = None
        self._lock = RLock()

    @classmethod
    def open(cls, index_dir: Path, owners: Collection[str] = ()) -> IndexReader:
        """The generation in force.

        Raises:
            IndexUnusable: missing, damaged, of another version, or not trusted.
        """
        return cls(*current(index_dir, owners))

    def line(self, number: int) -> list[Any]:
        """A list line: kind number, id, title, date, shown, language, partners, flags.

        Raises:
            IndexError: there is no such record.
            IndexUnusable: the file is damaged.
        """
        if not 0 <= number < self.size:
            raise IndexError(number)
        try:
            line: list[Any] = json.loads(
                self._rows[self._starts[number] : self._starts[number + 1]]
            )
        except ValueError as error:
            raise damaged("rows.bin") from error
        return line

    def find(self, kind: Kind, identifier: str) -> int | None:
        """The number of a record, by binary search in the order of kinds and ids."""
        order = self.columns["by_id"]
        place = self.place_of(kind, identifier)
        if place < len(order):
            line = self.line(order[place])
            if line[0] == KINDS.index(kind) and line[1] == identifier:
                return order[place]
        return None

    def place_of(self, kind: Kind, identifier: str) -> int:
        """Where in the column ``by_id`` a record stands, or would stand."""
        order = self.columns["by_id"]
        wanted = (KINDS.index(kind), identifier)
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            line = self.line(order[middle])
            if (line[0], line[1]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    @property
    def names(self) -> list[tuple[int, str, str]]:
        """Number, folded name and name of every partner and person; the main name first."""
        with self._lock:
            if self._names is None:
                try:
                    data = (self.folder / "names.json").read_bytes()
                    self._names = [(n, folded, name) for n, folded, name in json.loads(data)]
                except (OSError, ValueError, TypeError) as error:
                    raise damaged("names.json") from error
            return self._names

    @property
    def texts(self) -> Texts:
        """The texts that Whoosh has stored.

        Raises:
            IndexUnusable: the index is damaged or was written by another Whoosh.
        """
        with self._lock:
            if self._texts is None:
                # Deferred: the first screen shows no text.
                from milatui.index.texts import Texts

                self._texts = Texts(self.folder, self.manifest, self.columns)
            return self._texts

    @property
    def engine(self) -> Engine:
        """The search engine, opened when it is first asked for.

        Raises:
            IndexUnusable: its files are damaged.
        """
        with self._lock:
            if self._engine is None:
                from milatui.index.engine.engine import Engine
                from milatui.index.engine.groups import synonym_table

                paths = [self.folder / name for name in self.manifest["parts"]]
                synonyms = synonym_table(self.manifest["synonyms"])
                number, holding = self.columns["number"], self.columns["holding"]
                self._engine = Engine(paths, number, self.size, synonyms, holding=holding)
            return self._engine

    def close(self) -> None:
        """Let go of the texts; maps go with the last slice of them."""
        with self._lock:
            self._texts = None
