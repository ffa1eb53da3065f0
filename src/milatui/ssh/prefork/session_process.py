"""Runs one session, from the fork to the exit; only in the child of the server.

Two processes: the forked one supervises the session, and the explorer is its child. The first one
holds the visitor's socket and, if the client has released it, the controlling terminal. If the
explorer held that terminal, its death would close the connection before the terminal is reset.
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
    from milatui.tui.app_options import Options

_FAILED = 70
"""Exit status of a session that failed (EX_SOFTWARE)."""
_HAND_OVER_TIMEOUT = 10.0
"""Seconds a client may take to send its terminal after ``READY``."""
_LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
    (resource.RLIMIT_NOFILE, 64),
    (resource.RLIMIT_CPU, 3600),
    (resource.RLIMIT_AS, 2_048_000_000),
)


def run_session(
    request: Request, connection: socket.socket, explore: Callable[[Options], int], options: Options
) -> NoReturn:
    """Runs one session for the client at the other end of ``connection``; exits at its end."""
    os.setsid()
    _set_limits()
    released = _receive_terminal(connection)
    if released is None:  # the client runs an explorer itself
        os._exit(0)
    status = _FAILED
    try:
        state = save_tty_state()
        try:
            explorer = os.fork()
        except OSError:  # the system has no room for a process
            status = -1
        else:
            if explorer == 0:
                connection.close()
                _run_explorer(request, explore, options)
            status = _Supervisor(explorer, connection, released).wait()
        if status < 0:
            reset_terminal(state)
            print_line(lost_session_message(request.language))
            status = _FAILED
    finally:
        # Whatever happened, the frames of the server below must not run in this process.
        with contextlib.suppress(OSError):
            connection.sendall(encode_exit(status))
        os._exit(status)


def _receive_terminal(connection: socket.socket) -> bool | None:
    """Replaces our standard streams by the client's terminal.

    Returns:
        Whether the client has released it; None if no terminal came.
    """
    connection.settimeout(_HAND_OVER_TIMEOUT)
    try:
        connection.sendall(READY)
        word, descriptors, _flags, _address = socket.recv_fds(connection, 1, 3)
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
        # Without a controlling terminal the session does not learn that its connection was closed.
        with contextlib.suppress(OSError):
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    return word == TTY_RELEASED


def _run_explorer(
    request: Request, explore: Callable[[Options], int], options: Options
) -> NoReturn:
    status = _FAILED
    try:
        _set_environment(request)
        _reopen_streams()
        gc.enable()
        status = explore(options)
    finally:
        os._exit(status & 0xFF)


class _Supervisor:
    """Waits for the end of the explorer, and forwards signals and messages of the client to it."""

    def __init__(self, explorer: int, connection: socket.socket, released: bool) -> None:
        self._explorer, self._connection = explorer, connection
        self._wakeup_read, wakeup_write = os.pipe()
        for descriptor in (self._wakeup_read, wakeup_write):
            os.set_blocking(descriptor, False)
        signal.set_wakeup_fd(wakeup_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._forward_signal)
        # A terminal tells its own process group about a new size; else the client tells us.
        signal.signal(signal.SIGWINCH, signal.SIG_IGN if released else self._forward_signal)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def wait(self) -> int:
        """Returns the explorer's exit status, negative if a signal killed it."""
        waiting = select.poll()
        waiting.register(self._wakeup_read, select.POLLIN)
        waiting.register(self._connection, select.POLLIN)
        while True:
            process, status = os.waitpid(self._explorer, os.WNOHANG)
            if process:
                return os.waitstatus_to_exitcode(status)
            for descriptor, _event in waiting.poll():
                if descriptor == self._wakeup_read:
                    os.read(self._wakeup_read, 512)
                elif not self._on_client_message():
                    waiting.unregister(descriptor)

    def _on_client_message(self) -> bool:
        """Forwards a message of the client as a signal; returns False if the client has hung up."""
        try:
            message = self._connection.recv(64)
        except OSError:
            message = b""
        if TERMINATED in message:
            self._forward_signal(signal.SIGTERM)
        elif RESIZED in message:
            self._forward_signal(signal.SIGWINCH)
        elif not message:
            self._forward_signal(signal.SIGHUP)
        return bool(message)

    def _forward_signal(self, number: int, _frame: FrameType | None = None) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._explorer, number)


def _set_limits() -> None:
    """Lowers the resource limits of this process, as the launcher does for a fresh session."""
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
    """Opens the standard streams again: those of the server belong to its own descriptors."""
    # Never closed: they live as long as the process.
    streams = (
        open(0, encoding="utf-8", errors="replace", closefd=False),  # noqa: SIM115
        open(1, "w", encoding="utf-8", errors="replace", closefd=False),  # noqa: SIM115
        open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False),  # noqa: SIM115
    )
    sys.stdin, sys.stdout, sys.stderr = streams
    vars(sys).update(__stdin__=streams[0], __stdout__=streams[1], __stderr__=streams[2])
