"""The archives the benchmarks run on: the shipped one, and real press releases at size."""

from __future__ import annotations

import compileall
import lzma
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import milatui

COLLECTIONS = "MILATUI_COLLECTIONS"
PREPARED, PREPARED_INDEX = "MILATUI_PRESS_ARCHIVE", "MILATUI_PRESS_INDEX"


@pytest.fixture(scope="session", autouse=True)
def byte_code() -> None:
    """Compiles this installation: an editable one may not have been, and would at each start."""
    compileall.compile_dir(str(Path(milatui.__file__).parent), quiet=1)


def run_milatui(*words: str, env: Mapping[str, str]) -> None:
    """Runs a command of the program.

    Raises:
        CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", "milatui", *words]
    subprocess.run(command, check=True, env=os.environ | env, capture_output=True)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with the shipped archive, indexed."""
    top = tmp_path_factory.mktemp("shipped")
    env = {"XDG_CACHE_HOME": str(top / "cache"), "HOME": str(top)}
    run_milatui("index", env=env)
    return env


@pytest.fixture(scope="session")
def press_releases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with 24,643 press releases as the archive, indexed.

    Making it takes minutes. ``MILATUI_PRESS_ARCHIVE`` names an archive of them that is there
    already, ``MILATUI_PRESS_INDEX`` a cache directory to keep its index in.
    """
    top = tmp_path_factory.mktemp("press")
    archive = Path(os.environ.get(PREPARED) or top / "archive")
    cache = os.environ.get(PREPARED_INDEX) or str(top / "cache")
    env = {"XDG_CACHE_HOME": cache, "HOME": str(top), "MILATUI_ARCHIVE": str(archive)}
    if not archive.is_dir():
        folder = os.environ.get(COLLECTIONS, "")
        packed = Path(folder) / "pressreleases.jsonl.xz"
        if not folder or not packed.is_file():
            pytest.skip(f"{COLLECTIONS} names no folder with pressreleases.jsonl.xz")
        lines = top / "releases.jsonl"
        lines.write_bytes(lzma.decompress(packed.read_bytes()))
        run_milatui("new", str(archive), env=env)
        run_milatui("add", "--accept", str(lines), env=env)
    run_milatui("index", env=env)
    return env
