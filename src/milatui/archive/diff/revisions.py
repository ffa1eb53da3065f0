"""Opens a state of an archive: a folder, or a revision of the git repository that it is in.

Git only lists trees and prints blobs: no filter, hook or monitor of the repository runs, and
nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.files import METADATA_FILE, printable_path
from milatui.archive.kinds import FOLDERS
from milatui.archive.sanitize import excerpt
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIT: Final = (
    "git",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
)
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_TIMEOUT: Final = 60.0
"""Seconds for a question that git answers at once in any repository."""
_ENDINGS: Final = (".md", ".yaml", ".yml")
_REGULAR: Final = (b"100644", b"100755")
_LINK: Final = b"120000"
_PIECE: Final = 1 << 20
"""Bytes that are copied at once."""


class ArchiveState(NamedTuple):
    """A state of an archive.

    Attributes:
        label: What it is called: the folder as given, or revision, commit and day.
        root: Its folder; that of a revision is temporary.
    """

    label: str
    root: Path


@contextmanager
def open_state(text: str, archive: Path) -> Iterator[ArchiveState]:
    """Opens a state of an archive until the end of the ``with`` block.

    Args:
        text: A folder, or else a revision as git names them: ``HEAD~3``, ``v1.2``, a commit.
        archive: The archive of which it is a revision.

    Raises:
        ArchiveError: it is neither, or git cannot read it.
    """
    if text and Path(text).is_dir():
        yield ArchiveState(text, Path(text))
        return
    commit, day = _commit(text, archive)
    label = _("{revision} (commit {commit}, {day})")
    with tempfile.TemporaryDirectory(prefix="milatui-") as folder:
        _extract(archive, commit, Path(folder))
        if not (Path(folder) / METADATA_FILE).exists():
            message = _("no archive in {revision}: it has no {file}")
            raise ArchiveError(message.format(revision=excerpt(text), file=METADATA_FILE))
        short = commit[:10]
        yield ArchiveState(label.format(revision=text, commit=short, day=day), Path(folder))


class Revision(NamedTuple):
    """A commit that changed an archive.

    Attributes:
        commit: The beginning of its hash.
        day: Its day, as an ISO date.
        subject: The first line of its message.
    """

    commit: str
    day: str
    subject: str


def list_revisions(archive: Path, limit: int) -> list[Revision]:
    """Lists the commits that changed an archive, newest first; none outside of a repository.

    Raises:
        ArchiveError: git hangs.
    """
    if shutil.which("git") is None or not _is_in_repository(archive):
        return []
    count = f"--max-count={limit}"
    found = _git(archive, "log", "-z", count, "--format=%h%x09%cs%x09%s", "--", ".") or b""
    lines = found.decode(errors="replace").split("\0")
    fields = (line.split("\t", 2) for line in lines)
    return [Revision(*each) for each in fields if len(each) == 3]


def _commit(revision: str, archive: Path) -> tuple[str, str]:
    """Returns the hash of a revision's commit, and its day."""
    if not _is_in_repository(archive):
        message = _("{text} is not a folder, and {archive} is not in a git repository")
        raise ArchiveError(message.format(text=excerpt(revision), archive=archive))
    wanted = f"{revision}^{{commit}}"
    found = _git(archive, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    commit = (found or b"").decode("ascii", "replace").strip()
    if not commit:
        message = _("{text} is neither a folder nor a revision of {archive}")
        raise ArchiveError(message.format(text=excerpt(revision), archive=archive))
    day = _git(archive, "show", "--no-patch", "--format=%cs", commit) or b""
    return commit, day.decode("ascii", "replace").strip()


def _is_in_repository(archive: Path) -> bool:
    return _git(archive, "rev-parse", "--is-inside-work-tree") == b"true\n"


def _git(archive: Path, *words: str) -> bytes | None:
    """Returns the output of git in the archive's folder; None if it failed.

    Raises:
        ArchiveError: git is not installed, or hangs.
    """
    try:
        ended = subprocess.run(
            [*_GIT, *words],
            cwd=archive,
            env=os.environ | _ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError:
        raise ArchiveError(_("git is not installed; compare two folders instead")) from None
    except subprocess.TimeoutExpired:
        raise ArchiveError(_("git does not answer")) from None
    return None if ended.returncode else ended.stdout


def _extract(archive: Path, commit: str, target: Path) -> None:
    """Writes the archive's files of a commit into an empty folder.

    Raises:
        ArchiveError: git does not have them, or they cannot be written.
    """
    prefix = (_git(archive, "rev-parse", "--show-prefix") or b"").decode(errors="surrogateescape")
    prefix = prefix.rstrip("\n")
    listing = _git(archive, "ls-tree", "-r", "-z", "--full-tree", commit, "--", prefix or ".")
    if listing is None:
        raise ArchiveError(_("git cannot list the files of {commit}").format(commit=commit))
    entries = list(_entries(listing, prefix))
    with subprocess.Popen(
        [*_GIT, "cat-file", "--batch"],
        cwd=archive,
        env=os.environ | _ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            # Links come last: no file is written through one.
            for entry in sorted(entries, key=lambda entry: entry.is_link):
                _write(process, entry, target / entry.relpath)
        except OSError as error:
            raise ArchiveError(
                _("{path} cannot be written: {reason}").format(
                    path=target, reason=error.strerror or error
                )
            ) from error
        finally:
            if process.stdin is not None:
                process.stdin.close()


class _Entry(NamedTuple):
    """A file of a commit: its path within the archive, and the hash of its blob."""

    relpath: str
    blob: bytes
    is_link: bool


def _entries(listing: bytes, prefix: str) -> Iterator[_Entry]:
    """Yields the files that an archive can have, as the loader would find them in a folder."""
    for line in filter(None, listing.split(b"\0")):
        head, _tab, name = line.partition(b"\t")
        mode, _kind, blob = head.split()
        path = name.decode(errors="surrogateescape")
        if not path.startswith(prefix):
            continue
        relpath = path.removeprefix(prefix)
        parts = PurePosixPath(relpath).parts
        if ".." in parts or mode not in (*_REGULAR, _LINK):
            continue
        is_record = parts[0] in FOLDERS.values() and relpath.endswith(_ENDINGS)
        # A folder of records may itself be a link: the loader says so.
        if relpath == METADATA_FILE or is_record or (mode == _LINK and relpath in FOLDERS.values()):
            yield _Entry(relpath, blob, mode == _LINK)


def _write(process: subprocess.Popen[bytes], entry: _Entry, path: Path) -> None:
    """Copies a blob from ``git cat-file --batch`` to a new file or link.

    Raises:
        ArchiveError: git does not have it, for example in a partial clone.
        OSError: it cannot be written.
    """
    if process.stdin is None or process.stdout is None:
        raise ArchiveError(_("git does not answer"))
    process.stdin.write(entry.blob + b"\n")
    process.stdin.flush()
    head = process.stdout.readline().split()
    if len(head) != 3:
        message = _("git does not have the content of {path}")
        raise ArchiveError(message.format(path=printable_path(entry.relpath)))
    left = int(head[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    if entry.is_link:
        path.symlink_to(os.fsdecode(process.stdout.read(left)))
    else:
        with path.open("xb") as file:
            while left > 0 and (piece := process.stdout.read(min(left, _PIECE))):
                file.write(piece)
                left -= len(piece)
    process.stdout.read(1)
