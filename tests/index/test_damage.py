"""Damage to every file of an index, seen or not: an answer or a clear word, and healed."""

from __future__ import annotations

import os
import random
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.freshness import freshness
from milatui.catalogue.scope import Scope
from milatui.catalogue.store import NotFound
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable
from tests.index.test_build import everything, rewrite
from tests.index.verification import verify
from tests.rounds import with_ci, with_long

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def halve(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def zero(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 0x55
    path.write_bytes(data)


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def remove(path: Path) -> None:
    path.unlink()


DAMAGES = (halve, empty, zero, flip, lengthen, become_a_folder, remove)


@pytest.fixture
def grown(archive: Path, index_dir: Path) -> Path:
    """An index of two parts, with deleted records."""
    (archive / "synonyms.yaml").write_text("- [atelier, laboratory]\n")
    rewrite(archive / "documents/about.md", "Undated", "Later. Undated")
    assert build(archive, index_dir).incremental
    return index_dir


def files(index_dir: Path) -> list[Path]:
    """All files that an index is read from."""
    folder = index_dir / (index_dir / "CURRENT").read_text().split()[0]
    return [index_dir / "CURRENT", *sorted(folder.iterdir())]


def look_at(index_dir: Path) -> None:
    """Read everything, as far as it can be read."""
    # A number that rot has changed may be that of nothing, an id that of another kind.
    with suppress(IndexUnusable, NotFound, IndexError, ValueError):
        everything(index_dir)


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("changed", with_long([True], [False]))
@pytest.mark.parametrize("step", with_ci([8], [4], [1]))
def test_any_file_damaged_in_any_way_is_healed(
    archive: Path,
    grown: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    changed: bool,
    step: int,
) -> None:
    """Every file is damaged in this way, or one of ``step``."""
    sound = tmp_path / "sound"
    shutil.copytree(grown, sound)
    if changed:
        rewrite(archive / "documents/about.md", "Later", "Much later")
    build(archive, tmp_path / "whole")
    whole = everything(tmp_path / "whole")
    for number in range(DAMAGES.index(damage) % step, len(files(grown)), step):
        shutil.rmtree(grown)
        shutil.copytree(sound, grown)
        victim = files(grown)[number]
        before = victim.read_bytes()
        if not before or (damage is become_a_folder and victim.name == "CURRENT"):
            continue
        damage(victim)
        if victim.is_file() and victim.read_bytes() == before:
            continue
        with pytest.raises(IndexUnusable) as problem:
            Catalogue.open(grown)
        assert problem.value.reason in ("damaged", "missing"), victim
        assert freshness(archive, grown).state == "unusable"
        assert build(archive, grown).changed, victim
        assert everything(grown) == whole, victim
        verify(grown)


# Whoosh leaves a file open that it cannot make out.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("rounds", with_ci([1], [2], [20]))
def test_rot_that_size_and_time_do_not_tell_never_breaks_what_reads_it(
    archive: Path, grown: Path, tmp_path: Path, rounds: int
) -> None:
    sound = tmp_path / "sound"
    shutil.copytree(grown, sound)
    whole = everything(grown)
    chance = random.Random(7)
    for number in range(len(files(grown))):
        for _round in range(rounds):
            shutil.rmtree(grown)
            shutil.copytree(sound, grown)
            victim = files(grown)[number]
            status = victim.stat()
            data = bytearray(victim.read_bytes())
            if not data:
                continue
            at = chance.randrange(len(data))
            data[at : at + 8] = chance.randbytes(len(data[at : at + 8]))
            victim.write_bytes(data)
            os.utime(victim, ns=(status.st_atime_ns, status.st_mtime_ns))
            look_at(grown)
            build(archive, grown)
            assert everything(grown) == whole, (victim, at)


def test_rot_in_what_a_build_reads_is_healed_by_it(archive: Path, grown: Path) -> None:
    for name in ("columns.arr", "files.arr", "deletions.arr", ".rec"):
        victim = next(path for path in files(grown) if path.name.endswith(name))
        status = victim.stat()
        flip(victim)
        os.utime(victim, ns=(status.st_atime_ns, status.st_mtime_ns))
        rewrite(archive / "documents/about.md", "Later", f"Later, without {name}")
        assert not build(archive, grown).incremental
        verify(grown)


def test_a_search_says_no_more_of_a_lost_index_than_that(archive: Path, grown: Path) -> None:
    catalogue = Catalogue.open(grown)
    for path in files(grown):
        path.unlink()
    with suppress(IndexUnusable):
        catalogue.search("mila", Scope())
    with pytest.raises(IndexUnusable):
        catalogue.record("document", "about")
    build(archive, grown)
    assert Catalogue.open(grown).search("mila", Scope()).total > 10
