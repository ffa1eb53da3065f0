"""Records out of a generation's Whoosh index, under their own numbers."""

from __future__ import annotations

import json
import struct
import weakref
import zlib
from pickle import UnpicklingError
from threading import RLock
from typing import TYPE_CHECKING, Final

from whoosh import index as whoosh_index
from whoosh.filedb.filetables import FileFormatError

from milatui.index.arrays import damaged
from milatui.index.errors import IndexUnusable
from milatui.index.schema import engine
from milatui.messages import _

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.kinds import Data
    from milatui.index.arrays import Columns

_DAMAGE: Final = (
    *(OSError, ValueError, KeyError, IndexError, EOFError, AssertionError, AttributeError),
    *(TypeError, struct.error, zlib.error, UnpicklingError, FileFormatError, OverflowError),
    *(whoosh_index.IndexError, whoosh_index.EmptyIndexError, ImportError),
)
"""What Whoosh raises when it reads bytes that it did not write."""


class Texts:
    """An open Whoosh index; its methods may be called by several threads, one at a time."""

    def __init__(self, folder: Path, made_by: str, columns: Columns) -> None:
        if made_by != engine():
            message = _("the index was made by another version of Whoosh")
            raise IndexUnusable("foreign version", message)
        self._lock = RLock()
        self._doc = columns["doc"]
        try:
            self._reader = whoosh_index.open_dir(str(folder)).reader()
            # Catalogues are dropped, not closed, when the next generation comes.
            self._closing = weakref.finalize(self, self._reader.close)
        except _DAMAGE as error:
            raise damaged("Whoosh") from error

    def record(self, number: int) -> dict[str, Data]:
        """A record as plain data."""
        with self._lock:
            try:
                stored = self._reader.stored_fields(self._doc[number])
                data: dict[str, Data] = json.loads(stored["record"])
            except _DAMAGE as error:
                raise damaged("Whoosh") from error
        return data

    def close(self) -> None:
        """Close Whoosh's files."""
        with self._lock:
            self._closing()
