"""The index is made, renewed and mended while the screen stays awake."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from milatui.catalogue.catalogue import Catalogue
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.tui.archive import write_archive
from tests.tui.piloting import lines, text


async def until(condition: Callable[[], bool]) -> None:
    """Wait for ``condition``, at most a minute."""
    async with asyncio.timeout(60):
        while not condition():
            await asyncio.sleep(0.02)


def app_on(archive: Path, index: Path) -> MilatuiApp:
    return MilatuiApp(Options(archive, index, theme="dark", language="en"), Keymap())


async def test_a_first_start_makes_the_index_and_fills_the_panes(
    archive: Path, tmp_path: Path
) -> None:
    app = app_on(archive, tmp_path / "index")
    async with app.run_test(size=(120, 40)):
        assert app.main.session is None
        await until(lambda: app.main.session is not None)
        assert app.main.partners.item_count() == 4
        assert app.main.timeline.current is not None


async def test_a_changed_archive_is_read_again_and_the_place_kept(
    index: Path, tmp_path: Path
) -> None:
    archive = write_archive(tmp_path / "archive")
    app = app_on(archive, tmp_path / "index")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: app.main.session is not None)
        await pilot.press("s", "down", "down")
        here = app.main.partners.current
        assert here is not None
        more = archive / "partners" / "more.yaml"
        more.write_text("- {id: aaa, name: AAA, kind: company, relation: partner}\n")
        await pilot.press("ctrl+r")
        await until(lambda: app.main.partners.item_count() == 5)
        now = app.main.partners.current
        assert now is not None
        assert now.id == here.id


async def test_a_check_for_changes_is_no_build(index: Path, tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive")
    app = app_on(archive, Path(shutil.copytree(index, tmp_path / "index", symlinks=True)))
    async with app.run_test(size=(120, 40)) as pilot:
        # It has begun, and waits until the screen is idle.
        await pilot.press("ctrl+r")
        assert app.main.bottom.message == "Reading the archive again…"
        await until(lambda: "has been read again" in app.main.bottom.message)


async def test_what_is_no_archive_is_explained(tmp_path: Path) -> None:
    app = app_on(tmp_path / "nothing", tmp_path / "index")
    async with app.run_test(size=(80, 24)):
        await until(lambda: _title(app) == "The archive cannot be shown")


async def test_a_damaged_index_is_made_anew(archive: Path, index: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "index"
    shutil.copytree(index, damaged, symlinks=True)
    for path in damaged.glob("gen-*/*"):
        if path.suffix not in (".json", ".bin") and path.stat().st_size > 64:
            path.write_bytes(path.read_bytes()[:40])
    app = app_on(archive, damaged)
    async with app.run_test(size=(120, 40)):
        await until(lambda: app.main.session is not None)
        await until(lambda: app.main.partners.item_count() == 4)


async def test_damage_that_only_painting_meets_is_mended(archive: Path, tmp_path: Path) -> None:
    build(archive, tmp_path / "index")
    (rows,) = tmp_path.glob("index/gen-*/*.rec")
    status, data = rows.stat(), rows.read_bytes()
    # Opening compares the head, which is as it was.
    rows.write_bytes(data[:64] + bytes(len(data) // 2) + data[64 + len(data) // 2 :])
    os.utime(rows, ns=(status.st_atime_ns, status.st_mtime_ns))
    app = app_on(archive, tmp_path / "index")
    async with app.run_test(size=(120, 40)):
        await until(lambda: app.main.session is not None)
        await until(lambda: _can_read_rows(tmp_path / "index"))
        await until(lambda: app.main.partners.item_count() == 4)


def _can_read_rows(index: Path) -> bool:
    try:
        return bool(Catalogue.open(index).row(0).title)
    except IndexUnusable:
        return False


def _title(app: MilatuiApp) -> str:
    return app.main.reader.page.title if app.main.reader.page else ""


async def test_an_empty_archive_says_how_to_fill_it(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "archive.yaml").write_text("title: Ours\n")
    app = app_on(tmp_path / "archive", tmp_path / "index")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: app.main.session is not None)
        await pilot.pause()
        assert lines(app)[0].split() == ["Ours"]
        assert "milatui add --archive DIR" in text(app)
        assert "How to begin" not in text(app)


async def test_faults_of_the_files_are_told_when_they_are_read(tmp_path: Path) -> None:
    archive = write_archive(tmp_path / "archive")
    (archive / "events" / "bad.yaml").write_text("id: bad\ntitle: [x\n")
    app = app_on(archive, tmp_path / "index")
    async with app.run_test(size=(120, 40)) as pilot:
        await until(lambda: app.main.session is not None)
        await pilot.pause()
        assert "1 fault: see 'milatui check'" in lines(app)[-1]
        (archive / "events" / "worse.yaml").write_text("- {id: worse, title: W, date: '2021-13'}\n")
        await pilot.press("ctrl+r")
        await until(lambda: "fault" in app.main.bottom.message)
