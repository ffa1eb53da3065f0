"""One session of the warm process, from the fork to the exit; runs in the child only.

Two processes: the one that was forked watches over the session, and the explorer is its child.
The first one holds the visitor's socket and, where the client has given it up, the controlling
terminal.  Were that the explorer's own, its death would cut the line before anybody could tidy up.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import os
import resource
import select
import signal
import socket
import sys
import termios
from typing import TYPE_CHECKING, NoReturn

from milatui.ssh.prefork.handshake import (
    READY,
    RESIZED,
    TERMINATED,
    TTY_KEPT,
    TTY_RELEASED,
    encode_exit,
)
from milatui.ssh.prefork.tty_reset import (
    lost_session_message,
    print_line,
    reset_terminal,
    save_tty_state,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from milatui.ssh.prefork.request import Request
    from milatui.tui.options import Options

_FAILED = 70
_HAND_OVER_TIMEOUT = 10.0
"""Seconds a client that knows that its session is there may take to hand its terminal over."""
_LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 64),
    (resource.RLIMIT_CPU, 3600),
    (resource.RLIMIT_AS, 2_048_000_000),
)


def run_session(
    request: Request, line: socket.socket, explore: Callable[[Options], int], options: Options
) -> NoReturn:
    """Run one session for the client at the other end of ``line``, and exit."""
    os.setsid()
    _reduce()
    given_up = _take_terminal(line)
    if given_up is None:  # the client runs an explorer of its own
        os._exit(0)
    status = _FAILED
    try:
        state = save_tty_state()
        try:
            explorer = os.fork()
        except OSError:  # no room for a process
            status = -1
        else:
            if explorer == 0:
                line.close()
                _explore(request, explore, options)
            status = _Watch(explorer, line, given_up).wait()
        if status < 0:
            reset_terminal(state)
            print_line(lost_session_message(request.language))
            status = _FAILED
    finally:
        # Whatever happened, the frames of the server below must not run in this process.
        with contextlib.suppress(OSError):
            line.sendall(encode_exit(status))
        os._exit(status)


def _take_terminal(line: socket.socket) -> bool | None:
    """Put the client's terminal in place of our own streams.

    Returns: whether the client has given it up, None if no terminal came.
    """
    line.settimeout(_HAND_OVER_TIMEOUT)
    try:
        line.sendall(READY)
        word, descriptors, _flags, _address = socket.recv_fds(line, 1, 3)
    except OSError:
        return None
    if word not in (TTY_RELEASED, TTY_KEPT) or len(descriptors) != 3:
        return None
    if not all(map(os.isatty, descriptors)):
        return None
    for number in range(3):
        os.dup2(descriptors[number], number)
    for descriptor in descriptors:
        os.close(descriptor)
    if word == TTY_RELEASED:
        # Without a controlling terminal nobody tells the session that its line was cut.
        with contextlib.suppress(OSError):
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    return word == TTY_RELEASED


def _explore(request: Request, explore: Callable[[Options], int], options: Options) -> NoReturn:
    status = _FAILED
    try:
        _set_environment(request)
        _reopen_streams()
        gc.enable()
        status = explore(options)
    finally:
        os._exit(status & 0xFF)


class _Watch:
    """Waits for the end of the explorer, and passes on what its client and signals say."""

    def __init__(self, explorer: int, line: socket.socket, given_up: bool) -> None:
        self._explorer, self._line = explorer, line
        self._wakeup, end = os.pipe()
        for descriptor in (self._wakeup, end):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(end, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._pass_on)
        # The terminal tells its own group of a new size; another's is told by the client.
        signal.signal(signal.SIGWINCH, signal.SIG_IGN if given_up else self._pass_on)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def wait(self) -> int:
        """The explorer's exit status, negative if a signal killed it."""
        waiting = select.poll()
        waiting.register(self._wakeup, select.POLLIN)
        waiting.register(self._line, select.POLLIN)
        while True:
            process, status = os.waitpid(self._explorer, os.WNOHANG)
            if process:
                return os.waitstatus_to_exitcode(status)
            for descriptor, _event in waiting.poll():
                if descriptor == self._wakeup:
                    os.read(self._wakeup, 512)
                elif not self._hear():
                    waiting.unregister(descriptor)

    def _hear(self) -> bool:
        """Pass on what the client says; False if it has hung up."""
        try:
            said = self._line.recv(64)
        except OSError:
            said = b""
        if TERMINATED in said:
            self._pass_on(signal.SIGTERM)
        elif RESIZED in said:
            self._pass_on(signal.SIGWINCH)
        elif not said:
            self._pass_on(signal.SIGHUP)
        return bool(said)

    def _pass_on(self, number: int, _frame: FrameType | None = None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._explorer, number)


def _reduce() -> None:
    for name, most in _LIMITS:
        hard = resource.getrlimit(name)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (limit, limit))


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
