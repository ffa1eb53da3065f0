"""What happens to an index that is damaged, foreign, locked, or whose builder was killed."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.freshness import freshness
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable
from milatui.index.store import generation
from milatui.index.store.manifest import FORMAT
from milatui.index.store.whoosh_version import SCHEMA_VERSION, index_engine_id
from tests.fork_server import popen, run_text
from tests.index.test_damage import flip
from tests.index.verification import verify

if TYPE_CHECKING:
    from pathlib import Path


WORKER = (sys.executable, "-m", "milatui.index.builder.worker")


def reason_of(index_dir: Path) -> str:
    with pytest.raises(IndexUnusable) as problem:
        Catalogue.open(index_dir)
    return problem.value.reason


def test_rot_that_keeps_the_time_is_seen_by_reading_all(archive: Path, index_dir: Path) -> None:
    victim = next(index_dir.glob("gen-*/*.rec"))
    status = victim.stat()
    flip(victim)
    os.utime(victim, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(IndexUnusable):
        verify(index_dir)
    assert build(archive, index_dir, rebuild=False).changed
    verify(index_dir)


def edit_manifest(index_dir: Path, **changes: object) -> None:
    name = (index_dir / "CURRENT").read_text().split()[0]
    path = index_dir / name / "manifest.json"
    data = json.dumps({**json.loads(path.read_text()), **changes}).encode()
    path.write_bytes(data)
    (index_dir / "CURRENT").write_text(f"{name} {zlib.crc32(data):08x}\n")


@pytest.mark.parametrize("version", [FORMAT - 1, 999, "7", None])
def test_another_format_is_foreign_and_rebuilt(
    archive: Path, index_dir: Path, version: object
) -> None:
    edit_manifest(index_dir, format=version)
    assert reason_of(index_dir) == "foreign version"
    assert not build(archive, index_dir).incremental


def test_another_schema_is_foreign_before_anything_is_read(archive: Path, index_dir: Path) -> None:
    engine = index_engine_id()
    edit_manifest(index_dir, engine=engine.replace(f"schema {SCHEMA_VERSION}", "schema 0"))
    assert reason_of(index_dir) == "foreign version"
    assert not build(archive, index_dir).incremental
    assert Catalogue.open(index_dir).search("mila", Scope()).total


def test_another_whoosh_is_foreign_and_rebuilt(archive: Path, index_dir: Path) -> None:
    edit_manifest(index_dir, engine=f"whoosh 1.0; schema {SCHEMA_VERSION}")
    catalogue = Catalogue.open(index_dir)
    with pytest.raises(IndexUnusable) as problem:
        catalogue.search("mila", Scope())
    assert problem.value.reason == "foreign version"
    assert not build(archive, index_dir).incremental


def test_the_index_of_another_archive_is_not_built_upon(index_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "archive.yaml").write_text("title: Other\n")
    assert not build(other, index_dir).incremental
    assert Catalogue.open(index_dir).size == 0


@pytest.mark.parametrize("place", ["", "gen", "file"])
def test_what_others_may_write_is_refused(archive: Path, index_dir: Path, place: str) -> None:
    folder = next(index_dir.glob("gen-*"))
    target = {"": index_dir, "gen": folder, "file": folder / "columns.arr"}[place]
    target.chmod(target.stat().st_mode | 0o020)
    assert reason_of(index_dir) == "not trusted"
    with pytest.raises(IndexUnusable):
        build(archive, index_dir)


def test_an_index_of_another_account_is_refused(
    archive: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = index_dir.stat().st_uid
    monkeypatch.setattr(
        generation, "trusted_users", lambda owners: {owner} if owners else {owner + 1}
    )
    assert reason_of(index_dir) == "not trusted"
    assert Catalogue.open(index_dir, owners=["someone"]).size > 50


def test_two_builders_exclude_each_other(archive: Path, index_dir: Path) -> None:
    with (index_dir / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(IndexUnusable) as problem:
            build(archive, index_dir, rebuild=True)
    assert problem.value.reason == "locked"
    build(archive, index_dir, rebuild=True)


def test_a_killed_builder_leaves_the_old_index(archive: Path, index_dir: Path) -> None:
    before = (index_dir / "CURRENT").read_text()
    command = [*WORKER, str(archive), str(index_dir)]
    with popen([*command, "--rebuild"], stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        worker.send_signal(signal.SIGKILL)
    assert (index_dir / "CURRENT").read_text() == before
    assert Catalogue.open(index_dir).search("mila", Scope()).total > 10
    build(archive, index_dir, rebuild=True)
    assert len(list(index_dir.glob("gen-*"))) == 2


def test_a_failed_write_leaves_the_old_index(
    archive: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    before = set(index_dir.iterdir())
    monkeypatch.setattr("milatui.index.builder.assembly.write_columns", full)
    with pytest.raises(OSError, match="No space left"):
        build(archive, index_dir, rebuild=True)
    assert set(index_dir.iterdir()) == before
    assert Catalogue.open(index_dir).size > 50


def test_the_worker_tells_progress_and_result(archive: Path, tmp_path: Path) -> None:
    done = run_text([*WORKER, str(archive), str(tmp_path / "new")])
    assert done.returncode == 0
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0] == {"stage": "read", "done": 0, "total": 17}
    assert lines[-1]["result"]["records"] == Catalogue.open(tmp_path / "new").size


def test_the_worker_says_what_is_wrong(tmp_path: Path) -> None:
    done = run_text([*WORKER, str(tmp_path), str(tmp_path / "new")])
    assert done.returncode == 1
    assert json.loads(done.stdout)["error"]["reason"] == "archive"


def test_an_index_is_fresh_until_files_change(
    archive: Path, index_dir: Path, tmp_path: Path
) -> None:
    assert freshness(archive, index_dir).state == "fresh"
    (archive / "documents/about.md").unlink()
    (archive / "documents/more.md").write_text("---\ntitle: More\n---\n")
    assert freshness(archive, index_dir).changed == 2
    assert freshness(archive, tmp_path / "none").state == "unusable"
