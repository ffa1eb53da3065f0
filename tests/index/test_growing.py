"""Builds upon builds and builds by two processes give the index that one whole build gives."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index import assembly
from milatui.index.build import build
from milatui.index.reading import IndexReader
from milatui.index.sharing import RemoteShare
from milatui.index.writing import MOST_PARTS
from tests.index.test_build import everything, rewrite

if TYPE_CHECKING:
    from pathlib import Path


def sides(index_dir: Path) -> dict[str, object]:
    """All side files of an index, but for Whoosh's numbers, which depend on its history."""
    reader = IndexReader.open(index_dir)
    columns = {
        name: reader.columns[name].tolist()
        for name in reader.columns.names
        if name not in ("doc", "number", "holding")
    }
    holding: Counter[bytes] = Counter()
    for segment in reader.engine.segments:
        for number in range(segment.words):
            holding[segment.key(number)] += segment.holding(number)
    tables = ("counts", "groups", "years", "details", "languages")
    return {
        "columns": columns,
        "holding": +holding,
        "rows": [reader.line(number) for number in range(reader.size)],
        "names": reader.names,
        **{name: reader.manifest[name] for name in tables},
    }


def add_documents(archive: Path, count: int) -> None:
    for n in range(count):
        (archive / f"documents/more-{n:03d}.md").write_text(
            f"---\ntitle: More of number {n}\ndate: 20{n % 24:02d}-0{n % 9 + 1}\n"
            f"language: {'en' if n % 3 else 'fr'}\nsubject: [amgen]\n---\n\nText {n} on robots.\n"
        )


@pytest.mark.parametrize("seed", range(8))
def test_any_history_ends_in_the_same_side_files(
    archive: Path, index_dir: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    files = sorted(p for p in archive.rglob("*") if p.is_file() and p.name != "archive.yaml")
    away = {path: path.read_bytes() for path in files}
    for _step in range(5):
        for path in chance.sample(files, 3):
            if path.exists():
                path.unlink()
            else:
                path.write_bytes(away[path])
        add_documents(archive, chance.randint(0, 5))
        build(archive, index_dir)
    build(archive, tmp_path / "whole")
    assert sides(index_dir) == sides(tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")


def test_small_parts_are_put_together(archive: Path, index_dir: Path, tmp_path: Path) -> None:
    counts = []
    for step in range(3 * MOST_PARTS):
        rewrite(archive / "documents/about.md", "Undated", f"Step {step} of robots. Undated")
        assert build(archive, index_dir).incremental
        counts.append(len(IndexReader.open(index_dir).manifest["parts"]))
    assert max(counts) == MOST_PARTS
    assert counts.count(2) >= 2
    build(archive, tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")
    folder = tmp_path / "index" / (tmp_path / "index/CURRENT").read_text().split()[0]
    segments = {p.name.partition(".")[0] for p in folder.glob("MAIN_*")}
    assert len(segments) == counts[-1]


def test_an_index_of_deleted_records_is_built_anew(archive: Path, index_dir: Path) -> None:
    for name in ("events", "figures", "statements", "people"):
        for path in (archive / name).glob("*.yaml"):
            path.unlink()
    assert build(archive, index_dir).incremental
    (archive / "documents/about.md").unlink()
    assert not build(archive, index_dir).incremental


def test_two_processes_make_the_same_index(archive: Path, tmp_path: Path) -> None:
    add_documents(archive, 40)
    for processes in (1, 2):
        built = build(archive, tmp_path / str(processes), processes=processes)
        assert (built.files, built.faults) == (57, 0)
    assert sides(tmp_path / "1") == sides(tmp_path / "2")
    assert everything(tmp_path / "1") == everything(tmp_path / "2")
    assert len(IndexReader.open(tmp_path / "2").manifest["segments"][0]) == 2
    rewrite(archive / "documents/more-007.md", "robots", "rowing boats")
    assert build(archive, tmp_path / "2", processes=2).incremental
    build(archive, tmp_path / "1", rebuild=True)
    assert everything(tmp_path / "1") == everything(tmp_path / "2")


def test_of_two_with_one_id_the_first_counts_in_any_process(archive: Path, tmp_path: Path) -> None:
    add_documents(archive, 20)
    first, last = archive / "documents/2000-first.md", archive / "documents/zz.md"
    first.write_text("---\nid: same\ntitle: The first\n---\n\nFirst.\n")
    last.write_text("---\nid: same\ntitle: The last\n---\n\nLast.\n")
    for processes in (1, 2):
        build(archive, tmp_path / str(processes), processes=processes)
        assert Catalogue.open(tmp_path / str(processes)).document("same").title == "The first"
    assert everything(tmp_path / "1") == everything(tmp_path / "2")
    last.unlink()
    assert not build(archive, tmp_path / "2", processes=2).incremental


def test_progress_of_two_processes_goes_forward(archive: Path, tmp_path: Path) -> None:
    add_documents(archive, 40)
    seen: list[tuple[str, int, int]] = []
    build(archive, tmp_path / "index", processes=2, progress=lambda *step: seen.append(step))
    assert seen[0] == ("read", 0, 57)
    assert seen[-1] == ("write", 57, 57)
    assert [stage for stage, _done, _total in seen] == sorted(stage for stage, _d, _t in seen)
    assert all(one[1] <= other[1] for one, other in pairwise(seen) if one[0] == other[0])


def share(archive: Path, folder: Path) -> RemoteShare:
    paths = sorted(p.relative_to(archive).as_posix() for p in archive.rglob("documents/**/*.md"))
    return RemoteShare(archive, folder, 1, "en", paths)


def test_a_share_that_cannot_be_written_says_why(archive: Path, tmp_path: Path) -> None:
    remote = share(archive, tmp_path / "nowhere")
    try:
        with pytest.raises(FileNotFoundError):
            remote.result(lambda: None)
    finally:
        remote.cancel()


def test_a_share_whose_process_is_killed_says_so(archive: Path, tmp_path: Path) -> None:
    remote = share(archive, tmp_path)
    os.kill(remote._process.pid, signal.SIGKILL)
    try:
        with pytest.raises(OSError, match="helps to build"):
            remote.result(lambda: None)
    finally:
        remote.cancel()


def test_a_lost_process_leaves_the_old_index(
    archive: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(RemoteShare):
        def poll(self, seconds: float = 0.0) -> None:
            self._process.kill()
            super().poll(seconds)

    before = set(index_dir.iterdir())
    monkeypatch.setattr(assembly, "RemoteShare", Lost)
    with pytest.raises(OSError, match="helps to build"):
        build(archive, index_dir, rebuild=True, processes=2)
    assert set(index_dir.iterdir()) == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10


KILLED = """
import os, sys, signal
from pathlib import Path
from milatui.index.build import build
steps = 0
def progress(*step):
    global steps
    steps += 1
    if steps == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), rebuild=True, processes=2, progress=progress)
"""


@pytest.mark.parametrize("step", [1, 5, 12, 20, 25, 30])
def test_builders_killed_at_any_step_leave_the_old_index(
    archive: Path, index_dir: Path, step: int
) -> None:
    before = (index_dir / "CURRENT").read_text()
    command = [sys.executable, "-c", KILLED, str(archive), str(index_dir), str(step)]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert (index_dir / "CURRENT").read_text() == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10
    build(archive, index_dir, rebuild=True)
    manifest = json.loads((IndexReader.open(index_dir).folder / "manifest.json").read_text())
    assert manifest["sizes"] == [Catalogue.open(index_dir).size]


def test_a_second_builder_is_told_while_two_processes_work(
    archive: Path, index_dir: Path, tmp_path: Path
) -> None:
    outputs: list[str] = []

    def meanwhile(stage: str, _done: int, _total: int) -> None:
        if stage == "write" and not outputs:
            command = [sys.executable, "-m", "milatui.index.worker", str(archive), str(index_dir)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            outputs.append(done.stdout)

    build(archive, index_dir, rebuild=True, processes=2, progress=meanwhile)
    assert json.loads(outputs[0])["error"]["reason"] == "locked"


LIMITED = """
import json, resource, sys
from pathlib import Path
from milatui.index.build import build
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    build(Path(sys.argv[1]), Path(sys.argv[2]), rebuild=True, processes=int(sys.argv[4]))
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("size", [0, 1_000, 10_000, 30_000])
def test_files_that_cannot_grow_leave_the_old_index(
    archive: Path, index_dir: Path, size: int, processes: int
) -> None:
    add_documents(archive, 30)
    before = set(index_dir.iterdir())
    arguments = [str(archive), str(index_dir), str(size), str(processes)]
    command = [sys.executable, "-c", LIMITED, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert set(index_dir.iterdir()) == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10
    assert build(archive, index_dir).changed
