"""Writes segments of Whoosh's index and the table of contents that names them.

The files are those that Whoosh's own writer makes, but come straight from the arrays of the
flat postings, without Whoosh's analysis, its pool and its sorting.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from whoosh.codec.whoosh3 import STORED_COLUMN, W3Codec, W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from milatui.index.engine.container import Container
from milatui.index.engine.lengths import length_code
from milatui.index.engine.stemwise import by_stem
from milatui.index.postings import PostingsWriter, TermsWriter
from milatui.index.schema import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

NAME: Final = "MAIN"
"""Whoosh's name for the only index of a folder."""
_LISTS: Final = (("text", "post"), ("title", "title"))
"""Fields in the order of their names, and the lists of the flat postings they are made from."""


class SegmentWriter:
    """Writes one segment: first the records one after the other, then the postings.

    Args:
        folder: The generation.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.segment = W3Segment(W3Codec(), NAME)
        name = W3Codec.column_filename(self.segment, "_stored")
        self._file = FileStorage(str(folder)).create_file(name)
        self._stored = STORED_COLUMN.writer(self._file)
        self.documents = 0

    def add(self, record: str) -> None:
        """Store a record, as JSON."""
        self._stored.add(self.documents, {"record": record})
        self.documents += 1

    def finish(
        self, flat: Path, stems: list[bytes], tick: Callable[[float], None] = lambda _part: None
    ) -> None:
        """Write the rest.

        Args:
            flat: The flat postings of the same records.
            stems: All stems in order.
            tick: Told now and then which part of the work is done.
        """
        self._stored.finish(self.documents)
        self._file.close()
        self.segment.set_doc_count(self.documents)
        container = Container(flat)
        tokens = np.frombuffer(container.view("tokens"), np.uint32)
        titles = np.frombuffer(container.view("title_length"), np.uint16)
        codes = {
            "text": np.frombuffer(container.view("length"), np.uint8),
            "title": np.array([length_code(size) for size in titles.tolist()], np.uint8),
        }
        self.segment._fieldlengths = {"text": int(tokens.sum()), "title": int(titles.sum())}
        for field, _name in _LISTS:
            name = W3Codec.column_filename(self.segment, f"_{field}_len")
            (self._folder / name).write_bytes(codes[field].tobytes())
        with (
            self._path(W3Codec.TERMS_EXT).open("wb") as terms,
            self._path(W3Codec.POSTS_EXT).open("wb") as blocks,
        ):
            postings = PostingsWriter(blocks, TermsWriter(terms))
            for place, (field, name) in enumerate(_LISTS):
                for stretch in by_stem(container, name):
                    postings.add(field, stems, stretch, codes[field])
                    tick((place + stretch.part) / len(_LISTS))
            postings.finish()

    def cancel(self) -> None:
        """Let go of what is open; the files stay."""
        # What does not go on the disk any more is not wanted either.
        with suppress(OSError):
            if not self._file.is_closed:
                self._file.close()

    def _path(self, ending: str) -> Path:
        return self._folder / str(self.segment.make_filename(ending))


class Contents:
    """The segments of a folder, as its table of contents names them.

    Args:
        folder: The generation.
        staying: How many of the segments that it names now stay.
    """

    def __init__(self, folder: Path, staying: int) -> None:
        self._storage = FileStorage(str(folder))
        self._old = ""
        if staying:
            self._toc = TOC.read(self._storage, NAME)
            self._toc.segments = self._toc.segments[:staying]
            self._old = str(TOC._filename(NAME, self._toc.generation))
        else:
            self._toc = TOC(schema(), [], 0)

    def delete(self, docs: Iterable[int]) -> None:
        """Note that documents, by their numbers, are no more."""
        bounds = []
        base = 0
        for segment in self._toc.segments:
            bounds.append((base, base + segment.doc_count_all(), segment))
            base += segment.doc_count_all()
        for doc in docs:
            for first, end, segment in bounds:
                if first <= doc < end:
                    segment.delete_document(doc - first)

    def append(self, segment: Any) -> None:
        """Add a segment; its documents follow those there are."""
        self._toc.segments.append(segment)

    def write(self) -> None:
        """Write the table in place of the one that was read."""
        self._toc.generation += 1
        self._toc.write(self._storage, NAME)
        if self._old:
            self._storage.delete_file(self._old)
