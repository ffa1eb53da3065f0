"""Remembers in which format the user copies citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.atomic_file import replace_file
from milatui.catalogue.citations.cite_styles import CITE_STYLES, CiteStyle, parse_style
from milatui.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

_FILE: Final = "cite-style"
_LONGEST: Final = 20


def _path() -> Path:
    return user_folder("XDG_DATA_HOME") / _FILE


def read_cite_style() -> CiteStyle:
    """Returns the remembered format; the default if there is none."""
    try:
        with _path().open(encoding="ascii") as file:
            return parse_style(file.read(_LONGEST).strip()) or CITE_STYLES[0]
    except (OSError, ValueError):
        return CITE_STYLES[0]


def write_cite_style(style: CiteStyle) -> None:
    """Remembers a format.

    Raises:
        OSError: the folder cannot be written.
    """
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, f"{style}\n")
