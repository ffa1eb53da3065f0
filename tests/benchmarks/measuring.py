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


@dataclass(frozen=True, slots=True)
class Start:
    """A start up to the last byte before silence: CPU in ms, bytes written, memory in MB."""

    cpu: float
    size: int
    memory: float


@dataclass(frozen=True, slots=True)
class Press:
    """One key once everything was drawn: CPU in ms and bytes, each the mean over the presses."""

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
    """Start once and wait for silence."""
    with program.open() as terminal:
        terminal.settle(quiet=0.7)
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


def presses(terminal: Terminal, key: str, times: int, pause: float = 0.06) -> Press:
    """Press ``key`` again and again, each time waiting until its picture is complete."""
    terminal.settle()
    cpu, size = terminal.cpu_now, len(terminal.raw)
    for _ in range(times):
        terminal.send(key)
        terminal.settle(quiet=pause)
    idle = idle_cpu(terminal, times * pause)
    return Press(
        max(0.0, terminal.cpu_now - cpu - 2 * idle) / times, (len(terminal.raw) - size) / times
    )


def idle_cpu(terminal: Terminal, seconds: float) -> float:
    """CPU in ms that the program uses in ``seconds`` of nobody doing anything."""
    before = terminal.cpu_now
    time.sleep(seconds)
    return terminal.cpu_now - before
