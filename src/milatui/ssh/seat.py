"""One session of the warm process, from the fork to the exit; runs in the child only."""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import resource
import signal
import sys
import termios
from typing import TYPE_CHECKING

from milatui.ssh.protocol import encode_end
from milatui.ssh.restoring import restore, saved_state, say, unexpected

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from types import FrameType

    from milatui.ssh.request import Request
    from milatui.tui.options import Options

_FAILED = 70
_LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 64),
    (resource.RLIMIT_CPU, 3600),
    (resource.RLIMIT_AS, 2_048_000_000),
)


def sit(
    request: Request,
    descriptors: list[int],
    line: socket.socket,
    explore: Callable[[Options], int],
    options: Options,
) -> None:
    """Run one session on the terminal behind ``descriptors`` and exit; never returns.

    The terminal belongs to this process, which only waits; the explorer is its child.  Were
    it the explorer's own, its death would cut the line before anybody could tidy up.
    """
    status = _FAILED
    try:
        _take_terminal(descriptors, request.given_up)
        _reduce()
        state = saved_state()
        explorer = os.fork()
        if explorer == 0:
            line.close()
            _explore(request, explore, options)
        status = _wait_for(explorer, request)
        if status < 0:
            restore(state)
            say(unexpected(request.language))
            status = _FAILED
    finally:
        # Whatever happened, the frames of the server below must not run in this process.
        with contextlib.suppress(OSError):
            line.sendall(encode_end(status))
        os._exit(status)


def _explore(request: Request, explore: Callable[[Options], int], options: Options) -> None:
    status = _FAILED
    try:
        _set_environment(request)
        _reopen_streams()
        gc.enable()
        status = explore(options)
    finally:
        os._exit(status & 0xFF)


def _wait_for(explorer: int, request: Request) -> int:
    """The explorer's exit status, negative if a signal killed it; signals to us are passed on."""

    def pass_on(number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(explorer, number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, pass_on)
    # The terminal tells its own group of a new size; another's is told by the client.
    signal.signal(signal.SIGWINCH, signal.SIG_IGN if request.given_up else pass_on)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _process, status = os.waitpid(explorer, 0)
    return os.waitstatus_to_exitcode(status)


def _take_terminal(descriptors: list[int], given_up: bool) -> None:
    os.setsid()
    for number in range(3):
        os.dup2(descriptors[number], number)
    for descriptor in descriptors:
        os.close(descriptor)
    if given_up:
        # Without a controlling terminal nobody tells the session that its line was cut.
        with contextlib.suppress(OSError):
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _reduce() -> None:
    for name, most in _LIMITS:
        hard = resource.getrlimit(name)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (limit, limit))
    for number in (signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)


def _set_environment(request: Request) -> None:
    os.environ.clear()
    os.environ.update(
        HOME="/nonexistent",
        LANG="C.UTF-8",
        PATH="/usr/bin:/bin",
        TERM=request.term,
        COLORTERM=request.colours,
    )


def _reopen_streams() -> None:
    """The streams made at the start belong to the server's own descriptors."""
    # Never closed: they live as long as the process.
    streams = (
        open(0, encoding="utf-8", errors="replace", closefd=False),  # noqa: SIM115
        open(1, "w", encoding="utf-8", errors="replace", closefd=False),  # noqa: SIM115
        open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False),  # noqa: SIM115
    )
    sys.stdin, sys.stdout, sys.stderr = streams
    vars(sys).update(__stdin__=streams[0], __stdout__=streams[1], __stderr__=streams[2])
