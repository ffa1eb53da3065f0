"""A page asks the index a bounded number of times, however many records it shows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

import pytest

from milatui.archive.kinds import KINDS
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import Location, parse_location

if TYPE_CHECKING:
    from milatui.index.protocol import CatalogueIndex

SINGLE = ("list_row", "find", "record")
BATCHES = ("list_rows", "find_all", "records")
MOST = 4
"""Batches of each sort that a page may ask for: the record, what it names, what names it, and
the documents that those quote."""


class CountingIndex:
    """An index that counts the calls that read records."""

    def __init__(self, index: CatalogueIndex) -> None:
        self._index = index
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name: str) -> object:
        if name in (*SINGLE, *BATCHES):
            self.calls[name] += 1
        return getattr(self._index, name)


@pytest.fixture
def index(catalogue: Catalogue) -> CountingIndex:
    return CountingIndex(catalogue._reader)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_record(catalogue: Catalogue, index: CountingIndex, kind: str) -> None:
    numbers = [n for n in range(catalogue.size) if catalogue.row(n).kind == kind]
    assert numbers
    for number in numbers:
        index.calls.clear()
        page = _counted(index).page(Location(kind, catalogue.row(number).id))
        assert page.text
        _check(index.calls)


@pytest.mark.parametrize(
    "location",
    ["people", "documents", "figures", "compare?a=amgen&b=samsung", "figures?partner=amgen"],
)
def test_a_view(index: CountingIndex, location: str) -> None:
    assert _counted(index).page(parse_location(location)).text
    _check(index.calls)


def test_a_citation(catalogue: Catalogue, index: CountingIndex) -> None:
    numbers = range(catalogue.size)
    for number in numbers:
        row = catalogue.row(number)
        index.calls.clear()
        assert _counted(index).citation(Location(row.kind, row.id))
        _check(index.calls)


def _counted(index: CountingIndex) -> Catalogue:
    return Catalogue(cast("CatalogueIndex", index))


def _check(calls: Counter[str]) -> None:
    # The mask of a scope looks its partner up.
    assert calls["find"] <= 1, calls
    assert calls["list_row"] == calls["record"] == 0, calls
    assert max(calls[name] for name in BATCHES) <= MOST, calls
