"""Attacks with terminal input: keys, floods, forged replies, endless sequences, endings."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import (
    ALT_SCREEN_OFF,
    ALT_SCREEN_ON,
    Attack,
    Outcome,
    expect_responsive,
    leaked_secret,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshSession, SshTarget

_KIND = "session"
_WITHIN = "answers within 2 s"
_FLOOD_SECONDS = 15.0
_FEW = 4096


def attacks() -> Iterator[Attack]:
    """Yields attacks with bytes, floods, control keys, endings, replies and sequences."""
    for title, data in _BYTES:
        shown = repr(data[:24])[1:]
        yield Attack(_KIND, title, f"typed: {shown}", _WITHIN, _typed(data))
    for title, piece, times in _FLOODS:
        yield Attack(
            _KIND, title, f"typed: {piece!r:.28} x {times:,}", _WITHIN,
            _typed(piece * times),
        )  # fmt: skip
    yield Attack(_KIND, "200 sizes in two seconds", "stty cols N, 200 times", "answers", _sizes)
    yield Attack(_KIND, "keys that stop programs", "^C ^\\ ^Z ^S ^Q ^D", "answers", _controls)
    yield Attack(_KIND, "end of input", "ssh -t < /dev/null, then ^D", "no shell", _controls)
    yield Attack(
        _KIND, "the palette of commands", "^P shell, screenshot, edit", "nothing", _palette
    )
    for name in ("SIGHUP", "SIGTERM", "SIGKILL"):
        yield Attack(
            _KIND, f"client gone by {name}", f"kill -{name} ssh", "the next one enters", _gone(name)
        )
    yield Attack(_KIND, "a reader that does not read", "ssh -t, stopped 3 s", "answers", _stopped)
    yield Attack(_KIND, "leaving", "q", "the terminal restored, exit 0", _leaving)
    for title, data in _REPLIES:
        yield Attack(_KIND, f"forged: {title}", f"typed: {data!r:.40}", _WITHIN, _typed(data))
    for title, data in _NUMBERS:
        yield Attack(_KIND, title, f"typed: {data[:24]!r} …", _WITHIN, _typed(data))
    for title, start in _ENDLESS:
        command = f"typed: {start!r}, then 10 MB"
        yield Attack(_KIND, f"{title} without an end", command, _WITHIN, _typed(start + _TEN_MB))


_BYTES: tuple[tuple[str, bytes], ...] = (
    ("bytes that are not text", b"\xff\xfe\xfd\xc0\x80\xed\xa0\x80\xf4\x90\x80\x80"),
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

_TEN_MB = b"A" * 10_000_000
_REPLIES = (
    ("kind of terminal (DA1)", b"\x1b[?65;1;2;4;6;9;15;22;29c" * 50),
    ("its version (DA2, DA3)", b"\x1b[>99999;99999;99999c\x1bP!|FFFFFFFF\x1b\\"),
    ("its name (XTVERSION)", b"\x1bP>|$(id)\x1b\\"),
    ("the cursor's place (DSR)", b"\x1b[99999;99999R\x1b[0n\x1b[3n"),
    ("the clipboard (OSC 52)", b"\x1b]52;c;aWQKcm0gLXJmIC8K\x07"),
    ("colours (OSC 4, 10, 11)", b"\x1b]10;rgb:ffff/0/0\x1b\\\x1b]11;rgb:0/0/0\x07\x1b]4;1;?\x07"),
    ("a title (OSC l, OSC L)", b"\x1b]l\nid\n\x1b\\\x1b]Lid\r\x1b\\"),
    ("capabilities (XTGETTCAP)", b"\x1bP1+r544e=787465726d;436f=ffff\x1b\\\x1bP0+r\x1b\\"),
    ("settings (DECRQSS)", b'\x1bP1$r99999;99999"p\x1b\\'),
    ("modes (DECRPM)", b"\x1b[?1049;2$y\x1b[?99999999;9$y\x1b[?2026;0$y\x1b[?2048;1$y"),
    ("the keyboard (kitty)", b"\x1b[?31u\x1b[97;1:3u\x1b[57441;1:2u\x1b[97;;1114111u"),
    ("pixels (kitty, xterm)", b"\x1b_Gi=1;OK\x1b\\\x1b[4;0;0t\x1b[6;0;0t\x1b[8;65535;65535t"),
    ("paste within paste", b"/\x1b[200~a\x1b[201~b\x1b[200~c\x1b[200~d\x1b[201~\x1b[201~e"),
)
_NUMBERS = (
    ("a number of 4,000 digits", b"\x1b[" + b"9" * 4_000 + b"A"),
    ("a number of 1,000,000 digits", b"\x1b[" + b"9" * 1_000_000 + b"A"),
    ("100,000 numbers", b"\x1b[" + b"1;" * 100_000 + b"m"),
    ("a click beyond all screens", b"\x1b[<0;99999999999999999999;99999999999999999999M"),
    ("a click left of all screens", b"\x1b[<0;0;0M\x1b[<0;-5;-5M\x1b[M\x20\x00\x00"),
    ("half a mouse, half a key, half a paste", b"\x1b[<0;1\x1b[1;\x1b[20\x1bO\x1b"),
)
_ENDLESS = (
    ("a command of the terminal (OSC)", b"\x1b]52;c;"),
    ("a string for the device (DCS)", b"\x1bP1+r"),
    ("a string for programs (APC)", b"\x1b_G"),
    ("a sequence (CSI)", b"\x1b["),
)


def _entered(session: SshSession) -> bool:
    entered = session.wait_for(ALT_SCREEN_ON)
    session.settle()
    return entered


def _typed(data: bytes) -> Callable[[SshTarget, Path], Outcome]:
    """Returns an attack that types ``data`` and then expects an answer."""

    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session() as session:
            if not _entered(session):
                return Outcome("no session to type into", "FAILED")
            sent = session.send(data, _FLOOD_SECONDS)
            stopped = time.monotonic()
            # The explorer ends an unfinished paste or a flood after a second of silence.
            while time.monotonic() - stopped < (1.5 if sent > _FEW else 0.2):
                session.read(0.1)
            session.send(b"\x1b[201~\x1b")
            session.settle(0.2, 0.5)
            leaked = leaked_secret(session.raw, "\x1b]52;c;eA==")
            if leaked:
                return Outcome(f"the visitor got {leaked!r}", "FAILED")
            words = f"{sent:,} bytes" if sent > _FEW else "no harm"
            return expect_responsive(session, words)

    return run


def _sizes(target: SshTarget, _folder: Path) -> Outcome:
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        for number in range(200):
            session.resize(20 + number, 10 + number % 50)
            session.signal(signal.SIGWINCH)
            session.read(0.01)
        session.settle(0.2, 1.5)
        return expect_responsive(session, "200 sizes")


def _controls(target: SshTarget, _folder: Path) -> Outcome:
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        session.send(b"\x03\x1c\x1a\x13\x04")
        session.settle(0.3, 1.5)
        if session.process.poll() is not None:
            return Outcome("the session ended", "contained")
        return expect_responsive(session, "none of them stops it")


def _palette(target: SshTarget, _folder: Path) -> Outcome:
    with target.session(rows=40) as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        for words in (b"shell", b"screenshot", b"edit", b"save"):
            session.send(b"\x10")
            session.settle(0.2, 1.5)
            session.send(words)
            session.settle(0.2, 1.5)
            session.send(b"\r")
            session.settle(0.2, 1.5)
            session.send(b"\x1b")
            session.settle(0.3, 1.5)
        leaked = leaked_secret(session.raw, "uid=", "$ ")
        if leaked:
            return Outcome(f"the visitor saw {leaked!r}", "FAILED")
        return expect_responsive(session, "nothing of the kind on offer")


def _gone(name: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session() as session:
            if not _entered(session):
                return Outcome("no session", "FAILED")
            session.signal(getattr(signal, name))
            session.wait_exit(5)
        with target.session() as session:
            entered = session.wait_for(ALT_SCREEN_ON)
        return (
            Outcome("the next visitor entered", "contained")
            if entered
            else Outcome("shut", "FAILED")
        )

    return run


def _stopped(target: SshTarget, _folder: Path) -> Outcome:
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        session.signal(signal.SIGSTOP)
        time.sleep(3)
        session.signal(signal.SIGCONT)
        return expect_responsive(session, "went on")


def _leaving(target: SshTarget, _folder: Path) -> Outcome:
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        session.send(b"q")
        status = session.wait_exit()
        restored = ALT_SCREEN_OFF in session.raw and b"\x1b[?25h" in session.raw
        if status == 0 and restored:
            return Outcome("exit 0, main screen and cursor back", "contained")
        return Outcome(f"exit {status}, restored: {restored}", "FAILED")
