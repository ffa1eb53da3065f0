"""The flat postings of a generation: one file of words per build, and whose slots they are.

``words-N.flat`` holds the words of the records that build N added (see ``engine.inverting``);
``slots.bin`` the record number of every slot of these files, in their order.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, Final

from milatui.archive.records import Document
from milatui.index.arrays import NONE
from milatui.index.engine.container import Container, write_arrays
from milatui.index.engine.inverting import Inverter
from milatui.index.links import searched_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milatui.archive.records import Record

PREFIX: Final = "words-"
SLOTS: Final = "slots.bin"
MOST: Final = 24
"""Files that a generation may consist of before it is built as a whole again."""


class FlatWriter:
    """Adds the words of records to a generation that may already hold files of the last one."""

    def __init__(self, folder: Path, main_language: str, kept: Sequence[str] = ()) -> None:
        self._folder = folder
        self._main_language = main_language
        self._names = list(kept)
        self._inverter = Inverter()
        self._uids = array("I")

    def add(self, uid: int, record: Record) -> None:
        """Add a record under its lasting number; a document in its own language."""
        title, text = searched_text(record)
        tag = record.language if isinstance(record, Document) else self._main_language
        self._inverter.add(title, text, tag, self._main_language)
        self._uids.append(uid)

    def finish(self, number_of_uid: Mapping[int, int]) -> dict[str, Any]:
        """Write the files; what the manifest says about them."""
        if len(self._inverter) or not self._names:
            name = f"{PREFIX}{len(self._names):03d}.flat"
            self._inverter.write(self._folder / name, {"uid": ("I", self._uids)})
            self._names.append(name)
        slots = array("I")
        for name in self._names:
            uids = Container(self._folder / name).view("uid")
            slots.extend(number_of_uid.get(uid, NONE) for uid in uids)
        write_arrays(self._folder / SLOTS, {"number": ("I", slots)}, {})
        return {"flat": self._names}
