"""Writes a complete segment from arrays, without Whoosh's writer and its sorting pool."""

from __future__ import annotations

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
        self._documents_file = create_file(storage, self.segment, DOCUMENTS_EXT)
        self._postings_file = create_file(storage, self.segment, POSTINGS_EXT)
        self.documents = DocumentsWriter(self._documents_file, folder, compression)
        self.postings = PostingsWriter(self._postings_file)

    def close(self) -> FlatSegment:
        """Complete the segment's files and return it."""
        self.segment.set_doc_count(len(self.documents))
        self.documents.close()
        self.postings.close()
        self._close_files()
        return self.segment

    def cancel(self) -> None:
        """Remove the segment's files."""
        self._close_files()
        for name in self.segment.list_files(self._storage):
            self._storage.delete_file(name)

    def _close_files(self) -> None:
        self._documents_file.close()
        self._postings_file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        if kind is None:
            self.close()
        else:
            self.cancel()
