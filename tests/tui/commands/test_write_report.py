"""The report of the scope and the memo of the visit go into files, from the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.trail.memo_text import read_memo
from milatui.catalogue.trail.trail_store import TrailStore, switch_trail, trail_file
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from milatui.tui.sheets.export_sheet import ExportSheet
from tests.tui.piloting import SIZE, lines, screen_of, settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import MakeApp


async def test_the_report_of_the_scope_is_written(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app("timeline?partner=robotics")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("R")
        await settle(pilot)
        sheet = app.screen
        assert isinstance(sheet, ExportSheet)
        assert sheet.formats.field_text.endswith("robotics-report.html")
        await pilot.press("down")
        target = tmp_path / "report.md"
        await pilot.press("ctrl+u", *str(target), "enter")
        await settle(pilot)
        text = target.read_text("utf-8")
        assert text.startswith("# ")
        assert "milatui report --partner=robotics" in text
        assert f"{target}: " in lines(app)[-1]


async def test_the_memo_has_the_searches_that_were_left_and_the_opened_records(
    make_app: MakeApp, archive: Path, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("M")
        await settle(pilot)
        assert "Nothing was searched or opened yet." in lines(app)[-1]
        await pilot.press("slash", *"zzzqqq", "escape")
        await settle(pilot)
        await pilot.press("slash", "ctrl+u", *"robot", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        session = app.main.session
        assert session is not None
        current = session.history.current
        assert current is not None
        found = session.catalogue.search(session.query, session.scope).total
        target = tmp_path / "memo.md"
        await pilot.press("M", "down", "ctrl+u", *str(target), "enter")
        await settle(pilot)
    memo = read_memo(target.read_text("utf-8"))
    searches = [(each.location.get("q"), each.found) for each in memo.searches]
    assert searches == [("zzzqqq", 0), (session.query, found)]
    assert [each.location for each in memo.opened] == [current.location]
    (visit,) = TrailStore(trail_file(archive)).visits()
    assert [step.location for step in visit.searches] == [each.location for each in memo.searches]


async def test_a_no_is_copied_from_an_empty_answer(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"zzzqqq", "escape")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert app.clipboard.startswith("Nothing found for “zzzqqq”.")
        assert "SHA-256" in app.clipboard
        app.copy_to_clipboard("")
        await pilot.press("4", "y")
        await settle(pilot)
        assert app.clipboard.startswith("Nothing found for “zzzqqq”.")


async def test_a_record_is_cited_although_the_last_answer_is_empty(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"zzzqqq", "escape")
        await settle(pilot)
        # Back to the event, then to the list without hits.
        await pilot.press("4", "left_square_bracket", "3", "y")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert str(page.location) == "event/robot-lab"
        assert "[^" in app.clipboard
        assert "Nothing found" not in app.clipboard


async def test_nothing_is_recorded_when_it_is_off(make_app: MakeApp, archive: Path) -> None:
    switch_trail(on=False)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", "enter", "M")
        await settle(pilot)
        assert "milatui trail --on" in lines(app)[-1]
    assert not trail_file(archive).exists()


async def test_a_read_only_session_has_neither(archive: Path, index: Path, tmp_path: Path) -> None:
    app = MilatuiApp(Options(archive, index, read_only=True, language="en"), Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", "enter")
        await settle(pilot)
        for key in ("R", "M"):
            await pilot.press(key)
            await settle(pilot)
            assert "This session is read-only." in lines(app)[-1]
    assert not (tmp_path / "state").exists()
