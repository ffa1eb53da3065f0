"""The lock of an index: its owner's alone, whoever else has an account on the machine."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from milatui.cli import index_access
from milatui.cli.main import main
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable
from milatui.index.store.build_lock import locked
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 60.0


def open_to_all(index_dir: Path) -> None:
    """Let everybody read an index, as its owner does for a public login."""
    subprocess.run(["chmod", "-R", "go+rX", index_dir], check=True)


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_build_takes_the_lock_back_from_all(archive: Path, index_dir: Path) -> None:
    lock = index_dir / "lock"
    assert mode_of(lock) == 0o600
    open_to_all(index_dir)
    assert mode_of(lock) == 0o644
    with lock.open("rb") as opened_by_others:
        build(archive, index_dir, rebuild=True)
        assert mode_of(lock) == 0o600
        # Who has it open holds nothing any more.
        fcntl.flock(opened_by_others, fcntl.LOCK_EX)
        build(archive, index_dir, rebuild=True)


def test_an_index_can_be_read_by_all_but_for_its_lock(
    archive: Path, index_dir: Path, tmp_path: Path
) -> None:
    before = os.umask(0o077)
    try:
        build(archive, index_dir, rebuild=True)
    finally:
        os.umask(before)
    found = {path.name: mode_of(path) for path in index_dir.rglob("*") if path.is_file()}
    assert found.pop("lock") == 0o600
    assert set(found.values()) == {0o644}
    assert {mode_of(path) for path in index_dir.glob("gen-*")} == {0o755}


def test_who_builds_is_told(archive: Path, index_dir: Path) -> None:
    name = pwd.getpwuid(os.geteuid()).pw_name
    with locked(index_dir), pytest.raises(IndexUnusable) as problem:
        build(archive, index_dir, rebuild=True)
    told = f"process {os.getpid()} of account {name} is building this index"
    assert (problem.value.reason, str(problem.value)) == ("locked", told)


def test_a_command_that_waits_says_for_whom(
    archive: Path,
    index_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Each look at the lock is 20 s after the one before.
    clock = SimpleNamespace(monotonic=count(step=20.0).__next__, sleep=lambda _seconds: None)
    monkeypatch.setattr(index_access, "time", clock)
    words = ["--archive", str(archive), "--index", str(index_dir), "index", "--rebuild"]
    with locked(index_dir):
        assert main(words) == 4
    waiting, given_up = capsys.readouterr().err.splitlines()
    assert waiting == given_up
    assert f"process {os.getpid()} of account" in waiting
    assert main(words) == 0


HOLD = """
import os, sys
from pathlib import Path
from milatui.index.store.build_lock import locked
from milatui.index.errors import IndexUnusable
index, inside = Path(sys.argv[1]), Path(sys.argv[2])
held = 0
while held < int(sys.argv[3]):
    try:
        with locked(index):
            os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
            held += 1
            inside.unlink()
    except IndexUnusable as problem:
        assert problem.reason == "locked", problem
"""
"""Holds a lock again and again, and fails if it is not alone."""


def test_a_lock_that_is_opened_to_all_meanwhile_still_excludes(
    index_dir: Path, tmp_path: Path, long: bool
) -> None:
    rounds = "300" if long else "60"
    command = [sys.executable, "-c", HOLD, str(index_dir), str(tmp_path / "inside"), rounds]
    builders = [subprocess.Popen(command, stderr=subprocess.PIPE) for _number in range(3)]
    end = time.monotonic() + _PATIENCE
    while any(builder.poll() is None for builder in builders) and time.monotonic() < end:
        try:
            (index_dir / "lock").chmod(0o644)
        except FileNotFoundError:
            continue
    for builder in builders:
        assert builder.communicate(timeout=_PATIENCE)[1] == b""
        assert builder.returncode == 0


@pytest.fixture
def other_account() -> Iterator[str]:
    """A second account of the machine."""
    if os.geteuid() != 0 or not shutil.which("useradd") or not shutil.which("flock"):
        pytest.skip("only root can make an account, and flock(1) is needed")
    name = f"milatui-{os.getpid()}"
    subprocess.run(["useradd", "--system", "--no-create-home", name], check=True)
    try:
        yield name
    finally:
        subprocess.run(["userdel", name], check=True)


@pytest.fixture
def public() -> Iterator[tuple[Path, Path]]:
    """An archive and its index where every account can see them."""
    with tempfile.TemporaryDirectory(prefix="milatui-lock-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        archive, index_dir = write_sample(folder / "archive"), folder / "index"
        index_dir.mkdir(mode=0o755)
        build(archive, index_dir)
        yield archive, index_dir


def hold_as(account: str, lock: Path) -> subprocess.Popen[bytes]:
    """``flock(1)`` under another account; its child inherits the lock."""
    words = ["flock", "-x", str(lock), "sh", "-c", "echo held; exec sleep 600"]
    return subprocess.Popen(
        words, user=account, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def test_another_account_cannot_open_the_lock(
    other_account: str, public: tuple[Path, Path]
) -> None:
    _archive, index_dir = public
    with hold_as(other_account, index_dir / "lock") as holder:
        assert holder.wait(_PATIENCE) != 0
        assert holder.stderr is not None
        assert b"Permission denied" in holder.stderr.read()


@pytest.mark.parametrize("left_by_its_parent", [False, True])
def test_another_account_that_holds_the_lock_stops_no_build(
    other_account: str, public: tuple[Path, Path], left_by_its_parent: bool
) -> None:
    archive, index_dir = public
    open_to_all(index_dir)
    with hold_as(other_account, index_dir / "lock") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        try:
            if left_by_its_parent:
                # The child goes on to hold it, under the number of a process that has ended.
                os.kill(holder.pid, 9)
                holder.wait()
            assert build(archive, index_dir, rebuild=True).changed
            assert mode_of(index_dir / "lock") == 0o600
        finally:
            os.killpg(holder.pid, 9)
