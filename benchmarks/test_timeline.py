"""Timeline, lanes and time band over 100,000 events: CPU and bytes of a key."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.conftest import run_milatui
from benchmarks.many_events import write_many_events
from benchmarks.measuring import HELD, LET_GO, PROGRAM, YARDSTICK, Program, presses, starts
from benchmarks.test_screen import SIZES, said

PREPARED = "MILATUI_MANY_EVENTS"
EVENTS = 100_000
_MOST_BYTES = 900


@pytest.fixture(scope="session")
def many_events(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with 100,000 events, indexed.

    Indexing takes a minute. ``MILATUI_MANY_EVENTS`` names a folder to keep archive and index in.
    """
    top = Path(os.environ.get(PREPARED) or tmp_path_factory.mktemp("events"))
    archive = top / "archive"
    if not archive.is_dir():
        write_many_events(archive, EVENTS)
    cache, home = str(top / "cache"), str(top)
    env = {"XDG_CACHE_HOME": cache, "HOME": home, "MILATUI_ARCHIVE": str(archive)}
    run_milatui("index", env=env)
    return env


def test_start_with_many_events(shipped: Mapping[str, str], many_events: Mapping[str, str]) -> None:
    small, large, theirs = starts(
        [Program(PROGRAM, shipped), Program(PROGRAM, many_events), Program(YARDSTICK, shipped)]
    )
    said("start with 100,000 events: CPU", f"{large.cpu:.0f} ms, {large.cpu / small.cpu:.2f} x")
    assert large.cpu <= 1.1 * small.cpu
    assert large.cpu <= 1.1 * theirs.cpu


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_keys_of_the_timeline_are_cheap(
    many_events: Mapping[str, str], columns: int, rows: int
) -> None:
    name = f"100,000 events {columns}x{rows}:"
    program = Program(PROGRAM, many_events, columns, rows)
    yardstick = Program(YARDSTICK, many_events, columns, rows)
    with program.open() as ours, yardstick.open() as theirs:
        ours.wait_for(r"\d events|\d partners")
        theirs.send("tab")
        reference = presses(theirs, ["down", "up"] * 10, HELD)
        found = {"list move of the yardstick": reference}
        ours.send("2")
        found["list move, key held"] = presses(ours, ["down", "up"] * 10, HELD)
        found["list page down"] = presses(ours, ["pgdn"] * 5, LET_GO)
        ours.send("z")
        found["event to event, key held"] = presses(ours, ["left", "right"] * 10, HELD)
        found["lane to lane, key held"] = presses(ours, ["down", "up"] * 10, HELD)
        found["lanes, page down"] = presses(ours, ["pgdn"] * 5, LET_GO)
        found["lanes, zoom"] = presses(ours, ["+", "-"] * 4, LET_GO)
        ours.send("esc")
        ours.read_for(LET_GO)  # or the next key would be taken for one with Alt
        ours.send("0")
        found["band, key held"] = presses(ours, ["left", "right"] * 10, HELD)
        found["band, and the lists follow"] = presses(ours, ["left", "right"] * 4, LET_GO)
        found["band, zoom"] = presses(ours, ["+", "-"] * 4, LET_GO)
    for what, press in found.items():
        said(f"{name} {what}", f"{press.cpu:.1f} ms, {press.size:.0f} B")
    for what, press in found.items():
        if what.endswith("key held"):
            assert press.size <= _MOST_BYTES, what
            assert press.cpu <= reference.cpu, what
