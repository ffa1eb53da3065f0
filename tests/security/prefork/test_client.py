"""The warm process: its socket, its sessions, and what happens when one of them dies."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import stat
import subprocess
import time
from pathlib import Path

import pytest

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.prefork.handshake import QUEUED, READY, TTY_KEPT, decode_exit, encode_exit
from milatui.ssh.prefork.request import Request, RequestError, decode_request
from tests.rounds import with_ci
from tests.security.test_sessions import enter, tidied_up
from tests.security.testbed.faults import Lines, hung_disk
from tests.security.testbed.memory import processes_of
from tests.security.testbed.observer import variables_of, wait_until
from tests.security.testbed.public_login import Login, restart_warm, stop
from tests.terminal import PATIENCE


def seats(server: subprocess.Popen[bytes]) -> list[int]:
    """The processes the warm one has forked."""
    return children(server.pid)


def children(process: int) -> list[int]:
    """Processes that a process has forked and that live."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(word) for word in listed.split()]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"xterm",
        b"xterm\ten",
        b"xterm\t\ten\tmore",
        b"xterm\t",
        b"\t" * 400,
        b"../../etc/passwd\t\ten",
        b"xterm\x1b[2J\t\ten",
        b"xterm\n\t\ten",
        b"xterm\t256\ten",
        b"xterm\t\tde",
        b"\xff\xfe",
    ],
)
def test_what_is_no_request_is_refused(data: bytes) -> None:
    with pytest.raises(RequestError):
        decode_request(data)


def test_requests_and_ends_arrive_as_sent() -> None:
    request = Request("xterm-256color", "truecolor", "fr")
    assert decode_request(request.encode()) == request
    assert decode_exit(encode_exit(3, "all places are taken")) == (3, "all places are taken")
    assert decode_exit(encode_exit(0)) == (0, "")
    for data in (b"", b"0", b"0 cut off", b"x words\n", b"\xff\n"):
        assert decode_exit(data) is None


def test_only_the_login_reaches_the_socket(warm_login: Login) -> None:
    path = warm_login.settings.socket
    assert path.stat().st_uid == warm_login.uid
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_caller_without_a_terminal_gets_nothing(warm_login: Login) -> None:
    server = warm_login.processes[0]
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(warm_login.settings.socket))
        line.sendall(Request("xterm", "", "en").encode())
        line.settimeout(PATIENCE)
        assert line.recv(1) == QUEUED
        assert line.recv(10) == READY
        null = os.open(os.devnull, os.O_RDWR)
        socket.send_fds(line, [TTY_KEPT], [null] * 3)
        os.close(null)
        assert line.recv(10) == b""
    assert wait_until(lambda: seats(server) == [])
    assert server.poll() is None


def test_a_caller_who_says_nothing_holds_nobody_up(warm_login: Login) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            line = stack.enter_context(socket.socket(socket.AF_UNIX))
            line.connect(str(warm_login.settings.socket))
        with warm_login.target.session() as session:
            enter(session)


def test_the_death_of_a_session_harms_no_other(warm_login: Login) -> None:
    server = warm_login.processes[0]
    with warm_login.target.session() as first:
        enter(first)
        (seat,) = seats(server)
        (explorer,) = children(seat)
        with warm_login.target.session() as second:
            enter(second)
            os.kill(explorer, signal.SIGSEGV)
            first.wait_exit(PATIENCE)
            assert b"ended unexpectedly" in first.raw
            assert ALT_SCREEN_OFF in first.raw
            second.skip_output()
            second.send(b"?")
            assert second.read(PATIENCE)
    assert wait_until(lambda: not seats(server))


@pytest.mark.parametrize("rounds", with_ci([2], [5]))
def test_a_hang_up_ends_the_session_and_its_client(warm_login: Login, rounds: int) -> None:
    server = warm_login.processes[0]
    for _round in range(rounds):
        with warm_login.target.session() as session:
            assert session.wait_for(ALT_SCREEN_ON, PATIENCE)
            session.signal(signal.SIGKILL)
            session.wait_exit(PATIENCE)
    assert wait_until(lambda: warm_login.sessions() == [server.pid])


def test_a_new_size_reaches_the_session(warm_login: Login) -> None:
    with warm_login.target.session(columns=80, rows=24) as session:
        enter(session)
        session.skip_output()
        session.resize(140, 45)
        session.signal(signal.SIGWINCH)
        assert session.wait_for(b"\x1b[45;", PATIENCE)


@pytest.mark.long
def test_a_hung_process_lets_new_visitors_in(warm_login: Login) -> None:
    server = warm_login.processes[0]
    with warm_login.target.session() as old:
        enter(old)
        before = set(warm_login.sessions())
        server.send_signal(signal.SIGSTOP)
        try:
            with warm_login.target.session() as new:
                enter(new)
                (explorer,) = set(warm_login.sessions()) - before
                # This one has nobody but its launcher to tidy up after it.
                os.kill(explorer, signal.SIGKILL)
                assert tidied_up(new) == "milatui: this session has ended unexpectedly.\r\n"
            old.skip_output()
            old.send(b"?")
            assert old.read(PATIENCE)
        finally:
            server.send_signal(signal.SIGCONT)
        assert wait_until(lambda: len(seats(server)) == 1)
        with warm_login.target.session() as new:
            enter(new)
            assert len(seats(server)) == 2


def test_an_index_on_a_disk_that_hangs_holds_nobody_up(warm_login: Login) -> None:
    with hung_disk(warm_login.settings.index / "CURRENT"):
        for _visitor in range(3):
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE)
                line.connect(str(warm_login.settings.socket))
                line.sendall(Request("xterm", "", "en").encode())
                assert line.recv(1) == QUEUED
                assert line.recv(10) == READY
    with warm_login.target.session() as session:
        enter(session)


def test_after_cut_lines_the_same_process_serves(warm_login: Login, long: bool) -> None:
    server = warm_login.processes[0]
    with Lines(warm_login) as lines:
        for number in (1,) * (100 if long else 2) + (10 if long else 4,) * (10 if long else 1):
            lines.come(number)
            lines.wait_for(ALT_SCREEN_ON, PATIENCE)
    with warm_login.target.session() as session:
        enter(session)
        assert len(seats(server)) >= 1
    assert server.poll() is None


def test_its_crash_ends_no_session_and_new_ones_start_afresh(warm_login: Login) -> None:
    server = warm_login.processes[0]
    with warm_login.target.session() as old:
        enter(old)
        server.kill()
        server.wait(PATIENCE)
        time.sleep(0.2)
        old.skip_output()
        old.send(b"?")
        assert old.read(PATIENCE)
        with warm_login.target.session() as new:
            enter(new)
            new.send(b"q")
            assert new.wait_exit(PATIENCE) == 0
        old.send(b"\x1b")  # out of the help, which takes letters
        old.settle()
        old.send(b"q")
        assert old.wait_exit(PATIENCE) == 0
        assert b"unexpectedly" not in old.raw


def test_nothing_of_what_started_it_reaches_a_session(stopped_login: Login, tmp_path: Path) -> None:
    root = {"SECRET": "of root", "SSH_AUTH_SOCK": "/tmp/x", "PYTHONPATH": "/tmp", "LANG": "fr_FR"}
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        server = restart_warm(stopped_login, root, (file.fileno(),))
    with stopped_login.target.session() as session:
        enter(session)
        every = [server.pid, *processes_of(stopped_login)]
        assert len(every) == 4  # it, the two of the session, and the visitor's client
        for process in every:
            assert variables_of(process) <= {"HOME", "LANG", "PATH", "TERM", "COLORTERM"}
            links = [path.readlink() for path in Path(f"/proc/{process}/fd").iterdir()]
            assert tmp_path / "open" not in links
    assert b"-I" in Path(f"/proc/{server.pid}/cmdline").read_bytes().split(b"\0")
    assert Path(f"/proc/{server.pid}/fd/0").readlink() == Path(os.devnull)


def test_a_stop_tells_every_visitor(warm_login: Login) -> None:
    server = warm_login.processes[0]
    with warm_login.target.session() as first, warm_login.target.session() as second:
        enter(first)
        enter(second)
        stop(server)
        for session in (first, second):
            session.wait_exit(PATIENCE)
            tail = bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2]
            assert b"The server is ending this session" in tail
    assert server.returncode == 0
    assert not warm_login.settings.socket.exists()
