"""Where in ``documents/`` a new document goes, so that no folder holds too many files."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from milatui.archive.kinds import FOLDERS

if TYPE_CHECKING:
    from pathlib import Path

FULL = 1_000
"""Files beyond which a folder is slow to list and to look at, and the next one is begun."""

_NUMBERED = re.compile(r"part-(\d{3,9})")


class Shelves:
    """``documents/`` itself, then ``documents/part-002/``, ``part-003/``, ..., as they fill."""

    def __init__(self, root: Path) -> None:
        folder = root / FOLDERS["document"]
        self._number = 1
        if folder.is_dir():
            with os.scandir(folder) as entries:
                for entry in entries:
                    match = _NUMBERED.fullmatch(entry.name)
                    if match and entry.is_dir():
                        self._number = max(self._number, int(match[1]))
        self._files = _count(root / self._name())

    def place(self, file_name: str) -> str:
        """The path within the archive for a new file, which from now on takes up room."""
        if self._files >= FULL:
            self._number += 1
            self._files = 0
        self._files += 1
        return f"{self._name()}/{file_name}"

    def _name(self) -> str:
        documents = FOLDERS["document"]
        return documents if self._number == 1 else f"{documents}/part-{self._number:03}"


def _count(folder: Path) -> int:
    if not folder.is_dir():
        return 0
    with os.scandir(folder) as entries:
        return sum(1 for entry in entries if entry.name.endswith(".md"))
