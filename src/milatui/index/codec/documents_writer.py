"""Writes the documents file of a segment.

The layout is described in ``documents`` and ``stored``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length, length_to_byte

from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.codec.columns import ColumnSpool, numeric_bytes
from milatui.index.codec.stored import COMPRESSION, StoredFieldsWriter, dump_stored, to_json
from milatui.index.codec.vectors import VECTOR_COLUMN, encode_vector

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray
    from whoosh.columns import Column, ColumnWriter, NumericColumn
    from whoosh.fields import FieldType
    from whoosh.filedb.structfile import StructFile

    from milatui.index.codec.arrayfile import OutputFile
    from milatui.index.codec.stored import StoredFields


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
        self._numeric_columns: dict[str, bytes] = {}

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
        """Sets a numeric column of all documents at once.

        Args:
            field: The name of the field.
            column: Its column type.
            values: A number for each document, shape (documents,).
        """
        self._numeric_columns[f"{field}/column"] = numeric_bytes(values, column)

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
        for name, data in self._numeric_columns.items():
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
        """Adds the term vector of a field to the current document.

        Args:
            fieldname: The name of the field.
            items: Term, weight and encoded value, in the order of the terms.
        """
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
