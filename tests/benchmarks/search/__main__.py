"""``python -m tests.benchmarks.search``: measure everything and print the tables."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.search import speed, tables
from tests.benchmarks.search.engines import SKIPPED

PARTS = ("quality", "known", "speed")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search")
    parser.add_argument("--data", default=os.environ.get("MILATUI_COLLECTIONS", ""))
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--size", type=int, action="append", help="texts for the speed tables")
    parser.add_argument("--peers", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--skip", action="append", default=[], help="an engine to leave out")
    args = parser.parse_args()
    SKIPPED.update(args.skip)
    data = Path(args.data)
    if not args.data or not (data / "pressreleases.jsonl.xz").is_file():
        print("no collections: name their folder with --data or in MILATUI_COLLECTIONS")
        return 0
    parts = args.only or PARTS
    with tempfile.TemporaryDirectory(prefix="milatui-search-") as name:
        folder = Path(name)
        if "quality" in parts:
            tables.print_quality(data, folder, peers=args.peers)
        if "known" in parts:
            tables.print_known(data, folder, peers=args.peers)
        if "speed" in parts:
            for size in args.size or (10_000, 24_643, 100_000):
                speed.print_speed(data, folder, size, peers=args.peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
