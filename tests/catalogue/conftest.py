"""A catalogue of the sample archive, built once for all tests of the layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.sample import write_sample
from tests.shared import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The sample archive's catalogue, which tests only read."""
    return Catalogue.open(share("sample", _make_sample) / "index")


def _make_sample(folder: Path) -> None:
    build(write_sample(folder / "archive"), folder / "index")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
