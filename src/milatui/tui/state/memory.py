"""Returns freed memory to the OS (gc, malloc_trim) 2 s after the last search.

The C library keeps what a search has freed for the next one.  On a server with many sessions,
most of them idle, that memory serves other sessions better.
"""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from milatui.index.codec.arrayfile import release_mapped_files

if TYPE_CHECKING:
    from collections.abc import Callable

_M_ARENA_MAX = -8
"""The parameter of ``mallopt`` for the number of heaps."""
QUIET = 2.0
"""Seconds without another search after which memory is returned."""


class MemoryTrimmer:
    """Schedules ``trim_memory`` after searches.

    Args:
        release_caches: Drops what was kept for the next search.
    """

    def __init__(self, release_caches: Callable[[], None]) -> None:
        self._release_caches = release_caches
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pending(self) -> bool:
        """Whether a trim is scheduled."""
        return self._timer is not None

    def schedule(self) -> None:
        """Trims ``QUIET`` seconds from now; a trim scheduled earlier is dropped."""
        if self._timer:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(QUIET, self._trim)

    def _trim(self) -> None:
        self._timer = None
        self._release_caches()
        trim_memory()


def trim_memory() -> None:
    """Collects garbage, and returns free pages and the pages of mapped files to the OS."""
    gc.collect()
    release_mapped_files()
    _call_libc("malloc_trim", 0)


def use_one_heap() -> None:
    """Lets all threads allocate from one heap: less of it stays unused than of several."""
    _call_libc("mallopt", _M_ARENA_MAX, 1)


def _call_libc(name: str, *values: int) -> None:
    """Calls a function of the GNU C library; other libraries lack it."""
    # Imported here: it costs 2 ms, and many sessions never search.
    import ctypes

    function = getattr(ctypes.CDLL(None), name, None)
    if function:
        function(*values)
