"""The last generation, as far as an incremental build can be built upon it."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from milatui.index.arrays import Columns
from milatui.index.entries import Entry
from milatui.index.errors import IndexUnusable
from milatui.index.generation import check_file, current
from milatui.index.schema import engine
from milatui.index.stamps import archive_mark, read_stamps, read_uids
from milatui.index.switching import link_segments
from milatui.index.writing import FLAT, MOST_PARTS, Parts

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


_SEGMENTS = ("MAIN_", FLAT)
_SHARED = (*_SEGMENTS, "_MAIN_")
"""Files that generations have in common: they are never changed, but for Whoosh's contents."""


class Previous:
    """A whole generation of the same archive, made by this version of everything."""

    def __init__(self, folder: Path, manifest: dict[str, Any]) -> None:
        self._folder = folder
        self._manifest = manifest
        self.stamps = read_stamps(folder)
        self.uids_of_file = read_uids(folder)
        self.next_uid: int = manifest["next_uid"]
        self.duplicates: int = manifest["duplicates"]
        self.parts = Parts(manifest["parts"], manifest["documents"])
        self.synonyms: list[list[str]] = manifest["synonyms"]
        self.records: int = sum(manifest["counts"].values())
        self.shared: dict[str, list[Any]] = {
            name: entry for name, entry in manifest["files"].items() if name.startswith(_SHARED)
        }
        self._columns = Columns(folder / "columns.bin", manifest["columns"])

    def entries(self) -> list[Entry]:
        """What was kept of every record, in the last generation's order."""
        # Checked by its checksum when the generation was opened, and only ever our own.
        data = marshal.loads((self._folder / "keep.bin").read_bytes())  # noqa: S302
        return [Entry.from_kept(values) for values in data]

    def docs(self) -> list[int]:
        """Whoosh's document number of every record, in the same order."""
        docs: list[int] = self._columns["doc"].tolist()
        return docs

    def link_into(self, folder: Path) -> None:
        """Let a new generation share the Whoosh files."""
        link_segments(self._folder, folder, list(self.shared))


def open_previous(
    index_dir: Path, owners: Collection[str], archive: Path, head: dict[str, Any]
) -> Previous | None:
    """The last generation if it can be built upon, else None.

    What the build reads is checked byte by byte; of what it only hands on, size and time.

    Raises:
        IndexUnusable: ``not trusted``.
    """
    try:
        folder, manifest = current(index_dir, owners)
        if manifest["engine"] != engine() or manifest["archive"] != archive_mark(archive):
            return None
        if len(manifest["parts"]) >= MOST_PARTS:
            return None
        if _main_language(manifest["head"]) != _main_language(head):
            return None
        for name, (size, mtime, digest) in manifest["files"].items():
            check_file(folder / name, size, mtime, digest, read=not name.startswith(_SEGMENTS))
        return Previous(folder, manifest)
    except IndexUnusable as problem:
        if problem.reason == "not trusted":
            raise
        return None


def _main_language(head: dict[str, Any]) -> str:
    """Records without a language are analysed in this one: another needs a whole build."""
    languages = head.get("languages") or ["en"]
    return str(languages[0])
