"""Sessions of a public login, seen from the server: environment, ends, orphans, memory."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

import pytest

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.rounds import some, with_long
from tests.security.testbed.memory import processes_of
from tests.security.testbed.observer import peak_memory, private_memory, variables_of, wait_until
from tests.security.testbed.public_login import Login
from tests.terminal import PATIENCE

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")


def enter(session: SshSession) -> None:
    """Wait for the first screen."""
    assert session.wait_for(ALT_SCREEN_ON, PATIENCE), bytes(session.raw)
    session.settle()


def explorer_of(login: Login) -> int:
    """The one process that draws."""
    (process,) = login.sessions()
    return process


LANGUAGES = {"fr_CA.UTF-8": "fr", "de_DE": "en", "": "en"}
"""LANG of a visitor, and the language of the session."""
VARIABLES = {"HOME", "LANG", "PATH", "TERM", "COLORTERM"}


@pytest.mark.parametrize("sent", some(list(LANGUAGES), 1, len(LANGUAGES)))
def test_a_quiet_session_has_five_variables_little_memory_and_sends_nothing(
    login: Login, sent: str
) -> None:
    flags = ("-o", f"SetEnv=LANG={sent}")
    with login.target.session(*flags, columns=120, rows=40) as session:
        enter(session)
        session.settle(1.5)
        process = explorer_of(login)
        every = processes_of(login)
        assert len(every) == 2  # the explorer, and the shell that outlives it
        assert process in every
        for one in every:
            assert variables_of(one) == VARIABLES
        # The language is the visitor's if it is spoken.
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
        assert words[words.index(b"--lang") + 1] == LANGUAGES[sent].encode()
        assert str(login.folder) not in session.raw.decode("utf-8", "replace")
        assert private_memory(process) <= 40
        before = len(session.raw)
        with contextlib.suppress(AssertionError):
            session.settle(2.0, 3)
        assert len(session.raw) == before


def test_a_huge_terminal_costs_no_more_than_a_large_one(login: Login) -> None:
    with login.target.session(columns=1000, rows=1000) as session:
        enter(session)
        assert peak_memory(explorer_of(login)) <= 150


def test_sixteen_colours_get_no_more_and_a_signal_ends_in_one_line(login: Login) -> None:
    with login.target.session(term="xterm") as session:
        enter(session)
        assert b"\x1b[38;2;" not in session.raw
        assert b"38;5;" not in session.raw
        os.kill(explorer_of(login), signal.SIGTERM)
        session.wait_exit(PATIENCE)
        tail = bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2].decode("utf-8", "replace")
        assert "The server is ending this session" in tail
        assert "Traceback" not in tail


KILLED = (signal.SIGKILL, signal.SIGXCPU, signal.SIGBUS, signal.SIGALRM, signal.SIGSEGV)


def tidied_up(session: SshSession) -> str:
    """What stands on the visitor's terminal after a session that was killed."""
    session.wait_exit(PATIENCE)
    for mode in (1000, 1002, 1003, 1006, 2004):
        assert b"\x1b[?%dl" % mode in session.raw
    assert b"\x1b[?25h" in session.raw
    return bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2].decode("utf-8", "replace")


@pytest.mark.parametrize("number", some(KILLED, 2))
def test_a_killed_session_leaves_the_terminal_in_order(login: Login, number: int) -> None:
    with login.target.session() as session:
        enter(session)
        os.kill(explorer_of(login), number)
        assert tidied_up(session) == "milatui: this session has ended unexpectedly.\r\n"
        assert b"illed" not in session.raw


def test_no_session_outlives_its_visitor(login: Login, long: bool) -> None:
    for _round in range(50 if long else 3):
        with login.target.session() as session:
            assert session.wait_for(ALT_SCREEN_ON, PATIENCE)
            session.signal(signal.SIGKILL)
            session.wait_exit(PATIENCE)
    assert wait_until(lambda: not login.sessions())


@pytest.mark.parametrize(
    "flood",
    with_long(
        [b"\x1b[B" * 50_000 + b"\x1b[48;8000;8000;1;1t" * 200],
        [
            b"\x1b[<35;10;10M" * 100_000,
            (b"\x1b[200~" + b"A" * 994) * 4_000,
            (b"\x1b[200~" + b"A" * 994) * 20_000,
            b"\x1b[48;8000;8000;1;1t" * 200,
        ],
    ),
    ids=["keys and sizes", "mouse", "paste", "long paste", "sizes"],
)
def test_a_flood_does_not_fill_the_memory(login: Login, flood: bytes) -> None:
    with login.target.session() as session:
        enter(session)
        process = explorer_of(login)
        session.send(flood, 15)
        session.settle(1.3, 4)
        assert peak_memory(process) <= 150
        session.send(b"\x1b")
        session.settle()
        session.skip_output()
        session.send(b"?")
        assert session.read(PATIENCE), "no answer"


def test_a_visitor_who_reads_nothing_fills_no_memory(login: Login) -> None:
    with login.target.session(columns=120, rows=40) as session:
        enter(session)
        process = explorer_of(login)
        session.push(b"\x1b[B\x1b[A" * 25_000, 4)
        assert peak_memory(process) <= 150
        session.settle(1.0, 10)
        session.skip_output()
        session.send(b"?")
        assert session.wait_for(b"Moving", PATIENCE)
