"""Which files of the archive a generation was made from, and which records came from each."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final

from milatui.archive.files import Stamp
from milatui.index.arrays import damaged

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES: Final = "files.json"


def archive_mark(archive: Path) -> str:
    """An archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_stamps(
    folder: Path, stamps: Mapping[str, Stamp], uids_of_file: Mapping[str, list[int]]
) -> None:
    """Write size, time of change and records' lasting numbers of every file."""
    files = {
        path: [stamp.size, stamp.mtime_ns, uids_of_file.get(path, [])]
        for path, stamp in stamps.items()
    }
    # ASCII: names that are not UTF-8 come as lone surrogates and survive as escapes.
    (folder / FILES).write_text(json.dumps(files, ensure_ascii=True), "ascii")


def read_stamps(folder: Path) -> dict[str, Stamp]:
    """Size and time of change of every file.

    Raises:
        IndexUnusable: the file is damaged.
    """
    return {path: Stamp(size, time) for path, (size, time, _uids) in _read(folder).items()}


def read_uids(folder: Path) -> dict[str, list[int]]:
    """The lasting numbers of the records of every file.

    Raises:
        IndexUnusable: the file is damaged.
    """
    return {path: uids for path, (_size, _time, uids) in _read(folder).items()}


def _read(folder: Path) -> dict[str, tuple[int, int, list[int]]]:
    try:
        files: dict[str, Any] = json.loads((folder / FILES).read_bytes())
        return {path: (int(v[0]), int(v[1]), list(v[2])) for path, v in files.items()}
    except (OSError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise damaged(FILES) from error
