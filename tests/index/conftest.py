"""The sample archive and its index, for the tests of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.index.builder.build import build
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path


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
