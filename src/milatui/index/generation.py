"""Where an index lies and which of its generations is in force.

An index directory holds ``CURRENT`` (name of the generation and checksum of its manifest),
``gen-XXXXXXXX/`` folders and ``lock``.  A generation never changes once it is current;
``CURRENT`` is replaced atomically, so that readers see the old one or the new one.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from typing import TYPE_CHECKING, Any, Final

from milatui.folders import user_folder
from milatui.index.arrays import damaged
from milatui.index.errors import IndexUnusable
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

FORMAT: Final = 8
"""Version of the side files; with the Whoosh schema's it decides whether an index is ours."""

CURRENT: Final = "CURRENT"
MANIFEST: Final = "manifest.json"
PREFIX: Final = "gen-"
PAGE: Final = 4096
"""Bytes of a file that opening compares."""
FileEntry = tuple[int, int, str, int]
"""Size, time of change in nanoseconds, SHA-256 in hexadecimal, CRC-32 of the first page."""
CONTENTS: Final = "_MAIN_"
"""Beginning of the name of Whoosh's table of contents, which each generation has of its own."""


def default_index_dir(archive: Path) -> Path:
    """The place in the user's cache for the index of an archive."""
    real = os.fsencode(archive.resolve())
    # Two checksums: 64 bits keep the archives of one user apart, and cost no import.
    mark = f"{zlib.crc32(real):08x}{zlib.adler32(real[::-1]):08x}"
    return user_folder("XDG_CACHE_HOME") / mark


def check_trust(folder: Path, owners: Collection[str] = ()) -> None:
    """Refuse what another account may have written: Whoosh unpickles what it reads.

    Args:
        folder: The index directory, or a generation or file in it.
        owners: Names of accounts that are trusted besides the user and root.

    Raises:
        IndexUnusable: ``not trusted``, or ``missing``.
    """
    try:
        status = folder.stat()
    except OSError as error:
        raise IndexUnusable("missing", _("there is no index yet")) from error
    if status.st_uid not in trusted_accounts(owners):
        message = _("the index {path} belongs to another account; it is not read")
        raise IndexUnusable("not trusted", message.format(path=folder))
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        message = _("other accounts may write to the index {path}; it is not read")
        raise IndexUnusable("not trusted", message.format(path=folder))


def trusted_accounts(owners: Collection[str]) -> set[int]:
    """The numbers of the accounts whose index is read: the user, root, and those named."""
    trusted = {os.geteuid(), 0}
    if owners:
        import pwd

        for name in owners:
            try:
                trusted.add(pwd.getpwnam(name).pw_uid)
            except KeyError:
                continue
    return trusted


def current(index_dir: Path, owners: Collection[str] = ()) -> tuple[Path, dict[str, Any]]:
    """The generation in force and its manifest, checked as far as that takes no reading.

    Every file must have the size, the time of change and the first page that the manifest says;
    a file with another time (a copied index) is read and compared with its checksum.

    Raises:
        IndexUnusable: missing, damaged, of another version, or not trusted.
    """
    check_trust(index_dir, owners)
    folder, checksum = named(index_dir)
    check_trust(folder, owners)
    manifest = read_manifest(folder, checksum)
    for name, entry in manifest["files"].items():
        check_file(folder / name, entry)
        check_trust(folder / name, owners)
    return folder, manifest


def named(index_dir: Path) -> tuple[Path, str]:
    """The generation that ``CURRENT`` names, and the checksum of its manifest.

    Raises:
        IndexUnusable: missing, or damaged.
    """
    try:
        name, _space, checksum = (index_dir / CURRENT).read_text("ascii").strip().partition(" ")
    except FileNotFoundError as error:
        raise IndexUnusable("missing", _("there is no index yet")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(CURRENT) from error
    if not name.startswith(PREFIX) or "/" in name or not (index_dir / name).is_dir():
        raise damaged(CURRENT)
    return index_dir / name, checksum


def read_manifest(folder: Path, checksum: str) -> dict[str, Any]:
    """The manifest of a generation.

    Raises:
        IndexUnusable: damaged, or of another version.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        if f"{zlib.crc32(data):08x}" != checksum:
            raise damaged(MANIFEST)
        manifest: dict[str, Any] = json.loads(data)
    except (OSError, ValueError) as error:
        raise damaged(MANIFEST) from error
    if manifest.get("format") != FORMAT:
        message = _("the index was made by another version of milatui")
        raise IndexUnusable("foreign version", message)
    return manifest


def file_entry(path: Path) -> FileEntry:
    """What the manifest says of a file.

    Raises:
        IndexUnusable: it is missing.
        OSError: it cannot be looked at.
    """
    status = path.stat()
    return status.st_size, status.st_mtime_ns, sha256(path), _first_page(path)


def check_file(path: Path, entry: FileEntry, *, read: bool = False) -> None:
    """Compare a file with what the manifest says; read all of it only if its time has changed.

    Raises:
        IndexUnusable: it is missing or another.
    """
    size, mtime, digest, first_page = entry
    try:
        status = path.stat()
    except OSError as error:
        raise damaged(path.name) from error
    if status.st_size != size:
        raise damaged(path.name)
    if read or status.st_mtime_ns != mtime:
        same = sha256(path) == digest
    else:
        same = _first_page(path) == first_page
    if not same:
        raise damaged(path.name)


def _first_page(path: Path) -> int:
    """The checksum of the first page of a file: what a disk that failed has often lost."""
    try:
        with path.open("rb", buffering=0) as file:
            return zlib.crc32(file.read(PAGE))
    except OSError as error:
        raise damaged(path.name) from error


def sha256(path: Path) -> str:
    """The checksum of a file, in hexadecimal."""
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path.name) from error


def verify(index_dir: Path, owners: Collection[str] = ()) -> None:
    """Read the whole index and compare every byte with its checksums.

    Raises:
        IndexUnusable: see ``current``.
    """
    folder, manifest = current(index_dir, owners)
    for name, entry in manifest["files"].items():
        check_file(folder / name, entry, read=True)
