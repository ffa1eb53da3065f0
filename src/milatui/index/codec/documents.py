"""The documents file of a segment: field lengths, stored fields and columns.

Arrays beside those of ``stored``, for d documents and each field ``f``:

``f/length_codes``  (d)    uint8, Whoosh's code of the field's length; absent if it has no lengths
``f/column``        uint8  what Whoosh's column writer wrote; absent if it has no column
``f/vector``        uint8  the term vectors; absent if it has none (``vectors``)
``length_stats``    (n, 3) uint64: total, least and greatest length of n fields, named in ``meta``
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.util.numeric import byte_to_length, length_to_byte

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.codec.columns import (
    ColumnSpool,
    MappedFile,
    map_storage_file,
    numeric_bytes,
    numeric_values,
)
from milatui.index.codec.lengths import LENGTHS, FieldLengths
from milatui.index.codec.stored import (
    COMPRESSION,
    StoredFieldsReader,
    StoredFieldsWriter,
    dump_stored,
    to_json,
)
from milatui.index.codec.vectors import VECTOR_COLUMN, TermVector, decode_vector, encode_vector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from whoosh.columns import Column, ColumnReader, ColumnWriter, NumericColumn
    from whoosh.fields import FieldType
    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile
    from whoosh.formats import Format

    from milatui.index.codec.arrayfile import ArrayFile, OutputFile
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
        """Tells whether a field has a column."""
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
        """Returns a numeric column as an array, shape (documents,); see ``numeric_values``."""
        data = self.file.data(f"{field}/column") if self.has_column(field) else b""
        return numeric_values(data, column, self.doc_count)

    def column_file(self, field: str) -> tuple[StructFile, int]:
        """Returns a column as a file for Whoosh's column readers, and its size."""
        data = self.file.data(f"{field}/column")
        return MappedFile(data, field), len(data)


class DocumentsWriter:
    """Writes the documents file of a segment: stored fields first, everything else at any time.

    Args:
        file: See ``ArrayFileWriter``.
        folder: Where large columns are spooled; None for the system's temporary folder.
        compression: The level of zlib for stored fields.
    """

    def __init__(
        self, file: OutputFile, folder: str | None = None, compression: int = COMPRESSION
    ) -> None:
        self._out = ArrayFileWriter(file)
        self._folder = folder
        self._stored = StoredFieldsWriter(self._out, compression)
        self._lengths: dict[str, tuple[NDArray[np.uint8], int]] = {}
        self._spools: dict[str, ColumnSpool] = {}
        self._arrays: dict[str, tuple[str, NDArray[Any] | bytes]] = {}

    def __len__(self) -> int:
        """Returns the number of documents that were added."""
        return len(self._stored)

    def add(self, stored: bytes) -> int:
        """Adds a document.

        Args:
            stored: Its stored fields as a JSON object in UTF-8, or nothing; ``encode_stored``
                makes it. Keys and values that begin with ``$`` must be escaped as it does.

        Returns:
            Its document number.
        """
        self._stored.add(stored)
        return len(self._stored) - 1

    def set_lengths(self, field: str, codes: NDArray[np.uint8], total: int) -> None:
        """Sets the lengths of a field.

        Args:
            field: The field.
            codes: Whoosh's length codes (``length_to_byte``) of the first n documents, shape (n,);
                documents after them have length 0.
            total: The exact sum of the lengths.
        """
        self._lengths[field] = codes, total

    def column(self, field: str, column: Column) -> ColumnWriter:
        """Returns Whoosh's writer for the column of a field; documents come in order."""
        return self._spool(f"{field}/column", column)

    def vectors(self, field: str) -> ColumnWriter:
        """Returns the writer of a field's term vectors, which takes ``encode_vector``'s results."""
        return self._spool(f"{field}/vector", VECTOR_COLUMN)

    def _spool(self, array: str, column: Column) -> ColumnWriter:
        if array not in self._spools:
            self._spools[array] = ColumnSpool(column, self._folder)
        return self._spools[array].writer

    def set_numeric_column(self, field: str, column: NumericColumn, values: NDArray[Any]) -> None:
        """Sets a numeric column from one value for each document, shape (documents,)."""
        self._arrays[f"{field}/column"] = "B", numeric_bytes(values, column)

    def set_array(self, name: str, typecode: str, data: NDArray[Any]) -> None:
        """Adds a one-dimensional array that the codec does not know.

        ``DocumentsReader.file`` gives it back; Whoosh's merging drops it.
        """
        self._arrays[name] = typecode, np.ascontiguousarray(data, typecode)

    def discard(self) -> None:
        """Removes what was spooled; the file is incomplete."""
        for spool in self._spools.values():
            spool.discard()

    def close(self) -> None:
        """Completes the file; its owner closes it."""
        self._stored.close()
        doc_count = len(self)
        stats: list[tuple[int, int, int]] = []
        for field, (codes, total) in self._lengths.items():
            padded = np.zeros(doc_count, np.uint8)
            padded[: len(codes)] = codes
            self._out.add(f"{field}/length_codes", "B", padded)
            least, most = (int(padded.min()), int(padded.max())) if doc_count else (0, 0)
            stats.append((total, byte_to_length(least), byte_to_length(most)))
        for array, spool in self._spools.items():
            spool.close(self._out, array, doc_count)
        for name, (typecode, data) in self._arrays.items():
            self._out.add(name, typecode, data)
        self._out.reserve("length_stats", "Q", len(stats), 3)
        self._out.write("length_stats", np.array(stats, np.uint64))
        self._out.close({"length_fields": list(self._lengths)})


class FlatPerDocWriter(base.PerDocWriterWithColumns):
    """Takes documents one by one, as Whoosh's ``SegmentWriter`` gives them."""

    def __init__(self, file: StructFile, folder: str | None) -> None:
        super().__init__()
        self._file = file
        self._documents = DocumentsWriter(file, folder)
        self._codes: dict[str, bytearray] = {}
        self._totals: dict[str, int] = {}
        self._fields: StoredFields = {}
        self._lengths: dict[str, int] = {}
        self._values: list[tuple[ColumnWriter, object]] = []
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begins a document.

        Raises:
            ValueError: if documents do not come in order.
        """
        if docnum != len(self._documents):
            raise ValueError(f"document {docnum} comes after {len(self._documents)} documents")
        self.cancel_doc()

    def add_field(self, fieldname: str, _fieldobj: FieldType, value: object, length: int) -> None:
        """Takes the stored value and the length of a field.

        Raises:
            StoredValueError: if the value has a type that is not supported.
        """
        if value is not None:
            self._fields[fieldname] = to_json(value, fieldname)
        if length:
            self._lengths[fieldname] = length

    def add_column_value(self, fieldname: str, column: Column, value: object) -> None:
        """Takes the column value of a field."""
        self._values.append((self._documents.column(fieldname, column), value))

    def add_vector_items(
        self, fieldname: str, _fieldobj: FieldType, items: Iterable[tuple[str, float, bytes]]
    ) -> None:
        """Takes the term vector of a field."""
        vector = encode_vector(items)
        if vector:
            self._values.append((self._documents.vectors(fieldname), vector))

    def cancel_doc(self) -> None:
        """Forgets the document that was begun."""
        self._fields, self._lengths, self._values = {}, {}, []

    def finish_doc(self) -> None:
        """Writes the document that was begun."""
        doc_id = self._documents.add(dump_stored(self._fields))
        for fieldname, length in self._lengths.items():
            codes = self._codes.setdefault(fieldname, bytearray())
            codes.extend(bytes(doc_id - len(codes)))
            codes.append(length_to_byte(length))
            self._totals[fieldname] = self._totals.get(fieldname, 0) + length
        for writer, value in self._values:
            writer.add(doc_id, value)
        self.cancel_doc()

    def close(self) -> None:
        """Writes the file."""
        for fieldname, codes in self._codes.items():
            numbers = np.frombuffer(codes, np.uint8)
            self._documents.set_lengths(fieldname, numbers, self._totals[fieldname])
        self._documents.close()
        self._file.close()
        self.is_closed = True


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
        """Tells whether documents are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Tells whether a document is deleted."""
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
        """Tells whether a field has a column."""
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
        """Returns the length of a field in a document, as its code tells it."""
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
        """Tells whether a field has a term vector in a document."""
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
