"""Looks at an application that is driven without a terminal, and waits for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual._context import active_app
from textual.keys import _character_to_key

from milatui.tui.screen.main_screen import MainScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp

SIZE = (120, 40)
TURNS = 10
"""Turns of the event loop without a message after which a handler has done its part."""


def screen_of(app: MilatuiApp) -> MainScreen:
    return app.main


def lines(app: MilatuiApp) -> list[str]:
    """The main screen as text, or the dialog over it."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def text(app: MilatuiApp) -> str:
    return "\n".join(lines(app))


async def wait_for_messages(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Waits until no message is pending; stands in for Textual's ``wait_for_idle``.

    Textual's own sleeps for 20 ms at least, until the process needs no CPU time: tests send some
    thousand keys, and each would wait twice.
    """
    async with asyncio.timeout(max_sleep + 60):
        await asyncio.sleep(min_sleep)
        turns = 0
        while turns < TURNS:
            await asyncio.sleep(0)
            app = active_app.get()
            turns = 0 if _has_messages(app) else turns + 1
            draw(app)


def draw(app: App[int]) -> None:
    """Draws now what the timers of the screens in view would draw or lay out.

    A screen that shows through the one over it has a timer of its own: it draws first.
    """
    for screen in app._background_screens:
        screen._on_timer_update()
        # Textual asks for a second, whole painting of a screen below, each time that it paints.
        screen._repaint_required = False
    app.screen._on_timer_update()


def strike(app: MilatuiApp, *keys: str) -> None:
    """Send keys as a terminal does when they are typed fast: nothing is awaited between them."""
    driver = app._driver
    assert driver is not None
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 else key
        event = events.Key(name, key if len(key) == 1 else None)
        event.set_sender(app)
        driver.send_message(event)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the application is idle: no message, worker or preview is pending.

    Raises:
        TimeoutError: if it is still busy after a minute.
    """
    app = pilot.app
    async with asyncio.timeout(60):
        # Twice: the first round may have started work.  ``Pilot.pause`` would wait for the
        # processor as well, 20 ms a time.
        idle = 0
        while idle < 2 and app.is_running and await pilot._wait_for_screen():
            draw(app)
            idle = 0 if _is_busy(app) else idle + 1
            if not idle:
                await asyncio.sleep(0.002)


def _has_messages(app: App[int]) -> bool:
    if app._resize_event is not None:  # its timer sends it on
        return True
    if app._batch_count and app.is_running and not app._exit:  # a timer lets it draw again
        return True
    pumps = [app, *(node for screen in app.screen_stack for node in screen.walk_children())]
    return any(pump.message_queue_size for pump in (*pumps, *app.screen_stack))


def _is_busy(app: App[int]) -> bool:
    if any(not worker.is_finished for worker in app.workers) or _has_messages(app):
        return True
    if any(screen._callbacks for screen in app.screen_stack):
        return True
    main = next((screen for screen in app.screen_stack if isinstance(screen, MainScreen)), None)
    if main is not None and main.search_controller.busy:
        return True
    timers = (main._preview_timer, main.period.timer) if main else ()
    return any(timer and not timer.cancelled() and timer._scheduled for timer in timers)  # type: ignore[attr-defined]
