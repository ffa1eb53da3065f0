"""Writes records into a generation: into Whoosh, and their words into flat postings beside it.

``words-N.flat`` holds the words of the records of part N (see ``engine.inverting``), and a
segment of Whoosh's index the records themselves.  Segments are never merged, so that Whoosh's
document numbers are the slots of these files.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from milatui.archive.conversion import to_data
from milatui.archive.records import Document
from milatui.index.engine.inverting import Inverter
from milatui.index.links import searched_text
from milatui.index.segments import Contents, SegmentWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from milatui.archive.records import Record

FLAT: Final = "words-"
MOST_PARTS: Final = 24
"""Builds that a generation may go back to before it is built as a whole again."""
_FLAT_SHARE: Final = 0.3
"""Share of the time that the flat postings take of all that is written."""


@dataclass(slots=True)
class Part:
    """One part as it was written: its flat file, its documents and Whoosh's segment."""

    flat: str
    documents: int
    segment: Any


class PartWriter:
    """Writes one part; nothing is in the index until ``publish``.

    Args:
        folder: The generation.
        number: Of the part.
        main_language: Of records that tell none.
    """

    def __init__(self, folder: Path, number: int, main_language: str) -> None:
        self._folder = folder
        self._flat = f"{FLAT}{number:03d}.flat"
        self._main_language = main_language
        self._segment = SegmentWriter(folder)
        self._inverter = Inverter(folder)

    def add(self, record: Record) -> int:
        """Add a record, a document in its own language; its number within the part."""
        title, text = searched_text(record)
        tag = record.language if isinstance(record, Document) else self._main_language
        self._inverter.add(title, text, tag, self._main_language)
        data = json.dumps(to_data(record), ensure_ascii=False, separators=(",", ":"))
        self._segment.add(data)
        return self._segment.documents - 1

    def finish(self, tick: Callable[[float], None] = lambda _part: None) -> Part:
        """Write everything; ``tick`` is told now and then which part of it is written."""
        path = self._folder / self._flat
        layout = self._inverter.write(path, lambda part: tick(part * _FLAT_SHARE))
        self._segment.finish(
            path, layout.stems, lambda part: tick(_FLAT_SHARE + part * (1 - _FLAT_SHARE))
        )
        return Part(self._flat, self._segment.documents, self._segment.segment)

    def cancel(self) -> None:
        """Let go of everything that was added."""
        self._inverter.close()
        self._segment.cancel()


@dataclass(slots=True)
class Parts:
    """What a generation is made of: names of flat files, and how many documents they hold."""

    names: list[str] = field(default_factory=list)
    documents: int = 0


def publish(folder: Path, old: Parts, added: Sequence[Part], deleted: Iterable[int]) -> Parts:
    """Name parts in Whoosh's table of contents, behind the old ones.

    Args:
        folder: The generation, with the files of the last one if it is built upon.
        old: The parts of the last one.
        added: The new ones.
        deleted: Numbers of documents that are no more.
    """
    contents = Contents(folder, new=not old.names)
    parts = Parts(list(old.names), old.documents)
    for part in added:
        contents.append(part.segment)
        parts.names.append(part.flat)
        parts.documents += part.documents
    contents.delete(deleted)
    contents.write()
    return parts
