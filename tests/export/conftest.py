"""The planted archive, built once, and what each format makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.export.planted import write_planted

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of the planted archive, which tests only read."""
    root = tmp_path_factory.mktemp("planted")
    build(write_planted(root / "archive"), root / "index")
    return Catalogue.open(root / "index")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
