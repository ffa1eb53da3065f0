"""The warm process and its clients among faults: cut lines, hangs, a system that refuses."""

from __future__ import annotations

import os
import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from milatui.ssh.prefork.handshake import QUEUED, READY
from milatui.ssh.prefork.request import Request
from tests.rounds import with_long
from tests.security.testbed.faults import hung_disk
from tests.security.testbed.observer import processor_time, wait_until
from tests.security.testbed.stub_server import FRESH, RESIZED, STARTED, TOLD, Client, Server, server
from tests.terminal import PATIENCE

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
REQUEST = Request("xterm", "", "en").encode()


def serves(running: Server, *, leads: bool = True) -> bool:
    """Whether the process that was started serves a visitor."""
    with Client(running.socket, leads=leads) as client:
        return client.wait_for(STARTED) and running.alive


def has_socket(process: int) -> bool:
    """Whether a process has come so far as to call the warm process."""
    links = Path(f"/proc/{process}/fd").iterdir()
    return any(str(link.readlink()).startswith("socket:") for link in links)


def test_cut_lines_do_not_end_it(tmp_path: Path, long: bool) -> None:
    with server(tmp_path) as running:
        for _turn in range(40 if long else 4):
            with Client(running.socket) as client:
                assert client.wait_for(STARTED)
        for _batch in range(16 if long else 1):
            with ExitStack() as stack:
                batch = [stack.enter_context(Client(running.socket)) for _ in range(10)]
                assert all(client.wait_for(STARTED) for client in batch)
                for client in batch:
                    client.cut()
        assert serves(running)
        assert wait_until(lambda: not running.children())


def test_lines_that_end_while_it_is_busy_end_alone(tmp_path: Path) -> None:
    """What it hears then, all at once, is about sessions that it may just have forgotten."""
    disk = tmp_path / "disk"
    with server(tmp_path, "--hung-disk", str(disk)) as running, ExitStack() as stack:
        lines = [stack.enter_context(Client(running.socket)) for _ in range(8)]
        assert all(line.wait_for(STARTED) for line in lines)
        other = stack.enter_context(Client(running.socket))
        with hung_disk(disk):
            busy = stack.enter_context(Client(running.socket))
            for line in lines:
                line.cut()
            for line in lines:
                line.process.wait(PATIENCE)
        assert busy.wait_for(STARTED)
        assert serves(running)
        other.send(b"x")
        assert other.wait_for(b"X")


@pytest.mark.parametrize("options", [(), ("--ignored-hang-up",)], ids=["plain", "nohup"])
def test_clients_that_are_killed_end_alone(tmp_path: Path, options: tuple[str, ...]) -> None:
    with server(tmp_path, *options) as running, ExitStack() as stack:
        clients = [stack.enter_context(Client(running.socket)) for _ in range(8)]
        assert all(client.wait_for(STARTED) for client in clients)
        for client in clients[1:]:
            client.process.kill()
        assert wait_until(lambda: len(running.children()) == 1)
        clients[0].send(b"x")
        assert clients[0].wait_for(b"X")
        assert serves(running)


def test_a_fork_that_fails_is_one_visitors_misfortune(tmp_path: Path) -> None:
    with server(tmp_path, "--failing-fork", "1") as running:
        with Client(running.socket) as client:
            assert client.wait_for(FRESH)
            assert client.wait_exit() == 0
        assert serves(running)


def test_a_session_without_room_for_its_explorer_says_so(tmp_path: Path) -> None:
    with server(tmp_path, "--failing-fork", "2") as running:
        with Client(running.socket) as client:
            assert client.wait_for(b"milatui: this session has ended unexpectedly.")
            assert client.wait_exit() == 70
        assert running.alive


@pytest.mark.long
def test_callers_without_end_neither_spin_it_nor_lock_others_out(tmp_path: Path) -> None:
    with server(tmp_path, "--descriptors", "20") as running, ExitStack() as stack:
        for _caller in range(60):
            stack.enter_context(socket.socket(socket.AF_UNIX)).connect(str(running.socket))
        time.sleep(0.5)
        before = processor_time(running.process.pid)
        time.sleep(2)
        assert processor_time(running.process.pid) - before < 200
        stack.close()
        assert serves(running)


def test_who_says_nothing_is_sent_away(tmp_path: Path) -> None:
    with server(tmp_path) as running, ExitStack() as stack:
        callers = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(200)]
        for caller in callers:
            caller.connect(str(running.socket))
            caller.settimeout(PATIENCE)
        assert serves(running)
        assert all(caller.recv(1) == b"" for caller in callers)
        assert serves(running)


@pytest.mark.parametrize("leads", with_long([True], [False]))
def test_a_hung_server_does_not_lock_visitors_out(tmp_path: Path, leads: bool) -> None:
    with server(tmp_path) as running, Client(running.socket, leads=leads) as old:
        assert old.wait_for(STARTED)
        os.kill(running.process.pid, signal.SIGSTOP)
        with Client(running.socket, leads=leads) as client:
            assert client.wait_for(FRESH)
            assert client.wait_exit() == 0
        old.send(b"x")
        assert old.wait_for(b"X")
        os.kill(running.process.pid, signal.SIGCONT)
        assert serves(running, leads=leads)


def test_a_server_that_wakes_up_uses_no_terminal_that_was_taken_back(tmp_path: Path) -> None:
    with server(tmp_path) as running, ExitStack() as stack:
        os.kill(running.process.pid, signal.SIGSTOP)
        clients = [stack.enter_context(Client(running.socket)) for _ in range(5)]
        assert all(client.wait_for(FRESH) for client in clients)
        os.kill(running.process.pid, signal.SIGCONT)
        assert serves(running)
        assert wait_until(lambda: not running.children())
        for client in clients:
            client.wait_for(STARTED, 0.2)
            assert STARTED not in client.raw


def test_a_session_waits_for_its_clients_word(tmp_path: Path) -> None:
    with server(tmp_path) as running, socket.socket(socket.AF_UNIX) as line:
        line.connect(str(running.socket))
        line.sendall(REQUEST)
        line.settimeout(PATIENCE)
        assert line.recv(1) == QUEUED
        assert line.recv(10) == READY
        # A scout for a renewed index may be a child for a moment, too.
        assert wait_until(lambda: len(running.children()) == 1)
        line.close()
        assert wait_until(lambda: not running.children())


@pytest.mark.parametrize("word", with_long([b"x", b"G"], [b"K", b"W", b"T"]))
def test_a_word_without_a_terminal_starts_nothing(tmp_path: Path, word: bytes) -> None:
    with server(tmp_path) as running, socket.socket(socket.AF_UNIX) as line:
        line.connect(str(running.socket))
        line.sendall(REQUEST)
        line.settimeout(PATIENCE)
        assert line.recv(1) == QUEUED
        assert line.recv(10) == READY
        null = os.open(os.devnull, os.O_RDWR)
        socket.send_fds(line, [word], [null] * 3)
        os.close(null)
        assert line.recv(10) == b""
        assert wait_until(lambda: not running.children())


def test_a_disk_that_hangs_holds_no_visitor_up(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with server(tmp_path, "--hung-disk", str(disk)) as running, hung_disk(disk):
        assert serves(running)
        assert serves(running)


def test_its_death_ends_no_session(tmp_path: Path) -> None:
    with server(tmp_path) as running, ExitStack() as stack:
        leading = stack.enter_context(Client(running.socket))
        shared = stack.enter_context(Client(running.socket, leads=False))
        assert leading.wait_for(STARTED)
        assert shared.wait_for(STARTED)
        running.process.kill()
        running.process.wait(PATIENCE)
        with Client(running.socket) as new:
            assert new.wait_for(FRESH)
        for client in (leading, shared):
            client.send(b"x")
            assert client.wait_for(b"X")
        leading.resize(90, 30)
        assert leading.wait_for(RESIZED)
        # What sshd's unit sends on a stop reaches the sessions without a server, too.
        for client in (leading, shared):
            client.process.terminate()
            assert client.wait_for(TOLD)
            assert client.wait_exit() == 0


def test_a_full_house_is_told(tmp_path: Path) -> None:
    with server(tmp_path, "--sessions", "1") as running, Client(running.socket) as first:
        assert first.wait_for(STARTED)
        with Client(running.socket) as second:
            assert second.wait_for(b"All 1 places are taken")
            assert second.wait_exit() == 75
        first.send(b"q")
        assert first.wait_exit() == 0
        assert serves(running)


def test_an_interrupted_wait_says_nothing_of_the_program(tmp_path: Path) -> None:
    with server(tmp_path) as running:
        os.kill(running.process.pid, signal.SIGSTOP)
        with Client(running.socket) as client:
            assert wait_until(lambda: has_socket(client.process.pid))
            client.send(b"\x03")
            assert client.wait_exit() == -signal.SIGINT
            assert b"Traceback" not in client.raw
            assert b".py" not in client.raw
