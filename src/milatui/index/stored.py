"""Reads what Whoosh has stored of the records, without Whoosh and without copying.

The column ``_stored`` of a segment holds, one after the other: a compressed pickle for each
document; the length of each; from ``2**15`` documents on the offset of each; the typecodes of
these numbers, which are big-endian, and an ``X`` if there are offsets.  Only a pickle of plain
values is read: one that names anything to be imported is damage.
"""

from __future__ import annotations

import io
import pickle
import zlib
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from milatui.index.arrays import damaged, map_file

if TYPE_CHECKING:
    from pathlib import Path


class Stored:
    """The stored values of a segment's documents.

    Args:
        path: The column's file.
        documents: How many documents the segment has.

    Raises:
        IndexUnusable: the file is not what Whoosh wrote.
    """

    def __init__(self, path: Path, documents: int) -> None:
        self._name = path.name
        self._map = map_file(path)
        self._size = documents
        self._starts: array[int] | None = None
        try:
            self._find(len(self._map) - 1)
        except (ValueError, IndexError) as error:
            raise damaged(self._name) from error

    def _find(self, end: int) -> None:
        """Find where lengths and offsets stand; ``end`` is the place of the last typecode."""
        data, documents = self._map, self._size
        codes = data[end - 2 : end] if data[end:] == b"X" else data[end:]
        self._length_size, *rest = (array(chr(code)).itemsize for code in codes)
        if rest:
            self._offset_size = rest[0]
            end -= 2 + documents * self._offset_size
            self._offsets_at = end
        self._lengths_at = end - documents * self._length_size
        if self._lengths_at < 0:
            raise ValueError(end)
        if not rest:
            self._starts = array("Q", accumulate(map(self._length, range(documents)), initial=0))

    def __getitem__(self, document: int) -> dict[str, Any]:
        """The stored fields of a document, by its place in the segment.

        Raises:
            IndexUnusable: there is no such document, or it is damaged.
        """
        if not 0 <= document < self._size:
            raise damaged(self._name)
        if self._starts is not None:
            start = self._starts[document]
        else:
            start = self._number(self._offsets_at, self._offset_size, document)
        end = start + self._length(document)
        try:
            packed = zlib.decompress(self._map[start:end])
            fields: dict[str, Any] = _PlainUnpickler(io.BytesIO(packed)).load()
        except (*_DAMAGE, zlib.error) as error:
            raise damaged(self._name) from error
        return fields

    def _length(self, document: int) -> int:
        return self._number(self._lengths_at, self._length_size, document)

    def _number(self, at: int, size: int, place: int) -> int:
        at += place * size
        return int.from_bytes(self._map[at : at + size], "big")


_DAMAGE = (
    *(pickle.UnpicklingError, ValueError, KeyError, IndexError, EOFError, AttributeError),
    *(TypeError, OverflowError, MemoryError),
)
"""What unpickling raises when it reads bytes that were not pickled."""


class _PlainUnpickler(pickle.Unpickler):
    """Makes nothing but strings, numbers, lists and dictionaries."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse."""
        raise pickle.UnpicklingError(f"{module}.{name}")
