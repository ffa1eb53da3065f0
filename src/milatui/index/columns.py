"""Writes the columns that ``arrays`` reads; only builders come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.arrays import Places

    Numbers = NDArray[Any]

TYPES: Final = {"B": np.uint8, "H": np.uint16, "I": np.uint32, "i": np.int32, "Q": np.uint64}
"""The type behind each typecode of ``array``."""


class ColumnsWriter:
    """Collects columns and writes them as one file."""

    def __init__(self) -> None:
        self._parts: list[memoryview | bytes] = []
        self._size = 0
        self.places: Places = {}

    def add(self, name: str, typecode: str, values: Numbers) -> None:
        """Add a column; ``typecode`` is one of ``TYPES``."""
        column = np.ascontiguousarray(values, TYPES[typecode])
        self.places[name] = (typecode, self._size, len(column))
        padding = -column.nbytes % 8
        self._parts += (column.data, bytes(padding))
        self._size += column.nbytes + padding

    def write(self, path: Path) -> None:
        """Write the file; an empty one gets a few bytes, for nothing cannot be mapped."""
        with path.open("wb") as file:
            file.writelines(self._parts if self._size else [bytes(8)])
