"""A passage is copied with its footnote, in a format that is chosen once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from milatui.tui.state.preferences import read_cite_style
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import MakeApp

EVENT = "event/robot-lab"
PASSAGE = "opens a laboratory in the house of the institute"


async def test_the_passage_is_copied_with_its_footnote(make_app: MakeApp) -> None:
    app = make_app(location=EVENT)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        passage, _gap, note = app.clipboard.partition("\n\n")
        assert passage.startswith(f"“{PASSAGE}”[^robot-news-")
        assert "consulted 28 November 2026, <milatui:document/robot-news#para=" in note
        assert f"Markdown: {PASSAGE[:40]}" in lines(app)[-1]
        await pilot.press("c")
        await settle(pilot)
        assert app.clipboard == PASSAGE


async def test_the_words_that_a_location_names_are_lit_and_cited(make_app: MakeApp) -> None:
    app = make_app(location="document/robot-news#para=2&words=2-4")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        reader = screen_of(app).reader
        assert reader.page is not None
        ((start, end),) = reader.highlights
        words = reader.page.text[start:end]
        assert len(words.split()) == 3
        await pilot.press("4", "y")
        await settle(pilot)
        assert app.clipboard.startswith(f"“{words}”[^robot-news-2-2-4]")
        reader.select(end + 1, end + 3)
        await pilot.press("y")
        await settle(pilot)
        assert "[^robot-news-2-5-" in app.clipboard
        reader.select(0, 3)
        await pilot.press("y")
        await settle(pilot)
        assert "select words of a passage" in lines(app)[-1]


async def test_a_format_is_chosen_once(make_app: MakeApp) -> None:
    app = make_app(location=EVENT)
    async with app.run_test(size=(200, 40)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        for name in ("Markdown", "Text", "Chicago", "MLA", "CSL-JSON"):
            assert name in text(app)
        await pilot.press(*"csl", "enter")
        await settle(pilot)
        assert app.clipboard.startswith("[\n")
        main = screen_of(app)
        main.show_status("")
        assert "y cite: CSL-JSON" in lines(app)[-1]
    assert read_cite_style() == "csl-json"
    assert screen_of(make_app()).cite_style == "csl-json"


async def test_a_visitor_chooses_for_the_session_what_needs_no_other_library(
    archive: Path, index: Path
) -> None:
    options = Options(archive, index, read_only=True, theme="dark", language="en", location=EVENT)
    app = MilatuiApp(options, Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert "CSL-JSON" in text(app)
        assert "Chicago" not in text(app)
        await pilot.press(*"text", "enter")
        await settle(pilot)
        assert app.clipboard.startswith(f"“{PASSAGE}”\n\nSource: ")
        screen_of(app).cite_style = "mla"
        await pilot.press("y")
        await settle(pilot)
        assert "not rendered in a read-only session" in lines(app)[-1]
    assert read_cite_style() == "markdown"


async def test_a_format_that_cannot_be_rendered_is_told(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app(location=EVENT)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        screen_of(app).cite_style = "chicago"
        monkeypatch.setattr("milatui.catalogue.citations.csl_styles.is_available", lambda: False)
        await pilot.press("y")
        await settle(pilot)
        assert "pip install 'milatui[citations]'" in lines(app)[-1]


@pytest.mark.parametrize("written", ["", "mla", "MLA", "x" * 100, "\xff"])
def test_a_remembered_format_is_one_of_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (tmp_path / "milatui").mkdir()
    (tmp_path / "milatui" / "cite-style").write_text(f"{written}\n", encoding="utf-8")
    assert read_cite_style() == ("mla" if written == "mla" else "markdown")
