"""The first start on a machine, and those after it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.program.conftest import Folders
from tests.program.starting import explorer
from tests.rounds import with_long
from tests.security.testbed.observer import wait_until
from tests.tui.archive import write_archive

FIRST = re.compile(r"for\s+the\s+first\s+time")
_SEQUENCE = re.compile(r"\x1b[\[\]][0-9;?]*[ -/]*[@-~]")


def said(raw: bytes) -> str:
    """All words a program has ever shown, in order; a change of a line repaints no more."""
    return _SEQUENCE.sub(" ", raw.decode("utf-8", "replace"))


@pytest.mark.parametrize("size", with_long([(80, 24)], [(60, 20), (120, 40)]))
def test_the_panes_fill_after_progress_and_the_next_start_needs_none(
    folders: Folders, size: tuple[int, int]
) -> None:
    with explorer(folders, size=size, fresh=True) as terminal:
        terminal.wait_for("Inria")
        shown = said(bytes(terminal.raw))
        filled = shown.index("Inria")
        assert 0 < shown.index("4 Reader" if size[0] > 60 else "1 Partners") < filled
        if size[0] > 60:
            assert FIRST.search(shown, 0, filled)
        terminal.send("2")
        terminal.wait_for("2026 ─")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    home = Path(folders["HOME"])
    written = {path.relative_to(home).parts[:2] for path in home.rglob("*") if path.is_file()}
    assert written == {("cache", "milatui")}, "more than the index is written"
    with explorer(folders, size=size) as terminal:
        terminal.wait_for("Inria")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert not FIRST.search(said(bytes(terminal.raw)))


def test_a_session_for_others_builds_nothing(folders: Folders) -> None:
    with explorer(folders, "--read-only") as terminal:
        terminal.wait_for("Its index is not ready")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert not Path(folders["XDG_CACHE_HOME"]).exists()


def test_a_first_start_in_french(folders: Folders, tmp_path: Path) -> None:
    archive = str(write_archive(tmp_path / "archive"))
    with explorer(folders, "--archive", archive, "--lang", "fr", size=(120, 40)) as terminal:
        terminal.wait_for("Nordic Robotics")
        shown = said(bytes(terminal.raw))
        assert "Première" in shown
        assert "NavigationController" not in shown
        assert "Looking" not in shown


def test_leaving_during_the_first_build_leaves_nothing_behind(folders: Folders) -> None:
    with explorer(folders) as terminal:
        terminal.wait_for("4 Reader")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert wait_until(lambda: not _workers(folders))
    with explorer(folders) as terminal:
        terminal.wait_for("Inria")


def _workers(folders: Folders) -> list[str]:
    """Builders of an index below these folders that are still running."""
    mark = folders["XDG_CACHE_HOME"].encode()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:  # it has just ended
                continue
            if mark in words and b"milatui.index.builder.worker" in words:
                found.append(entry.name)
    return found
