"""Start, keys, bytes, idle and memory of the explorer, beside a minimal program of four panes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from benchmarks.measuring import (
    HELD,
    LET_GO,
    PROGRAM,
    YARDSTICK,
    Program,
    idle_cpu,
    presses,
    rest,
    starts,
)

SIZES = ((80, 24), (120, 40), (200, 60))


def said(what: str, figure: str) -> None:
    """Print one row of the table that ``-s`` shows."""
    print(f"\n{what:<58}{figure}", end="")


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_start_costs_no_more_than_a_minimal_program(
    shipped: Mapping[str, str], columns: int, rows: int
) -> None:
    ours, theirs = starts(
        [Program(PROGRAM, shipped, columns, rows), Program(YARDSTICK, shipped, columns, rows)]
    )
    name = f"start {columns}x{rows}"
    said(f"{name}: CPU to stable paint", f"{ours.cpu:.0f} ms, {ours.cpu / theirs.cpu:.2f} x")
    said(f"{name}: bytes", f"{ours.size:,}, {ours.size / theirs.size:.2f} x")
    said(f"{name}: memory", f"{ours.memory:.0f} MB, {ours.memory / theirs.memory:.2f} x")
    assert ours.cpu <= 1.1 * theirs.cpu
    assert ours.memory <= 1.2 * theirs.memory


def test_start_does_not_depend_on_the_size_of_the_archive(
    shipped: Mapping[str, str], press_releases: Mapping[str, str]
) -> None:
    small, large, theirs = starts(
        [Program(PROGRAM, shipped), Program(PROGRAM, press_releases), Program(YARDSTICK, shipped)]
    )
    said("start with 24,643 documents: CPU", f"{large.cpu:.0f} ms, {large.cpu / small.cpu:.2f} x")
    assert large.cpu <= 1.1 * small.cpu
    assert large.cpu <= 1.1 * theirs.cpu


@pytest.mark.parametrize("archive", ["shipped", "press_releases"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_a_list_move_is_cheap(
    archive: str, columns: int, rows: int, request: pytest.FixtureRequest
) -> None:
    env: Mapping[str, str] = request.getfixturevalue(archive)
    yardstick = Program(YARDSTICK, env, columns, rows)
    with Program(PROGRAM, env, columns, rows).open() as ours, yardstick.open() as theirs:
        ours.wait_for(r"\d of|\d partners|\d documents")
        ours.send("3" if archive == "press_releases" else "2")
        theirs.send("tab")
        held = presses(ours, ["down", "up"] * 10, HELD)
        seen = presses(ours, ["down"] * 10, LET_GO)
        page = presses(ours, ["pgdn"] * 5, LET_GO)
        reference = presses(theirs, ["down", "up"] * 10, HELD)
    name = f"{archive} {columns}x{rows}:"
    for what, press in (
        ("list move, key held", held),
        ("list move with preview", seen),
        ("page down with preview", page),
        ("list move of the yardstick", reference),
    ):
        said(f"{name} {what}", f"{press.cpu:.1f} ms, {press.size:.0f} B")
    assert held.size <= 900
    assert held.cpu <= reference.cpu
    assert seen.cpu <= 2 * reference.cpu


def test_it_rests_when_nobody_does_anything(shipped: Mapping[str, str]) -> None:
    with Program(PROGRAM, shipped).open() as ours, Program(YARDSTICK, shipped).open() as theirs:
        theirs.send("tab")  # out of its text field, whose cursor blinks
        for terminal in (ours, theirs):
            rest(terminal)
        before = len(ours.raw)
        idle, reference = idle_cpu(ours, 10) / 10, idle_cpu(theirs, 10) / 10
        written = len(ours.raw) - before
    said("idle", f"{idle:.2f} ms/s, {idle / reference:.2f} x, {written} B in 10 s")
    assert written == 0
    assert idle <= 1.3 * reference
