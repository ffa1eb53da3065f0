"""The last generation, as far as an incremental build can be built upon it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.arrays import NONE, damaged, map_file
from milatui.index.columns import TYPES
from milatui.index.engine.container import Container
from milatui.index.errors import IndexUnusable
from milatui.index.generation import CONTENTS, check_file, current
from milatui.index.maker import engine
from milatui.index.stamps import archive_mark, read_documents, read_files
from milatui.index.switching import link_segments
from milatui.index.writing import Parts

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

SEGMENTS: Final = ("MAIN_", "words-")
"""Beginnings of the names of files that generations have in common and that never change."""
WORTH_IT: Final = 0.5
"""Least share of living documents: below, a whole build is better."""


class Previous:
    """A whole generation of the same archive, made by this version of everything.

    Attributes:
        files: The files it was made from.
        first: The number in Whoosh of the first document of each.
        count: How many documents each gave.
        parts: What it is made of.
        records: How many records there are.
        duplicates: Records that were left out because their ids occur twice.
        synonyms: Groups of words that say the same.
        shared: Manifest entries of the files that the next generation may take over.
    """

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self._folder = folder
        self._manifest = manifest
        self.files = read_files(folder)
        self.first, self.count = read_documents(folder)
        self.duplicates: int = manifest["duplicates"]
        self.parts = Parts(manifest["parts"], manifest["segments"], manifest["sizes"])
        self.synonyms: list[list[str]] = manifest["synonyms"]
        self.records: int = sum(manifest["counts"].values())
        files = manifest["files"]
        self.shared = {name: files[name] for name in files if name.startswith(SEGMENTS)}
        self._columns = Container(folder / "columns.bin")
        self._rows = map_file(folder / "rows.bin")
        self._starts = self._columns["rows.from"]

    def column(self, name: str) -> Numbers:
        """A column of the side files."""
        view = self._columns[name]
        return np.frombuffer(view, TYPES[view.format])

    def table(self, name: str) -> list[str]:
        """The words behind the numbers of a column such as ``detail``."""
        words: list[str] = self._manifest[f"{name}s"]
        return words

    def line(self, number: int) -> list[Any]:
        """The list line of a record."""
        line: list[Any] = json.loads(self.rows(number, number + 1))
        return line

    def rows(self, first: int, end: int) -> bytes:
        """The list lines of a stretch of records."""
        return self._rows[self._starts[first] : self._starts[end]]

    def names(self) -> list[tuple[int, str, str]]:
        """Number, folded name and name of partners and people."""
        try:
            found = json.loads((self._folder / "names.json").read_bytes())
            return [(number, folded, name) for number, folded, name in found]
        except (ValueError, TypeError) as error:
            raise damaged("names.json") from error

    def living(self) -> Numbers:
        """Which of Whoosh's documents are records."""
        return np.not_equal(self.column("number"), NONE)

    def link_into(self, folder: Path, parts: Parts) -> None:
        """Let a new generation share the files of these parts, and have the contents."""
        segments = (f"{segment}." for found in parts.segments for segment in found)
        begins = (*parts.names, *segments, CONTENTS)
        names = [name for name in self._manifest["files"] if name.startswith(begins)]
        link_segments(self._folder, folder, names)

    def verify(self) -> None:
        """Read what the next generation takes over unread.

        Raises:
            IndexUnusable: a file is damaged.
        """
        for name, entry in self.shared.items():
            check_file(self._folder / name, entry, read=True)


def open_previous(
    index_dir: Path, owners: Collection[str], archive: Path, head: dict[str, Any]
) -> Previous | None:
    """The last generation if it can be built upon, else None.

    What the build reads is checked byte by byte; of what it only hands on, size, time and the
    first page.

    Raises:
        IndexUnusable: ``not trusted``.
    """
    try:
        folder, manifest = current(index_dir, owners)
        if manifest["engine"] != engine() or manifest["archive"] != archive_mark(archive):
            return None
        if _main_language(manifest["head"]) != _main_language(head):
            return None
        for name, entry in manifest["files"].items():
            check_file(folder / name, entry, read=not name.startswith(SEGMENTS))
        previous = Previous(folder, manifest)
        if previous.records < previous.parts.documents * WORTH_IT:
            return None
    except IndexUnusable as problem:
        if problem.reason == "not trusted":
            raise
        return None
    return previous


def _main_language(head: dict[str, Any]) -> str:
    """Records without a language are analysed in this one: another needs a whole build."""
    languages = head.get("languages") or ["en"]
    return str(languages[0])
