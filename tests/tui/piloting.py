"""Looks at an application that is driven without a terminal, and waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.pilot import Pilot

from milatui.tui.screen.main_screen import MainScreen

if TYPE_CHECKING:
    from milatui.tui.app import MilatuiApp

SIZE = (120, 40)


def screen_of(app: MilatuiApp) -> MainScreen:
    return app.main


def lines(app: MilatuiApp) -> list[str]:
    """The main screen as text, or the dialog over it."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def text(app: MilatuiApp) -> str:
    return "\n".join(lines(app))


async def settle(pilot: Pilot[int]) -> None:
    """Wait for searches and previews."""
    await pilot.pause(0.2)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
