"""Attacks with the client's own means: escape keys, shared connections, odd terminals."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import (
    ALT_SCREEN_ON,
    Attack,
    Outcome,
    expect_refused,
    expect_responsive,
    last_line,
)
from milatui.ssh.audit.ssh_client import SshSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshTarget

_ESCAPES = ("-v", "-e", "~", "-o", "EnableEscapeCommandline=yes")
_UNUSED_SECONDS = 32
"""Seconds a connection without a session may stay: 20, and sshd checks only now and then."""
_REFUSALS = (b"server has disabled", b"forwarding failed", b"forward failed", b"prohibited")


def attacks() -> Iterator[Attack]:
    """Yields attacks with escape keys, late forwardings, odd terminals, idle connections."""
    for title, line in (
        ("a port", "-R 0:127.0.0.1:9"),
        ("a Unix socket", "-R /tmp/milatui-late.sock:127.0.0.1:9"),
    ):
        command = f"ssh -t, then ~C {line}"
        run = _escaped_forwarding(line)
        yield Attack("forwarding", f"later, by ~C, {title}", command, "refused", run)
    yield Attack(
        "forwarding", "later, on a shared connection", "ssh -M, then ssh -O forward -R 0:…",
        "refused", _shared_forwarding,
    )  # fmt: skip
    yield Attack(
        "forwarding", "an Ethernet tunnel", "ssh -o Tunnel=ethernet -w any:any", "refused", _tunnel
    )
    yield Attack("session", "a break signal", "ssh -t, then ~B", "answers", _escaped(b"\r~B"))
    yield Attack("session", "new keys, 20 times", "ssh -t, then ~R", "answers", _rekeyed)
    yield Attack(
        "session", "1,000 SIGWINCH", "kill -WINCH ssh, 1,000 times", "answers", _resize_signals
    )
    yield Attack(
        "session",
        "typing without reading",
        "50,000 keys, the screen not read",
        "answers",
        _typing_unread,
    )
    for title, modes in (
        ("raw, without echo", "raw -echo min 255 time 255"),
        ("keys of control moved", "intr A quit B erase C kill D eof E susp F start G stop H"),
        ("no speed", "0"),
        ("7 bits, parity marked", "istrip parenb inpck parmrk"),
    ):
        yield Attack(
            "session", f"a terminal: {title}", f"stty {modes}; ssh -t", "answers or ends",
            _odd_terminal(modes),
        )  # fmt: skip
    yield Attack("login", "a connection without a session", "ssh -N", "closed in 30 s", _unused)


def _entered(session: SshSession) -> bool:
    entered = session.wait_for(ALT_SCREEN_ON)
    session.settle()
    return entered


def _escaped_forwarding(line: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        # ssh opens its command line only on its controlling terminal.
        words = ["setsid", "--ctty", "--wait", *target.arguments("-tt", *_ESCAPES)]
        variables = {"TERM": "xterm-256color", **target.environment}
        with SshSession(words, 100, 30, variables) as session:
            if not _entered(session):
                return Outcome("no session", "FAILED")
            session.skip_output()
            session.send(b"\r~C")
            if not session.wait_for(b"ssh> ", 3):
                return Outcome("this ssh has no command line", "not tried")
            session.skip_output()
            session.send(line.encode() + b"\r")
            session.settle(1.0, 4)
            came = session.new_output.lower()
            session.send(b"\r~.")  # the end of setsid does not end ssh
            session.wait_exit(3)
        if any(word in came for word in _REFUSALS):
            return Outcome("request refused by the server", "refused")
        if b"allocated port" in came:
            return Outcome("a port was opened", "FAILED")
        return Outcome("nothing was opened", "contained")

    return run


def _shared_forwarding(target: SshTarget, folder: Path) -> Outcome:
    control = str(folder / "c")
    with target.session("-M", "-S", control) as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        outcome = target.run("-S", control, "-O", "forward", "-R", "0:127.0.0.1:9", seconds=8)
    return expect_refused(outcome, "Allocated port")


def _tunnel(target: SshTarget, _folder: Path) -> Outcome:
    words = ("-N", "-o", "ExitOnForwardFailure=yes", "-o", "Tunnel=ethernet", "-w", "any:any")
    return expect_refused(target.run(*words, seconds=8), "tap0")


def _escaped(keys: bytes) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session(*_ESCAPES) as session:
            if not _entered(session):
                return Outcome("no session", "FAILED")
            session.send(keys)
            session.settle(0.3, 2)
            return expect_responsive(session, "no harm")

    return run


def _rekeyed(target: SshTarget, _folder: Path) -> Outcome:
    with target.session(*_ESCAPES) as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        for _turn in range(20):
            session.send(b"\r~R")
            session.settle(0.1, 1)
        return expect_responsive(session, "new keys each time")


def _resize_signals(target: SshTarget, _folder: Path) -> Outcome:
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        for _turn in range(1000):
            session.signal(signal.SIGWINCH)
        session.settle(0.2, 3)
        return expect_responsive(session, "1,000 signals")


def _typing_unread(target: SshTarget, _folder: Path) -> Outcome:
    """Fills every buffer on the way back, and continues typing."""
    with target.session() as session:
        if not _entered(session):
            return Outcome("no session", "FAILED")
        sent = session.push(b"\x1b[B\x1b[A" * 25_000, 5.0)
        session.settle(0.3, 5)
        return expect_responsive(session, f"{sent:,} bytes typed unseen")


def _odd_terminal(modes: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session(modes=modes) as session:
            if not session.wait_for(ALT_SCREEN_ON):
                ended = session.process.poll() is not None
                words = last_line(session.raw.decode("utf-8", "replace"))
                return Outcome(f"no session: {words}", "refused" if ended else "FAILED")
            session.settle()
            return expect_responsive(session, "the usual session")

    return run


def _unused(target: SshTarget, _folder: Path) -> Outcome:
    began = time.monotonic()
    outcome = target.run("-N", seconds=_UNUSED_SECONDS)
    took = time.monotonic() - began
    if outcome.status is None:
        return Outcome(f"still open after {_UNUSED_SECONDS} s", "FAILED")
    return Outcome(f"closed after {took:.0f} s", "refused")
