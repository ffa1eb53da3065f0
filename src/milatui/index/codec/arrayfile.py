"""Reads and writes array files: named, typed arrays in one memory-mapped file.

Layout, with numbers in the byte order of the machine that wrote the file:

======  =====  ==================================================================
offset  bytes  content
======  =====  ==================================================================
0       8      magic number
8       4      format version
12      4      byte order mark, 0x01020304
16      8      offset of the table of contents
24      8      size of the table of contents in bytes
32      4      CRC-32 of the table of contents
36      4      CRC-32 of the 36 bytes before
64      ...    the arrays, each at a multiple of 64 bytes, then the table of contents
======  =====  ==================================================================

The table of contents is JSON:
``{"arrays": {name: [typecode, offset, [shape]]}, "meta": {key: [names]}}``.
The head is written last: a file whose writer did not finish has zeros there and is refused.
Array contents carry no checksum of their own; whoever publishes a file records one of the whole.

The module imports neither Whoosh nor NumPy: ``ArrayFile.view`` gives plain memory views. Only
``ArrayFile.array`` and ``ArrayFileWriter.map`` import NumPy.
"""

from __future__ import annotations

import contextlib
import json
import math
import mmap
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from numpy.typing import NDArray
    from typing_extensions import Buffer

    Data = Buffer | NDArray[Any]

MAGIC: Final = b"\x89ARRAYS\n"
VERSION: Final = 2
ALIGNMENT: Final = 64
ITEM_SIZES: Final = {
    "?": 1,
    "B": 1,
    "b": 1,
    "H": 2,
    "h": 2,
    "I": 4,
    "i": 4,
    "f": 4,
    "Q": 8,
    "q": 8,
    "d": 8,
}
"""Bytes per item of each typecode, as ``struct``, ``array`` and NumPy know them."""
_mapped_files: Final[WeakValueDictionary[int, mmap.mmap]] = WeakValueDictionary()
_BYTE_ORDER: Final = 0x01020304
_HEAD: Final = struct.Struct("=8sIIQQI")
_CRC: Final = struct.Struct("=I")


class ArrayFileError(ValueError):
    """The file is not an array file, is damaged, or comes from another kind of machine."""


class ArraySpec(NamedTuple):
    """Where an array lies in its file, and what it consists of."""

    typecode: str
    offset: int
    shape: tuple[int, ...]

    @property
    def nbytes(self) -> int:
        """The size of the array in bytes."""
        return math.prod(self.shape) * ITEM_SIZES[self.typecode]


class OutputFile(Protocol):
    """What a writer needs of a file; Whoosh's ``StructFile`` has it, too."""

    def write(self, data: bytes | memoryview, /) -> object: ...
    def seek(self, offset: int, /) -> object: ...
    def flush(self) -> None: ...


class ArrayFileWriter:
    """Writes an array file: whole arrays, or parts of arrays in any order.

    Args:
        file: Opened for binary writing at offset 0. It stays open for its owner to close.
    """

    def __init__(self, file: OutputFile) -> None:
        self._file = file
        self._specs: dict[str, ArraySpec] = {}
        self._growing = ""
        self._end = ALIGNMENT
        file.write(bytes(ALIGNMENT))

    def __contains__(self, name: str) -> bool:
        return name in self._specs

    def reserve(self, name: str, typecode: str, *shape: int) -> None:
        """Allocates an array that ``write`` fills.

        Raises:
            ValueError: if the file already has an array of this name.
        """
        if name in self._specs:
            raise ValueError(f"array {name!r} already exists")
        self._growing = ""
        self._end += -self._end % ALIGNMENT
        spec = self._specs[name] = ArraySpec(typecode, self._end, shape)
        self._end += spec.nbytes

    def write(self, name: str, data: Data, start: int = 0) -> None:
        """Writes items of the array's own type.

        Args:
            name: An array that was declared.
            data: The items, as bytes or as an array.
            start: The item of the flat array to begin at.

        Raises:
            ValueError: if the array has no room for them.
        """
        spec = self._specs[name]
        offset = start * ITEM_SIZES[spec.typecode]
        content = _as_bytes(data)
        if offset + len(content) > spec.nbytes:
            raise ValueError(f"array {name!r} has no room for {len(content)} bytes at {offset}")
        self._file.seek(spec.offset + offset)
        self._file.write(content)

    def add(self, name: str, typecode: str, data: Data) -> None:
        """Writes a whole one-dimensional array."""
        content = _as_bytes(data)
        self.reserve(name, typecode, len(content) // ITEM_SIZES[typecode])
        self.write(name, content)

    def append(self, name: str, typecode: str, data: Data) -> None:
        """Appends items to the array at the end of the file, which is created if need be.

        Raises:
            ValueError: if other arrays were allocated after it.
        """
        if name not in self._specs:
            self.reserve(name, typecode, 0)
            self._growing = name
        elif name != self._growing:
            raise ValueError(f"array {name!r} is not the last one of the file")
        content = _as_bytes(data)
        spec = self._specs[name]
        self._file.seek(spec.offset + spec.nbytes)
        self._file.write(content)
        items = spec.shape[0] + len(content) // ITEM_SIZES[typecode]
        spec = self._specs[name] = spec._replace(shape=(items,))
        self._end = spec.offset + spec.nbytes

    def close(self, meta: Mapping[str, Sequence[str]] | None = None) -> None:
        """Writes the table of contents and the head.

        Args:
            meta: Lists of names, what ``ArrayFile.meta`` will be.
        """
        contents = {
            "arrays": {name: [s.typecode, s.offset, s.shape] for name, s in self._specs.items()},
            "meta": dict(meta or {}),
        }
        toc = json.dumps(contents, separators=(",", ":")).encode()
        self._file.seek(self._end)
        self._file.write(toc)
        head = _HEAD.pack(MAGIC, VERSION, _BYTE_ORDER, self._end, len(toc), zlib.crc32(toc))
        self._file.seek(0)
        self._file.write(head + _CRC.pack(zlib.crc32(head)))
        self._file.flush()


class ArrayFile:
    """Reads the arrays of a file without copying them.

    Args:
        buffer: The content of the file, usually a memory map.
        name: The name of the file, for error messages.

    Attributes:
        meta: What the writer was given.

    Raises:
        ArrayFileError: if the file is damaged or cannot be read on this machine.
    """

    def __init__(self, buffer: bytes | memoryview | mmap.mmap, name: str = "array file") -> None:
        self.name = name
        self.buffer = buffer
        self._view = memoryview(buffer)
        self._specs: dict[str, ArraySpec] = {}
        self.meta: dict[str, list[str]] = {}
        self._read_contents()

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> ArrayFile:
        """Maps a file into memory and reads its table of contents."""
        with Path(path).open("rb") as file:
            return cls(map_file(file.fileno(), str(path)), str(path))

    def _read_contents(self) -> None:
        head = bytes(self._view[: _HEAD.size + _CRC.size])
        if len(head) < _HEAD.size + _CRC.size or head[:8] != MAGIC:
            raise ArrayFileError(f"{self.name} is not a complete array file")
        _magic, version, order, offset, size, toc_crc = _HEAD.unpack_from(head)
        if order != _BYTE_ORDER:
            raise ArrayFileError(
                f"{self.name} was written on a machine that is not {sys.byteorder}-endian"
            )
        if _CRC.unpack_from(head, _HEAD.size)[0] != zlib.crc32(head[: _HEAD.size]):
            raise ArrayFileError(f"{self.name} has a damaged head")
        if version != VERSION:
            raise ArrayFileError(f"{self.name} has array file version {version}, not {VERSION}")
        toc = bytes(self._view[offset : offset + size])
        if len(toc) != size or zlib.crc32(toc) != toc_crc:
            raise ArrayFileError(f"{self.name} is cut off or has a damaged table of contents")
        contents = json.loads(toc)
        self.meta = contents["meta"]
        for name, (typecode, start, shape) in contents["arrays"].items():
            self._specs[name] = ArraySpec(typecode, start, tuple(shape))

    def __contains__(self, name: str) -> bool:
        return name in self._specs

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def spec(self, name: str) -> ArraySpec:
        """Returns where an array lies and what it consists of.

        Raises:
            ArrayFileError: if the file has no such array.
        """
        try:
            return self._specs[name]
        except KeyError as error:
            raise ArrayFileError(f"{self.name} has no array {name!r}") from error

    def data(self, name: str) -> memoryview:
        """Returns the bytes of an array as a flat memory view."""
        spec = self.spec(name)
        return self._view[spec.offset : spec.offset + spec.nbytes]

    def view(self, name: str) -> memoryview:
        """Returns an array as a memory view of its own item type and shape."""
        spec = self.spec(name)
        flat = self.data(name)
        shape: Sequence[int] = spec.shape
        if len(shape) == 1 or not spec.nbytes:
            return flat.cast(spec.typecode)  # type: ignore[call-overload,no-any-return]
        return flat.cast(spec.typecode, shape)  # type: ignore[call-overload,no-any-return]

    def array(self, name: str) -> NDArray[Any]:
        """Returns an array as a read-only NumPy array that shares the file's memory.

        Returns:
            An array of the shape and type in the file's directory; it lives as long as the file.
        """
        import numpy as np

        spec = self.spec(name)
        items = math.prod(spec.shape)
        return np.frombuffer(self.buffer, spec.typecode, items, spec.offset).reshape(spec.shape)


def map_file(fileno: int, name: str) -> mmap.mmap:
    """Maps a file into memory, read-only; processes share its pages.

    Raises:
        ArrayFileError: if the file is empty.
    """
    try:
        mapped = mmap.mmap(fileno, 0, access=mmap.ACCESS_READ)
    except ValueError as error:
        raise ArrayFileError(f"{name} is empty") from error
    _mapped_files[id(mapped)] = mapped
    return mapped


def release_mapped_files() -> None:
    """Frees the pages of all mapped files; they are mapped again when they are read.

    They stay in the system's cache, but no longer count as memory of this process.
    """
    # A list that is made at once: iterating would fail when another thread maps a file meanwhile.
    for reference in _mapped_files.valuerefs():
        mapped = reference()
        if mapped is not None:
            with contextlib.suppress(ValueError):  # closed meanwhile
                mapped.madvise(mmap.MADV_DONTNEED)


def _as_bytes(data: Data) -> memoryview:
    view = memoryview(data)  # type: ignore[arg-type]
    return view.cast("B") if view.nbytes else memoryview(b"")
