"""``--read-only``: whatever is pressed, nothing is written and no program is started."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fork_server import fork, run
from tests.rounds import with_ci
from tests.sample import write_sample
from tests.terminal import KEYS, MILATUI, Terminal

EVERY_KEY = [
    *"abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789+-<>{}[]:,.!@#$%&*();'=_~|"
]
QUERIES = ("mila", "amgen OR google", '"the office"', "partner:amgen")


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An archive, its index, and a home with everything a session could write to."""
    folder = tmp_path_factory.mktemp("readonly")
    places = {name: folder / name for name in ("archive", "index", "home", "cache", "state")}
    write_sample(places["archive"])
    words = ("index", "--archive", str(places["archive"]), "--index", str(places["index"]))
    assert run([*MILATUI, *words]).returncode == 0
    for name in ("home", "cache", "state"):
        places[name].mkdir()
    return places


def everything(places: dict[str, Path]) -> dict[Path, tuple[int, int]]:
    """All files with their sizes and times of change."""
    return {
        path: (path.stat().st_size, path.stat().st_mtime_ns)
        for place in places.values()
        for path in place.rglob("*")
    }


@pytest.fixture
def session(places: dict[str, Path]) -> Iterator[Terminal]:
    environment = {
        "HOME": str(places["home"]),
        "XDG_CACHE_HOME": str(places["cache"]),
        "XDG_CONFIG_HOME": str(places["home"] / "config"),
        "XDG_STATE_HOME": str(places["state"]),
        "XDG_DATA_HOME": str(places["state"]),
        "BROWSER": "touch " + str(places["home"] / "browser-ran"),
        "EDITOR": "touch " + str(places["home"] / "editor-ran"),
    }
    command = [sys.executable, "-m", "milatui", "--read-only"]
    command += ["--archive", str(places["archive"]), "--index", str(places["index"])]
    with Terminal(command, columns=120, rows=40, env=environment, start=fork) as terminal:
        terminal.wait_for("Amgen")
        terminal.settle()
        yield terminal


def children(process: int) -> list[str]:
    """Names of the programs a process has started and that live."""
    path = Path(f"/proc/{process}/task/{process}/children")
    if not path.exists():
        return []
    return [
        Path(f"/proc/{child}/comm").read_text(encoding="utf-8")
        for child in path.read_text().split()
    ]


@pytest.mark.parametrize("step", with_ci([5], [1]))
def test_no_key_writes_or_starts_anything(
    places: dict[str, Path], session: Terminal, step: int
) -> None:
    os.utime(places["archive"] / "archive.yaml", (1, 1))  # stale: others would build it anew
    before = everything(places)
    for key in [*EVERY_KEY, *(key for key in KEYS if key not in ("ctrl+c",))][::step]:
        session.send(key)
        session.settle()
        assert children(session.process.pid) == [], key
        session.send("kitty esc")
        session.settle()
    for query in QUERIES:
        session.send("/", query, "enter")
        session.settle()
        session.send("kitty esc")
        session.settle()
    assert session.process.poll() is None, session.text
    assert everything(places) == before
    for control in range(1, 27, step):
        if control not in (3, 17):  # how to leave, and leaving
            session.send(chr(control))
            session.settle()
            assert children(session.process.pid) == [], control
            session.send("kitty esc")
            session.settle()
    session.send("ctrl+c", "\x11")
    session.wait_exit()
    assert everything(places) == before


def test_the_palette_offers_nothing_that_writes(session: Terminal) -> None:
    session.send("ctrl+p")
    session.settle()
    shown = session.text
    for _ in range(4):
        session.send("pgdn")
        session.settle()
        shown += session.text
    assert not re.search(r"(?i)screenshot|shell|export|save|editor|suspend", shown)


def test_a_missing_index_is_no_reason_to_write(places: dict[str, Path], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "milatui", "--read-only"]
    command += ["--archive", str(places["archive"]), "--index", str(tmp_path / "none")]
    with Terminal(command, columns=120, rows=40, start=fork) as terminal:
        terminal.wait_for("index is not ready")
        assert str(tmp_path) not in terminal.raw.decode("utf-8", "replace")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
    assert not (tmp_path / "none").exists()
