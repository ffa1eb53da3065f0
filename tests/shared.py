"""Folders that the processes of one run share: what is dear to make is made once, then read."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_given: list[Path] = []


def take(folder: str) -> None:
    """Shares in the folder of another process; see ``root``."""
    _given[:] = [Path(folder)]


def root() -> Path:
    """Returns the folder of the run: one of our own, or that of the process that started us."""
    return _given[0] if _given else Path(_own().name)


@cache
def _own() -> tempfile.TemporaryDirectory[str]:
    # Not below pytest's own folder, which no other account can enter.
    folder = tempfile.TemporaryDirectory(prefix="milatui-shared-")
    Path(folder.name).chmod(0o755)
    return folder


def share(name: str, make: Callable[[Path], object]) -> Path:
    """Returns the folder ``name`` of the run; the first process that asks lets ``make`` fill it.

    Args:
        name: Of the folder; all only read it: what a test changes it copies.
        make: Called with the folder, which is there and empty.
    """
    folder, made = root() / name, root() / f"{name}.made"
    with (root() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(0o755)
            make(folder)
            made.touch()
    return folder
