"""Writes a complete segment from arrays, without Whoosh's writer and its sorting pool."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Self

from milatui.index.codec.codec import DOCUMENTS_EXT, POSTINGS_EXT, FlatSegment, create_segment_file
from milatui.index.codec.documents_writer import DocumentsWriter
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
        self._files = [
            create_segment_file(storage, self.segment, extension)
            for extension in (DOCUMENTS_EXT, POSTINGS_EXT)
        ]
        self.documents = DocumentsWriter(self._files[0], folder, compression)
        self.postings = PostingsWriter(self._files[1])

    def close(self) -> FlatSegment:
        """Completes the segment's files and returns it.

        Raises:
            OSError: if the disk is full, say; the files are removed.
        """
        with ExitStack() as on_error:
            on_error.callback(self.cancel)
            self.documents.close()
            self.postings.close()
            for file in self._files:
                file.close()
            on_error.pop_all()
        self.segment.set_doc_count(len(self.documents))
        return self.segment

    def cancel(self) -> None:
        """Removes the segment's files."""
        self.documents.discard()
        for file in self._files:
            if not file.is_closed:
                # What is still buffered does not matter, and may not fit on the disk.
                with suppress(OSError):
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
