"""Measures building an index from nothing, and again after one document has changed."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Final

from benchmarks.search.engines import Milatui, StockWhoosh, cpu
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.search.engines import Engine
    from benchmarks.search.judged import Text
    from benchmarks.search.report import Report

TWO: Final = "build, 2 processes, x stock"
CHANGES: Final = 3


def measure_build(engine: Engine, texts: Sequence[Text], report: Report) -> None:
    """Build, with stock Whoosh as the measure if it was built before; by CPU for one process."""
    size = len(texts)
    engine.prepare(texts)
    start, wall = cpu(), time.monotonic()
    engine.build(texts)
    spent, took = (cpu() - start) / 1000, time.monotonic() - wall
    report.add("build, texts per CPU second", size, engine.name, size / spent)
    report.add("build, texts per second", size, engine.name, size / took)
    stock = report.get("build, texts per CPU second", size, StockWhoosh.name)
    theirs = report.get("build, texts per second", size, StockWhoosh.name)
    if stock and theirs and isinstance(engine, Milatui):
        report.add("build, 1 process, x stock", size, engine.name, size / spent / stock)
        wall = time.monotonic()
        build(engine.archive, engine.index, rebuild=True, processes=2)
        report.add(TWO, size, engine.name, size / (time.monotonic() - wall) / theirs)


def measure_change(engine: Engine, texts: Sequence[Text], report: Report) -> None:
    """Change one document and bring the index up to date; by the clock, the best of several."""
    size, took = len(texts), []
    engine.open()
    for number in range(CHANGES):
        start = time.monotonic()
        engine.change(texts[size // 2], number)
        took.append(time.monotonic() - start)
    report.add("one changed, end to end, s", size, engine.name, min(took))


def clear(engine: Engine) -> None:
    """Remove what an engine has written: the next size needs the room."""
    shutil.rmtree(engine.folder, ignore_errors=True)
