"""Files of an index that have turned to zeros, of unchanged size and time: seen, never believed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.freshness import freshness
from milatui.cli.main import main
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable
from tests.index.test_build import everything, rewrite
from tests.index.verification import verify
from tests.rounds import with_ci

if TYPE_CHECKING:
    from pathlib import Path

PAGE = 4096


@pytest.fixture
def grown(archive: Path, index_dir: Path) -> Path:
    """An index of two parts, with deleted records."""
    rewrite(archive / "documents/about.md", "Undated", "Later. Undated")
    assert build(archive, index_dir).incremental
    return index_dir


def files(index_dir: Path) -> list[Path]:
    folder = index_dir / (index_dir / "CURRENT").read_text().split()[0]
    return sorted(folder.iterdir())


def zero(path: Path, begin: int, size: int) -> bool:
    """Put zeros into a file, its size and time unchanged; False if that changes nothing."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    before = bytes(data)
    data[begin : begin + size] = bytes(len(data[begin : begin + size]))
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return bytes(data) != before


def stretches(path: Path) -> list[tuple[int, int]]:
    """What is zeroed of a file: all of it, its first page, which has the head, and its middle."""
    middle = path.stat().st_size // 2
    return [(0, path.stat().st_size), (0, PAGE), (middle, 64)]


@pytest.mark.parametrize("step", with_ci([3], [1]))
def test_no_zeros_are_believed(archive: Path, grown: Path, tmp_path: Path, step: int) -> None:
    """Each file and stretch; of three stretches one by default, of each file another."""
    sound = tmp_path / "sound"
    shutil.copytree(grown, sound)
    whole = everything(grown)
    for number in range(len(files(sound))):
        for begin, size in stretches(files(sound)[number])[number % step :: step]:
            shutil.rmtree(grown)
            shutil.copytree(sound, grown)
            victim = files(grown)[number]
            if not zero(victim, begin, size):
                continue
            # As every command does first.
            if freshness(archive, grown).state != "fresh":
                build(archive, grown)
            try:
                found = everything(grown)
            except IndexUnusable:
                build(archive, grown)
                found = everything(grown)
            assert found == whole, (victim.name, begin, size)


@pytest.mark.parametrize("name", ["columns.arr", "files.arr"])
def test_a_head_of_zeros_is_seen_at_once_and_the_index_made_anew(
    archive: Path, grown: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = next(path for path in files(grown) if path.name == name)
    assert zero(victim, 0, PAGE)
    code = main(["--archive", str(archive), "--index", str(grown), "search", "mila"])
    assert code == 0
    assert "Mila" in capsys.readouterr().out
    verify(grown)
