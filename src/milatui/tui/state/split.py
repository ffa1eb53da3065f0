"""Remembers where the user has moved the edge between lists and reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.atomic_file import replace_file
from milatui.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

_FILE: Final = "split"
_MOST: Final = 500
"""Largest offset that is believed; the layout keeps the edge on the screen."""


def _path() -> Path:
    return user_folder("XDG_DATA_HOME") / _FILE


def read_split() -> int:
    """Returns the remembered offset in cells from the usual edge; 0 if there is none."""
    try:
        offset = int(_path().read_text("ascii")[:8])
    except (OSError, ValueError):
        return 0
    return max(-_MOST, min(offset, _MOST))


def write_split(offset: int) -> None:
    """Remembers an offset.

    Raises:
        OSError: the folder cannot be written.
    """
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, f"{offset}\n")
