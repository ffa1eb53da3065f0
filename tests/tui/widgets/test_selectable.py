"""Text is selected with the mouse and copied, wherever it has been scrolled to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseMove

from milatui.tui.text.cells import cells_before
from tests.tui.piloting import SIZE, screen_of, settle, text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


def place(app: MilatuiApp, words: str) -> tuple[int, int]:
    """Column and row, in the reader, of the first cell of ``words``."""
    for row, strip in enumerate(app.main.reader.render_lines(app.main.reader.size.region)):
        column = strip.text.find(words)
        if column >= 0:
            return column, row
    raise AssertionError(words)


async def drag(pilot: Pilot[int], start: tuple[int, int], end: tuple[int, int]) -> None:
    assert await pilot.mouse_down("#reader", offset=start)
    # The button is only held in what a terminal sends, so the event is made by hand.
    await pilot._post_mouse_events([MouseMove], "#reader", offset=end, button=1)
    await pilot.mouse_up("#reader", offset=end)
    await settle(pilot)


async def test_dragging_selects_words_over_lines_and_c_copies_them(make_app: MakeApp) -> None:
    app = make_app(location="document/robot-news")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        start, end = place(app, "opens a laboratory in"), place(app, "with about")
        await drag(pilot, start, (end[0] + 3, end[1]))
        reader = screen_of(app).reader
        assert reader.selected_text.startswith("opens a laboratory in the house")
        assert reader.selected_text.endswith("It begins with")
        assert "c copies what is selected." in text(app)
        await pilot.press("4", "c")
        assert app.clipboard == reader.selected_text
        await pilot.press("escape")
        assert reader.selected_text == ""
        assert screen_of(app).pane_name == "reader"


async def test_a_double_click_selects_the_word_a_triple_one_the_paragraph(
    make_app: MakeApp,
) -> None:
    app = make_app(location="document/ocean-fr")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        reader = screen_of(app).reader
        column, row = place(app, "partenaire")
        await pilot.click("#reader", offset=(column + 4, row), times=2)
        assert reader.selected_text == "partenaire"
        await pilot.click("#reader", offset=(column + 4, row), times=3)
        assert reader.selected_text.startswith("Océan Santé devient partenaire")
        await pilot.click("#reader", offset=(column + 4, row + 8))
        assert reader.selected_text == ""


async def test_a_drag_over_a_link_follows_nothing(make_app: MakeApp) -> None:
    app = make_app(location="document/robot-news")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        column, row = place(app, "Nordic Robotics, Example")
        await drag(pilot, (column, row), (column + 5, row))
        reader = screen_of(app).reader
        assert reader.selected_text == "Nordic"
        assert str(reader.page.location) == "document/robot-news"  # type: ignore[union-attr]
        await pilot.click("#reader", offset=(column + 2, row))
        await settle(pilot)
        assert str(reader.page.location) == "partner/robotics"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "cells", "kept"),
    [("abc", 0, 0), ("abc", 2, 2), ("abc", 9, 3), ("한국", 1, 0), ("한국", 2, 1), ("", 3, 0)],
)
def test_the_character_in_a_column(words: str, cells: int, kept: int) -> None:
    assert cells_before(words, cells) == kept
