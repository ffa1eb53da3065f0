"""Writes records into a generation: into Whoosh, and their words into flat postings beside it.

``words-N.flat`` holds the words of the records that build N added (see ``engine.inverting``).
Whoosh's segments are never merged, so that its document numbers are the slots of these files.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from whoosh import index as whoosh_index

from milatui.archive.conversion import to_data
from milatui.archive.records import Document
from milatui.index.engine.inverting import Inverter
from milatui.index.links import searched_text
from milatui.index.postings import FlatCodec, Length, Pool
from milatui.index.schema import schema

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from milatui.archive.records import Record

FLAT: Final = "words-"
MOST_PARTS: Final = 24
"""Builds that a generation may go back to before it is built as a whole again."""


class TextWriter:
    """Adds and deletes records; nothing is in the index until ``commit``.

    Args:
        folder: The generation, with the files of the last one if it is built upon.
        main_language: Of records that tell none.
        parts: The flat files of the last generation.
        documents: How many documents Whoosh counts in it, deleted ones included.
    """

    def __init__(
        self, folder: Path, main_language: str, parts: Sequence[str] = (), documents: int = 0
    ) -> None:
        if parts:
            self._index = whoosh_index.open_dir(str(folder))
        else:
            self._index = whoosh_index.create_in(str(folder), schema())
        # Compound files would be copied into memory by every searcher.
        self._writer = self._index.writer(codec=FlatCodec(), compound=False)
        self._pool = self._writer.pool = Pool()
        self._folder = folder
        self._main_language = main_language
        self._inverter = Inverter()
        self.parts = list(parts)
        self.documents = documents

    def delete(self, doc: int) -> None:
        """Take a document out, by its number."""
        self._writer.delete_document(doc)

    def add(self, record: Record) -> int:
        """Add a record, a document in its own language; its number in Whoosh, and its slot."""
        title, text = searched_text(record)
        tag = record.language if isinstance(record, Document) else self._main_language
        in_title, in_all = self._inverter.add(title, text, tag, self._main_language)
        self._writer.add_document(
            record=json.dumps(to_data(record), ensure_ascii=False, separators=(",", ":")),
            text=Length(in_all),
            title=Length(in_title),
        )
        self.documents += 1
        return self.documents - 1

    def cancel(self) -> None:
        """Let go of everything that was added."""
        self._writer.cancel()

    def commit(self) -> None:
        """Write everything."""
        if len(self._inverter) or not self.parts:
            name = f"{FLAT}{len(self.parts):03d}.flat"
            self._pool.fields = self._inverter.write(self._folder / name)
            self.parts.append(name)
        self._writer.commit(merge=False)
        (self._folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
