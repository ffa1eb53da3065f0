"""Writes files of an archive, and never over what it did not read."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from milatui.archive.files import FileStat, file_stat
from milatui.archive.serialize import record_to_dict
from milatui.archive.syntax.front_matter import join_front_matter
from milatui.archive.syntax.yaml_writer import dump_yaml, without_surrogates
from milatui.atomic_file import create_file, take_name, temporary_beside
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from milatui.archive.records import Document

_LONGEST_STEM: Final = 100
"""Characters of the longest id that names its file."""
_AT_ONCE: Final = 8
"""Files that are waited for at a time."""
_SAFE_STEM: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
"""Names that mean devices on Windows."""
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")


class ConflictError(Exception):
    """The file to be written is not the one that was read, or is there already."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def document_file_text(document: Document, stem: str) -> str:
    """Returns the content of the file ``stem.md``; the id is written only if it differs."""
    data = record_to_dict(document)
    data.pop("body", None)
    if stem == document.id:
        del data["id"]
    return join_front_matter(dump_yaml(data) if data else "", without_surrogates(document.body))


def file_stem(identifier: str) -> str:
    """Returns a file name (without ending) for an id: the id itself, if file systems allow it.

    Otherwise its letters and a digest, as ids may differ only in case or in what no
    file name can hold.
    """
    if (
        len(identifier) <= _LONGEST_STEM
        and _SAFE_STEM.fullmatch(identifier)
        and not _RESERVED.fullmatch(identifier)
    ):
        return identifier
    return digest_stem(identifier)


def digest_stem(identifier: str) -> str:
    """Returns a file name (without ending) for an id that no other id has: letters and a digest."""
    readable = _UNSAFE.sub("-", identifier[:_LONGEST_STEM].lower()).strip("-")[:60]
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{readable}-{digest}" if readable else digest


def write_in_archive(
    root: Path, relpath: str, text: str, expected: FileStat | None, *, sync: bool = True
) -> FileStat:
    """Writes a file of an archive as ``write_atomic`` does, and makes its folders.

    Args:
        root: The archive.
        relpath: The path of the file in it.
        text: The content.
        expected: See ``write_atomic``.
        sync: Whether to wait until the file and its folders are on disk.

    Returns:
        The new status of the file.

    Raises:
        ConflictError: if the file has changed, or a link leads out of the archive.
        OSError: if the disk does not take it.
    """
    path = path_within(root, relpath)
    path.parent.mkdir(parents=True, exist_ok=True)
    status = write_atomic(path, text, expected, sync=sync)
    if sync:
        for folder in _folders_of([relpath]):
            _sync(root / folder)
    return status


def path_within(root: Path, relpath: str) -> Path:
    """Returns the path of a file of an archive, which need not exist.

    Raises:
        ConflictError: a link leads out of the archive.
    """
    path = root / relpath
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise ConflictError(path, _("{path} lies outside of the archive").format(path=path))
    return path


def sync_files(root: Path, relpaths: Sequence[str]) -> None:
    """Waits until files of an archive, and the folders that name them, are on disk.

    Several at a time: what waits for the same disk is written together.  A file that somebody
    has removed meanwhile is passed over.

    Args:
        root: The archive.
        relpaths: The paths of the files in it.

    Raises:
        OSError: if the disk has not taken one.
    """
    # Deferred: only who writes much needs it.
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for paths in (relpaths, _folders_of(relpaths)):
            list(pool.map(_sync, (root / path for path in paths)))


def _folders_of(relpaths: Sequence[str]) -> list[str]:
    """Returns all folders on the way to files, the archive's own first."""
    folders = {folder for relpath in relpaths for folder in PurePosixPath(relpath).parents}
    return sorted(map(str, folders))


def write_atomic(
    path: Path, text: str, expected: FileStat | None, *, sync: bool = True
) -> FileStat:
    """Writes a file, wholly or not at all.

    Args:
        path: The file.
        text: Its content.
        expected: The status of the file as it was read; None if it must not exist yet.
        sync: Whether to wait for the disk; without it the caller does (``sync_files``).

    Returns:
        The new status of the file.

    Raises:
        ConflictError: if the status is not the expected one.
        OSError: if the file cannot be written.
    """
    data = text.encode("utf-8", "replace")
    try:
        status = create_file(path, data, sync=sync) if expected is None else None
        if status is None:
            status = _write_beside(path, data, expected, sync=sync)
    except FileExistsError as error:
        raise ConflictError(path, _("{path} exists already").format(path=path)) from error
    if sync:
        _sync(path.parent)
    return file_stat(status)


def _write_beside(
    path: Path, data: bytes, expected: FileStat | None, *, sync: bool
) -> os.stat_result:
    with temporary_beside(path, [data], sync=sync) as (temporary, status):
        _move_to_target(temporary, path, expected)
    # A rename changes the status; of a file that somebody has changed since, ours would not do.
    now = path.lstat()
    same = (now.st_ino, now.st_size, now.st_mtime_ns)
    return now if same == (status.st_ino, status.st_size, status.st_mtime_ns) else status


def _move_to_target(temporary: Path, path: Path, expected: FileStat | None) -> None:
    if expected is None:
        take_name(temporary, path)
        return
    try:
        status = path.lstat()
    except FileNotFoundError as error:
        raise ConflictError(path, _("{path} is gone").format(path=path)) from error
    if path.is_symlink() or file_stat(status) != expected:
        message = _("{path} was changed since it was read")
        raise ConflictError(path, message.format(path=path))
    temporary.chmod(status.st_mode & 0o7777)
    temporary.replace(path)


def _sync(path: Path) -> None:
    """Waits until a file or folder is on disk, if it still exists."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
