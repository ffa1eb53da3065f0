"""Figures, people and a comparison are lists in the place of the search results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.tui.screen.main_screen import MainScreen
    from tests.tui.conftest import MakeApp


def _row(main: MainScreen) -> Location | None:
    """The location under the cursor of the view that is open."""
    row = main.view_pane.current if main.view_pane else None
    return row.location if row else None


async def test_figures_are_a_list_with_previews(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("F")
        await settle(pilot)
        main = screen_of(app)
        assert main.pane_name == "search"
        pane = main.view_pane
        assert pane is not None
        assert "3 Figures" in text(app)
        for _step in range(2):
            row = pane.current
            assert row is not None
            assert main.reader.page is not None
            assert main.reader.page.location == row.location
            await pilot.press("down")
            await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert main.pane_name == "reader"
        # Esc returns to the list, and from there to the search results.
        await pilot.press("escape")
        await settle(pilot)
        assert (main.pane_name, main.view_pane) == ("search", pane)
        await pilot.press("escape")
        await settle(pilot)
        assert main.view_pane is None
        assert any("3 " in line and "Figures" not in line for line in lines(app))


async def test_a_view_keeps_to_the_scope_and_back_returns_to_its_row(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("P")
        await settle(pilot)
        main = screen_of(app)
        assert main.view_pane is not None
        everyone = main.view_pane.item_count()
        await pilot.press("down", "enter")
        await settle(pilot)
        page = main.reader.page
        assert page is not None
        await pilot.press("slash", *"walrus", "enter")
        await settle(pilot)
        assert _row(main) is None
        for _step in range(4):
            if _row(main) is None:
                await pilot.press("left_square_bracket")
                await settle(pilot)
        assert main.reader.page is not None
        assert main.reader.page.location == page.location == _row(main)
        await pilot.press("1", "down", "p")
        await settle(pilot)
        assert main.view_pane.item_count() < everyone


async def test_two_partners_are_compared_in_a_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("C", "down", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert main.view_pane is not None
        first = main.view_pane.current
        assert first is not None
        assert first.location.view == "compare"
        assert main.reader.page is not None
        assert main.reader.page.location == first.location
        await pilot.press("down")
        await settle(pilot)
        assert main.reader.page.location.kind == "partner"
