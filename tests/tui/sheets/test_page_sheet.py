"""The help as a sheet: what stands in it, and how it is filtered and left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.tui.actions import actions
from milatui.tui.builtin_pages import help_page
from milatui.tui.keymap import Keymap
from milatui.tui.sheets.page_sheet import PageSheet
from milatui.tui.text.cells import width
from milatui.tui.theme.glyphs import UNICODE
from milatui.tui.widgets.picker import PickerScreen
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_the_help_is_filtered_by_words(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("question_mark", *"citation")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        page = app.screen.sheet.page
        assert page is not None
        assert page.text.splitlines() == ["Copying", "y  Cite the passage  copy.citation"]
        await pilot.press(*" zzz")
        await settle(pilot)
        assert "Nothing has these words." in text(app)


async def test_the_help_has_a_legend_of_signs(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("question_mark", *"laboratory")
        await settle(pilot)
        assert "◆  laboratory" in text(app)
        await pilot.press(*["backspace"] * 10, *"otherwise")
        await settle(pilot)
        assert "≠  another source says otherwise" in text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_help_floats_over_the_panes(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        before = lines(app)
        await pilot.press("question_mark")
        await settle(pilot)
        over = lines(app)
        assert over[0] == before[0]
        assert isinstance(app.screen, PageSheet)
        assert app.screen.sheet.size.width == min(84, size[0] - 2)
        await pilot.press("escape")
        await settle(pilot)
        assert lines(app) == before


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_a_sheet_with_a_long_title_is_a_rectangle(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        main = screen_of(app)
        page = help_page(main.actions, main.keymap, main.theme.glyphs, own=True, titled=False)
        main.show_sheet("A title of many words " * 9, lambda _words: page, opened_by="find.why")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        widths = {sum(map(width, line)) for line in lines(app)}
        assert widths == {size[0]}


@pytest.mark.parametrize("keys", ["question_mark", "ctrl+p"])
async def test_what_closes_a_sheet_twice_closes_nothing_else(make_app: MakeApp, keys: str) -> None:
    """Two clicks beside it, or two keys, that come before the first is dealt with."""
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(keys)
        await settle(pilot)
        sheet = app.screen
        assert isinstance(sheet, PageSheet | PickerScreen)
        sheet.action_leave()
        sheet.action_leave()
        await settle(pilot)
        assert app.screen is app.main


async def test_home_and_end_scroll_the_help_while_its_filter_has_the_focus(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("question_mark", "e", "end")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        sheet = app.screen.sheet
        assert sheet.top == len(sheet.lines) - sheet.page_height > 0
        await pilot.press("home")
        await settle(pilot)
        assert sheet.top == 0
        assert sheet.field_text == "e"


def test_the_help_finds_the_lines_of_a_group_by_its_title() -> None:
    page = help_page(actions(), Keymap(), UNICODE, own=True, words="signs KINDS")
    assert "Signs of kinds" in page.text
    assert "laboratory" in page.text
    assert "Other signs" not in page.text
