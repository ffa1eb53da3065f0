"""What has changed in an archive since another state, in the explorer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from milatui.tui.sheets.page_sheet import PageSheet
from tests.tui.archive import write_archive
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import MakeApp


async def test_another_folder_is_compared_and_a_record_opened(
    make_app: MakeApp, tmp_path: Path
) -> None:
    before = write_archive(tmp_path)
    path = before / "partners" / "all.yaml"
    path.write_text(path.read_text("utf-8").replace("Nordic Robotics", "Northern Robotics"))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("D")
        await settle(pilot)
        assert "No git revisions: type the path of another folder." in text(app)
        await pilot.press(*str(before), "enter")
        await settle(pilot)
        assert isinstance(app.screen, PageSheet)
        assert "name: Northern Robotics → Nordic Robotics" in text(app)
        await pilot.press("right", "enter")
        await settle(pilot)
        page = screen_of(app).reader.page
        assert page is not None
        assert str(page.location) == "partner/robotics"


async def test_what_is_no_state_is_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("D")
        await settle(pilot)
        await pilot.press(*"nowhere", "enter")
        await settle(pilot)
        assert "nowhere is not a folder, and " in lines(app)[-1]


async def test_a_read_only_session_compares_nothing(archive: Path, index: Path) -> None:
    app = MilatuiApp(Options(archive, index, read_only=True, language="en"), Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("D")
        await settle(pilot)
        assert "This session is read-only." in lines(app)[-1]
