"""Gives memory back to the system that searches have let go of, once a session is quiet.

The C library keeps what a search has freed for the next one.  Where many sessions run, most
of which are read and not searched, it is better used by another.
"""

from __future__ import annotations

import asyncio
import gc

from milatui.index.codec.arrayfile import release_mapped_files

QUIET = 2.0
"""Seconds after an answer in which no other came."""


class Resting:
    """Waits for a quiet moment after answers."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    def soon(self) -> None:
        """An answer has come."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(QUIET, give_back)


def give_back() -> None:
    """Collect what nobody uses any more; return free pages, and those of files looked at."""
    # Deferred: nobody waits for it, and many a session never searches.
    import ctypes

    gc.collect()
    release_mapped_files()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
