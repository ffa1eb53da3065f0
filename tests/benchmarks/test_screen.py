"""Start, keys, bytes, idle and memory of the explorer, beside a minimal program of four panes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.benchmarks.measuring import PROGRAM, YARDSTICK, Program, idle_cpu, presses, starts

pytestmark = pytest.mark.benchmark

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
def test_a_list_move_is_cheap(archive: str, request: pytest.FixtureRequest) -> None:
    env: Mapping[str, str] = request.getfixturevalue(archive)
    yardstick = Program(YARDSTICK, env)
    with Program(PROGRAM, env).open() as ours, yardstick.open() as theirs:
        ours.settle(quiet=1.0)
        theirs.settle(quiet=1.0)
        ours.send("2")
        theirs.send("tab")
        move, page = presses(ours, "down", 12), presses(ours, "pgdn", 3)
        reference = presses(theirs, "down", 12)
    said(f"{archive}: list move with preview", f"{move.cpu:.1f} ms, {move.size:.0f} B")
    said(f"{archive}: page down with preview", f"{page.cpu:.1f} ms, {page.size:.0f} B")
    said(
        f"{archive}: list move of the yardstick", f"{reference.cpu:.1f} ms, {reference.size:.0f} B"
    )
    assert move.cpu <= 2.5 * max(reference.cpu, 1.0)


def test_it_rests_when_nobody_does_anything(shipped: Mapping[str, str]) -> None:
    with Program(PROGRAM, shipped).open() as ours, Program(YARDSTICK, shipped).open() as theirs:
        for terminal in (ours, theirs):
            terminal.settle(quiet=2.0)
        before = len(ours.raw)
        rest, reference = idle_cpu(ours, 10) / 10, idle_cpu(theirs, 10) / 10
        ours.settle()
        written = len(ours.raw) - before
    said("idle", f"{rest:.2f} ms/s, {rest / reference:.2f} x, {written} B in 10 s")
    assert written == 0
    assert rest <= 1.3 * reference
