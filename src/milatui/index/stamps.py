"""Which files of the archive a generation was made from, and which documents came from each."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.archive.files import Stamp
from milatui.index.arrays import damaged
from milatui.index.engine.container import Container, ContainerWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES: Final = "files.bin"


@dataclass(slots=True)
class Files:
    """The files of an archive, in the order of their paths.

    ``first`` and ``count`` tell which documents of Whoosh's each one gave.
    """

    stamps: dict[str, Stamp]
    first: list[int]
    count: list[int]


def archive_mark(archive: Path) -> str:
    """An archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_files(
    folder: Path, stamps: Mapping[str, Stamp], documents: Mapping[str, tuple[int, int]]
) -> None:
    """Write size, time of change and documents (first, how many) of every file."""
    found = [documents.get(path, (0, 0)) for path in stamps]
    columns = {
        "path": array("B", os.fsencode("\0".join(stamps))),
        "size": array("Q", [size for size, _time in stamps.values()]),
        "time": array("q", [time for _size, time in stamps.values()]),
        "first": array("I", [first for first, _count in found]),
        "count": array("I", [count for _first, count in found]),
    }
    sizes = {name: (column.typecode, len(column)) for name, column in columns.items()}
    with ContainerWriter(folder / FILES, sizes, {}) as file:
        for name, column in columns.items():
            file.put(name, column)


def read_files(folder: Path) -> Files:
    """What ``write_files`` wrote.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = Container(folder / FILES)
    joined = os.fsdecode(bytes(file.view("path")))
    paths = joined.split("\0") if joined else []
    stamps = map(Stamp._make, zip(file.view("size"), file.view("time"), strict=True))
    try:
        found = dict(zip(paths, stamps, strict=True))
    except ValueError as error:
        raise damaged(FILES) from error
    return Files(found, file.view("first").tolist(), file.view("count").tolist())


def read_stamps(folder: Path) -> dict[str, Stamp]:
    """Size and time of change of every file.

    Raises:
        IndexUnusable: the file is damaged.
    """
    return read_files(folder).stamps
