"""Hits are made in batches, once, and before a screen draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.scope import Scope
from tests.catalogue.counting import BATCHES, SINGLE, CountingIndex

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

QUERY = "mila"
LIMIT = 50


@pytest.fixture
def index(catalogue: Catalogue) -> CountingIndex:
    return CountingIndex(catalogue)


def test_prepared_hits_ask_the_index_nothing_more(index: CountingIndex) -> None:
    answer = index.catalogue().search(QUERY, Scope(), limit=LIMIT, prepare=10)
    assert len(answer.hits) > 10
    assert answer.hits.is_prepared(0, 10)
    assert not answer.hits.is_prepared(0, 11)
    index.calls.clear()
    assert all(hit.row.title for hit in answer.hits[:10])
    assert any(hit.snippet.text for hit in answer.hits[:10])
    assert not index.calls
    assert answer.hits[10].row.title
    assert index.calls["records"] == 1


def test_all_hits_are_read_in_a_few_batches(index: CountingIndex) -> None:
    answer = index.catalogue().search(QUERY, Scope(), limit=LIMIT)
    index.calls.clear()
    hits = list(answer.hits)
    assert len(hits) > 25
    assert all(index.calls[name] == 0 for name in SINGLE)
    # At most two batches of 25 hits: rows, other editions and speakers, and records.
    assert index.calls["records"] == 2
    assert all(index.calls[name] <= 6 for name in BATCHES)
    index.calls.clear()
    assert list(answer.hits) == hits == [answer.hits[n] for n in range(len(hits))]
    assert not index.calls


def test_preparing_stops_when_the_search_is_cancelled(index: CountingIndex) -> None:
    hits = index.catalogue().search(QUERY, Scope(), limit=LIMIT).hits
    looks = iter((False, True))
    hits.prepare(0, LIMIT, lambda: next(looks))
    assert hits.is_prepared(0, 25)
    assert not hits.is_prepared(25, 26)


def test_an_empty_query_prepares_hits_too(index: CountingIndex) -> None:
    assert index.catalogue().search("", Scope(), prepare=5).hits.is_prepared(0, 5)
