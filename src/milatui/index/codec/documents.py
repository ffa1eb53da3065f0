"""The documents file of a segment: field lengths, stored fields and columns.

Arrays beside those of ``stored``, for d documents and each field ``f``:

``f/length_codes``  (d)    uint8, Whoosh's code of the field's length; absent if it has no lengths
``f/column``        uint8  what Whoosh's column writer wrote; absent if it has no column
``f/vector``        uint8  the term vectors; absent if it has none (``vectors``)
``length_stats``    (n, 3) uint64: total, least and greatest length of n fields, named in ``meta``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.codec import base
from whoosh.matching import ListMatcher

from milatui.index.codec.columns import MappedFile, map_storage_file, numeric_values
from milatui.index.codec.lengths import LENGTHS, FieldLengths
from milatui.index.codec.stored import StoredFieldsReader
from milatui.index.codec.vectors import VECTOR_COLUMN, TermVector, decode_vector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from whoosh.columns import Column, ColumnReader, NumericColumn
    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

    from milatui.index.codec.arrayfile import ArrayFile
    from milatui.index.codec.stored import StoredFields


class DocumentsReader:
    """Reads the documents file of a segment as arrays.

    Attributes:
        file: The file, for arrays that a builder added to it.
        stored: Stored fields by document.
        doc_count: The number of documents, deleted ones included.
    """

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.stored = StoredFieldsReader(file)
        self.doc_count = len(self.stored)
        stats = file.array("length_stats").tolist()
        names = file.meta["length_fields"]
        self._lengths = {
            name: FieldLengths(file.array(f"{name}/length_codes"), *stats[index])
            for index, name in enumerate(names)
        }
        self._vectors: dict[str, ColumnReader] = {}

    def lengths(self, field: str) -> FieldLengths | None:
        """Returns the lengths of a field, None if it has none."""
        return self._lengths.get(field)

    def has_column(self, field: str) -> bool:
        """Returns whether a field has a column."""
        return f"{field}/column" in self.file

    def term_vector(self, field: str, doc_id: int) -> TermVector:
        """Returns the term vector of a field in a document; it is empty if there is none."""
        name = f"{field}/vector"
        if name not in self.file:
            return TermVector([], [], [])
        reader = self._vectors.get(field)
        if reader is None:
            data = self.file.data(name)
            reader = VECTOR_COLUMN.reader(MappedFile(data, name), 0, len(data), self.doc_count)
            self._vectors[field] = reader
        return decode_vector(reader[doc_id])

    def numeric_column(self, field: str, column: NumericColumn) -> NDArray[Any]:
        """Returns a numeric column as an array, shape (documents,); see ``numeric_values``.

        Returns:
            One number for each document, deleted ones included; the column's default where a
            document has none.
        """
        data = self.file.data(f"{field}/column") if self.has_column(field) else b""
        return numeric_values(data, column, self.doc_count)

    def column_file(self, field: str) -> tuple[StructFile, int]:
        """Returns a column as a file for Whoosh's column readers, and its size.

        Returns:
            The file, which shares the memory map, and its size in bytes: 0 if the field has no
            column.
        """
        data = self.file.data(f"{field}/column")
        return MappedFile(data, field), len(data)


class FlatPerDocReader(base.PerDocumentReader):
    """Whoosh's view of the documents of a segment."""

    def __init__(self, storage: Storage, segment: base.Segment, documents: DocumentsReader) -> None:
        self._storage = storage
        self._segment = segment
        self._documents = documents

    def doc_count(self) -> int:
        """Returns the number of documents that are not deleted."""
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        """Returns the number of documents, deleted ones included."""
        count: int = self._segment.doc_count_all()
        return count

    def has_deletions(self) -> bool:
        """Returns whether documents are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Returns whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Iterates over the deleted documents."""
        deleted: Iterator[int] = self._segment.deleted_docs()
        return deleted

    def supports_columns(self) -> bool:
        """Tells Whoosh that there may be columns."""
        return True

    def _column_filename(self, fieldname: str) -> str:
        name: str = self._segment.codec().column_filename(self._segment, fieldname)
        return name

    def has_column(self, fieldname: str) -> bool:
        """Returns whether a field has a column."""
        if self._documents.has_column(fieldname):
            return True
        return bool(self._storage.file_exists(self._column_filename(fieldname)))

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Returns a reader of a field's column, with a file position of its own."""
        if self._documents.has_column(fieldname):
            file, size = self._documents.column_file(fieldname)
        else:
            name = self._column_filename(fieldname)
            size = self._storage.file_length(name)
            data = map_storage_file(self._storage, name) if size else b""
            file = MappedFile(memoryview(data), name)
        return column.reader(file, 0, size, self.doc_count_all())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Returns the length of a field in a document, decoded from its code."""
        lengths = self._documents.lengths(fieldname)
        return default if lengths is None else int(LENGTHS[lengths.codes[docnum]])

    def field_length(self, fieldname: str) -> int:
        """Returns the sum of a field's lengths."""
        lengths = self._documents.lengths(fieldname)
        return 0 if lengths is None else lengths.total

    def min_field_length(self, fieldname: str) -> int:
        """Returns the least length of a field."""
        lengths = self._documents.lengths(fieldname)
        return 0 if lengths is None else lengths.minimum

    def max_field_length(self, fieldname: str) -> int:
        """Returns the greatest length of a field."""
        lengths = self._documents.lengths(fieldname)
        return 0 if lengths is None else lengths.maximum

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        """Returns whether a field has a term vector in a document."""
        return bool(self._documents.term_vector(fieldname, docnum).terms)

    def vector(self, docnum: int, fieldname: str, format_: Format) -> ListMatcher:
        """Returns a matcher over the terms of a document.

        Raises:
            KeyError: if the field has no term vector there.
        """
        found = self._documents.term_vector(fieldname, docnum)
        if not found.terms:
            raise KeyError(f"field {fieldname!r} has no term vector in document {docnum}")
        return ListMatcher(found.terms, found.weights, found.values, format_)

    def stored_fields(self, docnum: int) -> StoredFields:
        """Returns the stored fields of a document."""
        return self._documents.stored[docnum]
