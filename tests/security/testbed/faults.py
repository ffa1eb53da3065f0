"""Measures how a fault of one visitor, or of the preloaded server, affects others."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from milatui.ssh.prefork.handshake import QUEUED, READY
from milatui.ssh.prefork.request import Request
from tests.security.testbed.memory import memory_of, processes_of
from tests.security.testbed.observer import wait_until
from tests.security.testbed.public_login import Login, start_warm
from tests.terminal import PATIENCE
from tools.release.measures import HELP, Measures

CUT, BATCH = 200, 10
KILLS = (signal.SIGKILL, signal.SIGXCPU, signal.SIGBUS, signal.SIGALRM, signal.SIGSEGV)
_LOST = b"milatui: this session has ended unexpectedly."


def descriptors(process: int) -> int:
    """Returns the number of open descriptors of a process."""
    return sum(1 for _entry in Path(f"/proc/{process}/fd").iterdir())


@contextlib.contextmanager
def hung_disk(path: Path) -> Iterator[None]:
    """Lets readers of ``path`` wait until the end of the block."""
    aside = path.with_name("aside")
    if path.exists():
        path.rename(aside)
    os.mkfifo(path, 0o644)
    try:
        yield
    finally:
        end = os.open(path, os.O_RDWR)  # lets those go on who wait
        path.unlink()
        if aside.exists():
            aside.rename(path)
        os.close(end)


def answers(session: SshSession, seconds: float = 2.0) -> bool:
    """Returns whether a session shows its help within that time."""
    session.send(b"\x1b", 1)
    session.settle(0.3, 1)  # sooner, both would be one key: Alt-?
    session.skip_output()
    session.send(b"?", 1)
    return session.wait_for(HELP, seconds)


class Lines:
    """Visitors whose connections are cut while the next ones come.

    Use it in a ``with`` statement.
    """

    def __init__(self, login: Login) -> None:
        self._login = login
        self._here: list[SshSession] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cut(self._here, (signal.SIGKILL,))

    def come(self, number: int, cuts: Sequence[int] = (signal.SIGKILL,)) -> None:
        """Opens sessions, and cuts those that were open once the first new one is in."""
        target, old = self._login.target, self._here
        self._here = [target.session(columns=120, rows=40) for _ in range(number)]
        self._here[0].wait_for(ALT_SCREEN_ON, 60)
        self._cut(old, cuts)

    def _cut(self, lines: list[SshSession], cuts: Sequence[int]) -> None:
        for turn, session in enumerate(lines):
            session.signal(cuts[turn % len(cuts)])
        for session in lines:
            with session:
                session.wait_exit()

    def wait_for(self, shown: bytes, seconds: float = 60) -> None:
        """Waits until every open session shows ``shown``."""
        if not all(session.wait_for(shown, seconds) for session in self._here):
            raise RuntimeError("no session")


def cut_lines(measures: Measures) -> None:
    """Measures point 5: half of the connections are cut one by one, half in batches."""
    server = measures.login.processes[0]
    measures.settled()
    memory, files = memory_of(server.pid).dirty, descriptors(server.pid)
    with Lines(measures.login) as lines:
        for number in (*(1,) * (CUT // 2), *(BATCH,) * (CUT // 2 // BATCH)):
            lines.come(number)
            lines.wait_for(ALT_SCREEN_ON)
    gone = measures.nobody_left(2)
    with measures.visitor() as session:
        served = answers(session) and server.poll() is None
    measures.settled()
    grown, more = memory_of(server.pid).dirty - memory, descriptors(server.pid) - files
    found = "the same process serves" if served else "it does not serve"
    found += f", {grown:+.1f} MB, {more:+d} descriptors" + ("" if gone else ", sessions left")
    what = f"{CUT} cut lines, one at a time and in batches of {BATCH}: the same process serves"
    measures.note(5, what, found, served and gone and grown <= 5 and more <= 0)


def killed(measures: Measures) -> None:
    """Measures point 6: after a killed explorer its supervisor resets the terminal."""
    tidy = 0
    for number in KILLS:
        with measures.visitor() as session:
            os.kill(measures.explorers()[0], number)
            session.wait_exit()
            tail = bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2]
            tidy += tail.strip() == _LOST and b"\x1b[?1000l" in session.raw
        measures.nobody_left()
    names = " ".join(number.name.removeprefix("SIG") for number in KILLS)
    what = f"explorer killed ({names}): terminal restored, one line said"
    measures.note(6, what, f"{tidy} of {len(KILLS)}", tidy == len(KILLS))


def hung(measures: Measures) -> None:
    """Measures point 5: the server is stopped while one visitor is in and others come."""
    server = measures.login.processes[0]
    with measures.visitor() as old:
        server.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            with measures.visitor() as new:
                took = time.monotonic() - began
                served = answers(new) and answers(old)
                server.send_signal(signal.SIGCONT)
                with measures.visitor() as later:
                    served = served and answers(later) and answers(new)
        finally:
            server.send_signal(signal.SIGCONT)
    measures.nobody_left()
    found = f"painted after {took:.1f} s" + ("" if served else ", but not all answer")
    what = "warm process hung: a new visitor is let in within 10 s, all answer"
    measures.note(5, what, found, served and took <= 10)


def slow_disk(measures: Measures) -> None:
    """Measures point 5: readers of ``CURRENT`` wait."""
    times = []
    with hung_disk(measures.login.settings.index / "CURRENT"):
        for _visitor in range(5):
            began = time.monotonic()
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE)
                line.connect(str(measures.login.settings.socket))
                line.sendall(Request("xterm", "", "en").encode())
                if line.recv(1) + line.recv(1) != QUEUED + READY:
                    raise RuntimeError("no session")
            times.append(time.monotonic() - began)
    measures.nobody_left()
    what = "renewed index on a disk that hangs: five requests answered within 1 s each"
    measures.note(5, what, f"{max(times):.2f} s", max(times) <= 1)


def crash(measures: Measures) -> None:
    """Measures point 5: the server is killed; sessions continue, and others start without it."""
    login = measures.login
    with contextlib.ExitStack() as stack:
        every = [stack.enter_context(measures.visitor()) for _ in range(5)]
        login.processes[0].kill()
        login.processes[0].wait(PATIENCE)
        every.append(stack.enter_context(measures.visitor()))
        served = sum(map(answers, every))
        for session in every:
            session.send(b"\x1b")
            session.settle(0.3, 1)
            session.send(b"q")
        left = sum(session.wait_exit() == 0 for session in every)
    wait_until(lambda: not processes_of(login))
    login.settings.socket.unlink(missing_ok=True)
    process = start_warm(login)
    login.processes.remove(process)
    login.processes[0] = process
    what = "warm process killed: five sessions go on, a new one starts, all end in order"
    found = f"{served} answer, {left} end in order"
    measures.note(5, what, found, served == left == 6)


EVERY = {"fresh": (cut_lines, killed), "warm": (cut_lines, killed, hung, slow_disk, crash)}
"""What is measured in which mode; where there is no warm process it cannot hang."""
