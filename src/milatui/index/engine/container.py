"""One file of named arrays, written once and read through a memory map without copying.

Layout: a head (magic number, length of the file, length of the header, number of arrays, checksum
of header and checksums), the header as JSON (``arrays``: name -> typecode, offset, length; byte
order; ``meta``), a checksum for each array, then the arrays, each at a multiple of eight bytes;
offsets count from the first.
"""

from __future__ import annotations

import json
import mmap
import struct
import sys
import zlib
from array import array
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from milatui.index.arrays import damaged, map_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAGIC: Final = b"milatui2"
CHECKED: Final = 4 << 20
"""Bytes of the largest array that is compared with its checksum when it is first used.  A larger
one is read in part only, and compared by builds."""
_HEAD: Final = struct.Struct("<8sQIII4x")
_CHECKSUM: Final = struct.Struct("<I")
_ALIGN: Final = 8
_MUCH: Final = 64 << 10
"""Bytes of an array from which its pages are let go of when it has been checked."""


class ContainerWriter:
    """Writes the arrays of a file; they may come in any order, the pieces of one in their order.

    Args:
        path: The file.
        arrays: Typecode (of ``array``) and number of items of each.
        meta: What ``Container.meta`` will be.
    """

    def __init__(
        self, path: Path, arrays: Mapping[str, tuple[str, int]], meta: Mapping[str, Any]
    ) -> None:
        places: dict[str, tuple[str, int, int]] = {}
        offset = 0
        for name, (code, length) in arrays.items():
            size = length * array(code).itemsize
            places[name] = (code, offset, length)
            offset += _aligned(size)
        header = json.dumps({"order": sys.byteorder, "meta": meta, "arrays": places}).encode()
        self._header = header + b" " * (_aligned(len(header)) - len(header))
        self._start = _start(len(self._header), len(places))
        self._length = self._start + offset
        self._places = places
        self._checksums = dict.fromkeys(places, 0)
        self._written = dict.fromkeys(places, 0)
        with ExitStack() as unless_full:
            self._file = unless_full.enter_context(path.open("wb"))
            self._file.truncate(self._length)
            unless_full.pop_all()

    def put(self, name: str, data: Any, at: int = 0) -> None:
        """Write items (anything with a buffer of the array's type) from item ``at`` on.

        Raises:
            ValueError: what comes before is missing.
        """
        code, offset, _length = self._places[name]
        at *= array(code).itemsize
        if at != self._written[name]:
            raise ValueError(name)
        self._file.seek(self._start + offset + at)
        self._written[name] += self._file.write(data)
        self._checksums[name] = zlib.crc32(data, self._checksums[name])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *_details: object) -> None:
        with self._file:
            # A file without a head is none.
            if error is None:
                checksums = b"".join(map(_CHECKSUM.pack, self._checksums.values()))
                self._file.seek(0)
                self._file.write(_head(self._header, checksums, self._length))


class Container:
    """The arrays of a file that ``ContainerWriter`` wrote; ``meta`` is what it was given.

    Raises:
        IndexUnusable: the file is missing, or its head is not what was written.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.map: mmap.mmap = map_file(path)
        self._views: dict[str, memoryview] = {}
        try:
            magic, length, size, arrays, _checksum = _HEAD.unpack_from(self.map)
            end = _HEAD.size + size + _CHECKSUM.size * arrays
            if magic != MAGIC or length != len(self.map) or end > length:
                raise ValueError(path)
            header = self.map[_HEAD.size : _HEAD.size + size]
            checksums = self.map[_HEAD.size + size : end]
            if self.map[:end] != _head(header, checksums, length):
                raise ValueError(path)
            contents = json.loads(header)
            if contents["order"] != sys.byteorder:
                raise ValueError(path)
        except (ValueError, struct.error) as error:
            raise damaged(path.name) from error
        self.meta: dict[str, Any] = contents["meta"]
        self._places: dict[str, tuple[str, int, int]] = contents["arrays"]
        self._start = _start(size, arrays)
        found = (number for (number,) in _CHECKSUM.iter_unpack(checksums))
        self._checksums = dict(zip(self._places, found, strict=True))

    @property
    def names(self) -> Iterable[str]:
        """The names of the arrays."""
        return self._places.keys()

    def place(self, name: str) -> tuple[str, int, int]:
        """Typecode, offset in the file in bytes and number of items of an array.

        Raises:
            IndexUnusable: there is no such array.
        """
        try:
            code, offset, length = self._places[name]
        except KeyError as error:
            raise damaged(self.name) from error
        return code, self._start + offset, length

    def view(self, name: str) -> memoryview:
        """An array as a memory view of whole numbers.

        Raises:
            IndexUnusable: there is none, or it is not what was written.
        """
        view = self._views.get(name)
        if view is None:
            code, start, length = self.place(name)
            part = memoryview(self.map)[start : start + length * array(code).itemsize]
            self._check(name, start, part)
            view = self._views[name] = part.cast(code)  # type: ignore[call-overload]
        return view

    __getitem__ = view

    def check(self, most: int) -> None:
        """Compare the arrays with their checksums if the file has at most so many bytes.

        Raises:
            IndexUnusable: one is not what was written.
        """
        if len(self.map) <= most:
            for name in self._places:
                self.view(name)

    def list_of(self, name: str, index: int) -> memoryview:
        """The numbers of a list: array ``NAME.from`` tells where in array ``NAME`` they stand."""
        starts = self.view(f"{name}.from")
        return self.view(name)[starts[index] : starts[index + 1]]

    def _check(self, name: str, start: int, part: memoryview) -> None:
        if part.nbytes > CHECKED:
            return
        if zlib.crc32(part) != self._checksums[name]:
            raise damaged(self.name)
        if part.nbytes > _MUCH:
            # What is not looked at again takes no memory.
            begin = start - start % mmap.PAGESIZE
            self.map.madvise(mmap.MADV_DONTNEED, begin, start + part.nbytes - begin)


def release(mapped: mmap.mmap | bytes) -> None:
    """Let go of the memory that what was read of a file takes; it is read again if need be.

    Who goes through a large file from its beginning to its end would else hold all of it.
    """
    if not isinstance(mapped, bytes):
        mapped.madvise(mmap.MADV_DONTNEED)


def _head(header: bytes, checksums: bytes, length: int) -> bytes:
    """The beginning of a file, as far as it can be told before its arrays are read."""
    arrays, checksum = len(checksums) // _CHECKSUM.size, zlib.crc32(header + checksums)
    return _HEAD.pack(MAGIC, length, len(header), arrays, checksum) + header + checksums


def _start(header: int, arrays: int) -> int:
    """Where the first array begins behind a header of this length."""
    return _aligned(_HEAD.size + header + _CHECKSUM.size * arrays)


def _aligned(size: int) -> int:
    return size + -size % _ALIGN
