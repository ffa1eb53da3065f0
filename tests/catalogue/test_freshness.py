"""A look at every file of a large archive serves for a moment, and how long ago it was is said."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.freshness import freshness
from milatui.cli.main import main
from milatui.index.builder.build import build
from milatui.index.store import file_manifest

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_700_000_000.0


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An archive and its index, all of whose files were looked at three seconds ago."""
    archive, index = tmp_path / "archive", tmp_path / "index"
    (archive / "documents").mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: Texts\nlanguages: [en]\n")
    for number in range(3):
        path = archive / f"documents/d{number}.md"
        path.write_text(f"---\ntitle: Number {number}\n---\n\nRobots.\n")
        os.utime(path, (1, 1))
    build(archive, index)
    monkeypatch.setattr(file_manifest, "MANY_FILES", 3)
    monkeypatch.setattr("milatui.catalogue.freshness.time.time", lambda: NOW)
    assert freshness(archive, index, max_age=10).age == 0
    monkeypatch.setattr("milatui.catalogue.freshness.time.time", lambda: NOW + 3)
    return archive, index


def edit(archive: Path) -> None:
    path = archive / "documents/d1.md"
    with path.open("a") as file:
        file.write("Edited in place.\n")


def test_an_edit_in_place_is_found_later_and_its_absence_is_told(
    checked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, index = checked
    edit(archive)
    found = freshness(archive, index, max_age=10)
    assert (found.state, found.age) == ("fresh", 3)
    assert freshness(archive, index).state == "stale"
    monkeypatch.setattr("milatui.catalogue.freshness.time.time", lambda: NOW + 11)
    assert freshness(archive, index, max_age=10).state == "stale"
    monkeypatch.setattr("milatui.catalogue.freshness.time.time", lambda: NOW - 1)
    assert freshness(archive, index, max_age=10).state == "stale"


@pytest.mark.parametrize("change", ["new", "gone", "renamed", "head", "folder"])
def test_anything_else_is_found_at_once(checked: tuple[Path, Path], change: str) -> None:
    archive, index = checked
    if change == "new":
        (archive / "documents/new.md").write_text("---\ntitle: New\n---\n\nNew.\n")
    elif change == "gone":
        (archive / "documents/d1.md").unlink()
    elif change == "renamed":  # as most editors save
        (archive / "other").write_text("---\ntitle: Other\n---\n\nOther.\n")
        (archive / "other").replace(archive / "documents/d1.md")
    elif change == "head":
        (archive / "archive.yaml").write_text("title: Other texts\nlanguages: [en]\n")
    else:
        (archive / "people").mkdir()
        (archive / "people/a.yaml").write_text("id: a\nname: A\n")
    found = freshness(archive, index, max_age=10)
    assert (found.state, found.age) == ("stale", 0)


def test_a_look_serves_one_generation_only(checked: tuple[Path, Path]) -> None:
    archive, index = checked
    edit(archive)
    build(archive, index)
    assert freshness(archive, index, max_age=10).age == 0


def test_small_archives_are_always_looked_at(
    checked: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, index = checked
    monkeypatch.setattr(file_manifest, "MANY_FILES", 5)
    (index / "checked").unlink()
    assert freshness(archive, index, max_age=10).age == 0
    assert not (index / "checked").exists()


@pytest.mark.parametrize("form", ["", "--json", "--jsonl"])
def test_the_answer_says_so(
    checked: tuple[Path, Path], capsys: pytest.CaptureFixture[str], form: str
) -> None:
    archive, index = checked
    words = ["search", "robots", "--archive", str(archive), "--index", str(index), *form.split()]
    note = "Files that were edited within the last 3 seconds were not looked for."
    assert main(words) == 0
    output = capsys.readouterr()
    if form == "--json":
        assert json.loads(output.out)["notes"] == [note]
    else:
        assert note in output.err
    os.utime(index / "checked", (time.time() - 99, NOW - 99))
    assert main(words) == 0
    output = capsys.readouterr()
    assert note not in output.out + output.err
