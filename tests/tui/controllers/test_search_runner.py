"""Searches while keys are pressed: one at a time, the newest next, none within a held key."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from milatui.tui.controllers import search_runner
from milatui.tui.state.session import Session
from tests.tui.piloting import SIZE, screen_of, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.pilot import Pilot

    from milatui.catalogue.search.results import SearchResult
    from tests.tui.conftest import MakeApp

_PATIENCE = 60.0


class Searches:
    """Stands in for the searches of all sessions; one may be held up until ``go`` is set.

    ``begun`` are their queries, ``most`` how many were under way at a time.
    """

    def __init__(self, *, hear: bool) -> None:
        self.begun: list[str] = []
        self.most = self._running = 0
        self.stopped = False
        self.go = threading.Event()
        self._hear = hear
        self._lock = threading.Lock()
        self._search = Session.search

    def __call__(
        self, session: Session, cancelled: Callable[[], bool], prepare: int
    ) -> SearchResult:
        with self._lock:
            self.begun.append(session.query)
            self._running += 1
            self.most = max(self.most, self._running)
        for _moment in range(int(_PATIENCE / 0.01)):
            if self.go.wait(0.01):
                break
            if self._hear and cancelled():
                self.stopped = True
                break
        with self._lock:
            self._running -= 1
        return self._search(session, cancelled, prepare)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> Iterator[Searches]:
    """Searches that do not hear that they are to stop."""
    found = Searches(hear=False)
    monkeypatch.setattr(Session, "search", lambda *arguments: found(*arguments))
    yield found
    found.go.set()


async def until(pilot: Pilot[int], true: Callable[[], bool]) -> None:
    for _moment in range(int(_PATIENCE / 0.02)):
        if true():
            return
        await pilot.pause(0.02)
    raise AssertionError


async def test_one_search_runs_at_a_time_and_the_newest_is_next(
    make_app: MakeApp, searches: Searches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_runner, "HELD_KEY_SECONDS", 0.0)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", "r")
        await until(pilot, lambda: searches.begun == ["r"])
        for letter in "obots":
            await pilot.press(letter)
        assert searches.begun == ["r"]
        searches.go.set()
        await settle(pilot)
        assert searches.begun == ["r", "robots"]
        assert searches.most == 1
        assert {hit.row.id for hit in screen_of(app).results.hits} >= {"robotics"}


async def test_a_held_key_is_searched_for_once_it_is_let_go(
    make_app: MakeApp, searches: Searches, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_runner, "HELD_KEY_SECONDS", 2.0)
    searches.go.set()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash")
        for letter in "robotsss":
            await pilot.press(letter)
            await pilot.pause(0.05)
        await until(pilot, lambda: searches.begun[-1:] == ["robotsss"])
        # A machine that stops between two keys may take them for two presses, but not for eight.
        assert searches.begun[0] == "r"
        assert len(searches.begun) <= 4
        del searches.begun[:]
        # After a pause a key is answered at once.
        await pilot.press("backspace")
        await until(pilot, lambda: searches.begun == ["robotss"])
        await pilot.press("backspace")
        await until(pilot, lambda: searches.begun == ["robotss", "robots"])
        await settle(pilot)
        assert screen_of(app).results.hits


async def test_enter_behind_a_held_key_opens_what_is_found(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_runner, "HELD_KEY_SECONDS", 2.0)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus", "enter")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert page.location.id == "long"


async def test_an_emptied_field_drops_what_waits(make_app: MakeApp, searches: Searches) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", "r")
        await until(pilot, lambda: searches.begun == ["r"])
        await pilot.press("o", "backspace", "backspace")
        searches.go.set()
        await settle(pilot)
        assert searches.begun == ["r"]
        assert screen_of(app).results.result is None


async def test_leaving_stops_the_search_under_way(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    searches = Searches(hear=True)
    monkeypatch.setattr(Session, "search", lambda *arguments: searches(*arguments))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", "r")
        await until(pilot, lambda: searches.begun == ["r"])
    for _moment in range(int(_PATIENCE / 0.01)):
        if searches.stopped:
            break
        searches.go.wait(0.01)
    assert searches.stopped
