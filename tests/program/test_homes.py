"""Homes that take nothing, odd locales: the program starts and says what it cannot keep."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program.conftest import Folders
from tests.program.starting import FILLED, POWERLESS, explorer
from tests.rounds import with_ci


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    return str(path)


def test_what_cannot_be_remembered_is_said_once(indexed: Folders, file: str) -> None:
    env = {**indexed, "XDG_DATA_HOME": file, "XDG_CONFIG_HOME": file}
    with explorer(env, size=(120, 40)) as terminal:
        terminal.wait_for(FILLED)
        terminal.send("/", "corporate")
        terminal.wait_for(r"\d+ found")
        terminal.send("enter")
        terminal.wait_for("Searches cannot be saved: (Not a directory|File exists)")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("words", with_ci([()], [("--lang", "fr")]))
def test_an_index_that_cannot_be_kept_is_said(
    folders: Folders, file: str, words: tuple[str, ...]
) -> None:
    env = {**folders, "XDG_CACHE_HOME": file}
    with explorer(env, *words, size=(120, 40)) as terminal:
        terminal.wait_for("--index DI|--index DOSSIER|--index")
        terminal.send("?")
        terminal.settle()
        terminal.send("q", "q")
        assert terminal.process.poll() in (None, 0)


@pytest.mark.parametrize(
    "odd",
    with_ci(
        [{"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PATH": ""}],
        [{"LC_ALL": "tlh_QQ.ISO-8859-15"}, {"PYTHONIOENCODING": "utf-16"}],
    ),
    ids=lambda odd: next(iter(odd)) + next(iter(odd.values())),
)
def test_odd_environments_change_nothing(indexed: Folders, odd: dict[str, str]) -> None:
    with explorer({**indexed, **odd}, size=(120, 40), fresh=True) as terminal:
        terminal.wait_for(FILLED)
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_an_archive_one_may_not_enter_is_unreadable(tmp_path: Path) -> None:
    inside = tmp_path / "closed" / "archive"
    inside.mkdir(parents=True)
    inside.parent.chmod(0)
    command = [*POWERLESS, sys.executable, "-m", "milatui", "--archive", str(inside), "check"]
    if os.getuid() != 0:
        command = command[len(POWERLESS) :]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    inside.parent.chmod(0o700)
    assert ended.returncode == 3
    assert ended.stderr == f"milatui: {inside} cannot be read: Permission denied\n"
