"""Runs OpenSSH's client against a server, with or without a terminal, in bounded time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_QUIET = (
    "-F", "none",
    "-o", "BatchMode=yes",
    "-o", "StrictHostKeyChecking=no",
    "-o", "UserKnownHostsFile=/dev/null",
    "-o", "GlobalKnownHostsFile=/dev/null",
    "-o", "LogLevel=ERROR",
    "-o", "ConnectTimeout=8",
    "-o", "IdentitiesOnly=yes",
)  # fmt: skip
_ANSWERS = (
    (b"\x1b[5n", b"\x1b[0n"), (b"\x1b[6n", b"\x1b[1;1R"), (b"\x1b[c", b"\x1b[?62;22c"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProcessResult:
    """The end of a process; ``status`` is None if it had to be killed."""

    status: int | None
    output: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SshTarget:
    """A server and how to log in; ``identity`` is a key file, "" leaves the choice to ssh."""

    host: str
    port: int
    user: str
    identity: str = ""
    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def arguments(self, *extra: str, user: str | None = None) -> list[str]:
        """Returns an ``ssh`` command: options, ``extra``, and the destination last."""
        identity = ("-i", self.identity) if self.identity else ()
        words = ["ssh", *_QUIET, "-p", str(self.port), *identity, *self.options, *extra]
        return [*words, "-l", user or self.user, self.host]

    def run(
        self,
        *extra: str,
        command: Sequence[str] = (),
        stdin: bytes = b"",
        seconds: float = 12.0,
        user: str | None = None,
    ) -> ProcessResult:
        """Runs ``ssh`` without a terminal and collects its output."""
        words = [*self.arguments(*extra, user=user), *command]
        return run_bounded(words, stdin, seconds, self.environment)

    def session(self, *extra: str, **settings: int | str) -> SshSession:
        """Opens a session with a terminal, for a ``with`` statement.

        ``settings``: ``columns``, ``rows``, ``term`` and ``modes``, see ``SshSession``.
        """
        words = self.arguments("-tt", "-e", "none", *extra)
        columns, rows = int(settings.get("columns", 100)), int(settings.get("rows", 30))
        environment = {"TERM": str(settings.get("term", "xterm-256color")), **self.environment}
        return SshSession(words, columns, rows, environment, str(settings.get("modes", "")))


def run_bounded(
    words: Sequence[str], stdin: bytes, seconds: float, environment: Mapping[str, str]
) -> ProcessResult:
    """Runs a program and collects both outputs as one text; kills it after ``seconds``.

    Args:
        words: The program and its arguments.
        stdin: What it reads.
        seconds: Time after which it is killed.
        environment: Variables that its environment has besides those of this process.
    """
    began = time.monotonic()
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, **environment},
        start_new_session=True,
    ) as process:
        status: int | None
        try:
            output, _ = process.communicate(stdin, seconds)
            status = process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            status = None
    return ProcessResult(status, output.decode("utf-8", "replace"), time.monotonic() - began)


class SshSession:
    """One ``ssh`` in a pseudo terminal; ``raw`` has every byte that it wrote.

    ``modes`` are arguments of ``stty``, applied to the terminal before ``ssh`` starts.
    """

    def __init__(
        self,
        words: Sequence[str],
        columns: int,
        rows: int,
        environment: Mapping[str, str],
        modes: str = "",
    ) -> None:
        self.raw = bytearray()
        self._seen = 0
        self._master, slave = pty.openpty()
        self.resize(columns, rows)
        if modes:
            setting = ["stty", *modes.split()]
            subprocess.run(setting, stdin=slave, stderr=subprocess.DEVNULL, check=False)
        self.process = subprocess.Popen(
            words,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        os.close(slave)
        os.set_blocking(self._master, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        os.close(self._master)

    def resize(self, columns: int, rows: int) -> None:
        """Changes the size of the terminal."""
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, size)

    def signal(self, number: int) -> None:
        """Sends a signal to the local ``ssh``."""
        self.process.send_signal(number)

    def send(self, data: bytes, seconds: float = 20.0) -> int:
        """Types ``data`` and reads meanwhile; returns the bytes that were taken."""
        sent, end = 0, time.monotonic() + seconds
        while sent < len(data) and time.monotonic() < end:
            try:
                sent += os.write(self._master, data[sent : sent + 4096])
            except BlockingIOError:
                if self._ready(select.POLLIN | select.POLLOUT, 0.1) & select.POLLIN:
                    self.read(0)
            except OSError:
                break
        return sent

    def push(self, data: bytes, seconds: float) -> int:
        """Types ``data`` without reading; returns the bytes that were taken."""
        sent, end = 0, time.monotonic() + seconds
        while sent < len(data) and time.monotonic() < end:
            try:
                sent += os.write(self._master, data[sent : sent + 4096])
            except BlockingIOError:
                time.sleep(0.01)
            except OSError:
                break
        return sent

    def _ready(self, wanted: int, seconds: float) -> int:
        """Waits for the ``wanted`` events of ``poll``; returns those that occurred."""
        waiting = select.poll()  # select() has no descriptors above 1023
        waiting.register(self._master, wanted)
        return dict(waiting.poll(seconds * 1000)).get(self._master, 0)

    def read(self, seconds: float) -> bool:
        """Reads what comes within ``seconds``; returns False if nothing does, or at the end."""
        if not self._ready(select.POLLIN, seconds):
            return False
        try:
            data = os.read(self._master, 65_536)
        except (BlockingIOError, OSError):
            return False
        self.raw += data
        for question, answer in _ANSWERS:
            if question in data:
                with contextlib.suppress(OSError):
                    os.write(self._master, answer * data.count(question))
        return bool(data)

    def wait_for(self, wanted: bytes, seconds: float = 10.0) -> bool:
        """Reads until ``wanted`` comes after the last ``skip_output``; False after ``seconds``."""
        end = time.monotonic() + seconds
        while wanted not in self.raw[self._seen :]:
            alive = self.process.poll() is None
            if not self.read(0.1) and (not alive or time.monotonic() > end):
                return wanted in self.raw[self._seen :]
            if time.monotonic() > end:
                return False
        return True

    def skip_output(self) -> None:
        """Lets ``wait_for`` ignore what has come so far."""
        self._seen = len(self.raw)

    @property
    def new_output(self) -> bytes:
        """The bytes since the last ``skip_output``."""
        return bytes(self.raw[self._seen :])

    def settle(self, quiet: float = 0.3, seconds: float = 8.0) -> None:
        """Reads until nothing comes for ``quiet`` seconds, or ``seconds`` have passed."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.read(quiet):
            pass

    def wait_exit(self, seconds: float = 10.0) -> int | None:
        """Reads until ``ssh`` ends; returns its exit status, None after ``seconds``."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.1)
        while self.read(0.05):
            pass
        return self.process.poll()


def save_script(folder: Path, name: str, text: str) -> Path:
    """Writes an executable file, for example for SSH_ASKPASS, and returns its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o700)
    return path
