"""Commits generations: new folder, checksums, the atomic switch, clean-up."""

from __future__ import annotations

import os
import secrets
import shutil
import zlib
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Final

from milatui.index.errors import IndexUnusable
from milatui.index.store.generation import crc32, read_manifest, read_pointer, sha256
from milatui.index.store.layout import CURRENT, GENERATION_PREFIX, MANIFEST
from milatui.index.store.manifest import FileEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from milatui.index.store.manifest import Manifest

TICK: Final = 0.1
"""Seconds between two calls of a progress callback while the disk is waited for."""


@contextmanager
def new_generation(index_dir: Path) -> Iterator[Path]:
    """Makes an empty folder for a generation; removes it again unless it was committed."""
    folder = index_dir / f"{GENERATION_PREFIX}{secrets.token_hex(4)}"
    folder.mkdir()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        if _current_name(index_dir) != folder.name:
            shutil.rmtree(folder, ignore_errors=True)


def link_files(old: Path, new: Path, names: Collection[str]) -> None:
    """Hard-links immutable files of a generation into the next one, without copying them."""
    for name in names:
        os.link(old / name, new / name)


def commit_generation(
    index_dir: Path,
    folder: Path,
    manifest: Manifest,
    shared: Mapping[str, FileEntry],
    tick: Callable[[], None] = lambda: None,
) -> None:
    """Writes the manifest, syncs every file to disk, and names the generation current.

    Args:
        index_dir: Where the index lies.
        folder: The generation, with all its files.
        manifest: What the generation is, without ``files`` and ``previous``.
        shared: Manifest entries of files that were linked from the generation before.
        tick: Called now and then while the disk is waited for.

    Raises:
        OSError: the disk is full, say.
    """
    names = sorted(path.name for path in folder.iterdir() if path.name != MANIFEST)
    new = [folder / name for name in names if name not in shared]
    files = {name: shared[name] for name in names if name in shared} | _synced(new, tick)
    previous = _current_name(index_dir)
    data = manifest._replace(files=files, previous=previous).to_json()
    _write(folder / MANIFEST, data)
    _sync(folder)
    # Until it is renamed, it lies in the folder of the generation and is removed with it.
    pointer = folder / CURRENT
    _write(pointer, f"{folder.name} {zlib.crc32(data):08x}\n".encode())
    pointer.replace(index_dir / CURRENT)
    _sync(index_dir)
    _remove_generations(index_dir, keep=(folder.name, previous))


def _synced(paths: Sequence[Path], tick: Callable[[], None]) -> dict[str, FileEntry]:
    """Syncs files to disk; returns their entries for the manifest.

    A slow disk may take seconds for one file, so it is done in a thread and waited for.
    """
    files: dict[str, FileEntry] = {}
    failures: list[OSError | IndexUnusable] = []

    def sync() -> None:
        try:
            for path in paths:
                path.chmod(0o644)
                _sync(path)
                status = path.stat()
                files[path.name] = FileEntry(
                    status.st_size, status.st_mtime_ns, sha256(path), crc32(path)
                )
        except (OSError, IndexUnusable) as error:
            failures.append(error)

    thread = Thread(target=sync)
    thread.start()
    while thread.is_alive():
        thread.join(TICK)
        tick()
    for failure in failures:
        raise failure
    return files


def remove_leftovers(index_dir: Path) -> None:
    """Removes all but the generation in force and the one before, which sessions may have open."""
    keep = []
    try:
        folder, checksum = read_pointer(index_dir)
        keep.append(folder.name)
        keep.append(read_manifest(folder, checksum).previous)
    except IndexUnusable:
        # The build begins from nothing.
        pass
    _remove_generations(index_dir, keep)


def _remove_generations(index_dir: Path, keep: Collection[str]) -> None:
    for path in index_dir.glob(f"{GENERATION_PREFIX}*"):
        if path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def _current_name(index_dir: Path) -> str:
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
