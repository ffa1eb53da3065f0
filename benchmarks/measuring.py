"""What is measured of a program in a terminal, and how two programs are compared fairly.

Runs of the two programs alternate, so that a slow minute of the machine meets both;
each figure is the median of its runs.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.terminal import Terminal

YARDSTICK = (sys.executable, str(Path(__file__).with_name("minimal.py")))
PROGRAM = (sys.executable, "-m", "milatui")
HELD, LET_GO = 0.03, 0.5
"""Seconds between keys: a held key (the preview waits for its end), and one at a time."""
REST = 1.5
"""Seconds without output or work after which a program counts as at rest."""
QUIET = 5.0
"""CPU milliseconds in such a time that are no work."""


@dataclass(frozen=True, slots=True)
class Start:
    """A start up to the last byte before silence: CPU in ms, bytes written, memory in MB."""

    cpu: float
    size: int
    memory: float


@dataclass(frozen=True, slots=True)
class Press:
    """One key with all it causes: CPU in ms and bytes, each the mean over the presses."""

    cpu: float
    size: float


@dataclass(frozen=True, slots=True)
class Program:
    """A command with the environment and the screen size it is measured in."""

    command: Sequence[str]
    env: Mapping[str, str]
    columns: int = 80
    rows: int = 24

    def open(self) -> Terminal:
        """The program in a terminal of its own, just started."""
        return Terminal(self.command, columns=self.columns, rows=self.rows, env=self.env)


def start(program: Program) -> Start:
    """Start once: wait for something on the screen, then for silence."""
    with program.open() as terminal:
        terminal.wait_until(lambda: not terminal.text.isspace(), "anything")
        terminal.wait_for_silence(0.35)  # a blinking cursor is quiet no longer
        return Start(terminal.cpu, len(terminal.raw), terminal.memory)


def starts(programs: Sequence[Program], rounds: int = 7) -> list[Start]:
    """The median start of each program, their runs alternating; the first round only warms up."""
    runs: list[list[Start]] = [[] for _ in programs]
    for number in range(rounds + 1):
        for program, results in zip(programs, runs, strict=True):
            result = start(program)
            if number:
                results.append(result)
    return [
        Start(
            statistics.median(run.cpu for run in results),
            round(statistics.median(run.size for run in results)),
            statistics.median(run.memory for run in results),
        )
        for results in runs
    ]


def rest(terminal: Terminal, limit: float = 120.0) -> None:
    """Wait until the program neither writes nor works: after a start it still loads things."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        terminal.wait_for_silence(0.3)
        cpu, size = terminal.cpu_now, len(terminal.raw)
        terminal.read_for(REST)
        if len(terminal.raw) == size and terminal.cpu_now - cpu < QUIET:
            return
    raise AssertionError(f"the program never came to rest:\n{terminal.text}")


def presses(
    terminal: Terminal, keys: Sequence[str], pause: float, idle: float | None = None
) -> Press:
    """Press ``keys`` one after the other, ``pause`` seconds apart; what rest costs is taken off.

    The first one is not counted: it is not yet a held key, and loads what later ones need.
    ``idle`` is the CPU of a second of rest in ms, if it has been measured.
    """
    rest(terminal)
    if idle is None:
        idle = idle_cpu(terminal, 3.0) / 3.0
    terminal.send(keys[0])
    terminal.read_for(pause)
    cpu, size, began = terminal.cpu_now, len(terminal.raw), time.monotonic()
    for key in keys[1:]:
        terminal.send(key)
        terminal.read_for(pause)
    used, written = terminal.cpu_now - cpu, len(terminal.raw) - size
    idle *= time.monotonic() - began
    return Press(max(0.0, used - idle) / len(keys[1:]), written / len(keys[1:]))


def presses_in_turn(
    terminals: Sequence[Terminal],
    keys: Sequence[str],
    pause: float,
    idle: Sequence[float],
    rounds: int,
) -> list[Press]:
    """Press ``keys`` in each program, alternating; the median of the rounds for each program."""
    runs: list[list[Press]] = [[] for _ in terminals]
    for _ in range(rounds):
        for terminal, used, results in zip(terminals, idle, runs, strict=True):
            results.append(presses(terminal, keys, pause, used))
    return [
        Press(
            statistics.median(run.cpu for run in results),
            statistics.median(run.size for run in results),
        )
        for results in runs
    ]


def idle_cpu(terminal: Terminal, seconds: float) -> float:
    """CPU in ms that the program uses in ``seconds`` of nobody doing anything."""
    before = terminal.cpu_now
    terminal.read_for(seconds)
    return terminal.cpu_now - before
