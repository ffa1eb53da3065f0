"""Random keys, clicks, wheels and sizes: reader, cursor and citation are always of one record.

``MILATUI_EVENTS=20000`` gives the number of events of each walk; by default it is a short one.
"""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest
from textual import events

from milatui.tui.widgets.list_pane import ListPane
from tests.rounds import some, with_long
from tests.tui.agreement import disagreement
from tests.tui.piloting import lines, screen_of, settle, strike

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp

EVENTS = int(os.environ.get("MILATUI_EVENTS", "0"))
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


async def _event(pilot: Pilot[int], app: MilatuiApp, dice: random.Random) -> tuple[str, ...]:
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


@pytest.mark.parametrize("size", some(SIZES, 1, len(SIZES)), ids=str)
@pytest.mark.parametrize("count", with_long([60], [3000]))
async def test_reader_cursor_and_citation_agree(
    make_app: MakeApp, size: tuple[int, int], count: int
) -> None:
    dice = random.Random(f"{count} {size}")
    done: list[tuple[str, ...]] = []
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for _event_number in range(EVENTS or count):
            main = screen_of(app)
            pane = main.list_pane
            before = (pane, main.navigation.target() if pane else None)
            done.append(await _event(pilot, app, dice))
            assert app.is_running, done
            pane = main.list_pane
            after = (pane, main.navigation.target() if pane else None)
            moves = set(done[-1]) <= {*MOVES, "y"}
            moved = moves and before[0] is pane and before != after and len(app.screen_stack) == 1
            cited = done[-1][-1] == "y" and "Sent" in lines(app)[-1]
            wrong = disagreement(app, moved=moved, cited=cited)
            assert not wrong, f"{wrong} after {done[-12:]}"
            assert isinstance(pane, ListPane | None), done
