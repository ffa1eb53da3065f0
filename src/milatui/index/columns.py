"""Writes the whole-number columns of a generation; only builders come here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.engine.container import ContainerWriter

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Numbers = NDArray[Any]

TYPES: Final = {"B": np.uint8, "H": np.uint16, "I": np.uint32, "i": np.int32, "Q": np.uint64}
"""The type behind each typecode of ``array``."""


class ColumnsWriter:
    """Collects columns and writes them as one file of arrays."""

    def __init__(self) -> None:
        self._columns: dict[str, tuple[str, Numbers]] = {}

    def add(self, name: str, typecode: str, values: Numbers) -> None:
        """Add a column; ``typecode`` is one of ``TYPES``."""
        self._columns[name] = typecode, np.ascontiguousarray(values, TYPES[typecode])

    def write(self, path: Path) -> None:
        """Write the file."""
        sizes = {name: (code, len(column)) for name, (code, column) in self._columns.items()}
        with ContainerWriter(path, sizes, {}) as file:
            for name, (_code, column) in self._columns.items():
                file.put(name, column.data)
