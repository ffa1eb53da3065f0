"""The documents file of a segment: field lengths, stored fields and columns.

Arrays beside those of ``stored``, for d documents and each field ``f``:

``f/length_codes``  (d)    uint8, Whoosh's code of the field's length; absent if it has no lengths
``f/column``        uint8  what Whoosh's column writer wrote; absent if it has no column
``length_stats``    (n, 3) uint64, ``LengthStats`` of the n fields that the file's ``meta`` names
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length, length_to_byte

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.codec.columns import ColumnSpool, MappedFile, numeric_bytes, numeric_values
from milatui.index.codec.stored import (
    COMPRESSION,
    StoredFieldsReader,
    StoredFieldsWriter,
    encode_stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from whoosh.columns import Column, ColumnReader, ColumnWriter, NumericColumn
    from whoosh.fields import FieldType
    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile

    from milatui.index.codec.arrayfile import ArrayFile, OutputFile
    from milatui.index.codec.stored import StoredFields

LENGTHS = np.array([byte_to_length(code) for code in range(256)], np.float64)
"""Field lengths by Whoosh's one-byte code: float64, shape (256,)."""


class LengthStats(NamedTuple):
    """Lengths of a field over all documents of a segment."""

    total: int
    minimum: int
    maximum: int


class DocumentsReader:
    """Reads the documents file of a segment as arrays."""

    def __init__(self, file: ArrayFile) -> None:
        self.file = file
        self.stored = StoredFieldsReader(file)
        stats = file.array("length_stats").tolist()
        names = file.meta["length_fields"]
        self._lengths = {name: LengthStats(*stats[i]) for i, name in enumerate(names)}

    def length_codes(self, field: str) -> NDArray[np.uint8] | None:
        """Return the length codes of a field, shape (documents,), or None if it has no lengths."""
        name = f"{field}/length_codes"
        return self.file.array(name) if name in self.file else None

    def length_stats(self, field: str) -> LengthStats:
        """Return total, least and greatest length of a field; zeros if it has no lengths."""
        return self._lengths.get(field, LengthStats(0, 0, 0))

    def has_column(self, field: str) -> bool:
        """Tell whether a field has a column."""
        return f"{field}/column" in self.file

    def numeric_column(self, field: str, column: NumericColumn, doc_count: int) -> NDArray[Any]:
        """Return a numeric column as an array; see ``columns.numeric_values``."""
        return numeric_values(self.file, field, column, doc_count)

    def column_file(self, field: str) -> tuple[StructFile, int]:
        """Return a column as a file for Whoosh's column readers, and its size."""
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
        self._columns: dict[str, ColumnSpool] = {}
        self._arrays: dict[str, NDArray[Any] | bytes] = {}

    def __len__(self) -> int:
        """Return the number of documents that were added."""
        return len(self._stored)

    def add(self, stored: bytes) -> int:
        """Add a document.

        Args:
            stored: Its stored fields as a JSON object in UTF-8, or nothing; ``encode_stored``
                makes it. Keys and values that begin with ``$`` must be escaped as it does.

        Returns:
            Its document number.
        """
        self._stored.add(stored)
        return len(self._stored) - 1

    def set_lengths(self, field: str, codes: NDArray[np.uint8], total: int) -> None:
        """Set the lengths of a field.

        Args:
            field: The field.
            codes: Whoosh's length codes (``length_to_byte``) of the first n documents, shape (n,);
                documents after them have length 0.
            total: The exact sum of the lengths.
        """
        self._lengths[field] = codes, total

    def has_column(self, field: str) -> bool:
        """Tell whether a column was begun."""
        return field in self._columns

    def column(self, field: str, column: Column) -> ColumnWriter:
        """Return Whoosh's writer for the column of a field; documents come in order."""
        if field not in self._columns:
            self._columns[field] = ColumnSpool(column, self._folder)
        return self._columns[field].writer

    def set_numeric_column(self, field: str, column: NumericColumn, values: NDArray[Any]) -> None:
        """Set a numeric column from one value for each document, shape (documents,)."""
        self._arrays[f"{field}/column"] = numeric_bytes(values, column)

    def close(self) -> None:
        """Complete the file; its owner closes it."""
        self._stored.close()
        doc_count = len(self)
        stats: list[LengthStats] = []
        for field, (codes, total) in self._lengths.items():
            padded = np.zeros(doc_count, np.uint8)
            padded[: len(codes)] = codes
            self._out.add(f"{field}/length_codes", "B", padded)
            least, most = (int(padded.min()), int(padded.max())) if doc_count else (0, 0)
            stats.append(LengthStats(total, byte_to_length(least), byte_to_length(most)))
        for field, spool in self._columns.items():
            spool.close(self._out, field, doc_count)
        for name, data in self._arrays.items():
            self._out.add(name, "B", data)
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
        self._docnum = -1
        self._fields: StoredFields = {}
        self._lengths: dict[str, int] = {}
        self._values: list[tuple[str, Column, object]] = []
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        """Begin a document."""
        self._docnum = docnum
        self.cancel_doc()

    def add_field(self, fieldname: str, _fieldobj: FieldType, value: object, length: int) -> None:
        """Take the stored value and the length of a field."""
        if value is not None:
            self._fields[fieldname] = value
        if length:
            self._lengths[fieldname] = length

    def add_column_value(self, fieldname: str, column: Column, value: object) -> None:
        """Take the column value of a field."""
        self._values.append((fieldname, column, value))

    def cancel_doc(self) -> None:
        """Forget the document that was begun."""
        self._fields, self._lengths, self._values = {}, {}, []

    def finish_doc(self) -> None:
        """Write the document that was begun."""
        self._documents.add(encode_stored(self._fields))
        for fieldname, length in self._lengths.items():
            codes = self._codes.setdefault(fieldname, bytearray())
            codes.extend(bytes(self._docnum - len(codes)))
            codes.append(length_to_byte(length))
            self._totals[fieldname] = self._totals.get(fieldname, 0) + length
        for fieldname, column, value in self._values:
            self._documents.column(fieldname, column).add(self._docnum, value)
        self.cancel_doc()

    def close(self) -> None:
        """Write the file."""
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
        """Return the number of documents that are not deleted."""
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        count: int = self._segment.doc_count_all()
        return count

    def has_deletions(self) -> bool:
        """Tell whether documents are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Tell whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Iterator[int]:
        """Iterate over the deleted documents."""
        deleted: Iterator[int] = self._segment.deleted_docs()
        return deleted

    def supports_columns(self) -> bool:
        """Tell Whoosh that there may be columns."""
        return True

    def _column_filename(self, fieldname: str) -> str:
        name: str = self._segment.codec().column_filename(self._segment, fieldname)
        return name

    def has_column(self, fieldname: str) -> bool:
        """Tell whether a field has a column."""
        if self._documents.has_column(fieldname):
            return True
        return bool(self._storage.file_exists(self._column_filename(fieldname)))

    def column_reader(self, fieldname: str, column: Column) -> ColumnReader:
        """Return a reader of a field's column, with a file position of its own."""
        if self._documents.has_column(fieldname):
            file, size = self._documents.column_file(fieldname)
        else:
            name = self._column_filename(fieldname)
            file, size = self._storage.open_file(name), self._storage.file_length(name)
        return column.reader(file, 0, size, self.doc_count_all())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a field in a document, as exact as its code is."""
        codes = self._documents.length_codes(fieldname)
        return default if codes is None else byte_to_length(int(codes[docnum]))

    def field_length(self, fieldname: str) -> int:
        """Return the sum of a field's lengths."""
        return self._documents.length_stats(fieldname).total

    def min_field_length(self, fieldname: str) -> int:
        """Return the least length of a field."""
        return self._documents.length_stats(fieldname).minimum

    def max_field_length(self, fieldname: str) -> int:
        """Return the greatest length of a field."""
        return self._documents.length_stats(fieldname).maximum

    def stored_fields(self, docnum: int) -> StoredFields:
        """Return the stored fields of a document."""
        return self._documents.stored[docnum]
