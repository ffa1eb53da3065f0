"""A fork server: starts milatui from a parent that has imported it, as ``ssh warm`` does.

A start that imports everything anew takes half a second of processor time; a fork takes a tenth.
The forked process has the environment, folder, streams and signals that a fresh one would have.
What is peculiar to a fresh start (the installed program, Python's own variables, the locale of the
streams) is tested with one.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import locale
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn

from tests.terminal import MILATUI

_ROOT = Path(__file__).resolve().parents[1]
_MOST_BYTES = 1 << 17
"""Bytes of a request: the arguments and the environment."""
_STREAMS = ("stdin", "stdout", "stderr")
_PRELOADED = (
    "milatui.cli.main",
    "milatui.cli.explore",
    "milatui.tui.app",
    "milatui.ssh.prefork.preload",
)


class ForkedProcess:
    """A process that the server forked; has the part of ``Popen`` that tests of a terminal use."""

    def __init__(self, pid: int, status: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """Returns the exit status, if the process has ended."""
        return self._read_status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the end; returns the exit status, ``-N`` after a signal.

        Raises:
            TimeoutExpired: after ``timeout`` seconds.
        """
        status = self._read_status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("milatui", timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless the process has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _read_status(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            waiting = select.poll()  # select() knows no descriptors beyond 1023
            waiting.register(self._status, select.POLLIN)
            if waiting.poll(None if timeout is None else timeout * 1000):
                self.returncode = int(self._status.recv(16))
                self._status.close()
        return self.returncode


def fork(command: Sequence[str], env: Mapping[str, str], slave: int) -> ForkedProcess:
    """Starts milatui as ``tests.terminal.spawn`` does, but for the imports.

    Args:
        command: ``PYTHON -m milatui WORDS``.
        env: The whole environment.
        slave: The descriptor of stdin, stdout and stderr.
    """
    assert tuple(command[:3]) == MILATUI, command
    server = _server()
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    request = json.dumps({"words": list(command[3:]), "env": dict(env), "folder": str(Path.cwd())})
    with theirs:
        socket.send_fds(server, [request.encode()], [slave, theirs.fileno()])
    return ForkedProcess(int(server.recv(16)), mine)


@cache
def _server() -> socket.socket:
    """Starts the server, once a test process; it ends when this process does."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    code = f"from tests.fork_server import serve; serve({theirs.fileno()})"
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=_ROOT,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    atexit.register(_stop, ours, process)
    return ours


def _stop(server: socket.socket, process: subprocess.Popen[bytes]) -> None:
    server.close()
    process.wait()


def serve(number: int) -> NoReturn:
    """Forks a process for each request on the socket ``number`` until it is closed."""
    from milatui.ssh.prefork.preload import LAZY_MODULES

    for name in (*_PRELOADED, *LAZY_MODULES):
        importlib.import_module(name)
    connection = socket.socket(fileno=number)
    bell, clapper = socket.socketpair()
    clapper.setblocking(False)
    signal.set_wakeup_fd(clapper.fileno())
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    ends: dict[int, int] = {}
    while True:
        ready = select.select([connection, bell], [], [])[0]
        if bell in ready:
            bell.recv(1024)
            _report_ended(ends)
        if connection in ready:
            message, descriptors, _flags, _address = socket.recv_fds(connection, _MOST_BYTES, 2)
            if not message:
                sys.exit()
            slave, end = descriptors
            pid = os.fork()
            if not pid:
                _run(message, slave)
            ends[pid] = end
            os.close(slave)
            connection.send(b"%d" % pid)


def _report_ended(ends: dict[int, int]) -> None:
    """Sends the exit statuses of processes that have ended to those who wait for them."""
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            end = ends.pop(found[0])
            with contextlib.suppress(BrokenPipeError):
                os.write(end, b"%d" % os.waitstatus_to_exitcode(found[1]))
            os.close(end)


def _run(message: bytes, slave: int) -> NoReturn:
    """Makes this process what a fresh one would be, and runs milatui in it."""
    request = json.loads(message)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for number in range(3):
        os.dup2(slave, number)
    os.closerange(3, 4096)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["env"])
    with contextlib.suppress(locale.Error):  # Python goes on without it, too
        locale.setlocale(locale.LC_CTYPE, "")
    from milatui.__main__ import run
    from milatui.tui.terminal.environment import scrub_environment

    scrub_environment(os.environ)
    for number, name in enumerate(_STREAMS):
        # Never closed: it lives as long as the process.
        stream = open(number, "w" if number else "r", encoding="utf-8", closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = ["milatui", *request["words"]]
    sys.exit(run())
