"""An index that is damaged, foreign, old or cannot be written, and an archive that changes."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from tests.program.conftest import Folders
from tests.program.starting import POWERLESS, explorer
from tests.rounds import some, with_ci
from tests.tui.archive import write_archive

needs_setpriv = pytest.mark.skipif(
    shutil.which(POWERLESS[0]) is None, reason="setpriv is not installed"
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A small archive that may be changed."""
    return write_archive(tmp_path / "archive")


@pytest.fixture
def index(archive: Path, tmp_path: Path) -> Path:
    """Its index, which may be damaged."""
    folder = tmp_path / "index"
    build(archive, folder)
    return folder


def _words(archive: Path, index: Path) -> tuple[str, ...]:
    return ("--archive", str(archive), "--index", str(index))


DAMAGE = [
    (suffix, what)
    for what in ("cut", "emptied", "noise", "removed")
    for suffix in ("", ".json", ".arr", ".toc", ".doc", ".inv", ".rec")
]
"""All files, or those of a kind, and what happens to them."""


@pytest.mark.parametrize("damage", some(DAMAGE, 2, 6), ids=" ".join)
def test_a_damaged_index_is_mended_while_the_screen_is_up(
    archive: Path, index: Path, folders: Folders, damage: tuple[str, str]
) -> None:
    suffix, what = damage
    hurt = [f for f in index.glob("gen-*/*") if not suffix or f.suffix == suffix]
    assert hurt
    for file in hurt:
        _hurt(file, what)
    with explorer(folders, *_words(archive, index)) as terminal:
        terminal.wait_for("Nordic Robotics")
        terminal.send("/", "walrus")
        terminal.wait_for("speaks of walrus number 0")
        terminal.send("enter")
        terminal.wait_for("number 1\\.")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert b"Traceback" not in terminal.raw
    answer = Catalogue.open(index).search("walrus", Scope())
    assert [hit.row.id for hit in answer.hits] == ["long"]


def _hurt(file: Path, what: str) -> None:
    content = file.read_bytes()
    # A file of the index is shared between generations by hard links: never write into it.
    file.unlink()
    if what == "cut":
        file.write_bytes(content[: len(content) // 2])
    elif what == "emptied":
        file.write_bytes(b"")
    elif what == "noise":
        file.write_bytes(bytes(byte ^ 0x5A for byte in content))


def test_an_index_of_another_version_is_made_anew(
    archive: Path, index: Path, folders: Folders
) -> None:
    for manifest in index.glob("gen-*/manifest.json"):
        content = json.loads(manifest.read_text(encoding="utf-8"))
        manifest.write_text(json.dumps(content | {"format": 999_999}), encoding="utf-8")
    with explorer(folders, *_words(archive, index)) as terminal:
        terminal.wait_for("Nordic Robotics")
    assert Catalogue.open(index).size > 0


def test_an_index_others_can_write_is_not_read(
    archive: Path, index: Path, folders: Folders
) -> None:
    index.chmod(0o777)
    before = sorted(path.name for path in index.iterdir())
    with explorer(folders, *_words(archive, index)) as terminal:
        terminal.wait_for("cannot be trusted")
        assert "Nordic" not in terminal.text
        terminal.send("q")
        assert terminal.wait_exit() == 0
    assert sorted(path.name for path in index.iterdir()) == before


@needs_setpriv
@pytest.mark.parametrize("cache", with_ci(["home"], ["XDG_CACHE_HOME"]))
def test_a_place_that_cannot_be_written_is_named_with_a_way_out(
    archive: Path, folders: Folders, cache: str
) -> None:
    home = Path(folders["HOME"])
    env = dict(folders)
    if cache == "home":
        env["XDG_CACHE_HOME"] = ""
    else:
        Path(env["XDG_CACHE_HOME"]).mkdir()
        Path(env["XDG_CACHE_HOME"]).chmod(stat.S_IRUSR | stat.S_IXUSR)
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with explorer(env, "--archive", str(archive), before=POWERLESS) as terminal:
        terminal.wait_for("--index")  # what follows may be on the next line
        assert "Permission denied" in terminal.text
        assert "Errno" not in terminal.text
        terminal.send("q")
        assert terminal.wait_exit() == 0
    elsewhere = home.parent / "elsewhere"
    with explorer(env, *_words(archive, elsewhere), before=POWERLESS) as terminal:
        terminal.wait_for("Nordic Robotics")


@needs_setpriv
def test_a_home_that_cannot_be_written_serves_the_index_it_has(
    archive: Path, index: Path, folders: Folders
) -> None:
    home = Path(folders["HOME"])
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    index.chmod(stat.S_IRUSR | stat.S_IXUSR)
    (archive / "partners" / "more.yaml").write_text(
        "- {id: late, name: Latecomer, kind: company, relation: partner}\n", encoding="utf-8"
    )
    with explorer(folders, *_words(archive, index), before=POWERLESS) as terminal:
        terminal.wait_for("Nordic Robotics")
        terminal.wait_for("cannot be written")
        assert "Latecomer" not in terminal.text
        terminal.send("/", "walrus", "enter")
        terminal.wait_for("number 1\\.")


def test_an_archive_that_changed_since_is_read_again_in_the_background(
    archive: Path, index: Path, folders: Folders
) -> None:
    (archive / "partners" / "more.yaml").write_text(
        "- {id: late, name: Latecomer, kind: company, relation: partner}\n", encoding="utf-8"
    )
    with explorer(folders, *_words(archive, index)) as terminal:
        terminal.wait_for("Nordic Robotics")
        terminal.wait_for("Latecomer")


def test_an_archive_that_changes_while_it_is_shown(
    archive: Path, index: Path, folders: Folders
) -> None:
    with explorer(folders, *_words(archive, index), size=(120, 40)) as terminal:
        terminal.wait_for("Nordic Robotics")
        terminal.send("/", "walrus", "enter")
        terminal.wait_for("number 1\\.")
        (archive / "documents" / "long.md").unlink()
        (archive / "partners" / "more.yaml").write_text(
            "- {id: late, name: Latecomer, kind: company, relation: partner}\n", encoding="utf-8"
        )
        terminal.send("ctrl+r")
        # The document that was being read is gone: that is said, and the rest goes on.
        terminal.wait_for("no record document/long")
        terminal.send("X")
        terminal.wait_for("Latecomer")
        (archive / "partners" / "broken.yaml").write_text("- {id: [", encoding="utf-8")
        terminal.send("ctrl+r")
        terminal.wait_for("1 fault")
        assert "Latecomer" in terminal.text
        terminal.send("1")
        terminal.wait_for("Nordic Robotics")
        shutil.rmtree(archive)
        terminal.send("ctrl+r")
        terminal.wait_for("no such folder|no archive|archive.yaml")
        terminal.send("2")
        terminal.wait_for("2023 ─")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert b"Traceback" not in terminal.raw
