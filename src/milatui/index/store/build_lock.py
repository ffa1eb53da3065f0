"""The lock of an index directory: one builder at a time, and no other account in its way.

A lock that others can open, others can hold: ``flock`` asks for no permission to write.  The
file is therefore of mode 0600; one that was opened to all meanwhile (``chmod -R``) is replaced.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.index.store.generation import check_status, check_trust, trusted_users
from milatui.index.store.layout import LOCK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_MODE: Final = 0o600
_LOCKS: Final = Path("/proc/locks")
"""Where Linux lists who holds which lock."""


class Holder(NamedTuple):
    """A process that holds a lock; ``uid`` is None if the system does not say its account."""

    pid: int
    uid: int | None
    has_ended: bool


@contextmanager
def locked(index_dir: Path, owners: Collection[str] = ()) -> Iterator[None]:
    """Holds the directory's lock; the system lifts it when the process ends, however it ends.

    Args:
        index_dir: Made if it is missing.
        owners: Accounts trusted besides the user and root.

    Raises:
        IndexUnusable: ``locked`` by another builder, or ``not trusted``.
        OSError: the directory cannot be made or written.
    """
    index_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_trust(index_dir, owners)
    handle = _acquire(index_dir / LOCK, owners)
    try:
        yield
    finally:
        os.close(handle)


def _acquire(path: Path, owners: Collection[str]) -> int:
    """Locks the file and returns its descriptor."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
        try:
            if _lock(handle, path, owners):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int, path: Path, owners: Collection[str]) -> bool:
    """Locks an open file; False if another one has taken or is to take its place."""
    status = os.fstat(handle)
    check_status(path, status, trusted_users(owners))
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = _holder(status)
        if holder is None or _may_build(holder, owners):
            raise IndexUnusable("locked", _message(holder)) from error
    else:
        if _is_named(path, status) and status.st_mode & 0o777 == _MODE:
            return True
    # Whoever could open it could hold it, now or after us.
    if _is_named(path, status):
        path.unlink(missing_ok=True)
    return False


def _may_build(holder: Holder, owners: Collection[str]) -> bool:
    """Returns whether it can be a builder: of this account, and not a reused process id."""
    if holder.uid is None:
        return not holder.has_ended
    return holder.uid in trusted_users(owners)


def _is_named(path: Path, status: os.stat_result) -> bool:
    """Returns whether the path still names the file with this status."""
    with suppress(FileNotFoundError):
        return os.path.samestat(path.lstat(), status)
    return False


def _holder(status: os.stat_result) -> Holder | None:
    """Returns who holds the lock of a file; None where the system does not say."""
    device = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}"
    try:
        lines = _LOCKS.read_text("ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        # 1: FLOCK  ADVISORY  WRITE 1234 08:01:131 0 EOF
        _number, kind, _advisory, _access, pid, file, *_range = line.split()
        if kind == "FLOCK" and file == f"{device}:{status.st_ino}" and int(pid) > 0:
            return _process(int(pid))
    return None


def _process(pid: int) -> Holder:
    try:
        return Holder(pid, Path(f"/proc/{pid}").stat().st_uid, has_ended=False)
    except OSError:
        # The processes of others may be hidden.
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return Holder(pid, None, has_ended=True)
        except PermissionError:
            pass
        return Holder(pid, None, has_ended=False)


def _message(holder: Holder | None) -> str:
    """Returns for whom one waits."""
    if holder is None or holder.uid is None:
        return _("another process is building this index")
    import pwd

    try:
        name = pwd.getpwuid(holder.uid).pw_name
    except KeyError:
        name = str(holder.uid)
    message = _("process {pid} of account {account} is building this index")
    return message.format(pid=holder.pid, account=name)
