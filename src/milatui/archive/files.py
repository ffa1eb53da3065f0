"""Finds and reads the files of an archive."""

from __future__ import annotations

import os
import re
import stat
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.kinds import FOLDERS, KIND_BY_FOLDER, Kind
from milatui.archive.sanitize import sanitize
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

METADATA_FILE = "archive.yaml"
ORIGINALS = "originals"
"""Folder of the files that documents were read from."""
_ORIGINAL = re.compile(rf"{ORIGINALS}/[0-9a-f]{{64}}(?:\.[a-z0-9]{{1,8}})?")
CLOCK_TICK_NS = 20_000_000
"""Nanoseconds in which the clock of a file system moves on, with something to spare."""
MAX_FILE_BYTES = 64 * 1024 * 1024
"""The largest file that is read; beyond it an archive would be a way to exhaust memory."""


class FileStat(NamedTuple):
    """Size and time of change of a file; another one means that the file has changed.

    Attributes:
        size: In bytes.
        changed_ns: When the file, its name or its status was last changed, in nanoseconds since
            the epoch (``st_ctime_ns``). Unlike the time of modification nobody can set it back, as
            programs do that restore or synchronise files.
    """

    size: int
    changed_ns: int


def file_stat(status: os.stat_result) -> FileStat:
    """Returns what a change of a file changes: the size and the time in its status."""
    return FileStat(status.st_size, status.st_ctime_ns)


class UnreadableFileError(Exception):
    """A file gives no text; ``diagnostic`` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


def original_path(digest: str, ending: str) -> str:
    """Returns the path in an archive of the file that a document was read from.

    Args:
        digest: SHA-256 of its bytes as hexadecimal digits.
        ending: Ending of its name with the dot, in lower case.
    """
    return f"{ORIGINALS}/{digest}{ending}"


def is_original_path(path: str) -> bool:
    """Returns whether a path within an archive has the form of ``original_path``."""
    return _ORIGINAL.fullmatch(path) is not None


def kind_of_path(relpath: str) -> Kind:
    """Returns the kind of record that a file holds, by its folder.

    Raises:
        KeyError: the file is in none of the folders of records.
    """
    return KIND_BY_FOLDER[relpath.partition("/")[0]]


def printable_path(relpath: str) -> str:
    """Returns a path that can be printed, even if the file's name is not UTF-8."""
    try:
        relpath.encode()
    except UnicodeEncodeError:
        relpath = os.fsencode(relpath).decode("utf-8", "backslashreplace")
    return sanitize(relpath, multiline=False)


def scan(root: Path) -> dict[str, FileStat]:
    """Finds every file of the archive that holds records, by POSIX path within ``root``, sorted.

    Linked folders are listed as if they were files and not entered: loading them gives
    the fault that says so.  Hidden files and other kinds of files do not belong to an archive.

    Returns:
        Size and time of change by path.
    """
    found: dict[str, FileStat] = {}
    _add(found, str(root / METADATA_FILE), METADATA_FILE)
    for kind, folder in FOLDERS.items():
        if (root / folder).is_symlink():
            _add(found, str(root / folder), folder)
        else:
            _scan_folder(root / folder, folder, endings_of(kind), found)
    return {path: found[path] for path in sorted(found)}


def endings_of(kind: Kind) -> tuple[str, ...]:
    """Returns the endings of the names of files that hold records of a kind."""
    return (".md",) if kind == "document" else (".yaml", ".yml")


def unread_files(root: Path) -> dict[Kind, list[str]]:
    """Finds the files in the folders of records that no record is read from, by their endings.

    Returns:
        Paths within ``root`` by the kind of their folder, sorted; hidden files are left out.
    """
    unread: dict[Kind, list[str]] = {}
    for kind, folder in FOLDERS.items():
        for path, folders, names in os.walk(root / folder):
            folders[:] = [name for name in folders if name[0] != "."]
            for name in names:
                if name[0] != "." and not name.endswith(endings_of(kind)):
                    relpath = (Path(path) / name).relative_to(root).as_posix()
                    unread.setdefault(kind, []).append(relpath)
    return {kind: sorted(paths) for kind, paths in unread.items()}


def scan_stable(root: Path) -> dict[str, FileStat]:
    """Scans an archive such that every later change of a file changes its status.

    A second change within one tick of the clock would not: of files that changed a moment ago
    the status is read again when the tick has passed.

    Returns:
        Size and time of change by path, sorted.
    """
    found = scan(root)
    now = time.time_ns()
    least, most = now - CLOCK_TICK_NS, now + CLOCK_TICK_NS
    recent = [path for path, status in found.items() if least < status.changed_ns < most]
    if recent:
        time.sleep(CLOCK_TICK_NS / 1_000_000_000)
    for path in recent:
        _add(found, f"{root}/{path}", path)
    return found


def _scan_folder(
    folder: Path, relpath: str, endings: tuple[str, ...], found: dict[str, FileStat]
) -> None:
    pending = [(str(folder), relpath)]
    while pending:
        path, rel = pending.pop()
        try:
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        except OSError:
            found[rel] = FileStat(0, 0)
            continue
        try:
            # Through the open folder a file's status takes two thirds of the time.
            with os.scandir(handle) as entries:
                folders = _add_entries(entries, path, rel, endings, found)
        finally:
            os.close(handle)
        pending += [(f"{path}/{name}", f"{rel}/{name}") for name in folders]


def _add_entries(
    entries: Iterable[os.DirEntry[str]],
    path: str,
    rel: str,
    endings: tuple[str, ...],
    found: dict[str, FileStat],
) -> list[str]:
    """Adds the files of a folder; returns the names of the folders in it."""
    folders = []
    for entry in entries:
        name = entry.name
        if name[0] == ".":
            continue
        if entry.is_dir(follow_symlinks=False):
            folders.append(name)
        elif name.endswith(endings):
            try:
                status = entry.stat()
            except OSError:
                _add(found, f"{path}/{name}", f"{rel}/{name}")
            else:
                found[f"{rel}/{name}"] = file_stat(status)
        elif _is_linked_folder(entry):
            _add(found, f"{path}/{name}", f"{rel}/{name}")
    return folders


def _is_linked_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False


def _add(found: dict[str, FileStat], path: str, relpath: str) -> None:
    try:
        status = Path(path).stat()
    except FileNotFoundError:
        # Gone since it was listed, or a link to nothing; the latter is a fault to be reported.
        if Path(path).is_symlink():
            found[relpath] = FileStat(0, 0)
        return
    except OSError:
        found[relpath] = FileStat(0, 0)
        return
    found[relpath] = file_stat(status)


def read_text(root: Path, relpath: str) -> str:
    """Reads the text of a file, with newlines as its only line ends.

    Raises:
        UnreadableFileError: it is not a regular UTF-8 file of the archive, or is too large.
    """
    raw = read_bytes(root, relpath)
    try:
        # Three times as fast as the codec that leaves the mark out.
        text = raw.decode().removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8-sig", "replace")) + 1
        message = _("not UTF-8: byte {byte}").format(byte=f"0x{raw[error.start]:02X}")
        line = before.count(b"\n") + 1
        raise UnreadableFileError(
            Diagnostic(printable_path(relpath), line, column, "", message)
        ) from error
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def has_windows_newlines(root: Path, relpath: str) -> bool:
    """Returns whether the lines of a file end as on Windows.

    Raises:
        UnreadableFileError: see ``read_text``.
    """
    return b"\r\n" in read_bytes(root, relpath)


def read_bytes(root: Path, relpath: str) -> bytes:
    """Reads a file of an archive as it is.

    Raises:
        UnreadableFileError: it is not a regular file of the archive, or is too large.
    """
    path = f"{root}/{relpath}"
    try:
        # Not blocking: a named pipe must not hold up the program.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError as error:
        if not Path(path).is_symlink():
            raise _unreadable(relpath, error.strerror or str(error)) from error
        handle = _open_link(root, relpath)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _unreadable(relpath, _("not a regular file"))
        if status.st_size > MAX_FILE_BYTES:
            raise _unreadable(relpath, _("larger than {limit} bytes").format(limit=MAX_FILE_BYTES))
        raw = _read_all(handle, status.st_size)
        if len(raw) > MAX_FILE_BYTES:  # it has grown since
            raise _unreadable(relpath, _("larger than {limit} bytes").format(limit=MAX_FILE_BYTES))
        return raw
    except OSError as error:
        raise _unreadable(relpath, error.strerror or str(error)) from error
    finally:
        os.close(handle)


def _read_all(handle: int, size: int) -> bytes:
    raw = os.read(handle, size + 1)
    if len(raw) == size:
        return raw
    parts = [raw]
    total = len(raw)
    while raw and total <= MAX_FILE_BYTES:
        raw = os.read(handle, 1 << 20)
        parts.append(raw)
        total += len(raw)
    return b"".join(parts)


def _open_link(root: Path, relpath: str) -> int:
    """Opens the target of a symbolic link, if it is a file of this archive."""
    try:
        target = (root / relpath).resolve(strict=True)
        if not target.is_relative_to(root.resolve()):
            raise _unreadable(relpath, _("the link leaves the archive"))
        if target.is_dir():
            raise _unreadable(relpath, _("linked folders are not followed"))
        return os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError as error:
        raise _unreadable(relpath, error.strerror or str(error)) from error
    except RuntimeError as error:
        # Python before 3.13 reports a loop of links so.
        raise _unreadable(relpath, _("the link leads nowhere")) from error


def _unreadable(relpath: str, reason: str) -> UnreadableFileError:
    message = _("cannot be read: {reason}").format(reason=reason)
    return UnreadableFileError(Diagnostic(printable_path(relpath), 1, 1, "", message))


def normalize_name(name: str) -> str:
    """Returns a file name as an id, composed: some file systems decompose accented letters."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)
