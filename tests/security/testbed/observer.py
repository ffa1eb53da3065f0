"""Observes an account of the machine: programs, connections and files."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.security.testbed.public_login import Login
from tests.security.testbed.sockets import owner_of
from tests.terminal import PATIENCE

EXPECTED = re.compile(r"sshd.*|sh|shell|launch|env|stty|python3.*|milatui.*|textual.*")
"""Programs and thread names of a public login."""

_LISTENING = "0A"


class Observer:
    """Observes every few milliseconds inside a ``with`` block.

    ``programs`` are the names of programs the account ran and we did not expect;
    ``connections`` addresses it connected to, other than visitors of its own port.
    """

    def __init__(self, login: Login) -> None:
        self._login = login
        self._uid = login.uid
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._listening: set[str] = set()
        self.programs: set[str] = set()
        self.connections: set[str] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join(5)

    def _watch(self) -> None:
        for turn in itertools.count():
            if self._end.wait(0.02):
                return
            self.programs |= {name for name in self._running() if not EXPECTED.fullmatch(name)}
            # The kernel takes milliseconds to list its connections.
            if turn % 3 == 0:
                self.connections |= set(self._connected())

    def _running(self) -> list[str]:
        names = []
        for process in os.listdir("/proc"):  # noqa: PTH208 - fifty times a second
            if process.isdigit():
                with contextlib.suppress(OSError):
                    entry = f"/proc/{process}"
                    if os.stat(entry).st_uid == self._uid and not self._is_a_test(int(process)):  # noqa: PTH116
                        names.append(Path(entry, "comm").read_text(encoding="utf-8").strip())
        return names

    def _is_a_test(self, process: int) -> bool:
        """Returns whether another account has started it: parallel tests use the same account."""
        parent = parent_of(process)
        return parent > 1 and Path(f"/proc/{parent}").stat().st_uid != self._uid

    def _connected(self) -> list[str]:
        """Returns connections of the account, without those of visitors to a listening port."""
        found: list[tuple[str, str, str]] = []
        for table in ("/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"):
            for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
                words = line.split()
                port = words[1].rpartition(":")[2]
                if words[3] == _LISTENING:
                    self._listening.add(port)
                elif int(words[7]) == self._uid and not self._is_lookup(table, words[2]):
                    found.append((port, f"{table} {words[1]} {words[2]}", words[9]))
        # To look for the owner of a socket is dear.
        others = [entry for entry in found if entry[0] not in self._listening]
        return [f"{line} {owner_of(inode)}" for _port, line, inode in others]

    def _is_lookup(self, table: str, remote: str) -> bool:
        """Returns whether sshd looks up the name of a visitor, as its TCP wrappers do.

        The C library sorts the addresses of a name by connecting UDP sockets, with the server's
        own port, and sends nothing.
        """
        port = int(remote.rpartition(":")[2], 16)
        return "udp" in table and port == self._login.settings.port


def files_of(login: Login, since: Path) -> list[str]:
    """Returns files of the account newer than ``since``, anywhere but in /proc and /dev."""
    words = ["find", "/", "-xdev", "-newer", str(since), "-user", login.account]
    words += ["-not", "-path", "/proc/*", "-not", "-type", "s", "-print"]
    output = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    # What a login consists of, ours and that of tests beside us, is no trace of a visitor.
    own = str(login.folder).rpartition("-")[0]
    return [line for line in output.splitlines() if line and not line.startswith(own)]


def peak_memory(process: int) -> float:
    """Returns the peak memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def private_memory(process: int) -> float:
    """Returns the private memory of a process in MB."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    return sum(int(kb) for kb in re.findall(r"Private_\w+:\s+(\d+) kB", rollup)) / 1024


def processor_time(process: int) -> float:
    """Returns the milliseconds of CPU time of a process, all threads together."""
    total = 0
    for task in Path(f"/proc/{process}/task").iterdir():
        total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return total / 1e6


def children_time(process: int) -> float:
    """Returns the milliseconds of CPU time of children that have ended, in ticks."""
    words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(words[13]) + int(words[14])) * 1000 / os.sysconf("SC_CLK_TCK")


def variables_of(process: int) -> set[str]:
    """Returns the names of the environment variables a process was started with."""
    raw = Path(f"/proc/{process}/environ").read_bytes()
    return {entry.split(b"=")[0].decode() for entry in raw.split(b"\0") if entry}


def parent_of(process: int) -> int:
    """Returns the parent of a process, 0 if the process has ended."""
    try:
        words = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(") ")[2]
    except OSError:
        return 0
    return int(words.split()[1])


def wait_until(true: object, seconds: float = PATIENCE) -> bool:
    """Returns whether the function ``true`` returned a true value within that time."""
    assert callable(true)
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
