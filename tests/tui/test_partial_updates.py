"""What partial updates leave on the terminal is what a repaint of everything would show.

``MILATUI_EVENTS=20000`` gives the number of events of each walk; by default it is a short one.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, cast

import pyte
import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.strip import Strip

from milatui.tui.terminal.cell_diff import ScreenDiffer
from milatui.tui.widgets.line_widget import LineWidget
from tests.rounds import some, with_long
from tests.tui.piloting import settle, strike
from tests.tui.random_events import EVENTS, SIZES, random_event

if TYPE_CHECKING:
    from textual._compositor import CompositorUpdate

    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


class Wire:
    """The terminal at the end of the line: gets the cells that the differ lets through."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = size
        self.differ = ScreenDiffer()
        self.screen = pyte.Screen(*size)
        self._stream = pyte.Stream(self.screen)

    def write(self, driver: HeadlessDriver, data: str) -> None:
        """Stands in for the driver's method: it is the differ's output that arrives."""
        size = driver._get_terminal_size()
        if size != self.size:
            self.size = size
            self.screen.resize(size[1], size[0])
        park = bool(driver._app.screen_stack) and driver._app.focused is not None
        self._stream.feed(self.differ.diff(data, size, park=park))


def repainted(app: MilatuiApp) -> pyte.Screen:
    """A terminal on which everything has just been drawn, each line anew."""
    for widget in (w for screen in app.screen_stack for w in screen.walk_children(LineWidget)):
        widget.drop_lines()
    update = cast(
        "CompositorUpdate",
        app.screen._compositor.render_update(True, screen_stack=app._background_screens),
    )
    screen = pyte.Screen(*app.size)
    pyte.Stream(screen).feed(update.render_segments(app.console))
    return screen


def picture(screen: pyte.Screen) -> list[list[object]]:
    """The cells as they look, by line: the text colour of a blank cannot be seen."""
    return [
        [_visible(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)
    ]


def _visible(cell: pyte.screens.Char) -> object:
    plain = not (cell.underscore or cell.reverse or cell.strikethrough)
    return (" ", cell.bg) if cell.data == " " and plain else cell


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    wire = Wire((80, 24))
    monkeypatch.setattr(HeadlessDriver, "is_headless", False)
    monkeypatch.setattr(HeadlessDriver, "write", lambda driver, data: wire.write(driver, data))
    return wire


def assert_whole(app: MilatuiApp, wire: Wire, done: object) -> None:
    """The terminal shows what a repaint would; no line is longer than the screen."""
    for line in app.screen._compositor.render_strips():
        assert Strip(list(line)).cell_length == app.size.width, f"after {done}: {line.text}"
    shown, whole = picture(wire.screen), picture(repainted(app))
    wrong = [y for y, (now, then) in enumerate(zip(shown, whole, strict=True)) if now != then]
    cells = [
        (y, x, now, then)
        for y in wrong
        for x, (now, then) in enumerate(zip(shown[y], whole[y], strict=True))
        if now != then
    ]
    # Half a wide character, which ``display`` of pyte does not stand, may be what is wrong.
    shown_lines = [
        "".join(wire.screen.buffer[y][x].data for x in range(wire.screen.columns)) for y in wrong
    ]
    assert not wrong, f"after {done}: {cells[:5]} in {shown_lines}"


@pytest.mark.parametrize("size", some(SIZES, 2, len(SIZES)), ids=str)
@pytest.mark.parametrize("count", with_long([40], [3000]))
async def test_partial_updates_leave_nothing_behind(
    make_app: MakeApp, wire: Wire, size: tuple[int, int], count: int
) -> None:
    dice = random.Random(f"{count} {size}")
    app = make_app(theme=dice.choice(("dark", "light")))
    done: list[tuple[str, ...]] = []
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert_whole(app, wire, "the start")
        for _event in range(EVENTS or count):
            done.append(await random_event(pilot, app, dice))
            assert app.is_running, done
            assert_whole(app, wire, done[-8:])


@pytest.mark.parametrize("size", some(SIZES, 1, len(SIZES)), ids=str)
async def test_wide_letters_are_drawn_whole(
    make_app: MakeApp, wire: Wire, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for key in ("2", *["down"] * 6, *["up"] * 3, "4", "down", "tab", "1", "f", "로", "enter"):
            strike(app, key)
            await settle(pilot)
            assert_whole(app, wire, key)
        assert any("로봇" in line.replace(" ", "") for line in wire.screen.display)


async def test_a_pane_is_drawn_whole_though_it_was_looked_up_before_it_was_placed(
    make_app: MakeApp, wire: Wire
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in ("z", "slash", "escape", "1"):
            strike(app, key)
            await settle(pilot)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        app.main.results.refresh()  # it has the old size
        app.main._compositor.update_widgets({app.main.results})
        strike(app, "slash", "2")
        for _turn in range(100):  # the keys act, and nothing is placed yet
            await asyncio.sleep(0)
        assert app.main.results.field is app.focused
        await settle(pilot)
        assert_whole(app, wire, "the search")
