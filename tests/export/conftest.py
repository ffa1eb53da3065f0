"""The planted archive, built once, and what each format makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.export.planted import write_planted
from tests.shared import share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def planted() -> Catalogue:
    """The catalogue of the planted archive, which tests only read."""
    return Catalogue.open(share("planted", _make_planted) / "index")


def _make_planted(folder: Path) -> None:
    build(write_planted(folder / "archive"), folder / "index")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
