"""Which files of the archive a generation was made from, and which documents came from each."""

from __future__ import annotations

import os
from array import array
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Final, Self

from milatui.index.arrays import damaged
from milatui.index.engine.container import Container, ContainerWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from milatui.archive.files import Stamp

FILES: Final = "files.bin"


@dataclass(slots=True)
class Files:
    """The files of an archive, in the order of their paths.

    Columns, for an object for each of many files would cost more time than to look at it.

    Attributes:
        paths: Within the archive.
        sizes: In bytes.
        times: Of the last change, in nanoseconds.
    """

    paths: list[str]
    sizes: memoryview
    times: memoryview

    @classmethod
    def of(cls, stamps: Mapping[str, Stamp]) -> Self:
        """Files as ``scan`` tells them."""
        sizes = array("Q", map(itemgetter(0), stamps.values()))
        times = array("q", map(itemgetter(1), stamps.values()))
        return cls(list(stamps), memoryview(sizes), memoryview(times))

    def changed(self, then: Files) -> int:
        """How many files are new, gone, or different from what they were ``then``."""
        if self == then:
            return 0
        old, new = then._stamps(), self._stamps()
        return sum(1 for path in new.keys() | old.keys() if new.get(path) != old.get(path))

    def _stamps(self) -> dict[str, tuple[int, int]]:
        return dict(zip(self.paths, zip(self.sizes, self.times, strict=True), strict=True))


def archive_mark(archive: Path) -> str:
    """An archive as the manifest names it: its real path, also if that is not UTF-8."""
    return os.fsencode(archive.resolve()).decode("utf-8", "backslashreplace")


def write_files(folder: Path, files: Files, first: Iterable[int], count: Iterable[int]) -> None:
    """Write the files, and which documents of Whoosh's (first, how many) each of them gave."""
    columns: dict[str, array[int] | memoryview] = {
        "path": array("B", os.fsencode("\0".join(files.paths))),
        "size": files.sizes,
        "time": files.times,
        "first": array("I", first),
        "count": array("I", count),
    }
    views = {name: memoryview(column) for name, column in columns.items()}
    sizes = {name: (view.format, len(view)) for name, view in views.items()}
    with ContainerWriter(folder / FILES, sizes, {}) as file:
        for name, view in views.items():
            file.put(name, view)


def read_files(folder: Path) -> Files:
    """The files that ``write_files`` wrote.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = Container(folder / FILES)
    joined = os.fsdecode(bytes(file.view("path")))
    paths = joined.split("\0") if joined else []
    sizes, times = file.view("size"), file.view("time")
    if not len(paths) == len(sizes) == len(times):
        raise damaged(FILES)
    return Files(paths, sizes, times)


def read_documents(folder: Path) -> tuple[memoryview, memoryview]:
    """The documents (first, how many) of each file, as ``write_files`` wrote them.

    Raises:
        IndexUnusable: the file is damaged.
    """
    file = Container(folder / FILES)
    return file.view("first"), file.view("count")
