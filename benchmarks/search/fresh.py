"""Asks one query in a process of its own: what opening and the first answer take.

``python -m benchmarks.search.fresh ENGINE FOLDER QUERY`` prints CPU milliseconds beyond
imports, and megabytes of private memory that were not there before.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.search.engines import cpu, kinds

if TYPE_CHECKING:
    from benchmarks.search.engines import Engine

IMPORTED: Final = (
    *("numpy", "whoosh.lang.snowball.english", "whoosh.lang.snowball.french"),
    *(
        "milatui.catalogue.pages.render",
        "milatui.catalogue.search.search_records",
        "milatui.index.search.searcher",
    ),
)
"""What the program imports when it is first needed."""


def process_of(engine: Engine, query: str) -> tuple[float, float]:
    """CPU ms and private MB of opening and answering in a fresh process."""
    command = [sys.executable, "-m", __name__, engine.name, str(engine.folder), query]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    spent, memory = json.loads(ended.stdout)
    return float(spent), float(memory)


def private() -> float:
    """Private memory of this process in MB; 0 where the system does not tell."""
    rollup = Path("/proc/self/smaps_rollup")
    if not rollup.exists():
        return 0.0
    lines = rollup.read_text("ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def main() -> int:
    name, folder, query = sys.argv[1:]
    for module in IMPORTED:
        importlib.import_module(module)
    engine = kinds()[name](Path(folder))
    memory, start = private(), cpu()
    engine.open()
    engine.search(query, 10)
    spent = cpu() - start
    print(json.dumps([spent, private() - memory]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
