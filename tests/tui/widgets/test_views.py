"""Figures, people and a comparison are lists in the place of the search results."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from milatui.index.builder.build import build
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.tui.screen.main_screen import MainScreen
    from tests.tui.conftest import MakeApp

SHIPPED: Final = Path(__file__).parents[3] / "data"


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


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The partners and events of the archive that ships, with their index beside them."""
    root = tmp_path_factory.mktemp("records")
    for folder in ("partners", "events"):
        shutil.copytree(SHIPPED / folder, root / "archive" / folder)
    shutil.copy(SHIPPED / "archive.yaml", root / "archive")
    build(root / "archive", root / "index")
    return root


async def test_which_drug_makers_since_when_and_where_is_that_written(records: Path) -> None:
    """The first question of the README, in at most eight keys."""
    options = Options(records / "archive", records / "index", theme="dark", language="en")
    app = MilatuiApp(options, Keymap())
    async with app.run_test(size=SIZE) as pilot:
        keys = ("f", *"drug", "enter")
        assert len(keys) <= 8
        await pilot.press(*keys[:-1])
        await settle(pilot)
        main = screen_of(app)
        listed = {row.id: (row.since, row.last) for row in main.partners.partners}
        assert {"amgen", "astrazeneca", "novartis", "deep-genomics"} <= set(listed)
        assert listed["amgen"] == ("2021-03-16", "2023-01-18")
        await pilot.press(keys[-1])
        await settle(pilot)
        assert main.session is not None
        assert main.session.scope.partners <= set(listed)
        # The newest of its events, with the passage that it is written in.
        assert main.reader.page is not None
        assert main.reader.page.location.view == "event"
        assert "Where it is written" in main.reader.page.text


async def test_saved_searches_are_a_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus", "enter")
        await settle(pilot)
        main = screen_of(app)
        # The current search is saved with Enter; then it is listed with its count.
        await pilot.press("S", "enter")
        await settle(pilot)
        store = main.query_history.store
        assert store is not None
        (name,) = store.saved()
        assert main.view_pane is not None
        row = main.view_pane.current
        assert row is not None
        assert (row.title, row.location) == (name, store.saved()[name])
        assert row.cells["count"].text == "1"
        assert main.reader.page is not None
        assert main.reader.page.title == "walrus"
        # Enter runs it.
        await pilot.press("X")
        await settle(pilot)
        await pilot.press("S", "enter")
        await settle(pilot)
        assert main.session is not None
        assert (_row(main), main.session.query) == (None, "walrus")
        # x forgets it.
        await pilot.press("S", "x")
        await settle(pilot)
        assert store.saved() == {}


@pytest.mark.parametrize(
    ("key", "orders"),
    [
        ("F", ["by measure", "contradicted first", "newest first", "oldest first"]),
        ("P", ["by statements", "by name", "newest first"]),
    ],
)
async def test_a_view_is_sorted_in_every_order_and_says_which(
    make_app: MakeApp, key: str, orders: list[str]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(key)
        await settle(pilot)
        main = screen_of(app)
        for order in [*orders[1:], orders[0]]:
            await pilot.press("s")
            await settle(pilot)
            pane = main.view_pane
            assert pane is not None
            assert order in pane.info()
            assert order in text(app)
            assert main.reader.page is not None
            assert _row(main) == main.reader.page.location
            assert pane.cursor <= 1  # whoever was on top stays there
        # The order stays when the scope changes, and is part of the address.
        await pilot.press("s", "t")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        main.show_scope()
        await settle(pilot)
        assert main.view_pane is not None
        assert orders[1] in main.view_pane.info()
        assert "sort=" in str(main.view_pane.view.location)


async def test_partners_are_sorted_by_sector_and_the_title_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("s", "s", "s")
        await settle(pilot)
        assert "by sector" in lines(app)[3]
        assert "sector▴" in lines(app)[4]
        await pilot.press("f", "o")
        await settle(pilot)
        # Names that begin so come first, whatever the order.
        assert "best first" in lines(app)[3]
