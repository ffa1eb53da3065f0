"""``python -m benchmarks.search``: measure everything and print one table with verdicts."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.search.building import clear, measure_build, measure_change
from benchmarks.search.engines import Milatui, StockWhoosh, kinds
from benchmarks.search.judged import press_releases
from benchmarks.search.quality import measure_known, measure_quality
from benchmarks.search.report import PEERS, Report
from benchmarks.search.speed import measure_answers, measure_ours

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from benchmarks.search.engines import Engine

PARTS: Final = ("quality", "known", "speed")
SIZES: Final = (10_000, 24_643, 100_000)
STOCK_UP_TO: Final = 30_000
"""Texts up to which stock Whoosh is built: it takes most of an hour of 100,000."""


def main() -> int:
    args = _arguments()
    data = Path(args.data)
    if not args.data or not (data / "pressreleases.jsonl.xz").is_file():
        print("no collections: name their folder with --data or in MILATUI_COLLECTIONS")
        return 0
    report = Report()
    skipped = (*args.skip, *(() if args.peers else PEERS))
    choose = partial(_chosen, skipped, report)
    parts = args.only or PARTS
    if args.work:
        args.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="milatui-search-", dir=args.work) as name:
        folder = Path(name)
        if "quality" in parts:
            measure_quality(data, folder, choose, report)
        if "known" in parts:
            measure_known(data, folder, choose, report)
        if "speed" in parts:
            for size in args.size or SIZES:
                _measure_speed(data, folder / str(size), size, skipped, report)
    report.print()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.search",
        description="Quality and speed of the search beside other engines, with its targets.",
    )
    parser.add_argument("--data", default=os.environ.get("MILATUI_COLLECTIONS", ""))
    parser.add_argument(
        "--work", type=Path, help="where indexes are written: 3 GB at 100,000 texts"
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; all if not given")
    parser.add_argument("--size", type=int, action="append", help="how many texts to answer from")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--skip", choices=PEERS, action="append", default=[], help="an engine")
    return parser.parse_args()


def _chosen(skipped: Collection[str], report: Report, folder: Path, size: int) -> Sequence[Engine]:
    """The engines to measure with so many texts; each has its folder under this one."""
    found: list[Engine] = []
    for name, kind in kinds().items():
        if name in skipped:
            continue
        if name == StockWhoosh.name and size > STOCK_UP_TO:
            report.remark(f"{name} is not built with {size} texts: that takes most of an hour")
            continue
        try:
            found.append(kind(folder / name))
        except ImportError:
            report.remark(f"{name} is not installed: pip install 'milatui[benchmark]'")
    return found


def _measure_speed(
    data: Path, folder: Path, size: int, skipped: Collection[str], report: Report
) -> None:
    texts = press_releases(data, size)
    for engine in _chosen(skipped, report, folder, size):
        measure_build(engine, texts, report)
        measure_answers(engine, size, report)
        if isinstance(engine, Milatui):
            measure_ours(engine, size, report)
        measure_change(engine, texts, report)
        clear(engine)


if __name__ == "__main__":
    sys.exit(main())
