"""Files of an index that are read through a memory map, and numbers with a meaning in them."""

from __future__ import annotations

import contextlib
import mmap
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

from milatui.index.errors import IndexUnusable
from milatui.messages import _

if TYPE_CHECKING:
    from pathlib import Path

NONE = 0xFFFFFFFF
"""Stands for *no record* in columns of record numbers."""
CONTRADICTED = 1
"""In the column ``flags``: other figures of the same measure have another value."""

_maps: Final[WeakSet[mmap.mmap]] = WeakSet()


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
