"""Searching an archive that has nothing yet, as one types in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path

QUERIES = (
    *("lab", "corporate laboratory", "lab*", '"a lab"', "/x.*/", "labo near/3 x", "-x"),
    *("kind:event lab", "title:x", "date:2021", "since:2020 lab", "(a or b)", "d'une r&d"),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue of an archive without records."""
    root: Path = tmp_path_factory.mktemp("empty")
    (root / "archive").mkdir()
    (root / "archive" / "archive.yaml").write_text("title: Empty\nlanguages: [en]\n")
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
@pytest.mark.parametrize("query", QUERIES)
def test_every_query_finds_nothing(empty: Catalogue, query: str, typing: bool) -> None:
    assert empty.search(query, Scope(), typing=typing).total == 0
