"""Writes a complete segment from arrays, without Whoosh's writer and its sorting pool."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

from milatui.index.codec.codec import DOCUMENTS_EXT, POSTINGS_EXT, FlatSegment, create_file
from milatui.index.codec.documents import DocumentsWriter
from milatui.index.codec.postings_writer import PostingsWriter
from milatui.index.codec.stored import COMPRESSION

if TYPE_CHECKING:
    from whoosh.filedb.filestore import Storage


class BulkSegmentWriter:
    """Writes one segment.

    As a context manager it completes the segment, or removes its files after an exception.

    Args:
        storage: A Whoosh storage.
        indexname: The name of the index.
        compression: The level of zlib for stored fields.

    Attributes:
        segment: The segment; it has its number of documents once it is closed.
        documents: Takes stored fields, lengths and columns.
        postings: Takes terms and postings, one field after the other.
    """

    def __init__(
        self, storage: Storage, indexname: str = "MAIN", compression: int = COMPRESSION
    ) -> None:
        self._storage = storage
        self.segment = FlatSegment(indexname)
        folder = getattr(storage, "folder", None) or None
        documents = create_file(storage, self.segment, DOCUMENTS_EXT)
        postings = create_file(storage, self.segment, POSTINGS_EXT)
        self._files = documents, postings
        self.documents = DocumentsWriter(documents, folder, compression)
        self.postings = PostingsWriter(postings)

    def close(self) -> FlatSegment:
        """Complete the segment's files and return it."""
        self.segment.set_doc_count(len(self.documents))
        self.documents.close()
        self.postings.close()
        for file in self._files:
            file.close()
        return self.segment

    def cancel(self) -> None:
        """Close and remove the segment's files, completed or not."""
        for file in self._files:
            # A disk that is full does not take what was not written yet.
            with suppress(OSError):
                if not file.is_closed:
                    file.close()
        for name in self.segment.list_files(self._storage):
            self._storage.delete_file(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        if kind is None:
            self.close()
        else:
            self.cancel()
