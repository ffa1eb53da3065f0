"""Measures a public login: costs of sessions, floods, and ends."""

from __future__ import annotations

import contextlib
import os
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.security.testbed.memory import memory_of, processes_of
from tests.security.testbed.observer import (
    parent_of,
    peak_memory,
    private_memory,
    processor_time,
    variables_of,
    wait_until,
)
from tests.security.testbed.public_login import Login, start_warm, stop
from tools.release.table import Table

FLOODS = (
    ("50,000 arrow keys", b"\x1b[B" * 50_000),
    ("100,000 mouse moves", b"\x1b[<35;10;10M" * 100_000),
    ("20 MB paste, never closed", b"\x1b[200~" + b"A" * 20_000_000),
    ("1 MB of letters", b"abcdefgh" * 131_072),
    ("10 MB of a sequence without an end", b"\x1b]52;c;" + b"A" * 10_000_000),
)
SESSION_VARIABLES = {"HOME", "LANG", "PATH", "TERM", "COLORTERM"}
HELD, CROWD, ROUNDS, TOLD = 50, 100, 50, 10
_WHOLE = b"zoom"
"""The end of the last line of the first screen."""
HELP = b"Moving"


class Measures:
    """Measures one login, ``mode`` "fresh" (a process for each session) or "warm"."""

    def __init__(self, login: Login, mode: str, table: Table) -> None:
        self.login, self.mode, self._table = login, mode, table

    @property
    def warm(self) -> bool:
        """Whether sessions come from the preloaded server."""
        return self.mode == "warm"

    def note(self, point: int, what: str, found: str, kept: bool) -> None:
        """Adds a line to the table."""
        self._table.note(self.mode, point, what, found, kept)

    # The server's side -------------------------------------------------------------------

    def processes(self) -> list[int]:
        """Returns the processes of sessions, without the server from which they are forked."""
        server = self.login.processes[0].pid if self.warm else 0
        return [process for process in self.login.sessions() if process != server]

    def explorers(self) -> list[int]:
        """Returns the processes that draw: the last of three of each forked session."""
        found = self.processes()
        if not self.warm:
            return found
        parents = {parent_of(process) for process in found}
        return [p for p in found if p not in parents and parent_of(p) in found]

    @contextlib.contextmanager
    def visitor(self) -> Iterator[SshSession]:
        """Opens a session and waits until it has painted."""
        with self.login.target.session(columns=120, rows=40) as session:
            if not session.wait_for(ALT_SCREEN_ON, 30):
                raise RuntimeError(f"no session: {bytes(session.raw)[-200:]!r}")
            session.wait_for(_WHOLE, 30)
            session.settle(0.5)
            yield session

    def nobody_left(self, seconds: float = 10.0) -> bool:
        """Returns whether all sessions have ended within that time."""
        return wait_until(lambda: not self.processes(), seconds)

    def settled(self) -> None:
        """Waits until no process shares memory with the server that could end by itself."""
        wait_until(lambda: not processes_of(self.login), 10)

    # Points ------------------------------------------------------------------------------

    def environment(self) -> None:
        """Measures point 3: the environment, and what a visitor sees of errors."""
        with self.visitor() as session:
            every = processes_of(self.login)
            if self.warm:
                every.append(self.login.processes[0].pid)
            names = set().union(*map(variables_of, every))
            shown = bytes(session.raw)
        self.nobody_left()
        found = f"{' '.join(sorted(names))} in {len(every)} processes"
        what = "environment: HOME LANG PATH TERM COLORTERM, no more"
        self.note(3, what, found, names == SESSION_VARIABLES)
        index = self.login.settings.index
        hidden = index.with_name("gone")
        index.rename(hidden)
        try:
            with self.login.target.session(columns=120, rows=40) as session:
                session.wait_for(b"not ready", 20)
                said = b"not ready" in session.raw
                shown += bytes(session.raw)
        finally:
            hidden.rename(index)
        self.nobody_left()
        with self.visitor() as session:
            os.kill(self.explorers()[0], signal.SIGSEGV)
            session.wait_exit()
            shown += bytes(session.raw)
        self.nobody_left()
        bad = [w for w in (str(self.login.folder), "Traceback", ".py") if w.encode() in shown]
        found = ("said in a sentence" if said else "not said") + f", {len(bad)} paths or traces"
        what = "index taken away, explorer killed: no traceback, no path"
        self.note(3, what, found, said and not bad)

    def flood(self, name: str, data: bytes) -> None:
        """Point 4."""
        with self.visitor() as session:
            (process,) = self.explorers()
            sent = session.send(data, 20)
            took = _answer(session)
            memory = peak_memory(process)
        self.nobody_left()
        found = f"{sent / 1e6:.1f} MB taken, {memory:.0f} MB, {took:.1f} s"
        self.note(4, f"{name}: 150 MB, answers in 2 s", found, memory <= 150 and took <= 2)

    def orphans(self) -> None:
        """Measures point 5: what is left of killed clients, and of many visits."""
        for _batch in range(5):
            with contextlib.ExitStack() as stack:
                batch = [stack.enter_context(self.visitor()) for _ in range(ROUNDS // 5)]
                for session in batch:
                    session.signal(signal.SIGKILL)
                for session in batch:
                    session.wait_exit()
        self.nobody_left(2)
        left = len(self.processes())
        self.note(5, f"processes 2 s after {ROUNDS} killed clients: none", str(left), left == 0)
        self.settled()
        server = self.login.processes[0].pid
        before = memory_of(server).dirty
        for _round in range(ROUNDS):
            with self.visitor() as session:
                session.send(b"q")
                session.wait_exit()
        self.settled()
        grown = memory_of(server).dirty - before
        found = f"{'warm process' if self.warm else 'sshd'} {grown:+.1f} MB"
        self.note(5, f"memory after {ROUNDS} rounds: within 5 MB", found, grown <= 5)

    def start(self) -> None:
        """Measures point 7: CPU and memory of a session that has painted, the median of three."""
        costs, sizes, idle = [], [], 0
        for _turn in range(3):
            with self.visitor() as session:
                session.settle(1.5)
                costs.append(sum(map(processor_time, self.processes())))
                sizes.append(sum(map(private_memory, self.processes())))
                before = len(session.raw)
                session.settle(3, 3)
                idle = max(idle, len(session.raw) - before)
            self.nobody_left()
        cpu, memory = statistics.median(costs), statistics.median(sizes)
        most_cpu, most_memory = (250, 25) if self.warm else (400, 40)
        what = "CPU of a start: 400 ms, pre-warmed 250"
        self.note(7, what, f"{cpu:.0f} ms", cpu <= most_cpu)
        what = "private memory of a session: 40 MB, pre-warmed 25"
        self.note(7, what, f"{memory:.1f} MB", memory <= most_memory)
        self.note(7, "sent while idle: 0 bytes", f"{idle} bytes", idle == 0)

    def private(self) -> tuple[float, float]:
        """Returns the private MB of a session after its first screen, and after a search.

        Two do the same: what both have of a file then is nobody's own.
        """
        with self.visitor() as first, self.visitor() as second:
            second.settle(1.5)
            painted = sum(map(private_memory, self.processes())) / 2
            for keys in (b"/safety\r", b"\r", b"\x1b[6~"):
                for session in (first, second):
                    session.send(keys)
                    session.settle(1.0)
            used = sum(map(private_memory, self.processes())) / 2
        self.nobody_left()
        return painted, used

    def at_once(self, number: int) -> None:
        """Measures point 7: ``number`` visitors come at the same time, and all get answers."""
        began = time.monotonic()
        with contextlib.ExitStack() as stack:
            target = self.login.target
            every = [
                stack.enter_context(target.session(columns=120, rows=40)) for _ in range(number)
            ]
            painted = _until_each_shows(every, _WHOLE, began + 120)
            took = time.monotonic() - began
            for session in every:
                session.skip_output()
                session.send(b"?", 2)
            answered = _until_each_shows(every, HELP, time.monotonic() + 30)
        self.nobody_left(20)
        found = f"{painted} painted after {took:.0f} s, {answered} answered"
        what = f"{number} visitors at once: all painted, all held"
        self.note(7, what, found, painted == answered == number)

    def stopping(self) -> None:
        """Measures point 6: the server is stopped as its unit stops it."""
        with contextlib.ExitStack() as stack:
            visitors = [stack.enter_context(self.visitor()) for _ in range(TOLD)]
            if self.warm:
                stop(self.login.processes[0])
            else:
                subprocess.run([self.login.settings.farewell], check=True)
            for visitor in visitors:
                visitor.wait_exit()
            told = sum(
                b"The server is ending this session" in bytes(v.raw).rpartition(ALT_SCREEN_OFF)[2]
                and ALT_SCREEN_OFF in v.raw
                for v in visitors
            )
        what = f"stop with {TOLD} visitors: each terminal restored, each told"
        self.note(6, what, f"{told}", told == TOLD)
        if self.warm:
            process = start_warm(self.login)
            self.login.processes.remove(process)
            self.login.processes[0] = process


def _answer(session: SshSession) -> float:
    """Returns the seconds until a key has an effect; keys of a flood may have opened a field."""
    began = time.monotonic()
    session.skip_output()
    while time.monotonic() - began < 10:
        session.settle(0.1, 0.5)
        session.send(b"\x1b")
        session.settle(0.25, 0.4)  # sooner, both would be one key: Alt-?
        session.send(b"?")
        if session.wait_for(HELP, 0.4):
            return time.monotonic() - began
    return 99.0


def _until_each_shows(sessions: list[SshSession], wanted: bytes, end: float) -> int:
    """Returns how many sessions have shown ``wanted`` by then."""
    waiting = list(sessions)
    while waiting and time.monotonic() < end:
        for session in list(waiting):
            session.read(0.002)
            if wanted in session.new_output:
                waiting.remove(session)
    return len(sessions) - len(waiting)
