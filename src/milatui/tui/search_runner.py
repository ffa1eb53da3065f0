"""Runs the searches of a session one at a time; of those that wait only the newest is run."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING, Final

from milatui.index.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.catalogue.search.results import SearchResult
    from milatui.tui.screen import MainScreen

    Job = Callable[[Callable[[], bool]], SearchResult]
    """Takes what tells that the search is cancelled; gives the answer."""

HELD: Final = 0.06
"""Seconds: keys that follow each other faster are a held key.  The search waits as long for
its end, for nobody reads what is found between two of them."""


class SearchRunner:
    """Runs searches in a thread.

    A search that is told to stop takes a moment to do so.  If the next one did not wait for
    its end, a held key would add them up.

    Args:
        screen: The main screen, whose worker waits for the thread.
        answered: Called with the answer of a search that was not cancelled.
        damaged: Called if the index turns out to be damaged.
    """

    def __init__(
        self,
        screen: MainScreen,
        answered: Callable[[SearchResult], None],
        damaged: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._answered = answered
        self._damaged = damaged
        self._next: Job | None = None
        self._cancelled: Event | None = None
        self._typed = self._not_before = 0.0
        self._draining = False

    @property
    def busy(self) -> bool:
        """Whether an answer is to come."""
        return self._next is not None or self._cancelled is not None

    def submit(self, job: Job, *, typing: bool) -> None:
        """Run a search as soon as the one under way has ended, which is told to stop.

        Args:
            job: The search.
            typing: It was asked for by a key of a query; others may follow.
        """
        self.cancel()
        now = asyncio.get_running_loop().time()
        self._not_before = now
        if typing:
            held = now - self._typed < HELD
            self._typed, self._not_before = now, now + HELD * held
        self._next = job
        if not self._draining:
            self._draining = True
            self._screen.run_worker(self._drain(), exit_on_error=True)

    def cancel(self) -> None:
        """Drop the search that waits, and tell the one under way to stop."""
        self._next = None
        if self._cancelled is not None:
            self._cancelled.set()
            self._cancelled = None

    async def _drain(self) -> None:
        """Run what waits until nothing does."""
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

    async def _run(self, job: Job) -> None:
        cancelled = self._cancelled = Event()
        try:
            answer = await asyncio.to_thread(job, cancelled.is_set)
        except IndexUnusable:
            self.cancel()
            self._damaged()
            return
        if not cancelled.is_set():
            self._cancelled = None
            self._answered(answer)
