"""A file is written whole or not at all, and over nothing unless that is wanted."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from milatui.export.export_file import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _breaking() -> Iterator[str]:
    yield "half"
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"):
        write_file(tmp_path / "out.ris", _breaking(), "ris", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "out.ris"
    target.write_text("old", "utf-8")
    with pytest.raises(OSError, match="No space left"):
        write_file(target, _breaking(), "ris", overwrite=True)
    assert target.read_text("utf-8") == "old"


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_came_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    target = tmp_path / "out.ris"

    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    def pieces() -> Iterator[str]:
        target.write_text("theirs", "utf-8")
        yield "mine"

    if not has_links:
        monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(FileExistsError):
        write_file(target, pieces(), "ris", overwrite=False)
    assert target.read_text("utf-8") == "theirs"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_without_hard_links_takes_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "link", refuse)
    target = tmp_path / "out.ris"
    write_file(target, iter(["a\r\n", "é\r\n"]), "ris", overwrite=False)
    assert target.read_bytes() == "a\r\né\r\n".encode()
    assert list(tmp_path.iterdir()) == [target]
