"""Read-only sessions: reloads the index after a rebuild, once 2 s pass without input."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHECK_EVERY = 5.0
"""Seconds between two checks of the current generation."""
QUIET = 2.0
"""Seconds without input before the index is reloaded."""


def generation_id(index: Path) -> bytes:
    """Returns the content of the pointer to the current generation; empty if it cannot be read."""
    try:
        return (index / CURRENT).read_bytes()[:256]
    except OSError:
        return b""


async def watch_generation(
    index: Path,
    idle_seconds: Callable[[], float],
    reload: Callable[[], None],
    *,
    every: float = CHECK_EVERY,
    quiet: float = QUIET,
) -> None:
    """Calls ``reload`` after each rebuild of ``index``, but never while the user types.

    Args:
        index: The index directory.
        idle_seconds: Returns the seconds since the last input.
        reload: Opens the new generation; if it raises ``IndexUnusable``, the open one stays in
            use and it is called again later.
        every: Seconds between two checks.
        quiet: Seconds without input before ``reload`` is called.
    """
    seen = generation_id(index)
    while True:
        await asyncio.sleep(every)
        found = generation_id(index)
        if not found or found == seen:
            continue
        while idle_seconds() < quiet:
            await asyncio.sleep(quiet / 4)
        try:
            reload()
        except IndexUnusable:
            continue
        seen = found
