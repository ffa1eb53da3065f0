"""Tells whether a process with an event loop is at rest, by what the kernel says of its threads.

It is at rest while all its threads sleep and its main thread, which has the loop, sleeps until
something comes or a timer ends that is further away than the caller cares for.
"""

from __future__ import annotations

import os
from pathlib import Path

_EPOLL_WAITS = {"x86_64": ("232", "281"), "aarch64": ("22",)}.get(os.uname().machine, ())
"""Numbers of the system calls that wait for events, as ``/proc/PID/syscall`` shows them."""
_FOREVER = 0xFFFFFFFF


def can_tell(pid: int) -> bool:
    """Whether this kernel shows what a thread of the process sleeps in."""
    try:
        Path(f"/proc/{pid}/syscall").read_text()
    except OSError:
        return False
    return bool(_EPOLL_WAITS)


def is_at_rest(pid: int, seconds: float) -> bool:
    """Whether nothing happens in a process for so many seconds unless something comes.

    A process that has ended is at rest, and one that waits for a child process is not.
    """
    try:
        before = _threads(pid)
        loop = _sleeps_in_loop(pid, seconds)
        # What ran between the two looks may have started something in a thread seen before.
        return loop and all(asleep for asleep, _runs in before.values()) and before == _threads(pid)
    except (FileNotFoundError, ProcessLookupError):  # it, or one of its threads, has just ended
        return not Path(f"/proc/{pid}").exists()


def _threads(pid: int) -> dict[str, tuple[bool, str]]:
    """Returns, by thread, whether it sleeps without a child, and how many times it has run."""
    threads = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        state = (task / "stat").read_text().rpartition(")")[2].split()[0]
        asleep = state == "S" and not (task / "children").read_text()
        threads[task.name] = (asleep, (task / "schedstat").read_text().split()[2])
    return threads


def _sleeps_in_loop(pid: int, seconds: float) -> bool:
    call = Path(f"/proc/{pid}/syscall").read_text().split()
    if call[0] not in _EPOLL_WAITS:
        return False
    timeout = int(call[4], 16) & _FOREVER
    return timeout == _FOREVER or timeout > seconds * 1000
