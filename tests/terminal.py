"""A real terminal for the tests: runs a program in a pty and keeps the screen it draws.

The screen is pyte's; CPU is the kernel's own count for the process (nanoseconds in
``/proc/PID/schedstat``, user and system together), so a busy machine does not change it much.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": b"\r",
    "esc": b"\x1b",
    "tab": b"\t",
    "backspace": b"\x7f",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "pgup": b"\x1b[5~",
    "pgdn": b"\x1b[6~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "ctrl+c": b"\x03",
    "ctrl+f": b"\x06",
    "ctrl+p": b"\x10",
    "ctrl+r": b"\x12",
}
# What xterm would answer; programs that ask and get nothing wait for a time-out.
ANSWERS = (
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
)
HIDDEN = (
    *("NO_COLOR", "COLUMNS", "LINES", "TMUX", "STY", "TERM_PROGRAM", "PYTHONDONTWRITEBYTECODE"),
    *("LANGUAGE", "MILATUI_ARCHIVE", "MILATUI_ASCII"),
)
PATIENCE = float(os.environ.get("MILATUI_PATIENCE", "60"))
"""Seconds until something awaited counts as missing: much more than a slow machine needs."""


class Terminal:
    """One program in a pty of ``columns`` x ``rows``; use it in a ``with`` statement."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in HIDDEN}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        environment |= env or {}
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._pending = b""
        self._cpu = 0.0
        self._master, slave = pty.openpty()
        self.settings_before = termios.tcgetattr(slave)
        self._resize_pty(columns, rows)
        self.process = subprocess.Popen(
            list(command),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
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
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)
        os.close(self._master)

    def _resize_pty(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a user dragging its corner does."""
        self._resize_pty(columns, rows)
        self.screen.resize(rows, columns)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGWINCH)

    def send(self, *keys: str) -> None:
        """Press keys: names of ``KEYS``, or text typed as it stands."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key.encode()))

    def _read(self, seconds: float) -> bool:
        """Take what the program wrote within ``seconds``; False at silence or end."""
        waiting = select.poll()  # select() knows no descriptors beyond 1023
        waiting.register(self._master, select.POLLIN)
        if not waiting.poll(seconds * 1000):
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program has closed its side
            return False
        if not data:
            return False
        self.raw += data
        self._stream.feed(data)
        tail = self._pending + data
        for question, answer in ANSWERS:
            for _ in range(tail.count(question)):
                os.write(self._master, answer)
        self._pending = tail[-8:] if not any(tail.endswith(q) for q, _ in ANSWERS) else b""
        return True

    def read_for(self, seconds: float) -> None:
        """Read for so long, whatever comes."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not self._read(left) and self.process.poll() is not None:
                return

    def settle(self, quiet: float = 0.4, limit: float = PATIENCE) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if not self._read(quiet):
                return
            self._cpu = self._count_cpu()
        raise AssertionError(f"the screen never came to rest:\n{self.text}")

    def wait_for(self, pattern: str, limit: float = PATIENCE) -> str:
        """Read until the screen shows ``pattern`` (a regular expression by line); the text."""
        sought = re.compile(pattern, re.MULTILINE)
        self.wait_until(lambda: sought.search(self.text) is not None, repr(pattern), limit)
        return self.text

    def wait_until(self, seen: Callable[[], bool], what: str, limit: float = PATIENCE) -> None:
        """Read until ``seen`` is true of the screen; ``what`` names it if it never is."""
        end = time.monotonic() + limit
        while not seen():
            if time.monotonic() > end or (not self._read(0.1) and self.process.poll() is not None):
                raise AssertionError(f"never saw {what}; the screen:\n{self.text}")
            self._cpu = self._count_cpu()

    def wait_exit(self, limit: float = PATIENCE) -> int:
        """The exit status, once the program has ended by itself."""
        end = time.monotonic() + limit
        while self.process.poll() is None:
            if time.monotonic() > end:
                raise AssertionError(f"still running:\n{self.text}")
            self._read(0.1)
        while self._read(0.05):
            pass
        return self.process.returncode

    @property
    def text(self) -> str:
        """The screen as lines without trailing blanks."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def on_background(self, colours: Collection[str]) -> str:
        """The text drawn on one of these backgrounds (``rrggbb``), its stretches joined."""
        pieces = []
        for number in range(self.screen.lines):
            line = self.screen.buffer[number]
            cells = (line[column] for column in range(self.screen.columns))
            pieces.append("".join(cell.data if cell.bg in colours else " " for cell in cells))
        return " ".join(" ".join(pieces).split())

    @property
    def settings(self) -> list[object]:
        """What the program has set of the terminal's line discipline."""
        return termios.tcgetattr(self._master)

    def _count_cpu(self) -> float:
        try:
            nanoseconds = sum(
                int((task / "schedstat").read_text().split()[0])
                for task in Path(f"/proc/{self.process.pid}/task").iterdir()
            )
        except (FileNotFoundError, ProcessLookupError):  # ended, or a thread just did
            return self._cpu
        return nanoseconds / 1e6

    @property
    def cpu(self) -> float:
        """CPU milliseconds used until the last byte that came."""
        return self._cpu

    @property
    def cpu_now(self) -> float:
        """CPU milliseconds used until now."""
        return self._count_cpu()

    @property
    def memory(self) -> float:
        """Private and shared memory of the process, proportionally, in MB."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        found = re.search(r"Pss:\s+(\d+) kB", rollup)
        return int(found.group(1)) / 1024 if found else 0.0
