"""A user's folders: new ones for each test, and ones in which the shipped archive is indexed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.fork_server import run
from tests.shared import share
from tests.terminal import MILATUI
from tests.tui.archive import write_archive

Folders = dict[str, str]


def new_folders(top: Path) -> Folders:
    """An environment whose home and XDG folders lie below ``top``; the home exists."""
    (top / "home").mkdir(parents=True)
    return folders_below(top)


def folders_below(top: Path) -> Folders:
    """The variables for the folders of ``new_folders``."""
    home = top / "home"
    return {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
    }


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """A user who has never started the program."""
    return new_folders(tmp_path)


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """A user who has started it before; tests only read these folders."""
    top = tmp_path_factory.mktemp("user")
    shutil.copytree(share("user", _index_as_user), top, dirs_exist_ok=True)
    return folders_below(top)


def _index_as_user(top: Path) -> None:
    assert run([*MILATUI, "index"], os.environ | new_folders(top)).returncode == 0


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Words of a command line for a small archive with control characters and wide scripts."""
    top = tmp_path_factory.mktemp("hostile")
    archive = write_archive(top / "archive")
    return ("--archive", str(archive), "--index", str(top / "index"))
