"""Random keys, clicks, wheels and sizes for the tests that walk about."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import events

from tests.tui.piloting import settle, strike

if TYPE_CHECKING:
    import random

    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp

EVENTS = int(os.environ.get("MILATUI_EVENTS", "0"))
"""Events of each walk, if somebody wants another number than the test."""
SIZES = ((120, 40), (80, 24), (60, 20), (200, 60))
MOVES = ("down", "up", "down", "up", "pagedown", "pageup", "home", "end", "j", "k", "ctrl+d")
KEYS = (
    *("1", "2", "3", "4", "tab", "shift+tab", "enter", "escape", "left_square_bracket"),
    *("right_square_bracket", "right", "left", "n", "N", "z", "s", "d", "p", "plus", "x", "X"),
    *("less_than_sign", "greater_than_sign", "colon", "t", "w", "o", "question_mark", "F", "P"),
    *("y", "Y", "c", "right_curly_bracket", "left_curly_bracket", "T", "ctrl+p", "C", "S"),
)
WORDS = ("robots", "grant", "walrus", "zzzyx", "ocean", "kind:event", "2022", '"swim')


def _typed(dice: random.Random) -> tuple[str, ...]:
    """A query, a filter or words to find, and what is done with it."""
    field = dice.choice(("slash", "slash", "f", "ctrl+f"))
    end = dice.choice(("enter", "escape", "down", "4", "tab"))
    return (field, *dice.choice(WORDS), end)


async def random_event(pilot: Pilot[int], app: MilatuiApp, dice: random.Random) -> tuple[str, ...]:
    """One event, or a few keys typed fast; what it was."""
    kind, (width, height) = dice.random(), app.size
    if kind < 0.4:
        keys = tuple(dice.choice(MOVES) for _key in range(dice.randint(1, 4)))
        keys += dice.choice(((), (), ("y",), ("4",), ("4", "y"), ("enter",), ("tab", "y")))
        strike(app, *keys)
    elif kind < 0.8:
        keys = (dice.choice(KEYS),)
        strike(app, *keys)
    elif kind < 0.85:
        keys = _typed(dice)
        strike(app, *keys)
    elif kind < 0.98:
        x, y = dice.randrange(width), dice.randrange(height)
        button = dice.choice(("click", "click", "wheel"))
        keys = (button, f"{x},{y}")
        if button == "click":
            await pilot.click(offset=(x, y))
        else:
            driver = app._driver
            assert driver is not None
            wheel = dice.choice((events.MouseScrollDown, events.MouseScrollUp))
            driver.send_message(wheel(None, x, y, 0, 1, 0, False, False, False, x, y))
    else:
        size = dice.choice(SIZES)
        keys = (f"{size[0]}x{size[1]}",)
        await pilot.resize_terminal(*size)
    await settle(pilot)
    return keys
