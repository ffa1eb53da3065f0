"""Remembers choices of the user between sessions: format of citations, width of the lists.

Each is a file in the user's data folder. Read-only sessions remember nothing.
"""

from __future__ import annotations

from typing import Final

from milatui.atomic_file import replace_file
from milatui.catalogue.citations.cite_styles import CITE_STYLES, CiteStyle, parse_style
from milatui.paths import user_folder

_CITE_STYLE: Final = "cite-style"
_SPLIT: Final = "split"
_LONGEST: Final = 20
"""Maximum number of characters of a choice."""
_MAX_SPLIT: Final = 500
"""Largest offset that is believed; the layout keeps the edge on the screen."""


def read_cite_style() -> CiteStyle:
    """Returns the remembered format of citations; the default if there is none."""
    return parse_style(_read(_CITE_STYLE)) or CITE_STYLES[0]


def write_cite_style(style: CiteStyle) -> None:
    """Remembers the format of citations.

    Raises:
        OSError: the folder cannot be written.
    """
    _write(_CITE_STYLE, style)


def read_split() -> int:
    """Returns by how many cells the edge between lists and reader was moved; 0 if it was not."""
    try:
        offset = int(_read(_SPLIT))
    except ValueError:
        return 0
    return max(-_MAX_SPLIT, min(offset, _MAX_SPLIT))


def write_split(offset: int) -> None:
    """Remembers by how many cells the edge between lists and reader was moved.

    Raises:
        OSError: the folder cannot be written.
    """
    _write(_SPLIT, str(offset))


def _read(name: str) -> str:
    try:
        with (user_folder("XDG_DATA_HOME") / name).open(encoding="ascii") as file:
            return file.read(_LONGEST).strip()
    except (OSError, ValueError):
        return ""


def _write(name: str, choice: str) -> None:
    path = user_folder("XDG_DATA_HOME") / name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, f"{choice}\n")
