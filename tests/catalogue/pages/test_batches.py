"""A page asks the index a bounded number of times, however many records it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.kinds import KINDS
from milatui.catalogue.location import Location, parse_location
from tests.catalogue.counting import BATCHES, CountingIndex

if TYPE_CHECKING:
    from collections import Counter

    from milatui.catalogue.catalogue import Catalogue

MOST = 5
"""Batches of each sort that a page may ask for: the record, what it names, what names it, the
documents that those quote, and of a partner how the partnership stands."""


@pytest.fixture
def index(catalogue: Catalogue) -> CountingIndex:
    return CountingIndex(catalogue)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_of_a_record(catalogue: Catalogue, index: CountingIndex, kind: str) -> None:
    numbers = [n for n in range(catalogue.size) if catalogue.row(n).kind == kind]
    assert numbers
    for number in numbers:
        index.calls.clear()
        page = index.catalogue().page(Location(kind, catalogue.row(number).id))
        assert page.text
        _check(index.calls)


@pytest.mark.parametrize(
    "location",
    ["people", "documents", "figures", "compare?a=amgen&b=samsung", "figures?partner=amgen"],
)
def test_a_view_asks_the_index_in_batches(index: CountingIndex, location: str) -> None:
    assert index.catalogue().page(parse_location(location)).text
    # A comparison asks for the figures of each of the two.
    _check(index.calls, 2 if location.startswith("compare") else 1)


def test_a_citation_asks_the_index_in_batches(catalogue: Catalogue, index: CountingIndex) -> None:
    numbers = range(catalogue.size)
    for number in numbers:
        row = catalogue.row(number)
        index.calls.clear()
        assert index.catalogue().citation(Location(row.kind, row.id))
        _check(index.calls)


def _check(calls: Counter[str], partners: int = 1) -> None:
    # The mask of a scope looks its partner up.
    assert calls["find"] <= partners, calls
    assert calls["list_row"] == calls["record"] == 0, calls
    assert max(calls[name] for name in BATCHES) <= MOST * partners, calls
