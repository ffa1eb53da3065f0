"""What sessions of a public login share and what they have of their own: variables, memory."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from milatui.ssh.audit.ssh_client import SshSession
from tests.security.test_sessions import enter
from tests.security.testbed.memory import memory_of, processes_of
from tests.security.testbed.observer import private_memory, wait_until
from tests.security.testbed.public_login import Login, public_login
from tests.security.testbed.requirements import skip_without_sshd
from tests.terminal import PATIENCE

_PROBE = """\
import json, os, signal
def tell(*_):
    with open({path!r}, "w") as pipe:
        pipe.write(json.dumps(dict(os.environ)))
signal.signal(signal.SIGUSR2, tell)
"""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="fresh", marks=pytest.mark.long),
        pytest.param(True, id="warm"),
    ],
)
def probed(request: pytest.FixtureRequest) -> Iterator[Login]:
    """A login whose sessions write their variables into a pipe when they are sent SIGUSR2."""
    skip_without_sshd()
    with public_login(warm=request.param, prepare=_install_probe) as running:
        yield running


def _install_probe(login: Login) -> None:
    pipe = login.folder / "pipe"
    os.mkfifo(pipe)
    pipe.chmod(0o666)
    (site,) = (login.folder / "venv" / "lib").glob("*/site-packages")
    (site / "probe.py").write_text(_PROBE.format(path=str(pipe)), encoding="utf-8")
    (site / "probe.pth").write_text("import probe\n", encoding="utf-8")


def explorer_of(login: Login) -> int:
    """The one process that draws, which has the most memory."""
    return max(processes_of(login), key=lambda process: memory_of(process).dirty)


def ask_variables(login: Login, process: int) -> dict[str, str]:
    """The variables as the program in ``process`` sees them."""
    os.kill(process, signal.SIGUSR2)
    with (login.folder / "pipe").open(encoding="utf-8") as pipe:
        found: dict[str, str] = json.loads(pipe.read())
    return found


def test_a_session_has_five_variables_whatever_its_visitor_sends(probed: Login) -> None:
    flags = ("-o", "SetEnv=LANG=fr_CA.UTF-8")
    with probed.target.session(*flags, columns=120, rows=40) as session:
        enter(session)
        process = explorer_of(probed)
        assert ask_variables(probed, process) == {
            "HOME": "/nonexistent",
            "LANG": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "TERM": "xterm-256color",
            "COLORTERM": "",
        }
        # A search loads more of the program: neither does it leave a variable behind.
        session.send(b"/samsung")
        session.settle()
        assert len(ask_variables(probed, process)) == 5
        raw = Path(f"/proc/{process}/environ").read_bytes()
        names = {line.split(b"=")[0].decode() for line in raw.split(b"\0") if line}
        # A fork keeps in /proc what its parent was started with: no more than that.
        warm = probed.settings.warm
        every = {"HOME", "LANG", "PATH", "TERM", "COLORTERM"}
        assert names == (every - {"TERM", "COLORTERM"} if warm else every)


def pages_of_the_index(login: Login, process: int) -> tuple[int, int, int]:
    """kB of the index that only this process has in use, shares, and has changed."""
    private = shared = dirty = 0
    ours = False
    text = Path(f"/proc/{process}/smaps").read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            ours = str(login.settings.index) in line
        elif ours:
            name, _colon, rest = line.partition(":")
            size = int(rest.split()[0]) if rest.strip().endswith("kB") else 0
            private += size * (name == "Private_Clean")
            shared += size * (name == "Shared_Clean")
            dirty += size * (name in ("Private_Dirty", "Shared_Dirty", "Anonymous"))
    return private, shared, dirty


def look_around(session: SshSession) -> None:
    for key in (b"j", b"2", b"j", b"j"):
        session.send(key)
        session.settle(0.2, 2)


def test_sessions_share_the_pages_of_the_index(probed: Login) -> None:
    os.sync()  # what is not on disk yet counts as dirty, whoever reads it
    with ExitStack() as stack:
        sessions = [
            stack.enter_context(probed.target.session(columns=120, rows=40)) for _ in range(2)
        ]
        for session in sessions:
            enter(session)
            session.settle(1.5, 2)
        for session in sessions:
            look_around(session)
        processes = sorted(processes_of(probed), key=lambda one: memory_of(one).dirty)[-2:]
        for process in processes:
            private, shared, dirty = pages_of_the_index(probed, process)
            # Not all: one of them may have looked at a page more than the other.
            assert shared > 100
            assert private < shared
            assert dirty == 0


def test_a_session_has_little_memory_of_its_own(probed: Login) -> None:
    most = 22 if probed.settings.warm else 38
    with probed.target.session(columns=120, rows=40) as session:
        enter(session)
        session.settle(1.5, 2)
        look_around(session)
        assert sum(map(private_memory, processes_of(probed))) <= most


@pytest.mark.long
def test_memory_is_as_before_when_visitors_have_gone(probed: Login) -> None:
    server = probed.processes[0].pid
    for turn in range(50):
        with probed.target.session() as session:
            enter(session)
            session.send(b"q")
            session.wait_exit(PATIENCE)
        # What a child that still ends shares with the server does not count as the server's own.
        assert wait_until(lambda: not processes_of(probed))
        if not turn:
            before = memory_of(server).dirty
    assert memory_of(server).dirty - before <= 5
