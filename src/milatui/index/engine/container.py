"""One file of named arrays, written once and read through a memory map without copying.

Layout: a magic number, the length of a JSON header, the header (name -> typecode, offset,
length; and ``meta``), then the arrays, each at a multiple of eight bytes.
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final, Self

from milatui.index.arrays import damaged, map_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAGIC: Final = b"milatui1"
_ALIGN: Final = 8


class ContainerWriter:
    """Writes the arrays of a file piece by piece, in any order.

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
            offset += size + -size % _ALIGN
        header = json.dumps({"order": sys.byteorder, "meta": meta, "arrays": places}).encode()
        header += b" " * (-(len(header) + 16) % _ALIGN)
        self._start = 16 + len(header)
        self._places = places
        with ExitStack() as unless_full:
            self._file = unless_full.enter_context(path.open("wb"))
            self._file.write(MAGIC + len(header).to_bytes(8, "little") + header)
            self._file.truncate(self._start + offset)
            unless_full.pop_all()

    def put(self, name: str, data: Any, at: int = 0) -> None:
        """Write items (anything with a buffer of the array's type) from item ``at`` on."""
        code, offset, _length = self._places[name]
        self._file.seek(self._start + offset + at * array(code).itemsize)
        self._file.write(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


class Container:
    """The arrays of a file that ``ContainerWriter`` wrote; ``meta`` is what it was given."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.map: mmap.mmap = map_file(path)
        try:
            if self.map[:8] != MAGIC:
                raise ValueError(path)
            size = int.from_bytes(self.map[8:16], "little")
            header = json.loads(self.map[16 : 16 + size])
            if header["order"] != sys.byteorder:
                raise ValueError(path)
            self.meta: dict[str, Any] = header["meta"]
            self._places: dict[str, tuple[str, int, int]] = header["arrays"]
        except (ValueError, KeyError) as error:
            raise damaged(path.name) from error
        self._start = 16 + size

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
            IndexUnusable: the file is too short for it.
        """
        code, start, length = self.place(name)
        size = array(code).itemsize
        part = memoryview(self.map)[start : start + length * size]
        if part.nbytes != length * size:
            raise damaged(self.name)
        return part.cast(code)  # type: ignore[call-overload,no-any-return]


def release(mapped: mmap.mmap | bytes) -> None:
    """Let go of the memory that what was read of a file takes; it is read again if need be.

    Who goes through a large file from its beginning to its end would else hold all of it.
    """
    if not isinstance(mapped, bytes):
        mapped.madvise(mmap.MADV_DONTNEED)
