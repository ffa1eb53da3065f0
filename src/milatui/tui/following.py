"""In a session for others: takes over the index its owner has renewed, at a quiet moment."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import CURRENT
from milatui.tui.guard import GuardedApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import App

LOOK_EVERY = 5.0
"""Seconds between two looks at the name of the generation in force."""
QUIET = 2.0
"""Seconds without a key that make a moment quiet."""


def mark_of(index: Path) -> bytes:
    """What changes when the index has been renewed; empty while there is none to read."""
    try:
        return (index / CURRENT).read_bytes()[:256]
    except OSError:
        return b""


async def follow(
    index: Path,
    idle_seconds: Callable[[], float],
    reopen: Callable[[], None],
    *,
    every: float = LOOK_EVERY,
    quiet: float = QUIET,
) -> None:
    """Call ``reopen`` after each renewal of ``index``, but never between two keys.

    ``reopen`` may raise ``IndexUnusable``: what is open stays open, and is tried again.
    """
    seen = mark_of(index)
    while True:
        await asyncio.sleep(every)
        mark = mark_of(index)
        if not mark or mark == seen:
            continue
        while idle_seconds() < quiet:
            await asyncio.sleep(quiet / 4)
        try:
            reopen()
        except IndexUnusable:
            continue
        seen = mark


def idle_clock(app: App[Any]) -> Callable[[], float]:
    """What tells how many seconds ago the last key came; for ever if nobody counts."""
    return app.session_timer.idle if isinstance(app, GuardedApp) else lambda: float("inf")


def reading_only() -> str:
    """What to say to a wish that would write."""
    return _("This session is read-only.")
