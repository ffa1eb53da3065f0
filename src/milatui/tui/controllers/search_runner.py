"""Runs the searches of a session one at a time; of those that wait only the newest is run."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from milatui.index.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.tui.explorer_view import ExplorerView

Result = TypeVar("Result")
"""What a job returns; a job takes a function that tells whether it is cancelled."""
HELD_KEY_SECONDS: Final = 0.06
"""Keys in quicker succession count as a held key.  The search waits that long for its end."""


class SearchRunner(Generic[Result]):
    """Runs searches, or the making of their hits, in a worker thread.

    A cancelled search takes a moment to stop.  If the next one did not wait for its end, a held
    key would run many at once.

    Args:
        view: The main screen, whose worker waits for the thread.
        on_result: Called with the result of a search that was not cancelled.
    """

    def __init__(self, view: ExplorerView, on_result: Callable[[Result], None]) -> None:
        self._view = view
        self._on_result = on_result
        self._next: Callable[[Callable[[], bool]], Result] | None = None
        self._cancelled: Event | None = None
        self._typed = self._not_before = 0.0
        self._draining = False

    @property
    def busy(self) -> bool:
        """Whether a result is to come."""
        return self._next is not None or self._cancelled is not None

    def submit(self, job: Callable[[Callable[[], bool]], Result], *, typing: bool) -> None:
        """Runs a search as soon as the current one, which is cancelled, has stopped.

        Args:
            job: The search.
            typing: The search was started by a key typed into the query; more may follow.
        """
        self.cancel()
        now = asyncio.get_running_loop().time()
        self._not_before = now
        if typing:
            held = now - self._typed < HELD_KEY_SECONDS
            self._typed, self._not_before = now, now + HELD_KEY_SECONDS * held
        self._next = job
        if not self._draining:
            self._draining = True
            self._view.run_in_background(self._drain())

    def cancel(self) -> None:
        """Drops the waiting search and cancels the current one."""
        self._next = None
        if self._cancelled is not None:
            self._cancelled.set()
            self._cancelled = None

    async def _drain(self) -> None:
        """Runs waiting searches until there is none."""
        clock = asyncio.get_running_loop().time
        try:
            while self._next is not None:
                if (left := self._not_before - clock()) > 0:
                    await asyncio.sleep(left)
                    continue
                job, self._next = self._next, None
                await self._run(job)
        finally:
            self.cancel()
            self._draining = False

    async def _run(self, job: Callable[[Callable[[], bool]], Result]) -> None:
        cancelled = self._cancelled = Event()
        try:
            result = await asyncio.to_thread(job, cancelled.is_set)
        except IndexUnusable:
            self.cancel()
            self._view.index_damaged()
            return
        if not cancelled.is_set():
            self._cancelled = None
            self._on_result(result)
