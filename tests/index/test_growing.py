"""Builds upon builds and builds by two processes give the index that one whole build gives."""

from __future__ import annotations

import json
import math
import os
import random
import signal
import sys
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from whoosh.filedb.filestore import FileStorage

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder import assembly
from milatui.index.builder.base_generation import (
    MAX_SEGMENTS,
    MERGED,
    SMALL,
    staying_segments,
)
from milatui.index.builder.build import build
from milatui.index.builder.shards.shard_process import ShardProcess
from milatui.index.index_reader import IndexReader
from milatui.index.store.deletions import DELETION_FIELDS, read_deletions
from milatui.index.store.manifest import SegmentEntry
from milatui.index.store.record_columns import Column, Lists, RecordColumns
from milatui.index.store.segments import flat_segment
from tests.fork_server import popen, run_text
from tests.index.test_build import everything, rewrite
from tests.rounds import some, with_ci, with_long

if TYPE_CHECKING:
    from pathlib import Path


def stored(index_dir: Path) -> dict[str, object]:
    """All that an index keeps beside its texts, but for document numbers, which are history."""
    reader = IndexReader.open(index_dir)
    columns: dict[str, object] = {}
    for name, declared in vars(RecordColumns).items():
        if name in ("doc", "number"):
            continue
        if isinstance(declared, Column):
            columns[name] = getattr(reader.columns, name).tolist()
        elif isinstance(declared, Lists):
            lists = getattr(reader.columns, name)
            columns[name] = [lists[owner].tolist() for owner in range(len(lists))]
    manifest = reader.manifest
    return {
        "columns": columns,
        "rows": [reader.list_row(number) for number in range(reader.size)],
        "records": [reader.record(number) for number in range(reader.size)],
        "names": reader.names,
        "doc_freqs": living_doc_freqs(reader),
        "tables": (manifest.counts, manifest.groups, manifest.details, manifest.languages),
        "publishers": (manifest.publishers, manifest.first_year, manifest.last_year),
    }


def living_doc_freqs(reader: IndexReader) -> dict[tuple[str, bytes], int]:
    """In how many records each term occurs."""
    found: Counter[tuple[str, bytes]] = Counter()
    deletions = read_deletions(reader.folder)
    for entry in reader.manifest.segments:
        arrays = flat_segment(entry).open(FileStorage(str(reader.folder)))
        for name in DELETION_FIELDS:
            field = arrays.fields[name]
            for number, term in enumerate(field.terms):
                found[name, term] += field.doc_freq(number)
            deleted = deletions.get((entry.segment_id, name))
            if deleted is not None:
                for number, count in zip(deleted.terms, deleted.counts, strict=True):
                    found[name, field.terms[number]] -= count
    return dict(+found)


def add_documents(archive: Path, count: int) -> None:
    for n in range(count):
        (archive / f"documents/more-{n:03d}.md").write_text(
            f"---\ntitle: More of number {n}\ndate: 20{n % 24:02d}-0{n % 9 + 1}\n"
            f"language: {'en' if n % 3 else 'fr'}\nsubject: [amgen]\n---\n\nText {n} on robots.\n"
        )


@pytest.mark.parametrize("seed", some(range(8), 1, 3))
def test_any_history_ends_in_the_same_side_files(
    archive: Path, index_dir: Path, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
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
    assert stored(index_dir) == stored(tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")


def test_small_parts_are_put_together(archive: Path, index_dir: Path, tmp_path: Path) -> None:
    counts = []
    for step in range(5):
        rewrite(archive / "documents/about.md", "Undated", f"Step {step} of robots. Undated")
        assert build(archive, index_dir).incremental
        counts.append(len(IndexReader.open(index_dir).manifest.segments))
    assert counts == [2] * 5
    build(archive, tmp_path / "whole")
    assert everything(index_dir) == everything(tmp_path / "whole")
    folder = tmp_path / "index" / (tmp_path / "index/CURRENT").read_text().split()[0]
    segments = {path.stem for path in folder.glob("MAIN_*")}
    assert len(segments) == counts[-1]


@pytest.mark.parametrize("at_once", [1, 3, 40])
def test_segments_stay_few_and_records_are_rarely_written_again(at_once: int) -> None:
    changes = 2_000
    segments = [SegmentEntry("first", 5_000, []), SegmentEntry("second", 5_000, [])]
    written, counts = 0, []
    for _change in range(changes):
        staying = staying_segments(segments)
        moved = sum(each.doc_count for each in segments[len(staying) :])
        if len(segments) < MAX_SEGMENTS:
            assert moved <= sum(each.doc_count for each in segments) / SMALL
        segments = [*staying, SegmentEntry("", moved + at_once, [])]
        written += moved + at_once
        counts.append(len(segments))
    assert max(counts) <= MAX_SEGMENTS
    alone = MERGED // at_once
    assert counts[:alone] == [3] * alone
    new = changes * at_once
    # As often as a number can be halved, beside the few that are always written anew.
    assert written <= new * math.log2(new) + MERGED * changes


def test_segments_of_deleted_records_alone_go() -> None:
    segments = [SegmentEntry("first", 1_000, []), SegmentEntry("gone", 50, list(range(50)))]
    assert staying_segments(segments) == segments[:1]
    assert staying_segments([*segments, SegmentEntry("large", 500, [])])[:2] == segments
    assert staying_segments([SegmentEntry("only", 9, [])]) == [SegmentEntry("only", 9, [])]


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
    assert stored(tmp_path / "1") == stored(tmp_path / "2")
    assert everything(tmp_path / "1") == everything(tmp_path / "2")
    assert len(IndexReader.open(tmp_path / "2").manifest.segments) == 2
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


def share(archive: Path, folder: Path) -> ShardProcess:
    paths = sorted(p.relative_to(archive).as_posix() for p in archive.rglob("documents/**/*.md"))
    return ShardProcess(archive, folder, "en", paths)


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
    class Lost(ShardProcess):
        def poll(self, seconds: float = 0.0) -> None:
            self._process.kill()
            super().poll(seconds)

    before = set(index_dir.iterdir())
    monkeypatch.setattr(assembly, "ShardProcess", Lost)
    with pytest.raises(OSError, match="helps to build"):
        build(archive, index_dir, rebuild=True, processes=2)
    assert set(index_dir.iterdir()) == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10


KILLED = """
import os, sys, signal
from pathlib import Path
from milatui.index.builder.build import build
steps = 0
def progress(*step):
    global steps
    steps += 1
    if steps == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]), Path(sys.argv[2]), rebuild=True, processes=2, progress=progress)
"""


@pytest.mark.parametrize("step", some([1, 3, 5, 8, 11, 14], 1, 3))
def test_builders_killed_at_any_step_leave_the_old_index(
    archive: Path, index_dir: Path, step: int
) -> None:
    before = (index_dir / "CURRENT").read_text()
    command = [sys.executable, "-c", KILLED, str(archive), str(index_dir), str(step)]
    assert popen(command).wait() == -signal.SIGKILL
    assert (index_dir / "CURRENT").read_text() == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10
    build(archive, index_dir, rebuild=True)
    (segment,) = IndexReader.open(index_dir).manifest.segments
    assert segment.doc_count == Catalogue.open(index_dir).size


def test_a_second_builder_is_told_while_two_processes_work(
    archive: Path, index_dir: Path, tmp_path: Path
) -> None:
    outputs: list[str] = []

    def meanwhile(stage: str, _done: int, _total: int) -> None:
        if stage == "write" and not outputs:
            command = [
                sys.executable,
                "-m",
                "milatui.index.builder.worker",
                str(archive),
                str(index_dir),
            ]
            outputs.append(run_text(command).stdout)

    build(archive, index_dir, rebuild=True, processes=2, progress=meanwhile)
    assert json.loads(outputs[0])["error"]["reason"] == "locked"


LIMITED = """
import json, resource, sys
from pathlib import Path
from milatui.index.builder.build import build
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    build(Path(sys.argv[1]), Path(sys.argv[2]), rebuild=True, processes=int(sys.argv[4]))
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize("processes", with_long([2], [1]))
@pytest.mark.parametrize("size", with_ci([1_000, 30_000], [0, 10_000]))
def test_files_that_cannot_grow_leave_the_old_index(
    archive: Path, index_dir: Path, size: int, processes: int
) -> None:
    add_documents(archive, 30)
    before = set(index_dir.iterdir())
    arguments = [str(archive), str(index_dir), str(size), str(processes)]
    command = [sys.executable, "-c", LIMITED, *arguments]
    assert run_text(command).stdout == "File too large\n"
    assert set(index_dir.iterdir()) == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10
    assert build(archive, index_dir).changed
