"""Stars, tags and notes in the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.notes import NoteStore, notes_file
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import MakeApp


async def test_a_record_is_starred_tagged_and_noted(make_app: MakeApp, archive: Path) -> None:
    app = make_app("partner/robotics")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("4", "*")
        await settle(pilot)
        assert "Starred (star:yes finds it): Nordic Robotics" in lines(app)[-1]
        await pilot.press("#")
        await settle(pilot)
        assert "Tags: Nordic Robotics ──" in text(app)
        await pilot.press(*"To ask", "enter")
        await settle(pilot)
        await pilot.press("i", *"Call them")
        await settle(pilot)
        assert "My note: Nordic Robotics ──" in text(app)
        assert "── 1 ──" not in text(app)
        await pilot.press("enter")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert "starred #to-ask\nMy note: Call them\n" in page.text
        note = NoteStore(notes_file(archive)).get("partner", "robotics")
        assert (note.starred, note.tags, note.text) == (True, ("to-ask",), "Call them")
        # The note is changed where it stands, then removed.
        await pilot.press("i", *" now", "enter")
        await settle(pilot)
        assert NoteStore(notes_file(archive)).get("partner", "robotics").text == "Call them now"
        await pilot.press("i", "ctrl+u", "enter")
        await settle(pilot)
        assert "The note was removed." in lines(app)[-1]
        await pilot.press("#", "enter")
        await settle(pilot)
        await pilot.press("*")
        await settle(pilot)
        assert not NoteStore(notes_file(archive)).notes()
        assert "starred" not in text(app)


async def test_a_read_only_session_has_no_notes(archive: Path, index: Path) -> None:
    app = MilatuiApp(Options(archive, index, read_only=True, language="en"), Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for key in "*#i":
            await pilot.press(key)
            await settle(pilot)
            assert "This session is read-only." in lines(app)[-1]
        await pilot.press("/", *"star:yes")
        await settle(pilot)
        assert "This session has no notes of your own" in text(app)
