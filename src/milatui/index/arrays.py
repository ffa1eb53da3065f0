"""Whole-number columns of an index in one file, read through a memory map without copying.

``columns.bin`` holds one array after the other, each at a multiple of eight bytes; where
they lie stands in the manifest as ``{name: [typecode, offset, length]}``.
"""

from __future__ import annotations

import contextlib
import mmap
from array import array
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from milatui.index.errors import IndexUnusable
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

NONE = 0xFFFFFFFF
"""Stands for *no record* in columns of record numbers."""
CONTRADICTED = 1
"""In the column ``flags``: other figures of the same measure have another value."""

Places = dict[str, tuple[str, int, int]]
Ints = memoryview

_maps: Final[WeakSet[mmap.mmap]] = WeakSet()


class Columns:
    """The columns of a file that ``columns`` wrote."""

    def __init__(self, path: Path, places: Mapping[str, Sequence[object]]) -> None:
        self._map = map_file(path)
        self._places = places
        self._open: dict[str, Ints] = {}

    def __getitem__(self, name: str) -> Ints:
        """The numbers of a column.

        Raises:
            IndexUnusable: there is no such column, or the file is too short for it.
        """
        column = self._open.get(name)
        if column is None:
            try:
                typecode, start, length = self._places[name]
                size = array(str(typecode)).itemsize
                begin, count = int(str(start)), int(str(length))
                column = memoryview(self._map)[begin : begin + count * size].cast(str(typecode))  # type: ignore[call-overload]
                if len(column) != count:
                    raise ValueError(name)
            except (KeyError, ValueError, TypeError) as error:
                raise damaged("columns.bin") from error
            self._open[name] = column
        return column

    def list_of(self, name: str, index: int) -> Ints:
        """The numbers of a list: column ``NAME.from`` tells where in column ``NAME`` they stand."""
        starts = self[f"{name}.from"]
        return self[name][starts[index] : starts[index + 1]]


def map_file(path: Path) -> mmap.mmap:
    """The file as bytes that are read from disk when they are looked at.

    Raises:
        IndexUnusable: the file is missing or empty.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise damaged(path.name) from error
    _maps.add(data)
    return data


def let_pages_go() -> None:
    """Give the pages of all mapped files back; they are mapped again when they are looked at.

    They stay in the system's cache, but no longer count as this process's.
    """
    for data in list(_maps):
        with contextlib.suppress(ValueError):  # closed meanwhile
            data.madvise(mmap.MADV_DONTNEED)


def damaged(name: str) -> IndexUnusable:
    """The error for a file of the index that is not what was written."""
    return IndexUnusable("damaged", _("the index is damaged: {file}").format(file=name))
