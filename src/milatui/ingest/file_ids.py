"""Makes ids of the names of files: valid after a reload, whatever the name holds."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.validate import is_id

if TYPE_CHECKING:
    from pathlib import Path

_BUNDLES: Final = re.compile(
    r"(?:_?index|readme|default)(?P<language>\.[a-z]{2}(?:-[a-z]{2})?)?", re.I
)
"""Names that say nothing: the folder around such a file names the document."""
_UNSEEN: Final = frozenset(("Cc", "Cf", "Co", "Cn"))
_MOST_FOLDERS: Final = 3


class FileName(NamedTuple):
    """What the name of a file says: its stem, and the folders it lies in, the innermost last."""

    stem: str
    folders: tuple[str, ...]


def name_of_file(path: Path) -> FileName:
    """Returns the name of a file; that of a page bundle (``NAME/index.md``) is its folder's."""
    stem, folders = path.stem, path.absolute().parts[1:-1]
    bundle = _BUNDLES.fullmatch(stem)
    if bundle and folders:
        stem, folders = folders[-1] + (bundle["language"] or ""), folders[:-1]
    return FileName(_readable(stem), tuple(map(_readable, folders[-_MOST_FOLDERS:])))


def identifier_of_name(stem: str) -> str:
    """Returns the id that the name of a file gives; empty if it has no letters or digits.

    Letters are composed, signs that nobody sees are left out, and white space becomes one space.
    """
    letters = unicodedata.normalize("NFC", stem)
    seen = (
        " " if letter.isspace() else letter
        for letter in letters
        if letter.isspace() or unicodedata.category(letter) not in _UNSEEN
    )
    identifier = " ".join("".join(seen).split())
    if not any(map(str.isalnum, identifier)) or not is_id(identifier):
        return ""
    return identifier


def _readable(name: str) -> str:
    """Returns a name as text, if it is not UTF-8 as Windows would have it."""
    if not any("\ud800" <= letter <= "\udfff" for letter in name):
        return name
    return name.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
