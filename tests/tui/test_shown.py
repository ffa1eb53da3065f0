"""What the reader and the lists show when something is chosen, sought or compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milatui.i18n import set_language
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_a_partner_opens_at_its_card_and_n_leads_to_the_evidence(make_app: MakeApp) -> None:
    app = make_app(location="person/jane-doe")
    async with app.run_test(size=(80, 12)) as pilot:
        await settle(pilot)
        reader = screen_of(app).reader
        assert reader.top == 0
        assert reader.current_highlight == -1
        assert "1 passage" in text(app)
        await pilot.press("n")
        assert reader.current_highlight == 0
        assert "1 of 1" in text(app)


async def test_after_enter_the_filter_is_gone_and_all_partners_are_there(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"ocean", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert len(main.partners.partners) == 4
        assert main.partners.selected_ids == {"ocean"}
        assert main.partners.current is not None
        assert main.partners.current.id == "ocean"
        assert "Océan Santé ×" in lines(app)[0]
        assert main.partners.field_text == ""


async def test_a_search_without_hits_leaves_no_other_page(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robot")
        await settle(pilot)
        await pilot.press(*"zzzyx")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert page.title.startswith("Nothing found for “robotzzzyx”")


async def test_a_filter_without_partners_says_so(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"zzz")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert "is called “zzz”" in page.text


async def test_figures_and_people_are_lists_one_can_go_on_from(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("F")
        await settle(pilot)
        main = screen_of(app)
        assert main.pane_name == "search"
        await pilot.press("enter")
        await settle(pilot)
        assert str(main.reader.page.location) == "figure/staff"  # type: ignore[union-attr]
        await pilot.press("left_square_bracket", "P")
        await settle(pilot)
        assert "Jane Doe" in text(app)


async def test_two_partners_are_compared(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"nordic", "escape", "C")
        await settle(pilot)
        await pilot.press(*"ocean", "enter")
        await settle(pilot)
        main = screen_of(app)
        location = "compare?a=robotics&b=ocean"
        page = main.reader.page
        assert page is not None
        assert str(page.location) == location
        assert "A grant for robots that swim" in page.text


async def test_a_view_can_be_the_first_thing_shown(make_app: MakeApp) -> None:
    app = make_app(location="compare?a=robotics&b=nobody")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "The archive has no record partner/nobody." in text(app)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_help_has_its_hint_on_the_smallest_screen(
    make_app: MakeApp, language: str
) -> None:
    set_language(language)
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        for key in "1234":
            await pilot.press(key)
            await settle(pilot)
            assert "? " in lines(app)[-1]
        await pilot.press("question_mark")
        await settle(pilot)
        assert "move.page-down" in text(app)
        assert ("Esc closes" if language == "en" else "Échap ferme") in text(app)


async def test_a_terminal_without_unicode_gets_twins_of_all_signs(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MILATUI_ASCII", "1")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        for key in ("slash", *"robot", "escape", "F", "P", "question_mark"):
            await pilot.press(key)
            await settle(pilot)
            signs = {c for c in text(app) if not (c.isascii() or c.isalpha())}
            assert signs == set(), key


async def test_more_hits_than_are_listed_are_told(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("state.session", "widgets.results_pane"):
        monkeypatch.setattr(f"milatui.tui.{module}.MAX_HITS", 3)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"institute")
        await settle(pilot)
        assert re.search(r"\d found · the best 3 ", text(app))
        result = screen_of(app).results.result
        assert result is not None
        assert f"1 of {result.texts}" in text(app)


async def test_what_moves_stands_last_among_the_commands(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p")
        await settle(pilot)
        assert "Enter takes it" in text(app)
        assert text(app).index("Open what is under") < text(app).index("Search everything")
        assert "Next screenful" not in text(app)


async def test_what_to_narrow_by_is_named_in_the_language_spoken(make_app: MakeApp) -> None:
    app = make_app()
    set_language("fr")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("t")
        await settle(pilot)
        assert "Année" in text(app)
        assert "[ ] événement" in text(app)


@pytest.mark.parametrize("location", ["search?q=x&from=2021-13", "figures?to=zzz"])
async def test_a_location_without_dates_is_told_and_opens_nothing(
    make_app: MakeApp, location: str
) -> None:
    app = make_app(location=location)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert re.search("month 13|is not an EDTF date", lines(app)[-1])
        assert screen_of(app).pane_name == "partners"
