"""Runs a fuzz target for a given time: guided by coverage if atheris is installed, else random.

``python -m tools.fuzz TARGET SECONDS``: ends at the first bug, whose bytes are printed.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tools.fuzz.mutation import Target

Targets = dict[str, tuple["Target", tuple[bytes, ...]]]


def main() -> int:
    """Runs the target named on the command line."""
    atheris = importlib.import_module("atheris") if importlib.util.find_spec("atheris") else None
    observed: Any = contextlib.nullcontext()
    if atheris is not None:
        observed = atheris.instrument_imports(include=["milatui"])
    targets: Targets = {}
    with observed:
        for module in ("files", "words"):
            targets |= importlib.import_module(f"tools.fuzz.{module}").TARGETS
    if len(sys.argv) != 3 or sys.argv[1] not in targets:
        print(f"{__doc__}\nTargets: {' '.join(targets)}")
        return 2
    name, seconds = sys.argv[1], int(sys.argv[2])
    if atheris is None:
        _by_chance(*targets[name], seconds)
    else:
        _guided(atheris, *targets[name], seconds)
    return 0


def _guided(atheris: Any, target: Target, seeds: tuple[bytes, ...], seconds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(seed)
        options = ["-max_len=2048", "-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"]
        atheris.Setup(["fuzz", f"-max_total_time={seconds}", *options, folder], target)
        atheris.Fuzz()


def _by_chance(target: Target, seeds: tuple[bytes, ...], seconds: int) -> None:
    from tools.fuzz.mutation import attempt, mutants

    end = time.monotonic() + seconds
    for tried, data in enumerate(mutants(seeds, random.Random())):
        attempt(target, data)
        if time.monotonic() > end:
            print(f"{tried} tried, nothing found")
            return


if __name__ == "__main__":
    sys.exit(main())
