"""Attacks by what is typed into a session, or by how it is left."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from milatui.ssh.attack import ENTERED, LEFT, Attack, Found, answers, leaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from milatui.ssh.client import Session, Target

KIND = "session"
_FLOOD_SECONDS = 15.0
_FEW = 4096


def attacks() -> Iterator[Attack]:
    """Bytes, floods, keys of control, and ways to go."""
    for title, data in _BYTES:
        shown = repr(data[:24])[1:]
        yield Attack(KIND, title, f"typed: {shown}", "answers within 2 s", typed(data))
    for title, piece, times in _FLOODS:
        yield Attack(
            KIND, title, f"typed: {piece!r:.28} x {times:,}", "answers within 2 s",
            typed(piece * times),
        )  # fmt: skip
    yield Attack(KIND, "200 sizes in two seconds", "stty cols N, 200 times", "answers", _sizes)
    yield Attack(KIND, "keys that stop programs", "^C ^\\ ^Z ^S ^Q ^D", "answers", _controls)
    yield Attack(KIND, "end of input", "ssh -t < /dev/null, then ^D", "no shell", _controls)
    yield Attack(KIND, "the palette of commands", "^P shell, screenshot, edit", "nothing", _palette)
    for name in ("SIGHUP", "SIGTERM", "SIGKILL"):
        yield Attack(
            KIND, f"client gone by {name}", f"kill -{name} ssh", "the next one enters", _gone(name)
        )
    yield Attack(KIND, "a reader that does not read", "ssh -t, stopped 3 s", "answers", _stopped)
    yield Attack(KIND, "leaving", "q", "the terminal restored, exit 0", _leaving)


_BYTES: tuple[tuple[str, bytes], ...] = (
    ("bytes that are no text", b"\xff\xfe\xfd\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80"),
    ("a size of 8000x8000 typed", b"\x1b[48;8000;8000;8000;8000t"),
    ("a size of nothing, then the mouse", b"\x1b[48;24;80;0;0t\x1b[<35;5;5M"),
    ("a key beyond Unicode", b"\x1b[99999999999u\x1b[1114112;1u\x1b[55296u"),
    ("half an escape sequence", b"\x1b[<0;1"),
    (
        "answers nobody asked for",
        b"\x1b[?2048;1$y\x1b[?2026;1$y\x1b]11;rgb:0/0/0\x07\x1bP1$r0m\x1b\\",
    ),
    ("a paste of escape sequences", b"/\x1b[200~\x1b]52;c;eA==\x07\x1b[2J\x1b[201~"),
    ("a search of 4,000 words", b"/" + b"a* " * 4000),
)
_FLOODS: tuple[tuple[str, bytes, int], ...] = (
    ("50,000 arrow keys", b"\x1b[B", 50_000),
    ("100,000 mouse moves", b"\x1b[<35;10;10M", 100_000),
    ("100,000 clicks", b"\x1b[<0;10;10M", 100_000),
    ("a 20 MB paste never closed", b"\x1b[200~" + b"A" * 994, 20_000),
    ("1 MB of letters", b"abcdefgh", 131_072),
    ("focus in, focus out", b"\x1b[I\x1b[O", 50_000),
)


def _entered(session: Session) -> bool:
    entered = session.wait_for(ENTERED)
    session.settle()
    return entered


def typed(data: bytes) -> Callable[[Target, Path], Found]:
    """An attack that types ``data`` and then wants an answer."""

    def run(target: Target, _folder: Path) -> Found:
        with target.session() as session:
            if not _entered(session):
                return Found("no session to type into", "FAILED")
            sent = session.send(data, _FLOOD_SECONDS)
            stopped = time.monotonic()
            # An unfinished paste or a flood counts as over after a second of silence.
            while time.monotonic() - stopped < (1.5 if sent > _FEW else 0.2):
                session.read(0.1)
            session.send(b"\x1b[201~\x1b")
            session.settle(0.2, 0.5)
            leaked = leaks(session.raw, "\x1b]52;c;eA==")
            if leaked:
                return Found(f"the visitor got {leaked!r}", "FAILED")
            words = f"{sent:,} bytes" if sent > _FEW else "no harm"
            return answers(session, words)

    return run


def _sizes(target: Target, _folder: Path) -> Found:
    with target.session() as session:
        if not _entered(session):
            return Found("no session", "FAILED")
        for number in range(200):
            session.resize(20 + number, 10 + number % 50)
            session.signal(signal.SIGWINCH)
            session.read(0.01)
        session.settle(0.2, 1.5)
        return answers(session, "200 sizes")


def _controls(target: Target, _folder: Path) -> Found:
    with target.session() as session:
        if not _entered(session):
            return Found("no session", "FAILED")
        session.send(b"\x03\x1c\x1a\x13\x04")
        session.settle(0.3, 1.5)
        if session.process.poll() is not None:
            return Found("the session ended", "contained")
        return answers(session, "none of them stops it")


def _palette(target: Target, _folder: Path) -> Found:
    with target.session(rows=40) as session:
        if not _entered(session):
            return Found("no session", "FAILED")
        for words in (b"shell", b"screenshot", b"edit", b"save"):
            session.send(b"\x10")
            session.settle(0.2, 1.5)
            session.send(words)
            session.settle(0.2, 1.5)
            session.send(b"\r")
            session.settle(0.2, 1.5)
            session.send(b"\x1b")
            session.settle(0.3, 1.5)
        leaked = leaks(session.raw, "uid=", "$ ")
        if leaked:
            return Found(f"the visitor saw {leaked!r}", "FAILED")
        return answers(session, "nothing of the kind on offer")


def _gone(name: str) -> Callable[[Target, Path], Found]:
    def run(target: Target, _folder: Path) -> Found:
        with target.session() as session:
            if not _entered(session):
                return Found("no session", "FAILED")
            session.signal(getattr(signal, name))
            session.wait_exit(5)
        with target.session() as session:
            entered = session.wait_for(ENTERED)
        return (
            Found("the next visitor entered", "contained") if entered else Found("shut", "FAILED")
        )

    return run


def _stopped(target: Target, _folder: Path) -> Found:
    with target.session() as session:
        if not _entered(session):
            return Found("no session", "FAILED")
        session.signal(signal.SIGSTOP)
        time.sleep(3)
        session.signal(signal.SIGCONT)
        return answers(session, "went on")


def _leaving(target: Target, _folder: Path) -> Found:
    with target.session() as session:
        if not _entered(session):
            return Found("no session", "FAILED")
        session.send(b"q")
        status = session.wait_exit()
        restored = LEFT in session.raw and b"\x1b[?25h" in session.raw
        if status == 0 and restored:
            return Found("exit 0, main screen and cursor back", "contained")
        return Found(f"exit {status}, restored: {restored}", "FAILED")
