"""Colours are chosen on a sheet, and shown at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


async def test_a_theme_is_shown_while_it_is_chosen_and_taken_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        before = lines(app)
        await pilot.press("T", "down")
        await settle(pilot)
        assert "Colours" in text(app)
        assert main.theme.name == main.reader.theme.name == "light"
        await pilot.press("escape")
        await settle(pilot)
        assert main.theme.name == main.reader.theme.name == "dark"
        assert lines(app) == before
        await pilot.press("T", "down", "down", "enter")
        await settle(pilot)
        assert main.theme.name == main.reader.theme.name == "ansi"


async def test_without_colours_there_are_no_themes(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("T")
        await settle(pilot)
        assert "NO_COLOR is set" in lines(app)[-1]
