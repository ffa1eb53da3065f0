"""The sample archive and its index, for the tests of the index."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from milatui.index.builder.build import build
from milatui.index.builder.shards import shard_process
from tests.fork_server import popen
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _forked_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forks the processes that help to build; those of builders in processes start afresh."""
    known = {"PIPE": subprocess.PIPE, "DEVNULL": subprocess.DEVNULL, "Popen": popen}
    monkeypatch.setattr(shard_process, "subprocess", SimpleNamespace(**known))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A fresh sample archive that the test may change."""
    return write_sample(tmp_path / "archive")


@pytest.fixture
def index_dir(tmp_path: Path, archive: Path) -> Path:
    """The index of that archive."""
    folder = tmp_path / "index"
    build(archive, folder)
    return folder
