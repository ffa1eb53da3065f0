"""The files of an archive are found again without listing its folders, as a scan finds them."""

from __future__ import annotations

import os
from array import array
from typing import TYPE_CHECKING

import pytest

from milatui.archive.files import scan
from milatui.index.store import file_manifest
from milatui.index.store.file_manifest import (
    FileDocuments,
    FileManifest,
    count_changed_files,
    read_file_manifest,
    scan_files,
    write_file_manifest,
)
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.archive.files import FileStat


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive with files beside folders, so that their order is not that of their paths."""
    root = write_sample(tmp_path / "archive")
    (root / "documents/zebra.md").write_text("---\ntitle: Last\n---\n")
    for path in (root, *root.rglob("*")):
        os.utime(path, ns=(0, 5))
    return root


def written(files: FileManifest, folder: Path) -> FileManifest:
    """The files, written and read again."""
    folder.mkdir(exist_ok=True)
    numbers = memoryview(array("I", bytes(4 * len(files.paths))))
    write_file_manifest(folder, files, FileDocuments(numbers, numbers))
    return read_file_manifest(folder)


CHANGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "none": (lambda _root: None, 0),
    "longer": (lambda root: append(root / "documents/zebra.md"), 1),
    "two": (lambda root: append(root / "documents/about.md", root / "archive.yaml"), 2),
    "removed": (lambda root: (root / "documents/zebra.md").unlink(), 1),
    "new": (lambda root: (root / "documents/new.md").write_text("x"), 1),
}


def append(*paths: Path) -> None:
    for path in paths:
        path.write_text(path.read_text() + "more\n")
        os.utime(path, ns=(0, 7))


@pytest.mark.parametrize("change", CHANGES)
def test_files_are_found_again(archive: Path, tmp_path: Path, change: str) -> None:
    edit, changed = CHANGES[change]
    before = written(scan_files(archive), tmp_path / "index")
    assert before.listing is not None
    assert before.listing.positions is not None
    edit(archive)
    found = scan_files(archive, before)
    assert found._replace(listing=None) == FileManifest.of(scan(archive))
    assert count_changed_files(archive, tmp_path / "index") == changed == found.changed(before)


def test_no_folder_is_listed_to_find_changed_files(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(scan_files(archive), tmp_path / "index")
    append(archive / "documents/zebra.md")
    monkeypatch.delattr(os, "scandir")
    monkeypatch.setattr("milatui.index.store.file_manifest.time.time_ns", lambda: 2**62)
    assert scan_files(archive, before).changed(before) == 1
    assert count_changed_files(archive, tmp_path / "index") == 1


def test_files_of_this_moment_are_waited_for(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = written(scan_files(archive), tmp_path / "index")
    seen: list[Path] = []

    def stable(root: Path) -> dict[str, FileStat]:
        seen.append(root)
        return scan(root)

    monkeypatch.setattr(file_manifest, "scan_stable", stable)
    monkeypatch.setattr("milatui.index.store.file_manifest.time.time_ns", lambda: 8)
    scan_files(archive, before)
    assert seen == [archive]
