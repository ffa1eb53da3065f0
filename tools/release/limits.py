"""Measures session limits and the end of a silent connection, which take minutes."""

from __future__ import annotations

import contextlib
import time
from dataclasses import replace

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.security.testbed.observer import wait_until
from tests.security.testbed.public_login import public_login
from tests.security.testbed.slow_line import slow_line
from tools.release.table import Table

IDLE, LONGEST = 2, 3
"""Limits in minutes, instead of 15 and 240."""
_SLACK = 6
"""Tolerance in seconds for a warning or an end on a busy machine."""
_IDLE, _IDLE_END = b"Idle: this session closes in", b"This session was idle and has been closed."
_LONG, _LONG_END = b"This session ends in", b"This session has reached its longest duration."


def limits(mode: str, table: Table) -> None:
    """Measures point 6: one visitor is idle, another never."""
    with contextlib.ExitStack() as stack:
        login = stack.enter_context(
            public_login(warm=mode == "warm", idle=IDLE, longest=LONGEST, crowd=True)
        )
        idle = stack.enter_context(login.target.session())
        busy = stack.enter_context(login.target.session())
        for session in (idle, busy):
            if not session.wait_for(ALT_SCREEN_ON, 30):
                raise RuntimeError("no session")
            session.settle()
        began = time.monotonic()
        times = _watch(idle, busy, began)
    for what, warned, ended, after in (
        ("idle session: warned 60 s before its end, then ended", _IDLE, _IDLE_END, IDLE),
        ("absolute cap, with keys until the end: the same", _LONG, _LONG_END, LONGEST),
    ):
        warning, end = times.get(warned, 999.0), times.get(ended, 999.0)
        punctual = abs(warning - 60 * (after - 1)) < _SLACK and abs(end - 60 * after) < _SLACK
        found = f"limit {after} min: warned at {warning:.0f} s, ended at {end:.0f} s"
        table.note(
            mode,
            6,
            what,
            found,
            punctual and ALT_SCREEN_OFF in idle.raw and ALT_SCREEN_OFF in busy.raw,
        )


def _watch(idle: SshSession, busy: SshSession, began: float) -> dict[bytes, float]:
    """Returns the seconds until each message appeared; the second visitor keeps typing."""
    times: dict[bytes, float] = {}
    typed = 0.0
    while time.monotonic() - began < 60 * LONGEST + 2 * _SLACK:
        for session, said in ((idle, (_IDLE, _IDLE_END)), (busy, (_LONG, _LONG_END))):
            session.read(0.1)
            for words in said:
                if words in session.raw:
                    times.setdefault(words, time.monotonic() - began)
        if time.monotonic() - typed > 4:
            typed = time.monotonic()
            busy.send(b"j", 1)
        if idle.process.poll() is not None and busy.process.poll() is not None:
            break
    return times


def silence(mode: str, table: Table) -> None:
    """Measures point 5: a connection that drops everything, unknown to both sides."""
    with public_login(warm=mode == "warm", crowd=True) as login:
        server = login.processes[0].pid if mode == "warm" else 0
        with (
            slow_line(login.settings.port, 1_000_000) as line,
            replace(login.target, port=line.port).session() as session,
        ):
            if not session.wait_for(ALT_SCREEN_ON, 30):
                raise RuntimeError("no session")
            session.settle()
            line.cut()
            began = time.monotonic()
            gone = wait_until(lambda: set(login.sessions()) <= {server}, 180)
            took = time.monotonic() - began
    found = f"gone after {took:.0f} s" if gone else "still there"
    table.note(mode, 5, "session of a line that fell silent: ended within 3 min", found, gone)
