"""Estimates how many documents files hold, from their names and sizes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.ingest.readers.reader import LINE_ENDINGS, STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAMPLE: Final = 1 << 20
"""Bytes of a file of lines from which the length of its lines is estimated."""


def estimate_documents(files: Iterable[str]) -> int | None:
    """Returns about how many documents files and folders hold; None if stdin is among them."""
    total = 0
    for file in files:
        if file == STDIN:
            return None
        if not Path(file).is_dir():
            total += _in_file(Path(file))
            continue
        for folder, _folders, names in os.walk(file):
            total += sum(_in_file(Path(folder, name)) for name in names)
    return total


def _in_file(path: Path) -> int:
    if not path.name.lower().endswith(LINE_ENDINGS):
        return 1
    try:
        with path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
            size = path.stat().st_size
    except OSError:
        return 1
    whole = sample.rfind(b"\n") + 1
    return round(sample.count(b"\n") * size / whole) if whole else 1
