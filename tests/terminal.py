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
import sys
import termios
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import pyte

from tests.process_rest import can_tell, is_at_rest

KEYS = {
    "enter": b"\r",
    "esc": b"\x1b",
    "kitty esc": b"\x1b[27u",  # unlike the other it is no beginning of another key
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
MILATUI = (sys.executable, "-m", "milatui")
"""The program, as a command: what follows are its arguments."""
ESCAPE_DELAY = 0.2
"""Seconds after which a program knows Escape from the beginning of another key: twice what
Textual waits."""
PATIENCE = float(os.environ.get("MILATUI_PATIENCE", "60"))
"""Seconds until something awaited counts as missing: much more than a slow machine needs."""


class Process(Protocol):
    """What a terminal does with the program in it."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, number: int, /) -> None: ...


Start = Callable[[Sequence[str], Mapping[str, str], int], Process]
"""Starts a command with an environment; all its streams are the descriptor."""


def spawn(command: Sequence[str], env: Mapping[str, str], slave: int) -> Process:
    """Starts a fresh process."""
    return subprocess.Popen(
        list(command), env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
    )


class Terminal:
    """One program in a pty of ``columns`` x ``rows``; use it in a ``with`` statement."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        start: Start = spawn,
    ) -> None:
        environment = {k: v for k, v in os.environ.items() if k not in HIDDEN}
        environment |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        environment |= env or {}
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._undrawn = bytearray()
        self.raw = bytearray()
        self._pending = b""
        self._cpu = 0.0
        self._drawn_text = ""
        self._escape_pending = False
        self._master, slave = pty.openpty()
        self._slave_name = os.ttyname(slave)
        self.settings_before = termios.tcgetattr(slave)
        self._resize_pty(columns, rows)
        self.process = start(command, environment, slave)
        os.close(slave)
        self._shows_rest = tuple(command[:3]) == MILATUI and can_tell(self.process.pid)

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
        self.process.wait(PATIENCE)
        os.close(self._master)

    def _resize_pty(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, as a user dragging its corner does."""
        self._resize_pty(columns, rows)
        self.screen.resize(rows, columns)
        self._drawn_text = ""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGWINCH)

    def send(self, *keys: str) -> None:
        """Press keys: names of ``KEYS``, or text typed as it stands."""
        for key in keys:
            pressed = KEYS.get(key, key.encode())
            self._escape_pending = pressed.endswith(b"\x1b")
            os.write(self._master, pressed)

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
        self._drawn_text = ""
        self._undrawn += data
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
        """Read until the program rests: nothing will come within ``quiet`` seconds.

        Of other programs than milatui only that can be told that nothing came for so long.
        """
        if not self._shows_rest:
            self.wait_for_silence(quiet, limit)
            return
        end = time.monotonic() + limit
        if self._escape_pending:
            self.read_for(ESCAPE_DELAY)
        looks = 0
        while looks < 2:  # a key may be on its way from one end of the pty to the other
            if time.monotonic() > end:
                raise AssertionError(f"the screen never came to rest:\n{self.text}")
            came = self._read(0.01)
            if came:
                self._cpu = self._count_cpu()
            rests = not came and not self._keys_unread() and is_at_rest(self.process.pid, quiet)
            looks = looks + 1 if rests else 0

    def wait_for_silence(self, seconds: float, limit: float = PATIENCE) -> None:
        """Read until nothing has come for so many seconds."""
        end = time.monotonic() + limit
        while self._read(seconds):
            self._cpu = self._count_cpu()
            if time.monotonic() > end:
                raise AssertionError(f"the screen never came to rest:\n{self.text}")

    def _keys_unread(self) -> int:
        """Bytes that were sent and that the program has not read."""
        try:
            slave = os.open(self._slave_name, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:  # the program has closed its side
            return 0
        try:
            return int(struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, bytes(4)))[0])
        finally:
            os.close(slave)

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
        while (status := self.process.poll()) is None:
            if time.monotonic() > end:
                raise AssertionError(f"still running:\n{self.text}")
            self._read(0.1)
        while self._read(0.05):
            pass
        return status

    @property
    def screen(self) -> pyte.Screen:
        """What has been drawn; it is worked out when somebody looks."""
        if self._undrawn:
            self._stream.feed(bytes(self._undrawn))
            self._undrawn.clear()
        return self._screen

    @property
    def text(self) -> str:
        """The screen as lines without trailing blanks."""
        if not self._drawn_text:
            self._drawn_text = "\n".join(line.rstrip() for line in self.screen.display)
        return self._drawn_text

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
