"""Disks that are full or take nothing, and clocks that are of no use."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.archive import files
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.freshness import freshness
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.index.store.build_lock import locked
from tests.fork_server import run_text
from tests.index.test_build import everything, rewrite
from tests.index.test_growing import add_documents
from tests.rounds import some, with_ci
from tests.terminal import MILATUI

if TYPE_CHECKING:
    from collections.abc import Iterator


def mount(*words: str) -> None:
    """Mount something, or skip the test where that is not allowed."""
    try:
        done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"no mount: {error}")
    if done.returncode:
        pytest.skip(f"cannot mount: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MiB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path, left: int) -> Iterator[None]:
    """The disk with so many bytes left."""
    filler = disk / "filler"
    size = shutil.disk_usage(disk).free - left
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    try:
        yield
    finally:
        filler.unlink()


def command(archive: Path, index_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    arguments = ["--archive", str(archive), "--index", str(index_dir), *words]
    return run_text([*MILATUI, *arguments])


@pytest.mark.parametrize("processes", with_ci([2], [1]))
def test_a_disk_that_fills_at_any_moment_leaves_the_old_index(
    archive: Path, disk: Path, processes: int, long: bool
) -> None:
    add_documents(archive, 60)
    index_dir = disk / "index"
    before = shutil.disk_usage(disk).used
    build(archive, index_dir)
    size = shutil.disk_usage(disk).used - before
    whole = everything(index_dir)
    names = {path: path.stat().st_mtime_ns for path in index_dir.rglob("*")}
    chance = random.Random(processes)
    rounds = 40 if long else 3
    for number in range(rounds):
        # Stage by stage: from no room at all to nearly enough.
        left = int(size * 0.9 * (number + chance.random()) / rounds)
        with filled(disk, left):
            with pytest.raises(OSError, match="No space left"):
                build(archive, index_dir, rebuild=True, processes=processes)
            assert {path: path.stat().st_mtime_ns for path in index_dir.rglob("*")} == names
        assert everything(index_dir) == whole
        with locked(index_dir):
            pass
    assert build(archive, index_dir, rebuild=True, processes=processes).changed
    assert everything(index_dir) == whole


@pytest.mark.parametrize("left", some([0, 8192, 32768, 65536], 1, 2))
def test_a_first_build_on_a_full_disk_leaves_nothing(archive: Path, disk: Path, left: int) -> None:
    index_dir = disk / "index"
    with filled(disk, left):
        done = command(archive, index_dir, "index")
        assert done.returncode == 4
        assert done.stderr.startswith(f"milatui: the index cannot be written to {index_dir}: No sp")
        assert len(done.stderr.splitlines()) <= 2
        assert [path.name for path in disk.rglob("*") if path.name != "filler"] in (
            [],
            ["index"],
            ["index", "lock"],
        )
    assert command(archive, index_dir, "index").returncode == 0
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10


def test_an_index_on_a_disk_that_takes_nothing_answers(archive: Path, disk: Path) -> None:
    index_dir = disk / "index"
    build(archive, index_dir)
    whole = everything(index_dir)
    mount("-o", "remount,ro", str(disk))
    assert everything(index_dir) == whole
    done = command(archive, index_dir, "search", "mila")
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    rewrite(archive / "documents/about.md", "Undated", "Later. Undated")
    done = command(archive, index_dir, "search", "mila")
    assert done.returncode == 0
    assert done.stderr.startswith("milatui: the index is not up to date: the index cannot be")
    assert len(done.stderr.splitlines()) == 2
    done = command(archive, index_dir, "index")
    assert (done.returncode, len(done.stderr.splitlines())) == (4, 2)
    assert "Read-only file system" in done.stderr


def test_what_changes_within_a_tick_of_the_clock_is_not_taken_for_settled(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive / "documents/about.md"
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        rewrite(path, "Undated", "dirigible")

    clock = "milatui.archive.files.time"
    monkeypatch.setattr(f"{clock}.sleep", wait)
    for later, expected in (
        (files.CLOCK_TICK_NS // 2, 1),
        (-files.CLOCK_TICK_NS // 2, 2),
        (files.CLOCK_TICK_NS * 2**20, 2),
    ):
        path.write_text(path.read_text().replace("dirigible", "Undated"))
        moment = path.stat().st_ctime_ns + later
        monkeypatch.setattr("milatui.archive.files.time.time_ns", lambda moment=moment: moment)
        found = files.scan_stable(archive)
        assert len(waits) == expected
        assert found["documents/about.md"] == files.file_stat(path.stat())
        assert list(found) == list(files.scan(archive))


def test_no_tick_is_waited_for_again_and_again(archive: Path, index_dir: Path) -> None:
    for moment in (0, -(10**18), time.time_ns() + 10**18):
        for path in archive.rglob("*.md"):
            os.utime(path, ns=(moment, moment))
        assert build(archive, index_dir).changed
        assert freshness(archive, index_dir).state == "fresh"
        assert not build(archive, index_dir).changed


def test_a_file_that_comes_from_an_older_day_is_seen(archive: Path, index_dir: Path) -> None:
    path = archive / "documents/about.md"
    status = path.stat()
    rewrite(path, "Undated", "dirigible")
    build(archive, index_dir)
    rewrite(path, "dirigible", "zeppelins")
    os.utime(path, ns=(0, status.st_mtime_ns - 10**15))
    assert freshness(archive, index_dir).changed == 1
    build(archive, index_dir)
    catalogue = Catalogue.open(index_dir)
    assert [catalogue.search(w, Scope()).total for w in ("dirigible", "zeppelins")] == [0, 1]
