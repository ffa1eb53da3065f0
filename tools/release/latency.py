"""Measures the latency from a key to its echo, alone and among others, and its bytes."""

from __future__ import annotations

import contextlib
import statistics
import threading
import time
import zlib

from milatui.ssh.audit.ssh_client import SshSession
from tools.release.measures import Measures

BUSY, KEYS = 20, 40


def echoes(measures: Measures) -> None:
    """Point 8."""
    with measures.visitor() as session:
        session.send(b"j")
        session.settle(0.5)
        size = len(session.raw)
        alone = key_to_echo(session, KEYS)
        session.settle(0.3, 1)
        per_move = (len(session.raw) - size) / KEYS
        wire = zlib.compressobj(6)
        first = len(wire.compress(bytes(session.raw[:size])) + wire.flush(zlib.Z_SYNC_FLUSH))
        moves = len(wire.compress(bytes(session.raw[size:])) + wire.flush(zlib.Z_SYNC_FLUSH))
    measures.nobody_left()
    p50 = statistics.median(alone) if len(alone) == KEYS else 9999.0
    measures.note(8, "key to echo alone: p50 60 ms", f"p50 {p50:.0f} ms", p50 <= 60)
    what = "bytes of a cursor move with its preview: 3,000"
    found = f"{per_move:,.0f}; with `ssh -C` {moves / KEYS:.0f}, first screen {first:,}"
    measures.note(8, what, found, per_move <= 3000)
    busy = _among_others(measures)
    measures.nobody_left()
    p95 = sorted(busy)[int(len(busy) * 0.95)] if len(busy) >= KEYS else 9999.0
    what = f"key to echo with {BUSY} active sessions: p95 300 ms"
    measures.note(8, what, f"p95 {p95:.0f} ms", p95 <= 300)


def _among_others(measures: Measures) -> list[float]:
    """Measures one session while the others press a key twice a second."""
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(measures.visitor()) for _ in range(BUSY - 1)]
        session = stack.enter_context(measures.visitor())
        session.send(b"j")
        end = threading.Event()
        typing = threading.Thread(target=_type, args=(others, end))
        typing.start()
        try:
            return key_to_echo(session, KEYS)
        finally:
            end.set()
            typing.join()


def _type(sessions: list[SshSession], end: threading.Event) -> None:
    """Moves the cursor of each session up and down, twice a second."""
    turn = 0
    while not end.is_set():
        turn += 1
        for session in sessions:
            session.send(b"j" if turn % 2 else b"k", 1)
            session.read(0)
            if end.wait(0.5 / len(sessions)):
                return


def key_to_echo(session: SshSession, number: int) -> list[float]:
    """Returns the milliseconds from a key to the first byte of the answer."""
    found = []
    for turn in range(number):
        session.settle(0.12, 1)
        began = time.monotonic()
        session.send(b"j" if turn % 2 else b"k")
        if session.read(2):
            found.append((time.monotonic() - began) * 1000)
    return found
