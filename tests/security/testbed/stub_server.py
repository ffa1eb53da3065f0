"""A preloaded server with tiny sessions instead of the explorer, and a client for it.

``python -m tests.security.testbed.stub_server SOCKET [--failing-fork N] [--descriptors N]
[--hung-disk FIFO] [--ignored-hang-up]``
serves sessions that say ``STARTED`` and answer letters by capitals until ``q``.  The options make
the system refuse a fork (the first is a session, its second the explorer), bound the descriptors,
let every look at the index wait while there is such a FIFO, and start it as nohup does.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import pty
import resource
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import tty
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self
from unittest import mock

from milatui.ssh.prefork.server import PreforkServer
from milatui.tui.app_options import Options
from tests.fork_server import popen
from tests.security.testbed.program import ROOT
from tests.security.testbed.sockets import is_listening
from tests.terminal import PATIENCE

STARTED = b"session ready\n"
RESIZED = b"resized\n"
FRESH = b"milatui "
"""Output of a client's own explorer: clients here start it with ``--version``."""
TOLD = b"told to end\n"


class EchoSession:
    """Stands for ``milatui.ssh.prefork.preload.SessionFactory``: no index, no interface."""

    def __init__(self, hung_disk: Path | None) -> None:
        self._hung_disk = hung_disk

    def reload_if_changed(self) -> bool:
        """Checks for a rebuilt index, on a disk that may hang."""
        if self._hung_disk and self._hung_disk.exists():
            self._hung_disk.read_bytes()
        return False

    def reload(self) -> bool:
        """Opens nothing."""
        return self.reload_if_changed()

    def run(self, _options: Options) -> int:
        """Answers letters by capitals until ``q`` or the end of the line."""
        tty.setcbreak(0)
        signal.signal(signal.SIGWINCH, lambda *_: os.write(1, RESIZED))
        signal.signal(signal.SIGTERM, _say_and_exit)
        os.write(1, STARTED)
        while (key := os.read(0, 1)) not in (b"", b"q"):
            os.write(1, key.upper())
        return 0


def _say_and_exit(*_: object) -> None:
    os.write(1, TOLD)
    os._exit(0)


def _serve() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("socket", type=Path)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--failing-fork", type=int, default=0)
    parser.add_argument("--descriptors", type=int, default=0)
    parser.add_argument("--hung-disk", type=Path)
    parser.add_argument("--ignored-hang-up", action="store_true")
    args = parser.parse_args()
    options = Options(archive=Path("/nonexistent"), read_only=True)
    server = PreforkServer(args.socket, options, EchoSession(args.hung_disk), args.sessions)  # type: ignore[arg-type]
    if args.descriptors:
        resource.setrlimit(resource.RLIMIT_NOFILE, (args.descriptors, args.descriptors))
    signal.signal(signal.SIGHUP, signal.SIG_IGN if args.ignored_hang_up else signal.SIG_DFL)
    fork, turn = os.fork, 0

    def failing_fork() -> int:
        nonlocal turn
        turn += 1
        if turn == args.failing_fork:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return fork()

    with mock.patch.object(os, "fork", failing_fork):
        server.serve()


class Server:
    """The server of this module, at a socket in ``folder``."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.socket = folder / "run" / "warm"
        words = [
            sys.executable,
            "-m",
            "tests.security.testbed.stub_server",
            str(self.socket),
            *options,
        ]
        self.process = popen(words, folder=ROOT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        end = time.monotonic() + PATIENCE
        while not is_listening(self.socket):
            assert time.monotonic() < end
            assert self.process.poll() is None, self.errors
            time.sleep(0.02)

    @property
    def errors(self) -> str:
        """Returns what it printed before it ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode() if self.process.poll() is not None else ""

    @property
    def alive(self) -> bool:
        """Returns whether the started process still runs."""
        return self.process.poll() is None

    def children(self) -> list[int]:
        """Returns its forked processes that are not zombies."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [pid for pid in map(int, path.read_text(encoding="ascii").split()) if _runs(pid)]


def _runs(process: int) -> bool:
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return status.rpartition(") ")[2][0] != "Z"


@contextlib.contextmanager
def server(folder: Path, *options: str) -> Iterator[Server]:
    """Starts a server."""
    running = Server(folder, *options)
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGCONT)
        running.process.send_signal(signal.SIGTERM)
        try:
            running.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            running.process.kill()
            running.process.wait(PATIENCE)
        assert running.process.stderr is not None
        running.process.stderr.close()


class Client:
    """A client of the server in its own terminal, as sshd starts it.

    With ``leads`` it is the leader of its session, and the terminal its controlling terminal.
    """

    def __init__(self, socket: Path, *, leads: bool = True) -> None:
        self.raw = bytearray()
        self.master, slave = pty.openpty()
        self.settings_before = termios.tcgetattr(slave)
        words = [
            sys.executable,
            "-I",
            "-B",
            "-c",
            "from milatui.ssh.prefork.client import start; start()",
        ]
        words += [str(socket), "--version", "--lang", "en"]
        if leads:
            words = ["setsid", "--ctty", *words]
        self.process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm", "PATH": "/usr/bin:/bin"},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.cut()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)

    def cut(self) -> None:
        """Closes the terminal, as a cut connection does."""
        if self.master >= 0:
            os.close(self.master)
            self.master = -1

    def send(self, keys: bytes) -> None:
        """Types ``keys``."""
        os.write(self.master, keys)

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the terminal."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait_for(self, words: bytes, seconds: float = PATIENCE) -> bool:
        """Reads until ``words`` have come; returns False if they do not in time."""
        end = time.monotonic() + seconds
        waiting = select.poll()
        waiting.register(self.master, select.POLLIN)
        while words.strip() not in self.raw:
            if time.monotonic() > end:
                return False
            if waiting.poll(100):
                try:
                    self.raw += os.read(self.master, 4096)
                except OSError:  # nobody has the terminal any more
                    return words.strip() in self.raw
        return True

    def wait_exit(self, seconds: float = PATIENCE) -> int:
        """Returns the exit status of the client."""
        self.wait_for(b"\0", 0.2)
        return self.process.wait(seconds)


if __name__ == "__main__":
    _serve()
