"""Reads ``synonyms.yaml``, an archive's optional list of words that say the same.

A list of lists of words: ``- [lab, laboratory, atelier]``.  It helps searching only, so what
is not of this shape is left out without further ado.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import yaml

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "synonyms.yaml"
LARGEST: Final = 1_000_000
"""Bytes of the file beyond which it is not read."""


def load_synonyms(root: Path) -> list[list[str]]:
    """The lists of words of an archive, none if it has no such file or one that cannot be read."""
    path = root / FILE
    try:
        if path.is_symlink() or path.stat().st_size > LARGEST:
            return []
        text = path.read_text("utf-8")
        if "*" in text:
            return []  # an alias: lists of lists of lists could fill all memory
        data = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - makes nothing but text
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        return []
    rows = data if isinstance(data, list) else []
    return [[w for w in row if isinstance(w, str)] for row in rows if isinstance(row, list)]
