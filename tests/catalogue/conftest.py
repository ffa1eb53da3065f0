"""A catalogue of the sample archive, built once for all tests of the layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The sample archive's catalogue, which tests only read."""
    root = tmp_path_factory.mktemp("sample")
    build(write_sample(root / "archive"), root / "index")
    return Catalogue.open(root / "index")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
