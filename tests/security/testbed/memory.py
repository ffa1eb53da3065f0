"""Measures the memory of sessions of a public login over a real sshd; prints a table.

``python -m tests.security.testbed.memory [--warm] [--index DIR] [--keys 300]``: a visitor paints,
rests, steps, searches while typing, opens documents and continues for a while. With ``--index``
sessions read a copy of that index instead of the index of the bundled archive.

*Own* is ``Private_Dirty`` of the process that draws: what nobody else has and the system cannot
read again from a file.  *Files* is its ``Private_Clean``: pages of the index that only this
session has in use at the moment; they are the system's cache and shared as soon as somebody
else reads them.  *All* is the sum of both over all processes of the session (with the warm
process: what waits for its end, and the visitor's client).
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path

from milatui.ssh.audit.attack import ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.security.testbed.observer import processor_time, wait_until
from tests.security.testbed.public_login import Login, public_login
from tests.terminal import PATIENCE

_QUERY = "partnership with"
_KEYS: tuple[bytes, ...] = (
    b"j",
    b"j",
    b"k",
    b"\t",
    b"\r",
    b"]",
    b"[",
    b"1",
    b"2",
    b"3",
    b"4",
    b"\x1b[6~",
    b"n",
    b"z",
)
_KEYS += (b"?", b"\x1b", b"s", b"/quantum\r", b"/intelligence art\r")


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of a process in MB."""

    dirty: float
    clean: float
    shared: float
    proportional: float


def memory_of(process: int) -> Memory:
    """Reads the present memory of a process."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8")
    sizes = {name: int(kb) / 1024 for name, kb in re.findall(r"(?m)^(\w+):\s+(\d+) kB", text)}
    return Memory(
        sizes["Private_Dirty"], sizes["Private_Clean"], sizes["Shared_Clean"], sizes["Pss"]
    )


def processes_of(login: Login) -> list[int]:
    """Returns the processes of sessions, the drawing one last; without sshd and the server."""
    mark = str(login.folder).encode()
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
            program = words.split(b"\0")[0]
            if mark in words and (b"python" in program or program in (b"sh", b"/bin/sh")):
                found.append(int(entry.name))
    servers = {process.pid for process in login.processes}
    return sorted(process for process in found if process not in servers)


def put_in_place(index: Path, login: Login) -> None:
    """Lets the login read a copy of another index, as after a rebuild."""
    name = (index / "CURRENT").read_text(encoding="ascii").split()[0]
    shutil.copytree(index / name, login.settings.index / name)
    (login.settings.index / name).chmod(0o755)
    os.sync()  # what is not on disk yet counts as dirty, whoever reads it
    shutil.copyfile(index / "CURRENT", login.settings.index / "CURRENT")


def warm_up(login: Login) -> None:
    """Waits until the server has opened the index that was put in place.

    It looks for a renewal when a visitor comes, and that one has the index alone.
    """
    name = (login.settings.index / "CURRENT").read_text(encoding="ascii").split()[0]
    maps = Path(f"/proc/{login.processes[0].pid}/maps")
    with login.target.session() as session:
        session.wait_for(ALT_SCREEN_ON, PATIENCE)
        if not wait_until(lambda: name in maps.read_text(encoding="utf-8")):
            raise RuntimeError("the warm process has not opened the index")


class Visit:
    """One visitor, measured step by step."""

    def __init__(self, login: Login, session: SshSession) -> None:
        self._login, self._session = login, session

    def note(self, moment: str) -> Memory:
        """Prints a line of the table; returns the memory of the drawing process."""
        processes = processes_of(self._login)
        each = [memory_of(process) for process in processes]
        explorer = max(each, key=lambda one: one.dirty)
        every = sum(one.dirty + one.clean for one in each)
        cpu = sum(map(processor_time, processes))
        print(
            f"| {moment} | {explorer.dirty:.1f} | {explorer.clean:.1f} | {every:.1f} "
            f"| {explorer.proportional:.1f} | {cpu:.0f} |",
            flush=True,
        )
        return explorer

    def keys(self, *keys: bytes, quiet: float = 0.3) -> None:
        """Types, and waits after each key until nothing more comes."""
        for key in keys:
            self._session.send(key)
            self._session.settle(quiet, 3)

    def run(self, keys: int) -> None:
        """All moments."""
        session = self._session
        session.wait_for(ALT_SCREEN_ON, PATIENCE)
        session.settle(0.3)
        self.note("painted")
        session.settle(2.5, 3)
        self.note("at rest")
        self.keys(b"j", b"j")
        self.note("two keys")
        self.keys(b"/", *(bytes([key]) for key in _QUERY.encode()), quiet=0.1)
        session.settle(4, 5)
        self.note("searched while typing")
        self.keys(b"\r", b"\r", b"\x1b[B", b"\r", b"\x1b[B", b"\r")
        self.note("documents opened")
        sizes = []
        self.keys(b"\x1b", b"\x1b", b"1", quiet=0.4)
        for _turn in range(40):
            before = len(session.raw)
            self.keys(b"j", quiet=0.15)
            sizes.append(len(session.raw) - before)
        found = f"median {statistics.median(sizes):.0f}, most {max(sizes)}"
        self.note(f"40 steps ({found} bytes)")
        dice = random.Random(5)
        self.keys(*(dice.choice(_KEYS) for _ in range(keys)), quiet=0.05)
        session.settle(4, 5)
        self.note(f"{keys} keys")


def sharing(login: Login) -> None:
    """Prints the memory that two sessions with the same search share."""
    with contextlib.ExitStack() as stack:
        for _visitor in range(2):
            session = stack.enter_context(login.target.session(columns=120, rows=40))
            visit = Visit(login, session)
            session.wait_for(ALT_SCREEN_ON, PATIENCE)
            visit.keys(b"/", b"a", b"r", b"t", quiet=0.5)
            session.settle(3, 4)
        for process in processes_of(login):
            found = memory_of(process)
            print(
                f"process of two sessions: own {found.dirty:.1f}, files alone {found.clean:.1f},"
                f" files shared {found.shared:.1f}, proportional {found.proportional:.1f} MB"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--warm", action="store_true", help="with the warm process")
    parser.add_argument("--index", type=Path, help="an index to read instead")
    parser.add_argument("--keys", type=int, default=300, help="keys of the last moment")
    args = parser.parse_args()
    with public_login(warm=args.warm) as login:
        if args.index:
            put_in_place(args.index, login)
            if args.warm:
                warm_up(login)
        print("| moment | own | files | all | proportional | CPU, ms |\n|---|---|---|---|---|---|")
        with login.target.session(columns=120, rows=40) as session:
            Visit(login, session).run(args.keys)
            session.send(b"\x1b\x1bq")
            session.wait_exit()
        sharing(login)


if __name__ == "__main__":
    main()
