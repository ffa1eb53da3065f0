"""Writes records as readable YAML and Markdown, and never over what it did not read."""

from __future__ import annotations

import errno
import hashlib
import os
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml

from milatui.archive.files import FileStat, file_stat
from milatui.archive.serialize import record_to_dict
from milatui.archive.syntax.front_matter import join_front_matter
from milatui.atomic_file import create_file, temporary_beside
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milatui.archive.kinds import Data
    from milatui.archive.records import Document

_Dumper: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 100
_LONGEST_STEM = 100
_AT_ONCE = 8
"""Files that are waited for at a time."""
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)
_SAFE_STEM = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
_UNSAFE = re.compile(r"[^a-z0-9]+")
# What some YAML reader takes for a number, a date, a truth value or nothing (YAML 1.1 and 1.2).
_LOOKS_TYPED = re.compile(
    r"[-+]?[0-9.][0-9._,:]*(?:e[-+]?[0-9]+)?|[-+]?0[xob][0-9a-f_]+|[-+]?\.(?:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|y|n|yes|no|on|off|true|false|null|~|<<|=",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[^\s\x00-\x1f\x7f][^\x00-\x09\x0b-\x1f\x7f-\xa0\ud800-\udfff]*[^\s]")


class ConflictError(Exception):
    """The file to be written is not the one that was read, or is there already."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


class _RecordDumper(_Dumper):  # type: ignore[misc]  # the class depends on how PyYAML was built
    def ignore_aliases(self, data: object) -> bool:
        return True


def _represent_text(dumper: Any, text: str) -> yaml.ScalarNode:
    style = None
    if "\n" in text:
        # Loading takes line ends off the end of block texts, so these need quotes to stay.
        plain_lines = "\n " not in text and " \n" not in text
        style = "|" if plain_lines and _BLOCK.fullmatch(text) else '"'
    elif _LOOKS_TYPED.fullmatch(text):
        style = "'"
    node: yaml.ScalarNode = dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)
    return node


_RecordDumper.add_representer(str, _represent_text)


def dump_yaml(data: Data) -> str:
    """Formats data as block YAML in its own key order, with a newline at the end.

    Text that another YAML reader would take for a number, a date or a truth value is
    quoted.  Lone surrogates, which no file can hold, become question marks.
    """
    text: str = yaml.dump(
        _encodable(data),
        Dumper=_RecordDumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=_WIDTH,
    )
    return text


def dump_inline(data: Data) -> str:
    """Formats data as YAML on one line, as it may stand within ``[...]`` or behind ``key:``."""
    text: str = yaml.dump(
        [_encodable(data)],
        Dumper=_RecordDumper,
        allow_unicode=True,
        default_flow_style=True,
        sort_keys=False,
        width=2**31 - 1,
    )
    return text.strip()[1:-1]


def document_file_text(document: Document, stem: str) -> str:
    """Returns the content of the file ``stem.md``; the id is written only if it differs."""
    data = record_to_dict(document)
    data.pop("body", None)
    if stem == document.id:
        del data["id"]
    return join_front_matter(dump_yaml(data) if data else "", _encodable_text(document.body))


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
    path = root / relpath
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise ConflictError(path, _("{path} lies outside of the archive").format(path=path))
    path.parent.mkdir(parents=True, exist_ok=True)
    stamp = write_atomic(path, text, expected, sync=sync)
    if sync:
        for folder in _folders_of([relpath]):
            _sync(root / folder)
    return stamp


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
    except FileExistsError as error:
        raise _taken(path) from error
    if status is None:
        status = _write_beside(path, data, expected, sync=sync)
    if sync:
        _sync(path.parent)
    return file_stat(status)


def _write_beside(
    path: Path, data: bytes, expected: FileStat | None, *, sync: bool
) -> os.stat_result:
    with temporary_beside(path, data, sync=sync) as (temporary, status):
        _move_to_target(temporary, path, expected)
    # A rename changes the status; of a file that somebody has changed since, ours would not do.
    now = path.lstat()
    same = (now.st_ino, now.st_size, now.st_mtime_ns)
    return now if same == (status.st_ino, status.st_size, status.st_mtime_ns) else status


def _move_to_target(temporary: Path, path: Path, expected: FileStat | None) -> None:
    if expected is None:
        try:
            # Unlike a rename, a link fails if the name is taken, with no moment in between.
            os.link(temporary, path)
        except FileExistsError as error:
            raise _taken(path) from error
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _take_and_replace(temporary, path)
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


def _take_and_replace(temporary: Path, path: Path) -> None:
    """Creates a file where there are no hard links: takes the name first."""
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise _taken(path) from error
    temporary.replace(path)


def _taken(path: Path) -> ConflictError:
    return ConflictError(path, _("{path} exists already").format(path=path))


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


def _encodable(data: Data) -> Data:
    if isinstance(data, str):
        return _encodable_text(data)
    if isinstance(data, list):
        return [_encodable(item) for item in data]
    return _encodable_mapping(data)


def _encodable_mapping(data: Mapping[str, Data]) -> dict[str, Data]:
    return {_encodable_text(key): _encodable(value) for key, value in data.items()}


def _encodable_text(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
