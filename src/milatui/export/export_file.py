"""Writes an export into a file: whole or not at all, over nothing unless that is wanted."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from milatui.atomic_file import take_name, temporary_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def write_file(path: Path, pieces: Iterable[str], name: str, *, overwrite: bool) -> None:
    """Writes the pieces of an export into a file, which appears when it is complete.

    Args:
        path: The file.
        pieces: The text.
        name: The format.
        overwrite: Whether to replace a file that exists.

    Raises:
        FileExistsError: the file exists and is not to be replaced.
        OSError: it cannot be written.
    """
    with temporary_beside(path, _encoded(pieces, name), sync=True) as (temporary, _status):
        if overwrite:
            temporary.replace(path)
        else:
            take_name(temporary, path)


def _encoded(pieces: Iterable[str], name: str) -> Iterator[bytes]:
    if name == "csv":
        # Spreadsheet programs read a CSV file as UTF-8 only if it begins so.
        yield codecs.BOM_UTF8
    for piece in pieces:
        yield piece.encode()
