"""The scope goes into a file, from the explorer."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from milatui.tui.actions import actions
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.builtin_pages import help_page
from milatui.tui.keymap import Keymap
from milatui.tui.sheets.export_sheet import ExportSheet
from milatui.tui.theme.glyphs import UNICODE
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import MakeApp


async def test_the_scope_is_written_in_the_format_under_the_cursor(
    make_app: MakeApp, tmp_path: Path
) -> None:
    app = make_app("timeline?partner=robotics")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        sheet = app.screen
        assert isinstance(sheet, ExportSheet)
        assert [choice.name for choice in sheet.formats.choices if not choice.count] == []
        assert sheet.formats.field_text.endswith("robotics.csl.json")
        await pilot.press("down", "down", "down")
        assert sheet.formats.field_text.endswith("robotics.csv")
        target = tmp_path / "out.csv"
        await pilot.press("ctrl+u", *str(target), "enter")
        await settle(pilot)
        with target.open(encoding="utf-8-sig", newline="") as file:
            kinds = {row["kind"] for row in csv.DictReader(file)}
        assert {"partner", "event"} <= kinds
        assert str(target) in text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is screen_of(app)


async def test_a_file_that_exists_needs_a_second_enter(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    target = tmp_path / "mine.bib"
    target.write_text("mine", "utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("e", "down", "ctrl+u", *str(target), "enter")
        await settle(pilot)
        assert "exists: Enter replaces it" in text(app)
        assert target.read_text("utf-8") == "mine"
        await pilot.press("enter")
        await settle(pilot)
        assert target.read_text("utf-8").startswith("@")


async def test_what_cannot_be_written_is_said(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("e", "ctrl+u", *str(tmp_path / "none" / "x.json"), "enter")
        await settle(pilot)
        assert "It cannot be written: No such file or directory" in lines(app)[-1]


@pytest.mark.parametrize("own", [False, True])
def test_the_help_of_a_read_only_session_lacks_it(own: bool) -> None:
    page = help_page(actions(), Keymap(), UNICODE, own=own)
    assert ("Export the scope" in page.text) == own


async def test_a_read_only_session_exports_nothing(archive: Path, index: Path) -> None:
    app = MilatuiApp(Options(archive, index, read_only=True, language="en"), Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert "This session is read-only." in lines(app)[-1]


async def test_the_extension_that_is_typed_chooses_the_format(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("e", "ctrl+u", *"list.csv")
        await settle(pilot)
        sheet = app.screen
        assert isinstance(sheet, ExportSheet)
        assert sheet.formats.current.name == "csv"
        await pilot.press(*["backspace"] * 3, *"bib")
        assert sheet.formats.current.name == "bibtex"
        assert sheet.formats.field_text == "list.bib"


async def test_a_sheet_hides_the_keys_of_the_panes_below(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        bottom = screen_of(app).bottom
        before = bottom.hints
        assert before
        await pilot.press("e")
        await settle(pilot)
        assert not bottom.hints
        await pilot.press("escape")
        await settle(pilot)
        assert bottom.hints == before
