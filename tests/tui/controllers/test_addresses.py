"""Links that lead out of the archive: opened where the user sits, copied elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from milatui.tui.controllers import addresses
from tests.tui.piloting import SIZE, lines, screen_of, settle

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp

ADDRESS = "https://example.org/robots"


@pytest.mark.parametrize(
    ("display", "read_only", "works", "said"),
    [
        (":0", False, True, "Opened in the browser: "),
        (":0", False, False, "Address copied: "),
        (":0", True, True, "Address copied: "),
        ("", False, True, "Address copied: "),
    ],
)
async def test_an_address_is_opened_or_copied(
    make_app: MakeApp,
    monkeypatch: pytest.MonkeyPatch,
    display: str,
    read_only: bool,
    works: bool,
    said: str,
) -> None:
    opened: list[str] = []

    def open_in_browser(address: str) -> bool:
        opened.append(address)
        return works

    monkeypatch.setattr(addresses, "open_in_browser", open_in_browser)
    monkeypatch.setenv("DISPLAY", display)
    app = make_app(location="document/robot-news")
    async with app.run_test(size=SIZE) as pilot:
        main = screen_of(app)
        main.options = replace(main.options, read_only=read_only)
        await settle(pilot)
        main.navigation.follow(ADDRESS)
        await settle(pilot)
        assert said + ADDRESS in lines(app)[-1]
    assert opened == ([ADDRESS] if display and not read_only else [])
    assert (app.clipboard == ADDRESS) is said.startswith("Address copied")


async def test_a_document_without_address_says_so(make_app: MakeApp) -> None:
    app = make_app(location="document/notes")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("O")
        await settle(pilot)
        assert "No web address has been recorded for it." in lines(app)[-1]
