"""Figures, people and a comparison are lists in the place of the search results."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from milatui.archive.records import Figure
from milatui.catalogue.location import parse_location
from milatui.index.builder.build import build
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from milatui.tui.widgets.view_lists import ViewList, ViewRow, filter_view, short_figure_value
from tests.tui.agreement import in_the_reader
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
        # x deletes it.
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


def _rows(main: MainScreen) -> list[str]:
    """The titles of the rows of the view that is open, without headings."""
    assert main.view_pane is not None
    return [item.title for item in main.view_pane.view.items if not isinstance(item, str)]


async def test_f_filters_the_view_that_is_active_and_esc_shows_it_whole(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("F")
        await settle(pilot)
        main = screen_of(app)
        whole = _rows(main)
        await pilot.press("f", *"STAff")
        await settle(pilot)
        assert main.pane_name == "search"
        kept = _rows(main)
        assert kept
        assert main.view_pane is not None
        assert f"{len(kept)} of {len(whole)}" in main.view_pane.info()
        assert in_the_reader(app) == _row(main)
        # A view that is filled again keeps its filter.
        main.show_scope()
        await settle(pilot)
        assert _rows(main) == kept
        await pilot.press(*"qq")
        await settle(pilot)
        assert "Nothing in this list has “STAffqq”." in text(app)
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert _rows(main) == whole
        # The line of the field is gone with its text.
        assert "filter…" not in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert main.view_pane is None


async def test_back_from_a_row_that_a_filter_has_left_out_shows_it_again(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("F", "enter")
        await settle(pilot)
        main, read = screen_of(app), in_the_reader(app)
        await pilot.press("escape", "f", *"qq", "escape")
        await settle(pilot)
        for _step in range(3):
            await pilot.press("left_square_bracket")
            await settle(pilot)
            if in_the_reader(app) == read:
                break
        assert in_the_reader(app) == _row(main) == read


def test_a_filter_counts_what_it_leaves_under_each_heading() -> None:
    location = parse_location("figures")
    rows = [ViewRow(location, title, {}) for title in ("Été one", "two", "three")]
    view = ViewList(
        location=location,
        heading="Figures",
        info="3 · by measure",
        items=["staff · 2, 1 differs", *rows[:2], "Once", rows[2]],
        columns=lambda _cells: [],
        empty=[],
    )
    assert filter_view(view, "") is view
    assert filter_view(view, "ONE ete").items == ["staff · 1 of 2", rows[0]]
    assert filter_view(view, "staff").items == view.items[:3]
    assert filter_view(view, "t").info == "3 of 3 · by measure"
    assert filter_view(view, "th").items == ["Once", rows[2]]


async def test_a_comparison_is_fitted_again_when_the_reader_gets_another_width(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("C", "down", "enter")
        await settle(pilot)
        reader = screen_of(app).reader
        for size in ((200, 60), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert reader.page is not None
            assert reader.page.columns == max(36, reader.text_columns)


def test_a_value_is_shown_without_a_unit_that_its_measure_names() -> None:
    figure = Figure(id="f", measure="m", value="55", unit="companies", qualifier="about")
    assert short_figure_value(figure, "companies planned") == "≈ 55"
    assert short_figure_value(replace(figure, unit="people"), "start-ups") == "≈ 55 people"
    assert short_figure_value(replace(figure, unit="organisations"), "start-ups") == "≈ 55"
    money = replace(figure, value="4500000", unit="CAD")
    assert short_figure_value(money, "gift") == "≈ 4.5\N{NO-BREAK SPACE}M CAD"


async def test_a_comparison_begins_with_the_partner_of_the_row_under_the_cursor(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for keys, name in (("2", "Nordic Robotics"), ("2 down", "Océan Santé")):
            await pilot.press(*keys.split(), "C")
            await settle(pilot)
            assert f"Compare {name} with" in text(app)
            await pilot.press("escape")
            await settle(pilot)
