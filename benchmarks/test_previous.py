"""Start, keys, bytes, idle and memory beside an earlier version, and beside a minimal program.

``MILATUI_PREVIOUS`` names the Python of an environment in which the earlier version is installed,
``MILATUI_PREVIOUS_INDEX`` a cache directory to keep its index of the press releases in.
"""

from __future__ import annotations

import compileall
import contextlib
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

import pytest

from benchmarks.measuring import (
    HELD,
    LET_GO,
    PROGRAM,
    REST,
    YARDSTICK,
    Program,
    idle_cpu,
    presses_in_turn,
    rest,
    starts,
)
from benchmarks.test_screen import SIZES, said
from tests.terminal import HIDDEN, Terminal

PREVIOUS, PREVIOUS_INDEX = "MILATUI_PREVIOUS", "MILATUI_PREVIOUS_INDEX"
_NO_WORSE = 1.03
_IMPORTS = "import time, milatui.tui.app; print(time.process_time())"
_FOLDER = "import milatui; print(milatui.__path__[0])"
_KEYS = {
    "list move, key held": (["down", "up"] * 10, HELD, 3),
    "list move with preview": (["down"] * 7, LET_GO, 1),
    "page down with preview": (["pgdn", "pgup"] * 3, LET_GO, 1),
    "from pane to pane": (["tab"] * 6, LET_GO, 1),
}
"""Keys, the seconds between them, and how often they are pressed in turn."""


@pytest.fixture(scope="session")
def previous() -> str:
    """The Python of the earlier version, its modules compiled."""
    python = os.environ.get(PREVIOUS, "")
    if not python:
        pytest.skip(f"{PREVIOUS} names no Python with an earlier version")
    compileall.compile_dir(_run([python, "-c", _FOLDER]).strip(), quiet=1)
    return python


def _run(command: Sequence[str], env: Mapping[str, str] | None = None) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in HIDDEN}
    environment |= env or {}
    return subprocess.run(
        command, check=True, env=environment, capture_output=True, text=True
    ).stdout


@pytest.fixture(scope="session", params=["shipped", "press_releases"])
def environments(
    request: pytest.FixtureRequest, previous: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The same archive with an index of ours, and one of the earlier version."""
    ours: dict[str, str] = dict(request.getfixturevalue(request.param))
    top = os.environ.get(PREVIOUS_INDEX) if request.param == "press_releases" else None
    theirs = ours | {"XDG_CACHE_HOME": top or str(tmp_path_factory.mktemp("previous"))}
    _run([previous, "-m", "milatui", "index"], theirs)
    return ours, theirs


def compare(what: str, figures: Sequence[float], unit: str) -> float:
    """Print a row, ours beside the earlier version and the minimal program; ours / earlier."""
    ratios = [f"{figures[0] / figure:.3f} x {figure:,.2f}" for figure in figures[1:]]
    said(what, f"{figures[0]:,.2f} {unit} = {' = '.join(ratios)}")
    return figures[0] / figures[1]


def test_the_import_costs_no_more(previous: str) -> None:
    found: list[list[float]] = [[], []]
    for _ in range(9):
        for python, times in zip((sys.executable, previous), found, strict=True):
            times.append(float(_run([python, "-c", _IMPORTS])) * 1000)
    figures = [statistics.median(times[1:]) for times in found]
    assert compare("import of the app: CPU", figures, "ms") <= _NO_WORSE


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_start_costs_no_more(
    previous: str,
    environments: tuple[Mapping[str, str], Mapping[str, str]],
    columns: int,
    rows: int,
) -> None:
    runs = starts(
        [
            Program(command, env, columns, rows)
            for command, env in (
                (PROGRAM, environments[0]),
                ((previous, "-m", "milatui"), environments[1]),
                (YARDSTICK, environments[0]),
            )
        ]
    )
    name = f"start {columns}x{rows}:"
    ratios = {
        "CPU": compare(f"{name} CPU to stable paint", [run.cpu for run in runs], "ms"),
        "bytes": compare(f"{name} bytes", [run.size for run in runs], "B"),
        "memory": compare(f"{name} memory", [run.memory for run in runs], "MB"),
    }
    assert max(ratios.values()) <= _NO_WORSE, ratios


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_keys_and_rest_cost_no_more(
    previous: str,
    environments: tuple[Mapping[str, str], Mapping[str, str]],
    columns: int,
    rows: int,
) -> None:
    ratios: dict[str, float] = {}
    with _opened(previous, environments, columns, rows) as every:
        for terminal in every[:2]:
            terminal.send("3" if "MILATUI_ARCHIVE" in environments[0] else "2")
        every[2].send("tab")
        for terminal in every:
            rest(terminal)
        name = f"{columns}x{rows}:"
        idle = [idle_cpu(terminal, 4) / 4 for terminal in every]
        ratios["idle"] = compare(f"{name} idle", idle, "ms/s")
        for what, (keys, pause, rounds) in _KEYS.items():
            found = presses_in_turn(every, keys, pause, idle, rounds)
            cpu = compare(f"{name} {what}", [press.cpu for press in found], "ms")
            size = compare(f"{name} {what}", [press.size for press in found], "B")
            ratios |= {what: cpu, f"{what}, bytes": size}
    assert max(ratios.values()) <= _NO_WORSE, ratios


def test_a_search_and_a_page_take_no_more_memory(
    previous: str, environments: tuple[Mapping[str, str], Mapping[str, str]]
) -> None:
    with _opened(previous, environments, 120, 40) as every:
        for terminal in every[:2]:
            for key in ("/", "safety", "enter", "enter", "pgdn"):
                terminal.send(key)
                terminal.wait_for_silence(LET_GO)
            rest(terminal)
            terminal.read_for(2 * REST)
        memory = [terminal.memory for terminal in every]
    assert compare("memory after a search and a page", memory, "MB") <= _NO_WORSE


@contextlib.contextmanager
def _opened(
    previous: str,
    environments: tuple[Mapping[str, str], Mapping[str, str]],
    columns: int,
    rows: int,
) -> Iterator[list[Terminal]]:
    """Opens this version, the earlier one and the minimal program."""
    ours, theirs = environments
    commands = ((PROGRAM, ours), ((previous, "-m", "milatui"), theirs), (YARDSTICK, ours))
    with contextlib.ExitStack() as stack:
        every = [
            stack.enter_context(Program(command, env, columns, rows).open())
            for command, env in commands
        ]
        for terminal in every[:2]:
            terminal.wait_for(r"\d of|\d partners|\d documents")
        yield every
