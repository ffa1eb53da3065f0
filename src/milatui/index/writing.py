"""Writes records into a generation's Whoosh index."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoosh import index as whoosh_index

from milatui.archive.conversion import to_data
from milatui.archive.records import Document
from milatui.index.analysis import term, words
from milatui.index.links import searched_text
from milatui.index.schema import schema

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.records import Record

POOL_MEGABYTES = 256
"""Postings held in memory before they are sorted to disk."""

GAP = 100
"""Positions between the title and the text, so that no phrase reaches across."""


@dataclass(slots=True)
class Committed:
    """Where records stand in Whoosh: document numbers and lengths in words by lasting number.

    ``documents`` is how many documents Whoosh counts, deleted ones included.
    """

    doc_of_uid: dict[int, int]
    length_of_uid: dict[int, int]
    title_length_of_uid: dict[int, int]
    documents: int


class TextWriter:
    """Adds and deletes records; nothing is in the index until ``commit``."""

    def __init__(self, folder: Path, main_language: str, *, fresh: bool) -> None:
        if fresh:
            self._index = whoosh_index.create_in(str(folder), schema())
        else:
            self._index = whoosh_index.open_dir(str(folder))
        # Compound files would be copied into memory by every searcher.
        self._writer = self._index.writer(limitmb=POOL_MEGABYTES, compound=False)
        self._folder = folder
        self._main_language = main_language

    def delete(self, doc: int) -> None:
        """Take a document out, by Whoosh's number of the last generation."""
        self._writer.delete_document(doc)

    def add(self, uid: int, record: Record) -> None:
        """Add a record under its lasting number."""
        title, text = searched_text(record)
        language = record.language if isinstance(record, Document) else ""
        language = language or self._main_language
        title_words, text_words = words(title), words(text)
        title_terms = [term(word, language) for word in title_words]
        counts: defaultdict[str, int] = defaultdict(int)
        for item in title_terms:
            counts[item] += 1
        self._writer.add_document(
            record=json.dumps(to_data(record), ensure_ascii=False, separators=(",", ":")),
            text=_positions(title_terms, [term(word, language) for word in text_words]),
            title=counts,
            uid=uid,
            words={*title_words, *text_words},
        )

    def cancel(self) -> None:
        """Let go of everything that was added."""
        self._writer.cancel()

    def commit(self) -> Committed:
        """Write everything and say where it stands."""
        self._writer.commit()
        (self._folder / "MAIN_WRITELOCK").unlink(missing_ok=True)
        committed = Committed({}, {}, {}, 0)
        with self._index.reader() as reader:
            for leaf, offset in reader.leaf_readers():
                if not leaf.doc_count_all():
                    continue
                uids = leaf.column_reader("uid")
                for doc in range(leaf.doc_count_all()):
                    if not leaf.is_deleted(doc):
                        uid = uids[doc]
                        committed.doc_of_uid[uid] = offset + doc
                        committed.length_of_uid[uid] = leaf.doc_field_length(doc, "text") or 0
                        title = leaf.doc_field_length(doc, "title") or 0
                        committed.title_length_of_uid[uid] = title
            committed.documents = reader.doc_count_all()
        return committed


def _positions(title: list[str], text: list[str]) -> dict[str, list[int]]:
    """Positions of all terms: the title twice (it weighs double), then the text."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    at = 0
    for part in (title, title, text):
        for item in part:
            places[item].append(at)
            at += 1
        at += GAP
    return places
