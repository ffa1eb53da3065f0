"""Narrowing by counts: several values are chosen, and the lists follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.tui.sheets.facet_sheet import FacetSheet
from milatui.tui.theme.glyphs import UNICODE
from milatui.tui.theme.theme import choose_theme
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_several_values_are_chosen_and_the_lists_follow(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        session, read = main.session, main.reader.page
        assert session is not None
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, FacetSheet)
        await pilot.press(*"event", "space")
        await settle(pilot)
        assert session.scope.kinds == {"event"}
        assert "[x] event" in text(app)
        assert "[ ] document" not in text(app)
        await pilot.press(*["backspace"] * 5, *"document", "space")
        await settle(pilot)
        assert session.scope.kinds == {"event", "document"}
        assert "document, event ×" in lines(app)[0]
        await pilot.press(*["backspace"] * 8, *"2022", "space")
        await settle(pilot)
        assert (session.scope.since, session.scope.until) == ("2022", "2022")
        assert main.timeline.timeline is not None
        assert [year.label for year in main.timeline.timeline.years] == ["2022"]
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen_stack[-1] is main
        assert main.reader.page == read


async def test_a_chosen_value_keeps_its_count_and_those_beside_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("t")
        await settle(pilot)
        before = [line for line in lines(app) if "] event" in line or "] document" in line]
        await pilot.press("space")
        await settle(pilot)
        after = [line for line in lines(app) if "] event" in line or "] document" in line]
        assert [line.split()[-2] for line in before] == [line.split()[-2] for line in after]


async def test_several_languages_and_partners_are_chosen_and_the_counts_add_up(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        session = screen_of(app).session
        assert session is not None
        await pilot.press("t")
        await settle(pilot)

        def count(label: str) -> int:
            return int(next(x for x in lines(app) if f"] {label} " in x).split()[-2])

        await pilot.press(*"english", "space", *["backspace"] * 7, *"french", "space")
        await settle(pilot)
        assert session.scope.languages == {"en", "fr"}
        french = count("French")
        await pilot.press(*["backspace"] * 6, *"english")
        await settle(pilot)
        assert "English, French ×" in lines(app)[0]
        assert len(session.documents_in_scope()) == count("English") + french
        await pilot.press(*["backspace"] * 7, *"ocean", "space")
        await settle(pilot)
        await pilot.press(*["backspace"] * 5, *"example", "space", "escape")
        await settle(pilot)
        assert session.scope.partners == {"institute", "ocean"}
        assert "partner=institute&partner=ocean" in str(session.search_location())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_sheet_leaves_the_lists_in_view(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(app.screen, FacetSheet)
        box = app.screen.facets.region
        assert box.right == size[0] - 1
        assert box.width <= 48
        assert "Kind" in text(app)
        assert "Year" in text(app) or box.height < 24


async def test_words_that_match_nothing_say_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("t", *"zzz")
        await settle(pilot)
        assert "Nothing has these words." in text(app)
        await pilot.press("space", "enter")
        await settle(pilot)
        assert screen_of(app).session.scope.is_empty  # type: ignore[union-attr]


def test_only_a_long_wait_is_told() -> None:
    theme = choose_theme("dark", UNICODE)
    sheet = FacetSheet(theme, lambda _words: [], lambda _value: None)
    assert sheet.facets.empty_lines() == []
    sheet.show_waiting()
    assert sheet.facets.empty_lines() == ["Counting…"]
    sheet.facets.counted = True
    sheet.show_waiting()
    assert sheet.facets.empty_lines() == ["Nothing has these words."]
