"""``:`` goes to a year or to a date in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.piloting import SIZE, screen_of, settle, text

if TYPE_CHECKING:
    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


def current_id(app: MilatuiApp) -> str:
    number, session = screen_of(app).dated_list.current, screen_of(app).session
    assert number is not None
    assert session is not None
    return session.catalogue.row(number).id


@pytest.mark.parametrize("drawn", [False, True], ids=["list", "lanes"])
async def test_a_date_in_words(make_app: MakeApp, drawn: bool) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", *("z" if drawn else ""))
        for words, identifier in (
            ("may 2021", "korea"),
            ("2009", "old"),
            ("mai 2021", "korea"),
            ("last year", "ocean-joins"),
        ):
            await pilot.press("colon")
            await settle(pilot)
            await pilot.press(*words, "enter")
            await settle(pilot)
            assert screen_of(app).pane_name == "timeline"
            assert current_id(app) == identifier, words


async def test_what_is_no_date_gets_examples(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await settle(pilot)
        await pilot.press(*"soon")
        await settle(pilot)
        assert "Not a date that is understood" in text(app)
        assert "autumn 2020" in text(app)


async def test_enter_without_an_item_keeps_what_was_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("colon", *"blah", "enter")
        await settle(pilot)
        assert "Not a date that is understood." in text(app)
        assert "› blah" in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen_of(app)
