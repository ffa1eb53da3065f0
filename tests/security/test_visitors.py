"""Visitors as they come: slow lines, few colours, tmux, their language, and the end of a server."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.tui.terminal.flow_control import MAX_UNACKNOWLEDGED
from tests.rounds import some, with_ci, with_long
from tests.security.test_sessions import enter
from tests.security.testbed.observer import wait_until
from tests.security.testbed.public_login import Login
from tests.security.testbed.slow_line import slow_line
from tests.terminal import PATIENCE, Terminal

SIXTEEN = {*range(10), *range(21, 30), *range(30, 38), 39, *range(40, 48), 49}
SIXTEEN |= {*range(90, 98), *range(100, 108)}
WALK = (
    b"j",
    b"j",
    b"\r",
    b"4",
    b"l",
    b"n",
    b"?",
    b"\x1b",
    b"\x1b",
    b"T",
    b"\x1b[B",
    b"\x1b",
    b"/amgen\r",
    b"\r",
    b"\x10",
    b"\x1b",
)


@pytest.mark.parametrize(
    "flags",
    [
        pytest.param((), id="plain", marks=pytest.mark.ci),
        pytest.param(("-C",), id="compressed", marks=pytest.mark.long),
    ],
)
def test_on_a_slow_line_the_last_key_counts(login: Login, flags: tuple[str, ...]) -> None:
    """At 2 kB a second, three seconds of a key held down leave nothing old to wait for."""
    with slow_line(login.settings.port) as line:
        target = replace(login.target, port=line.port)
        with target.session(*flags, columns=100, rows=30) as session:
            assert session.wait_for(ALT_SCREEN_ON, 60)
            assert session.wait_for(b"zoom", 60)
            session.settle(1.5, 20)
            assert len(session.raw) < 12_000
            for _ in range(90):
                session.send(b"j")
                session.read(0.03)
            session.skip_output()
            session.send(b"?")
            assert session.wait_for(b"Moving", 60)
            # What was under way, a frame that was begun, and the help itself.
            assert len(session.new_output) < MAX_UNACKNOWLEDGED + 12_000
            session.send(b"\x1b")  # out of the help, which takes letters
            session.settle(1.5, 20)
            session.send(b"q")
            assert session.wait_exit(30) == 0


@pytest.mark.long
def test_a_line_that_falls_silent_ends_its_session(login: Login) -> None:
    with contextlib.ExitStack() as stack:
        line = stack.enter_context(slow_line(login.settings.port, 200_000))
        session = stack.enter_context(replace(login.target, port=line.port).session())
        enter(session)
        line.cut()
        assert wait_until(lambda: not login.sessions(), 150)


@pytest.mark.parametrize("term", with_ci([], ["xterm"], ["linux", "screen", "vt220"]))
def test_a_terminal_of_sixteen_colours_is_sent_no_other(login: Login, term: str) -> None:
    with login.target.session(term=term) as session:
        enter(session)
        for keys in WALK:
            session.send(keys)
            session.settle(0.15, 2)
        session.send(b"q")
        session.wait_exit(PATIENCE)
        raw = bytes(session.raw).decode("utf-8", "replace")
    colours = re.findall(r"\x1b\[([\d;:]*)m", raw)
    used = {int(number or 0) for one in colours for number in re.split("[;:]", one)}
    assert used <= SIXTEEN
    assert used & {*range(30, 38), *range(90, 98)}, "no colour at all"


@contextmanager
def within_tmux(login: Login, folder: Path, setting: str) -> Iterator[tuple[Terminal, list[str]]]:
    """A session in a window of a real tmux, and the words that reach that tmux."""
    program = shutil.which("tmux")
    if program is None:
        pytest.skip("tmux is not installed")
    (folder / "tmux.conf").write_text(f"{setting}\nset -g status off\n", encoding="utf-8")
    tmux = [program, "-S", str(folder / "socket"), "-f", str(folder / "tmux.conf")]
    inside = shlex.join(login.target.arguments("-tt"))
    try:
        with Terminal([*tmux, "new", inside], columns=100, rows=30) as terminal:
            terminal.wait_for("Partners")
            terminal.settle()
            yield terminal, tmux
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, capture_output=True)


@pytest.mark.parametrize(
    ("setting", "kept", "passed"),
    [
        ("set -s set-clipboard on", True, True),
        ("set -g allow-passthrough on", False, True),
        ("set -s set-clipboard external", False, False),
    ],
    ids=["set-clipboard", "allow-passthrough", "default"],
)
@pytest.mark.parametrize("term", with_long(["tmux-256color"], ["screen"]))
def test_within_tmux_a_citation_gets_as_far_as_tmux_lets_it(
    login: Login, tmp_path: Path, term: str, setting: str, kept: bool, passed: bool
) -> None:
    if term == "screen" and "passthrough" in setting:
        pytest.skip("a tmux that calls itself screen gets what screen would understand")
    setting += f"\nset -g default-terminal {term}"
    with within_tmux(login, tmp_path, setting) as (terminal, tmux):
        terminal.send("down", "enter", "down", "enter", "y")
        terminal.wait_for("set-clipboard on")
        terminal.settle()
        buffer = subprocess.run([*tmux, "show-buffer"], check=False, capture_output=True).stdout
        assert bool(buffer) == kept
        assert (b"\x1b]52;" in terminal.raw) == passed
        terminal.send("q")


def test_a_visitor_chooses_the_language(login: Login) -> None:
    with Terminal(login.target.arguments("-tt"), columns=100, rows=30) as terminal:
        terminal.wait_for("1 Partners")
        terminal.settle()
        terminal.send("L")
        terminal.wait_for("1 Partenaires")
        terminal.wait_for("Dans cette archive")
        terminal.send("2", "down")
        terminal.wait_for("Lecteur ── événement")
        terminal.send("L")
        terminal.wait_for("Reader ── event")
        terminal.settle()
        assert not re.search("Partenaires|Chronologie|Lecteur|récents|ouvrir", terminal.text)
        terminal.send("?")
        terminal.wait_for("Keys")
        assert "keymap.toml" not in terminal.text  # a visitor has none


WORDS = {"fr_FR.ISO-8859-1": "Partenaires", "fr_CA.UTF-8": "Partenaires", "C": "Partners"}
"""LANG of a visitor, and what their screen says."""


@pytest.mark.parametrize("sent", some(list(WORDS), 1))
def test_what_a_visitor_reads_is_unicode_in_their_language(login: Login, sent: str) -> None:
    """A name of another encoding is not believed: today's terminals read UTF-8 whatever it says."""
    words = login.target.arguments("-tt", "-o", f"SetEnv=LANG={sent}")
    with Terminal(words, columns=100, rows=30, env={"LC_ALL": "", "LANG": sent}) as terminal:
        terminal.wait_for(f"1 {WORDS[sent]}")


def told_by_the_unit(login: Login) -> None:
    """Stop all sessions as the unit of the server does before it stops."""
    subprocess.run([login.settings.farewell], check=True)


def all_sessions_are_told(login: Login) -> None:
    with login.target.session() as first, login.target.session() as second:
        enter(first)
        enter(second)
        told_by_the_unit(login)
        for session in (first, second):
            session.wait_exit(PATIENCE)
            tail = bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2]
            assert b"The server is ending this session" in tail


def test_a_stop_of_the_server_tells_every_visitor(login: Login) -> None:
    all_sessions_are_told(login)


@pytest.mark.long
def test_a_stop_of_the_server_tells_every_visitor_of_the_warm_process(warm_login: Login) -> None:
    all_sessions_are_told(warm_login)
    assert warm_login.processes[0].poll() is None
    with warm_login.target.session() as session:
        enter(session)


def test_a_missing_archive_is_no_reason_to_name_its_place(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "milatui", "--read-only", "--archive", str(tmp_path / "none")]
    with Terminal(command) as terminal:
        assert terminal.wait_exit() == 3
        assert "cannot be shown" in terminal.text
        assert str(tmp_path) not in terminal.raw.decode()
