"""What the reader shows: the record under the cursor, and the way back to what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import Location
from tests.tui.agreement import citation, disagreement, in_the_reader, under_the_cursor
from tests.tui.piloting import SIZE, screen_of, settle, strike

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


@pytest.mark.parametrize("leave", ["4", "shift+tab", "slash", "ctrl+f"])
async def test_a_preview_is_carried_out_before_the_focus_moves(
    make_app: MakeApp, leave: str
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        strike(app, "2", "down", "down", leave)
        await settle(pilot)
        main = screen_of(app)
        assert main.session is not None
        number = main.timeline.current
        assert number is not None
        assert in_the_reader(app) == main.session.location_of(number)


@pytest.mark.parametrize("copy", ["y", "Y", "enter"])
async def test_what_is_copied_or_opened_is_what_is_under_the_cursor(
    make_app: MakeApp, copy: str
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        strike(app, "2", "down", "down", copy)
        await settle(pilot)
        main = screen_of(app)
        assert main.session is not None
        number = main.timeline.current
        assert number is not None
        location = main.session.location_of(number)
        assert in_the_reader(app) == location
        if copy != "enter":
            wanted = citation(app, location) if copy == "y" else str(location)
            assert app.clipboard == wanted


async def _read_an_event(pilot: Pilot[int], app: MilatuiApp, way: str) -> None:
    """Go to the third event of the timeline, and into its text."""
    await pilot.press("2", "down", "down")
    await settle(pilot)
    if way == "mouse":
        # On the frame: a click into the text may meet a link.
        await pilot.click("#reader", offset=(3, 0))
    else:
        await pilot.press(*way.split())
    await settle(pilot)
    assert screen_of(app).pane_name == "reader"


@pytest.mark.parametrize(
    ("way", "onward"),
    [
        *((way, "right enter") for way in ("4", "enter", "tab tab", "mouse")),
        *(("4", onward) for onward in ("F", "P", "2 home 4 F")),
    ],
)
async def test_back_returns_to_what_was_read(make_app: MakeApp, way: str, onward: str) -> None:
    app = make_app()
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await _read_an_event(pilot, app, way)
        main = screen_of(app)
        await pilot.press("down")
        read, row, offset = in_the_reader(app), main.timeline.cursor, main.reader.offset_on_top
        await pilot.press(*onward.split())
        await settle(pilot)
        assert in_the_reader(app) != read
        for _step in range(1 if "2" not in onward else 3):
            await pilot.press("left_square_bracket")
            await settle(pilot)
        assert in_the_reader(app) == read
        assert (main.pane_name, main.timeline.cursor) == ("reader", row)
        assert main.reader.offset_on_top == offset
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) != read


async def test_back_from_the_text_returns_to_the_list_it_was_opened_from(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await _read_an_event(pilot, app, "4")
        read, row = in_the_reader(app), screen_of(app).timeline.cursor
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert screen_of(app).pane_name == "timeline"
        assert (in_the_reader(app), screen_of(app).timeline.cursor) == (read, row)


async def test_previews_that_were_only_passed_are_no_steps(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        began = in_the_reader(app)
        await pilot.press("2", "down", "down", "up", "down")
        await settle(pilot)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) == began
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) == under_the_cursor(app)


async def test_a_preview_that_was_scrolled_was_read(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 16)) as pilot:
        await settle(pilot)
        await pilot.press("2", "down")
        await settle(pilot)
        read = in_the_reader(app)
        screen_of(app).reader.scroll_by(1)
        await pilot.press("down")
        await settle(pilot)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) == read


async def test_a_row_is_found_again_in_another_order(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("1", "down", "down")
        await settle(pilot)
        read = in_the_reader(app)
        await pilot.press("F", "1", "s", "home")
        await settle(pilot)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) == under_the_cursor(app) == read


async def test_a_message_is_left_to_what_was_read(make_app: MakeApp) -> None:
    app = make_app(location="document/long")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"zzzyx")
        await settle(pilot)
        assert in_the_reader(app) is not None
        assert in_the_reader(app).kind is None  # type: ignore[union-attr]
        await pilot.press("escape", "left_square_bracket")
        await settle(pilot)
        assert str(in_the_reader(app)) == "document/long"


async def test_a_list_that_changes_shows_its_record_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", "down", "down", "plus")
        await settle(pilot)
        await pilot.press("home")
        await settle(pilot)
        await pilot.press("x")
        await settle(pilot)
        assert in_the_reader(app) == under_the_cursor(app)


async def test_enter_on_a_partner_shows_the_event_under_the_cursor_and_back_the_partner(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f", *"nordic", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert main.pane_name == "timeline"
        assert in_the_reader(app) == under_the_cursor(app) == Location("event", "robot-lab")
        await pilot.press("y")
        await settle(pilot)
        assert not disagreement(app, moved=True, cited=True)
        await pilot.press("left_square_bracket")
        await settle(pilot)
        assert in_the_reader(app) == Location("partner", "robotics")


async def test_the_key_of_a_list_shows_what_is_under_its_cursor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f", *"nordic", "enter")
        await settle(pilot)
        for key in ("1", "2", "1", "3", "2"):
            await pilot.press(key)
            await settle(pilot)
            assert in_the_reader(app) == under_the_cursor(app)
