"""What runs in the background when the program ends meets no widget that is removed."""

from __future__ import annotations

import asyncio
import threading
import weakref
from typing import TYPE_CHECKING, Any

from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.controllers import build_process
from milatui.tui.keymap import Keymap
from milatui.tui.screen.main_screen import MainScreen
from milatui.tui.state.session import Session
from tests.ended_apps import free_ended_apps
from tests.tui.piloting import SIZE, settle

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.conftest import MakeApp

TURNS = 100
"""Turns of the event loop in which a result would have been shown."""


async def test_a_search_that_ends_last_shows_nothing(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    search, unmount = Session.search, MainScreen.on_unmount
    removed, found = threading.Event(), threading.Event()

    def search_late(session: Session, *args: Any) -> Any:
        removed.wait(60)
        result = search(session, *args)
        found.set()
        return result

    async def wait_for_result(screen: MainScreen) -> None:
        removed.set()  # all widgets of the screen are
        async with asyncio.timeout(60):
            while not found.is_set():
                await asyncio.sleep(0.001)
        for _turn in range(TURNS):
            await asyncio.sleep(0)
        unmount(screen)

    async with make_app().run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        monkeypatch.setattr(Session, "search", search_late)
        monkeypatch.setattr(MainScreen, "on_unmount", wait_for_result)
        await pilot.press("enter")
        assert not found.is_set()
    assert found.is_set()


async def test_a_build_is_cancelled_before_the_panes_are_removed(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = []

    async def build_without_end(*_args: object) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            left.append([pane.is_attached for pane in app.main.panes.values()])

    monkeypatch.setattr(build_process, "run_build", build_without_end)
    app = MilatuiApp(Options(archive, tmp_path, theme="dark", language="en"), Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
    assert left == [[True] * len(app.main.panes)]


async def test_a_timer_that_is_due_after_the_end_calls_nothing(make_app: MakeApp) -> None:
    called = []
    app = make_app()
    async with app.run_test(size=SIZE):
        app.main.call_in(3600, lambda: called.append("before"))._run()
        late = app.main.call_in(3600, lambda: called.append("after"))
    late._run()
    assert called == ["before"]


def test_nothing_keeps_an_app_that_has_ended(make_app: MakeApp) -> None:
    async def search() -> weakref.ref[MilatuiApp]:
        app = make_app()
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("slash", *"walrus", "enter")
            await settle(pilot)
        return weakref.ref(app)

    ended = asyncio.run(search())
    free_ended_apps()
    assert ended() is None
