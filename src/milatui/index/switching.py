"""Makes new generations and puts them in force; only builders come here."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import zlib
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from milatui.index.errors import IndexUnusable
from milatui.index.generation import (
    CURRENT,
    MANIFEST,
    PREFIX,
    file_entry,
    named,
    read_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from milatui.index.generation import FileEntry

PATIENCE: Final = 0.1
"""Seconds after which who waits is told that it is still going on."""


@contextmanager
def new_generation(index_dir: Path) -> Iterator[Path]:
    """An empty folder for the next generation; removed again unless it was put in force."""
    folder = index_dir / f"{PREFIX}{secrets.token_hex(4)}"
    folder.mkdir()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if _current_name(index_dir) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)


def link_segments(old: Path, new: Path, names: Collection[str]) -> None:
    """Give the new generation the old one's immutable Whoosh files, without copying them."""
    for name in names:
        os.link(old / name, new / name)


def put_in_force(
    index_dir: Path,
    folder: Path,
    manifest: dict[str, Any],
    shared: Mapping[str, FileEntry] | None = None,
    tick: Callable[[], None] = lambda: None,
) -> None:
    """Write the manifest, see everything on disk, and name the generation current.

    ``shared`` are entries of the last manifest for files that both generations have; ``tick``
    is called now and then.
    """
    files: dict[str, FileEntry] = {}
    new: list[Path] = []
    for path in sorted(folder.iterdir()):
        if shared and path.name in shared and path.stat().st_nlink > 1:
            files[path.name] = shared[path.name]
        elif path.is_file() and path.name != MANIFEST:
            new.append(path)
    files |= _settled(new, tick)
    previous = _current_name(index_dir)
    whole = {**manifest, "previous": previous, "files": files}
    data = json.dumps(whole, ensure_ascii=False).encode()
    _write(folder / MANIFEST, data)
    _sync(folder)
    # Until it is in its place it lies in the generation and goes with it.
    name = folder / CURRENT
    _write(name, f"{folder.name} {zlib.crc32(data):08x}\n".encode())
    name.replace(index_dir / CURRENT)
    _sync(index_dir)
    remove_others(index_dir, (folder.name, previous))


def _settled(paths: Sequence[Path], tick: Callable[[], None]) -> dict[str, FileEntry]:
    """See files on disk; the manifest's entries for them.

    A slow disk may take seconds for one file, so it is done in a thread and waited for.
    """
    files: dict[str, FileEntry] = {}
    failures: list[OSError | IndexUnusable] = []

    def settle() -> None:
        try:
            for path in paths:
                path.chmod(0o644)
                _sync(path)
                files[path.name] = file_entry(path)
        except (OSError, IndexUnusable) as error:
            failures.append(error)

    thread = Thread(target=settle)
    thread.start()
    while thread.is_alive():
        thread.join(PATIENCE)
        tick()
    for failure in failures:
        raise failure
    return files


def remove_others(index_dir: Path, keep: Collection[str]) -> None:
    """Remove all generations but these."""
    for path in index_dir.glob(f"{PREFIX}*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def remove_leftovers(index_dir: Path) -> None:
    """Remove all but the generation in force and the one before, which sessions may have open."""
    keep = []
    try:
        folder, checksum = named(index_dir)
        keep.append(folder.name)
        keep.append(read_manifest(folder, checksum).get("previous", ""))
    except IndexUnusable:
        # The build begins from nothing.
        pass
    remove_others(index_dir, keep)


def _current_name(index_dir: Path) -> str:
    """The generation now in force; sessions that have it open may still need its files."""
    try:
        return (index_dir / CURRENT).read_text("ascii", "replace").partition(" ")[0]
    except OSError:
        return ""


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        os.fchmod(file.fileno(), 0o644)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
