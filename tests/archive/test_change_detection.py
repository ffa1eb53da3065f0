"""An archive that has not changed is known by one status a file, without listing its folders."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from milatui.archive import change_detection
from milatui.archive.change_detection import (
    FileStatTable,
    FolderTimes,
    folder_times,
    stat_archive,
    stat_files,
)
from milatui.archive.files import METADATA_FILE
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    root = write_sample(tmp_path / "archive")
    (root / "documents/empty").mkdir()
    (root / "documents/link.md").symlink_to("about.md")
    (root / "documents/.hidden").mkdir()
    return root


@pytest.fixture(params=[0, 10**9], ids=["statx", "stat"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_detection, "MANY", request.param)


class Seen:
    """An archive as it was at a moment."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.times: FolderTimes = folder_times(root)
        self.names = [
            [METADATA_FILE.encode()]
            if not path
            else sorted(os.fsencode(p.name) for p in (root / path).iterdir() if not p.is_dir())
            for path in self.times.paths
        ]
        status = []
        for path, names in zip(self.times.paths, self.names, strict=True):
            for name in names:
                found = (root / path / os.fsdecode(name)).stat()
                status.append((found.st_size, found.st_ctime_ns))
        self.status = FileStatTable.of_times(*zip(*status, strict=True))

    def is_unchanged(self) -> bool:
        return stat_archive(self.root, self.times, self.names) == self.status


def in_place(path: Path) -> None:
    """Change a file without a change of its folder, its size or its time of modification."""
    text = path.read_text()
    status = path.stat()
    path.write_text(text.replace("Undated", "Updated"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited in place": lambda root: in_place(root / "documents/about.md"),
    "another time": lambda root: os.utime(root / "events/all.yaml", ns=(0, 5)),
    "longer": lambda root: (root / "archive.yaml").write_text("title: Longer\n" * 99),
    "new": lambda root: (root / "documents/2020/new.md").write_text("---\ntitle: New\n---\n"),
    "in an empty folder": lambda root: (root / "documents/empty/new.md").write_text("x"),
    "new folder": lambda root: (root / "documents/more").mkdir(),
    "removed": lambda root: (root / "documents/about.md").unlink(),
    "renamed": lambda root: (root / "documents/about.md").rename(root / "documents/other.md"),
    "folder renamed": lambda root: (root / "documents/2020").rename(root / "documents/2030"),
    "link elsewhere": lambda root: (root / "documents/table.md").replace(
        root / "documents/link.md"
    ),
    "target edited": lambda root: (root / "documents/about.md").write_text("longer " * 9),
    "kind removed": lambda root: (root / "people").rename(root / "persons"),
}


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_noticed(archive: Path, change: str) -> None:
    seen = Seen(archive)
    assert seen.is_unchanged()
    CHANGES[change](archive)
    assert not seen.is_unchanged()


@pytest.mark.usefixtures("many")
def test_what_is_no_part_of_the_archive_is_no_change(archive: Path) -> None:
    seen = Seen(archive)
    (archive / "README.md").write_text("Read me.")
    (archive / ".git").mkdir()
    (archive / "documents/.hidden/x.md").write_text("x")
    assert seen.is_unchanged()


def test_a_folder_of_another_kind_that_comes_is_noticed(archive: Path) -> None:
    for path in (archive / "figures").iterdir():
        path.unlink()
    (archive / "figures").rmdir()
    seen = Seen(archive)
    assert seen.is_unchanged()
    (archive / "figures").mkdir()
    assert not seen.is_unchanged()


def test_no_folder_is_listed(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = Seen(archive)

    def listed(*_arguments: object) -> None:
        raise AssertionError

    monkeypatch.setattr(os, "scandir", listed)
    monkeypatch.setattr(os, "listdir", listed)
    assert seen.is_unchanged()


def test_folders_that_changed_a_moment_ago_are_waited_for(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    changed = max(folder_times(archive).times)
    monkeypatch.setattr("milatui.archive.change_detection.time.sleep", waits.append)
    for now, expected in ((changed + 1, 1), (changed + 10**12, 1)):
        monkeypatch.setattr("milatui.archive.change_detection.time.time_ns", lambda now=now: now)
        folder_times(archive)
        assert len(waits) == expected


def test_the_system_call_tells_what_stat_tells(tmp_path: Path) -> None:
    times = (0, 1, -1, -(10**18), 10**18 + 999_999_999, 1_700_000_000_123_456_789)
    for number in range(2_500):
        path = tmp_path / f"{number}"
        path.write_bytes(bytes(number % 7))
        os.utime(path, ns=(0, times[number % len(times)]))
    handle = os.open(tmp_path, os.O_RDONLY)
    try:
        names = [f"{number}".encode() for number in range(2_500)]
        assert stat_files(handle, names, many=True) == stat_files(handle, names, many=False)
        for many in (True, False):
            with pytest.raises(FileNotFoundError):
                stat_files(handle, [*names, b"gone"], many=many)
    finally:
        os.close(handle)
