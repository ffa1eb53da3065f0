"""Builders that are killed at any moment, and builders that meet."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.index.builder.build import build
from tests.fork_server import ForkedProcess, popen
from tests.index.test_build import everything, rewrite
from tests.index.test_growing import add_documents
from tests.index.verification import verify
from tests.rounds import with_ci, with_long
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUILDER = """
import sys
from pathlib import Path
from milatui.index.builder.build import build
print("begun", flush=True)
build(Path(sys.argv[1]), Path(sys.argv[2]), processes=int(sys.argv[3]))
"""


@pytest.fixture
def archive(archive: Path) -> Path:
    """An archive whose build takes a moment."""
    add_documents(archive, 300)
    return archive


def begun(archive: Path, index_dir: Path, processes: int) -> ForkedProcess:
    """A process that has everything imported and begins to build."""
    arguments = [str(archive), str(index_dir), str(processes)]
    pipe = subprocess.PIPE
    builder = popen([sys.executable, "-c", BUILDER, *arguments], stdout=pipe, stderr=pipe)
    assert builder.stdout is not None
    assert builder.stdout.readline() == b"begun\n"
    return builder


def time_of(archive: Path, index_dir: Path, processes: int) -> float:
    """Seconds that a build takes here and now."""
    with begun(archive, index_dir, processes) as builder:
        start = time.monotonic()
        builder.communicate()
        return time.monotonic() - start


def kill_at(moment: float, archive: Path, index_dir: Path, processes: int) -> None:
    with begun(archive, index_dir, processes) as builder:
        time.sleep(moment)
        builder.send_signal(signal.SIGKILL)


def assert_tidy(index_dir: Path, generations: int) -> None:
    """There is nothing but whole generations, with nothing in them that does not belong there."""
    verify(index_dir)
    folders = sorted(path for path in index_dir.iterdir() if path.is_dir())
    assert len(folders) <= generations
    assert {path.name for path in index_dir.iterdir()} == {
        *("CURRENT", "lock"),
        *(folder.name for folder in folders),
    }
    for folder in folders:
        manifest = json.loads((folder / "manifest.json").read_text())
        assert {path.name for path in folder.iterdir()} == {*manifest["files"], "manifest.json"}


@pytest.mark.parametrize("rounds", with_ci([1], [2], [50]))
@pytest.mark.parametrize("processes", with_long([2], [1]))
def test_a_first_build_killed_at_any_moment(
    archive: Path, tmp_path: Path, processes: int, rounds: int
) -> None:
    length = time_of(archive, tmp_path / "whole", processes)
    whole = everything(tmp_path / "whole")
    chance = random.Random(processes)
    for number in range(rounds):
        index_dir = tmp_path / f"{number}"
        kill_at(chance.uniform(0, length), archive, index_dir, processes)
        build(archive, index_dir)
        assert everything(index_dir) == whole
        assert_tidy(index_dir, 1)


@pytest.mark.parametrize("rounds", with_ci([1], [2], [50]))
@pytest.mark.parametrize("processes", with_long([2], [1]))
def test_a_build_upon_another_killed_at_any_moment(
    archive: Path, index_dir: Path, tmp_path: Path, processes: int, rounds: int
) -> None:
    build(archive, index_dir)
    before = everything(index_dir)
    changed = sorted(archive.glob("documents/more-*.md"))[:40]
    length = 0.0
    chance = random.Random(processes)
    for number in range(rounds):
        for path in changed:
            rewrite(path, "robots", f"robots and {number} rowing boats")
        if not number:
            length = time_of(archive, tmp_path / "length", processes)
        named = (index_dir / "CURRENT").read_text()
        kill_at(chance.uniform(0, length), archive, index_dir, processes)
        if (index_dir / "CURRENT").read_text() == named:
            assert everything(index_dir) == before
        assert build(archive, index_dir).files in (0, len(changed))
        assert_tidy(index_dir, 2)
        before = everything(index_dir)
        assert Catalogue.open(index_dir).document("more-000").body.count("rowing") == number + 1
    build(archive, tmp_path / "whole")
    assert before == everything(tmp_path / "whole")


def test_what_a_killed_builder_left_goes_though_nothing_has_changed(
    archive: Path, index_dir: Path
) -> None:
    build(archive, index_dir)
    (index_dir / "gen-00000000").mkdir()
    (index_dir / "gen-00000000/words-000.flat").write_bytes(bytes(1000))
    assert not build(archive, index_dir).changed
    assert_tidy(index_dir, 2)


@pytest.mark.parametrize("_round", with_long(range(1), range(1, 20)))
def test_of_two_builders_one_says_that_the_other_is_at_it(
    archive: Path, tmp_path: Path, _round: int
) -> None:
    command = [
        sys.executable,
        "-m",
        "milatui.index.builder.worker",
        str(archive),
        str(tmp_path / "index"),
    ]
    both = [popen(command, stdout=subprocess.PIPE) for _number in range(2)]
    last = [json.loads(builder.communicate()[0].splitlines()[-1]) for builder in both]
    assert any("result" in line for line in last)
    for line in last:
        if "result" not in line:
            assert line["error"]["reason"] == "locked"
            assert line["error"]["message"].endswith("is building this index")
    build(archive, tmp_path / "whole")
    assert everything(tmp_path / "index") == everything(tmp_path / "whole")
    assert_tidy(tmp_path / "index", 1)


class Stop(BaseException):
    """Comes from outside at any moment, as ctrl+C does."""


def test_a_builder_interrupted_at_any_step_lets_go_of_everything(
    index_dir: Path, tmp_path: Path
) -> None:
    archive = write_sample(tmp_path / "small")
    steps: list[tuple[str, int, int]] = []
    build(archive, index_dir, rebuild=True, progress=lambda *step: steps.append(step))
    before = set(index_dir.iterdir())
    for last in range(len(steps)):
        left = iter(range(last))

        def stop(*_step: object, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise Stop

        # What it leaves open would be warned of, and warnings are errors.
        with pytest.raises(Stop):
            build(archive, index_dir, rebuild=True, progress=stop)
        assert set(index_dir.iterdir()) == before
