"""Esc and X take back what was typed and chosen; keys work everywhere or say where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.tui.actions import ANY, actions
from milatui.tui.keymap import Keymap, where_it_works
from tests.tui.agreement import in_the_reader
from tests.tui.piloting import SIZE, lines, screen_of, settle

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_esc_leaves_the_field_then_clears_the_query_then_goes_back(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main, began = screen_of(app), in_the_reader(app)
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert main.session is not None
        assert (main.typing_pane, main.session.query) == (None, "walrus")
        await pilot.press("escape")
        await settle(pilot)
        assert main.session.query == main.results.field_text == ""
        assert main.session.full_scope.is_empty
        await pilot.press("escape")
        await settle(pilot)
        assert in_the_reader(app) == began


async def test_esc_clears_the_filter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f", *"ocean", "escape")
        await settle(pilot)
        main = screen_of(app)
        assert len(main.partners.partners) == 1
        await pilot.press("escape")
        await settle(pilot)
        assert len(main.partners.partners) == 4
        assert main.partners.field_text == ""


async def test_esc_in_the_text_keeps_the_query(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots")
        await settle(pilot)
        await pilot.press("enter", "escape")
        await settle(pilot)
        main = screen_of(app)
        assert (main.pane_name, main.results.field_text) == ("search", "robots")


async def test_x_clears_filter_period_and_query(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f", *"o", "escape", "slash", *"robots", "escape", "2", "plus")
        await settle(pilot)
        main = screen_of(app)
        assert main.session is not None
        assert {chip.field for chip in main.session.chips()} == {"query", "since"}
        await pilot.press("X")
        await settle(pilot)
        assert main.session.full_scope.is_empty
        assert "×" not in lines(app)[0]
        assert main.partners.field_text == main.results.field_text == ""
        assert len(main.partners.partners) == 4


@pytest.mark.parametrize("pane", ["1", "3", "4", "0"])
async def test_years_and_highlights_are_reached_from_everywhere(
    make_app: MakeApp, pane: str
) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        # The key of a list would show what is under its cursor.
        main.focus_pane({"1": "partners", "3": "search", "4": "reader", "0": "band"}[pane])
        await pilot.press("n")
        assert main.reader.current_highlight >= 0
        assert "work" not in lines(app)[-1]
        await pilot.press(pane, "colon", *"2021", "enter")
        await settle(pilot)
        group = main.timeline.current_group
        assert main.pane_name == "timeline"
        assert group is not None
        assert group.label == "2021"


async def test_digits_after_a_refusal_change_no_pane(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"zzzyx", "escape")
        await settle(pilot)
        main = screen_of(app)
        await pilot.press("colon", *"2021")
        await settle(pilot)
        assert main.pane_name == "search"
        await pilot.press("j", "1")
        assert main.pane_name == "partners"


def test_a_key_that_works_elsewhere_says_where() -> None:
    known = {action.id: action for action in actions()}
    for action in known.values():
        if action.where != ANY:
            said = where_it_works(action, known, Keymap())
            assert said.startswith(("s ", "w ", "u ", "v ", "Shift-"))
            assert said[-2] in "0123"


async def test_p_takes_the_partner_not_the_home(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("p")
        await settle(pilot)
        session = screen_of(app).session
        assert session is not None
        assert session.scope.partners == {"robotics"}
