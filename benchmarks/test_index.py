"""Indexing the shipped archive from nothing and after a change, beside stock Whoosh."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.search.engines import StockWhoosh
from benchmarks.search.judged import Text
from benchmarks.test_screen import said
from milatui.archive.loader import load_archive
from milatui.index.record_text import indexed_text

SHIPPED = Path(__file__).parents[1] / "data"
ROUNDS = 5


def worker(archive: Path, index: Path) -> dict[str, object]:
    """Run a build as the program does; what it reports, with its CPU seconds."""
    command = ["milatui.index.builder.worker", str(archive), str(index)]
    # CPU of the whole process: start of Python, imports and all.
    script = "import resource, runpy, sys; sys.argv = sys.argv[1:]\n"
    script += "try: runpy.run_module(sys.argv[0], run_name='__main__')\n"
    script += "except SystemExit as end: code = end.code\n"
    script += "used = resource.getrusage(resource.RUSAGE_SELF)\n"
    script += "print(used.ru_utime + used.ru_stime)\nsys.exit(code)"
    ended = subprocess.run(
        [sys.executable, "-c", script, *command], capture_output=True, text=True, check=True
    )
    *_progress, result, cpu = ended.stdout.splitlines()
    return {**json.loads(result)["result"], "cpu": float(cpu)}


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of ``work`` in this process."""
    before = time.process_time()
    work()
    return time.process_time() - before


def median_cpu(runs: Sequence[dict[str, object]]) -> float:
    """The median of what the runs used."""
    return statistics.median(float(str(run["cpu"])) for run in runs)


def test_the_shipped_archive_from_nothing_and_after_a_change(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(SHIPPED, archive)
    records = [each.record for found in load_archive(archive).records.values() for each in found]
    texts = [Text(record.id, *indexed_text(record), "") for record in records]
    stock = StockWhoosh(tmp_path / "stock")
    whole, changed, theirs = [], [], []
    (edited,) = archive.glob("documents/2023/amgen-2023.md")
    for number in range(ROUNDS):
        index = tmp_path / f"index-{number}"
        whole.append(worker(archive, index))
        edited.write_text(edited.read_text("utf-8") + f"\nEdited {number}.\n", "utf-8")
        changed.append(worker(archive, index))
        stock.prepare(texts)
        theirs.append(cpu_seconds(lambda: stock.build(texts)))
    said("shipped archive from nothing: CPU", f"{median_cpu(whole):.2f} s")
    said("one document changed: CPU", f"{median_cpu(changed):.2f} s")
    said("stock Whoosh, the same texts: CPU", f"{statistics.median(theirs):.2f} s")
    assert all(run["files"] == 1 and run["incremental"] for run in changed)
    assert median_cpu(changed) < 0.8 * median_cpu(whole)
    # Ours starts Python, reads and checks 519 files, and writes the lists of the panes as well.
    assert median_cpu(whole) <= 5 * statistics.median(theirs)
