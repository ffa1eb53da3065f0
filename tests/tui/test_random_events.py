"""Random keys, clicks, wheels and sizes: reader, cursor and citation are always of one record.

``MILATUI_EVENTS=20000`` gives the number of events of each walk; by default it is a short one.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from milatui.tui.widgets.list_pane import ListPane
from tests.rounds import some, with_long
from tests.tui.agreement import disagreement
from tests.tui.piloting import lines, screen_of, settle
from tests.tui.random_events import EVENTS, MOVES, SIZES, random_event

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


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
            done.append(await random_event(pilot, app, dice))
            assert app.is_running, done
            pane = main.list_pane
            after = (pane, main.navigation.target() if pane else None)
            moves = set(done[-1]) <= {*MOVES, "y"}
            moved = moves and before[0] is pane and before != after and len(app.screen_stack) == 1
            cited = done[-1][-1] == "y" and "Sent" in lines(app)[-1]
            wrong = disagreement(app, moved=moved, cited=cited)
            assert not wrong, f"{wrong} after {done[-12:]}"
            assert isinstance(pane, ListPane | None), done
