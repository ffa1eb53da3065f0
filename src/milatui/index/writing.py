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
from milatui.index.engine.joining import join
from milatui.index.links import searched_text
from milatui.index.segments import Contents, SegmentWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from milatui.archive.records import Record

FLAT: Final = "words-"
MOST_PARTS: Final = 8
"""Parts from which small ones are put together."""
SMALL: Final = 10
"""A part is small if all after it and it hold less than one in so many documents."""
_FLAT_SHARE: Final = 0.3
"""Share of the time that the flat postings take of all that is written."""


@dataclass(slots=True)
class Written:
    """What one process wrote: a flat file, documents and a segment of Whoosh's."""

    flat: str
    documents: int
    segment: Any


class PartWriter:
    """Writes a share of the records; nothing is in the index until ``publish``.

    Args:
        folder: The generation.
        number: Of the share, of which the part will be made.
        main_language: Of records that tell none.
    """

    def __init__(self, folder: Path, number: int, main_language: str) -> None:
        self._folder = folder
        self._flat = f"share-{number}.flat"
        self._main_language = main_language
        self._segment = SegmentWriter(folder)
        self._inverter = Inverter(folder)

    def add(self, record: Record) -> None:
        """Add a record, a document in its own language."""
        title, text = searched_text(record)
        tag = record.language if isinstance(record, Document) else self._main_language
        self._inverter.add(title, text, tag, self._main_language)
        data = json.dumps(to_data(record), ensure_ascii=False, separators=(",", ":"))
        self._segment.add(data)

    def finish(self, tick: Callable[[float], None] = lambda _part: None) -> Written:
        """Write everything; ``tick`` is told now and then which part of it is written."""
        path = self._folder / self._flat
        stems = self._inverter.write(path, lambda part: tick(part * _FLAT_SHARE))
        self._segment.finish(path, stems, lambda part: tick(_FLAT_SHARE + part * (1 - _FLAT_SHARE)))
        return Written(self._flat, self._segment.documents, self._segment.segment)

    def cancel(self) -> None:
        """Let go of everything that was added."""
        self._inverter.close()
        self._segment.cancel()


@dataclass(slots=True)
class Parts:
    """What a generation is made of: flat files, Whoosh's segments and documents of each."""

    names: list[str] = field(default_factory=list)
    segments: list[list[str]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents they hold, deleted ones included."""
        return sum(self.sizes)

    def staying(self) -> Parts:
        """Those that the next generation takes over; the small ones go once there are many.

        Their records are then indexed anew, all in one part.
        """
        count = len(self.sizes)
        if count >= MOST_PARTS:
            least = max(1, self.documents // SMALL)
            while count and sum(self.sizes[count - 1 :]) <= least:
                count -= 1
        return Parts(self.names[:count], self.segments[:count], self.sizes[:count])

    def next_number(self) -> int:
        """The number of the next part: no flat file has a name that it can get."""
        return 1 + max(
            (int(name[len(FLAT) :].partition(".")[0]) for name in self.names), default=-1
        )


def publish(
    folder: Path,
    old: Parts,
    shares: Sequence[Written],
    deleted: Iterable[int],
    tick: Callable[[float], None] = lambda _part: None,
) -> Parts:
    """Make one part of what was written, behind the old ones, and name it in Whoosh's contents.

    Args:
        folder: The generation, with the files of the last one if it is built upon.
        old: The parts of the last one that stay.
        shares: What was written for the new one.
        deleted: Numbers of documents that are no more.
        tick: Told now and then which part of the work is done.
    """
    contents = Contents(folder, sum(len(segments) for segments in old.segments))
    parts = Parts(list(old.names), list(old.segments), list(old.sizes))
    segments = []
    for share in shares:
        if share.documents:
            contents.append(share.segment)
            segments.append(str(share.segment.segment_id()))
        else:
            # Whoosh cannot tell the shortest text of a segment without any.
            for path in folder.glob(f"{share.segment.segment_id()}.*"):
                path.unlink()
    flats = [folder / share.flat for share in shares]
    if segments or not parts.names:
        parts.names.append(f"{FLAT}{old.next_number():03d}.flat")
        parts.segments.append(segments)
        parts.sizes.append(sum(share.documents for share in shares))
        if len(flats) > 1:
            join(flats, folder / parts.names[-1], tick)
        else:
            flats.pop().rename(folder / parts.names[-1])
    for path in flats:
        path.unlink()
    contents.delete(deleted)
    contents.write()
    return parts
