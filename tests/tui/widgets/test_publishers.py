"""An archive of documents only: publishers stand in for partners, and no pane is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.index.builder.build import build
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.tui.piloting import SIZE, lines, settle, text


def app_on(folder: Path, publishers: tuple[str, ...]) -> MilatuiApp:
    archive = folder / "archive"
    (archive / "documents").mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: Releases\n")
    for number, publisher in enumerate(publishers):
        head = f"title: Release {number}\ndate: '202{number}'\npublisher: {publisher}\n"
        (archive / "documents" / f"r{number}.md").write_text(f"---\n{head}---\nA text.\n")
    build(archive, folder / "index")
    options = Options(archive, folder / "index", theme="dark", language="en")
    return MilatuiApp(options, Keymap())


async def test_from_a_publisher_to_its_documents(tmp_path: Path) -> None:
    app = app_on(tmp_path, ("The Mill", "The Paper", "The Mill"))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert lines(app)[0].split() == ["Releases", "3", "documents"]
        assert "1 Publishers ━━ 2 · newest" in text(app)
        await pilot.press("f", *"paper")
        await settle(pilot)
        assert "1 document" in text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.main.pane_name == "timeline"
        assert "The Paper ×" in lines(app)[0]
        assert "1 of 3 documents" in lines(app)[0]
        assert app.main.timeline.current_group is not None
        assert app.main.timeline.current_group.label == "2021"
        await pilot.press("p")
        await settle(pilot)
        assert "×" not in lines(app)[0]
        await pilot.press("home", "p")
        await settle(pilot)
        assert "The Mill ×" in lines(app)[0]


@pytest.mark.parametrize("publishers", [("", ""), ("Ours", "Ours")])
async def test_without_several_publishers_the_timeline_has_the_room(
    tmp_path: Path, publishers: tuple[str, ...]
) -> None:
    app = app_on(tmp_path, publishers)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert app.main.pane_name == "timeline"
        assert any(line.startswith("▌ 2 Timeline ") for line in lines(app))
        await pilot.press("shift+tab")
        assert app.main.pane_name == "reader"
        await pilot.press("1")
        await settle(pilot)
        assert any(line.startswith("▌ 1 Partners ") for line in lines(app))
        assert "This archive names no" in text(app)
        await pilot.press("tab")
        await settle(pilot)
        assert any(line.startswith("▌ 2 Timeline ") for line in lines(app))


async def test_nothing_is_offered_that_such_an_archive_has_not(tmp_path: Path) -> None:
    app = app_on(tmp_path, ("The Mill", "The Paper"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert "+ this year" in lines(app)[-1]
        assert "d documents" not in lines(app)[-1]
        await pilot.press("d")
        assert "the timeline shows documents" in lines(app)[-1]
        assert app.main.timeline.item_count() > 2
        await pilot.press("C")
        assert "Choose a partner first" in lines(app)[-1]
