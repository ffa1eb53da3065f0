"""The archives the benchmarks run on: the shipped one, and real press releases at size."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.benchmarks.measuring import Program

COLLECTIONS = "MILATUI_COLLECTIONS"


def prepared(program: Program) -> Program:
    """The same program once its index is made and everything is in the page cache."""
    with program.open() as terminal:
        terminal.wait_for(r"\d+ (of|–|·)", limit=600)
        terminal.settle(quiet=2.0, limit=600)
    return program


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with the shipped archive, indexed."""
    env = {"XDG_CACHE_HOME": str(tmp_path_factory.mktemp("cache")), "HOME": str(Path.home())}
    command = [sys.executable, "-m", "milatui", "index"]
    subprocess.run(command, check=True, env=os.environ | env, capture_output=True)
    return env


@pytest.fixture(scope="session")
def press_releases(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with 24,643 press releases as the archive, indexed."""
    folder = os.environ.get(COLLECTIONS, "")
    packed = Path(folder) / "pressreleases.jsonl.xz"
    if not folder or not packed.is_file():
        pytest.skip(f"{COLLECTIONS} names no folder with pressreleases.jsonl.xz")
    top = tmp_path_factory.mktemp("press")
    lines, archive = top / "releases.jsonl", top / "archive"
    lines.write_bytes(lzma.decompress(packed.read_bytes()))
    env = {"XDG_CACHE_HOME": str(top / "cache"), "MILATUI_ARCHIVE": str(archive)}
    for arguments in (["new", str(archive)], ["add", "--accept", str(lines)], ["index"]):
        command = [sys.executable, "-m", "milatui", *arguments]
        subprocess.run(command, check=True, env=os.environ | env, capture_output=True)
    return env
