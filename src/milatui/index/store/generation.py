"""Finds the generation in force and checks that it is whole and that it may be trusted."""

from __future__ import annotations

import os
import stat
import zlib
from typing import TYPE_CHECKING, Final

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import CURRENT, GENERATION_PREFIX, MANIFEST, damaged
from milatui.index.store.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from milatui.index.store.manifest import FileEntry

READ_AT_OPENING: Final = 8 << 20
"""Bytes of an index that are compared with their checksums whenever it is opened: some 5 ms."""
_CHUNK: Final = 1 << 18


def open_current(index_dir: Path, owners: Collection[str] = ()) -> tuple[Path, Manifest]:
    """Opens the generation in force, checked as far as that takes no reading.

    Every file must have the size and the time of change that the manifest says; a file with
    another time (a copied index) is read and compared with its checksum.

    Args:
        index_dir: Where the index lies.
        owners: Names of accounts that are trusted besides the user and root.

    Returns:
        Its folder and its manifest.

    Raises:
        IndexUnusable: missing, damaged, of another version, or not trusted.
    """
    trusted = trusted_users(owners)
    _check_owner(index_dir, trusted)
    folder, checksum = read_pointer(index_dir)
    _check_owner(folder, trusted)
    manifest = read_manifest(folder, checksum)
    for name, entry in manifest.files.items():
        path = folder / name
        status = check_file(path, entry)
        check_status(path, status, trusted)
    return folder, manifest


def check_contents(folder: Path, manifest: Manifest) -> None:
    """Compares the files of a generation with their CRC-32, as many as can be read at once.

    Files are read from the smallest on, ``READ_AT_OPENING`` bytes in all: the whole of an index
    of some thousand documents, the columns and deletions of a large one.

    Raises:
        IndexUnusable: ``damaged``.
    """
    left = READ_AT_OPENING
    for name, entry in sorted(manifest.files.items(), key=lambda item: item[1].size):
        left -= entry.size
        if left < 0:
            break
        if crc32(folder / name) != entry.crc32:
            raise damaged(name)


def check_trust(folder: Path, owners: Collection[str] = ()) -> None:
    """Refuses a folder or file that another account may have written.

    Raises:
        IndexUnusable: ``not trusted``, or ``missing``.
    """
    _check_owner(folder, trusted_users(owners))


def _check_owner(path: Path, trusted: Collection[int]) -> None:
    try:
        status = path.stat()
    except OSError as error:
        raise IndexUnusable("missing", _("there is no index yet")) from error
    check_status(path, status, trusted)


def check_status(path: Path, status: os.stat_result, trusted: Collection[int]) -> None:
    """Refuses what another account may have written, by its status.

    Raises:
        IndexUnusable: ``not trusted``.
    """
    if status.st_uid not in trusted:
        message = _("the index {path} belongs to another account; it is not read")
        raise IndexUnusable("not trusted", message.format(path=path))
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        message = _("other accounts may write to the index {path}; it is not read")
        raise IndexUnusable("not trusted", message.format(path=path))


def trusted_users(owners: Collection[str]) -> set[int]:
    """Lists the user ids whose files are trusted: the user, root, and the accounts named."""
    trusted = {os.geteuid(), 0}
    if owners:
        import pwd

        for name in owners:
            try:
                trusted.add(pwd.getpwnam(name).pw_uid)
            except KeyError:
                continue
    return trusted


def read_pointer(index_dir: Path) -> tuple[Path, str]:
    """Reads ``CURRENT``: the generation in force and the checksum of its manifest.

    Returns:
        The folder of the generation, and the checksum as hexadecimal digits.

    Raises:
        IndexUnusable: missing, or damaged.
    """
    try:
        name, _space, checksum = (index_dir / CURRENT).read_text("ascii").strip().partition(" ")
    except FileNotFoundError as error:
        raise IndexUnusable("missing", _("there is no index yet")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(CURRENT) from error
    if not name.startswith(GENERATION_PREFIX) or "/" in name or not (index_dir / name).is_dir():
        raise damaged(CURRENT)
    return index_dir / name, checksum


def read_manifest(folder: Path, checksum: str) -> Manifest:
    """Reads the manifest of a generation.

    Raises:
        IndexUnusable: damaged, or of another version.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise damaged(MANIFEST) from error
    if f"{zlib.crc32(data):08x}" != checksum:
        raise damaged(MANIFEST)
    return Manifest.from_json(data)


def check_file(path: Path, entry: FileEntry, *, read: bool = False) -> os.stat_result:
    """Compares a file with its entry in the manifest; reads it only if its time has changed.

    Args:
        path: The file.
        entry: What it was when it was written.
        read: Whether to compare its content in any case.

    Returns:
        Its status.

    Raises:
        IndexUnusable: it is missing or another.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise damaged(path.name) from error
    if status.st_size != entry.size:
        raise damaged(path.name)
    if (read or status.st_mtime_ns != entry.mtime_ns) and sha256(path) != entry.sha256:
        raise damaged(path.name)
    return status


def crc32(path: Path) -> int:
    """Computes the CRC-32 of a file.

    Raises:
        IndexUnusable: it cannot be read.
    """
    checksum = 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                checksum = zlib.crc32(chunk, checksum)
    except OSError as error:
        raise damaged(path.name) from error
    return checksum


def sha256(path: Path) -> str:
    """Computes the SHA-256 of a file, in hexadecimal.

    Raises:
        IndexUnusable: it cannot be read.
    """
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path.name) from error
