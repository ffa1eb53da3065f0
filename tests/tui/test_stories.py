"""What people do with the interface, key by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.tui.keymap import Keymap
from milatui.tui.sheets.page_sheet import PageSheet
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_explore_a_partner_then_its_timeline_then_the_passage(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"nordic", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert main.pane_name == "timeline"
        assert "Nordic Robotics ×" in lines(app)[0]
        assert "2 of 6 events" in lines(app)[0]
        await pilot.press("enter")
        await settle(pilot)
        assert main.pane_name == "reader"
        page = main.reader.page
        assert page is not None
        assert page.title == "Nordic Robotics opens a laboratory at the institute"
        start, end = main.reader.highlights[main.reader.current_highlight]
        words = " ".join(page.text[start:end].split())
        assert words == "opens a laboratory in the house of the institute"


async def test_back_returns_to_the_same_row(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "down", "down", "enter")
        await settle(pilot)
        main = screen_of(app)
        row = main.timeline.cursor
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert main.pane_name == "timeline"
        assert main.timeline.cursor == row
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert main.pane_name == "reader"


async def test_search_while_typing_and_open_the_lit_words(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        main = screen_of(app)
        assert main.results.result is not None
        assert main.results.result.total == 1
        assert "1 found · best first" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert main.pane_name == "reader"
        assert len(main.reader.highlights) == 200
        await pilot.press("n", "n", "N")
        assert main.reader.current_highlight == 1
        assert "2 of 200" in text(app)


async def test_letters_typed_into_a_field_are_no_commands(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"q?zx1")
        await settle(pilot)
        assert screen_of(app).results.field_text == "q?zx1"
        await pilot.press("escape", "1")
        assert screen_of(app).pane_name == "partners"


async def test_an_empty_answer_says_what_was_searched(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"zzzyx")
        await settle(pilot)
        assert "Nothing found for “zzzyx”" in text(app)


async def test_years_narrow_every_pane_and_x_widens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "plus")
        await settle(pilot)
        main = screen_of(app)
        assert main.session is not None
        assert (main.session.scope.since, main.session.scope.until) == ("2023", "2023")
        assert len(main.timeline.timeline.items) == 1  # type: ignore[union-attr]
        assert "1 of 6 events" in lines(app)[0]
        await pilot.press("x")
        await settle(pilot)
        assert main.session.scope.is_empty


async def test_go_to_a_year_by_typing_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "colon", *"2021", "enter")
        await settle(pilot)
        group = screen_of(app).timeline.current_group
        assert group is not None
        assert group.label == "2021"


async def test_find_in_the_document(make_app: MakeApp) -> None:
    app = make_app(location="document/long")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+f", *"number 15")
        await settle(pilot)
        main = screen_of(app)
        assert len(main.reader.highlights) == 11
        await pilot.press("enter", "n")
        assert main.reader.current_highlight == 1


async def test_the_outline_leads_to_a_heading(make_app: MakeApp) -> None:
    app = make_app(location="document/robot-news")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("o", *"what it", "enter")
        await settle(pilot)
        assert "What it will do" in text(app)
        assert screen_of(app).reader.top > 0


async def test_the_palette_runs_a_command(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", *"all measures", "enter")
        await settle(pilot)
        assert "3 Figures" in text(app)


async def test_every_key_is_in_the_help(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("question_mark")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        page = app.screen.sheet.page
        assert page is not None
        for action in screen_of(app).actions:
            assert action.description in page.text


async def test_a_key_can_be_another(make_app: MakeApp) -> None:
    app = make_app(keymap=Keymap({"find.search": "ctrl+s"}))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+s")
        assert screen_of(app).pane_name == "search"
        assert "^S search" in lines(app)[-1] or screen_of(app).typing_pane is not None


async def test_the_citation_is_copied(make_app: MakeApp) -> None:
    app = make_app(location="document/robot-news")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("y")
        await settle(pilot)
        assert "Nordic Robotics" in app.clipboard
        assert "clipboard" in lines(app)[-1]


async def test_the_location_is_copied_and_opens_again(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("Y")
        await settle(pilot)
        assert app.clipboard == "event/robot-lab"


async def test_a_location_that_is_none_is_explained(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lap")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "robot-lab" in text(app)


async def test_links_are_followed(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("right", "enter")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert page.location.kind == "partner"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_line_fills_the_screen(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        for key in ("1", "2", "3", "4", "z", "z"):
            await pilot.press(key)
            await settle(pilot)
            drawn = app.main._compositor.render_strips()
            assert len(drawn) == size[1]
            assert {strip.cell_length for strip in drawn} == {size[0]}


async def test_a_resized_terminal_keeps_the_place(make_app: MakeApp) -> None:
    app = make_app(location="document/long")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("pagedown", "pagedown")
        reader = screen_of(app).reader
        before = reader.offset_on_top
        await pilot.resize_terminal(70, 20)
        await settle(pilot)
        line = reader.lines[reader.top]
        assert line[0] <= before <= line[1] + 1


async def test_markup_and_control_characters_of_titles_are_only_text(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(200, 60)) as pilot:
        await pilot.press("2", "end", "up")
        await settle(pilot)
        shown = text(app)
        assert "[bold]markup[/]" in shown
        assert "\x1b" not in shown
        assert "\a" not in shown


async def test_a_mouse_click_on_a_chip_removes_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "plus")
        await settle(pilot)
        await pilot.click("#top", offset=(lines(app)[0].index("×"), 0))
        await settle(pilot)
        session = screen_of(app).session
        assert session is not None
        assert session.scope.is_empty


async def test_documents_join_the_timeline(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "d", "u")
        await settle(pilot)
        assert "Notes without a date" in text(app)


async def test_q_leaves(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("q")
        await pilot.pause()
    assert app.return_value == 0


@pytest.mark.parametrize("leave", ["escape", "question_mark", "f1"])
async def test_help_is_left_to_where_one_was(make_app: MakeApp, leave: str) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "down", "down")
        await settle(pilot)
        main = screen_of(app)
        shown, row = main.reader.page, main.timeline.cursor
        await pilot.press("question_mark", "pagedown")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        assert app.screen.sheet.top > 0
        assert main.reader.page == shown
        await pilot.press(leave)
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert (main.pane_name, main.timeline.cursor) == ("timeline", row)
        assert main.reader.page == shown
