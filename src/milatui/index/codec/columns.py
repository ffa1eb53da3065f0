"""Whoosh columns inside the documents file: written through a spool, read through the map.

An array of bytes holds what Whoosh's column classes write.
Each column reader has a position of its own in the shared map, so that readers of several threads
and forked processes do not disturb each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from whoosh.filedb.structfile import StructFile

from milatui.index.codec.arrayfile import map_file

if TYPE_CHECKING:
    import mmap

    from numpy.typing import NDArray
    from whoosh.columns import Column, ColumnWriter, NumericColumn
    from whoosh.filedb.filestore import Storage

    from milatui.index.codec.arrayfile import ArrayFileWriter

SPOOL_SIZE: Final = 1 << 20
"""Bytes of a column from which it moves from memory to a temporary file."""


class ColumnSpool:
    """Collects one column in memory, or in an unnamed temporary file once it is large.

    Args:
        column: A Whoosh column.
        folder: Where the temporary file lies; None for the system's folder.

    Attributes:
        writer: Whoosh's column writer.
    """

    def __init__(self, column: Column, folder: str | None) -> None:
        # Deferred: it imports archivers, and only writers need it.
        import tempfile

        self._file = tempfile.SpooledTemporaryFile(SPOOL_SIZE, dir=folder)  # noqa: SIM115
        self.writer: ColumnWriter = column.writer(StructFile(self._file))

    def discard(self) -> None:
        """Removes what was written."""
        self._file.close()

    def close(self, out: ArrayFileWriter, array: str, doc_count: int) -> None:
        """Finishes the column and copies it to an array of the documents file."""
        self.writer.finish(doc_count)
        with self._file as file:
            size = file.seek(0, 2)
            file.seek(0)
            out.reserve(array, "B", size)
            done = 0
            while chunk := file.read(SPOOL_SIZE):
                out.write(array, chunk, done)
                done += len(chunk)


class MappedFile(StructFile):
    """A read-only Whoosh file over a memory view, which it does not copy."""

    def __init__(self, data: memoryview, name: str) -> None:
        super().__init__(_ViewReader(data), name)
        self._data = data

    def get(self, position: int, length: int) -> bytes:
        """Returns bytes without moving the position."""
        return bytes(self._data[position : position + length])


class _ViewReader:
    """The part of a binary file that Whoosh's column readers use."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._position = 0

    def read(self, size: int = -1) -> bytes:
        end = len(self._data) if size < 0 else self._position + size
        found = bytes(self._data[self._position : end])
        self._position += len(found)
        return found

    def readline(self) -> bytes:
        begin = self._position
        while (byte := self.read(1)) and byte != b"\n":
            pass
        return bytes(self._data[begin : self._position])

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._position, len(self._data))[whence]
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position


def map_storage_file(storage: Storage, name: str) -> mmap.mmap | bytes:
    """Returns the content of a file of a Whoosh storage: mapped if it is on disk, else a copy.

    Raises:
        ArrayFileError: if it is empty.
    """
    with storage.open_file(name) as file:
        return map_file(file.fileno(), name) if file.is_real else bytes(file.read())


def numeric_values(data: bytes | memoryview, column: NumericColumn, doc_count: int) -> NDArray[Any]:
    """Decodes a numeric column as an array in the byte order of the machine.

    Args:
        data: What Whoosh's column writer wrote; it leaves out defaults at the end.
        column: The field's column in the schema. Whoosh stores NUMERIC and DATETIME as sortable
            numbers: ``field.from_column_value`` translates them back.
        doc_count: The number of documents.

    Returns:
        One value for each document, shape (doc_count,); the column's default where it has none.
    """
    typecode: str = column._typecode
    values = np.full(doc_count, column.default_value(), typecode)
    stored = np.frombuffer(data, f">{typecode}")
    values[: len(stored)] = stored
    return values


def numeric_bytes(values: NDArray[Any], column: NumericColumn) -> bytes:
    """Encodes one value for each document as Whoosh's numeric column does.

    Args:
        values: A number for each document, shape (documents,).
        column: The column type, which gives the type of the items.
    """
    return values.astype(f">{column._typecode}").tobytes()
