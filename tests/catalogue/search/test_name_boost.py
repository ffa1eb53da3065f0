"""A query that is a name, or a word of one, puts first whom it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("bengio", "yoshua-bengio"),
        ("Bengio Yoshua", "yoshua-bengio"),
        ("pisano", "valerie-pisano"),
        ("samsung", "samsung"),
        ("genomics", "deep-genomics"),
        ("sweden", "ai-sweden"),
        ("udem", "universite-de-montreal"),
        ("amgen", "amgen"),
    ],
)
def test_whom_a_word_names_comes_first(catalogue: Catalogue, query: str, first: str) -> None:
    for typing in (False, True):
        hits = catalogue.search(query, Scope(), typing=typing).hits
        assert hits[0].row.id == first


@pytest.mark.parametrize(
    ("query", "repaired", "first"),
    [
        ("samsng", "samsung", "samsung"),
        ("yoshua benjio", "yoshua bengio", "yoshua-bengio"),
        ("benjio", "bengio", "yoshua-bengio"),
        ("gogle", "google", "google"),
    ],
)
def test_a_misspelt_name_too(catalogue: Catalogue, query: str, repaired: str, first: str) -> None:
    answer = catalogue.search(query, Scope())
    assert answer.corrected_query == repaired
    assert answer.hits[0].row.id == first


@pytest.mark.parametrize("query", ["learning", "institute", "centre life", "laboratory"])
def test_common_words_stand_for_nobody(catalogue: Catalogue, query: str) -> None:
    hits = catalogue.search(query, Scope()).hits
    assert max(hit.score for hit in hits) < 100


def test_a_name_outside_of_the_scope_is_not_put_first(catalogue: Catalogue) -> None:
    hits = catalogue.search("bengio", Scope(kinds=frozenset({"event", "statement"}))).hits
    assert {hit.row.kind for hit in hits} == {"event", "statement"}


def test_one_of_several_words_names_nobody(catalogue: Catalogue) -> None:
    hits = catalogue.search("-denso bengio", Scope()).hits
    assert max(hit.score for hit in hits) < 100


@pytest.mark.parametrize("query", ["sams", "yoshua be", "univ"])
def test_a_completed_query_puts_the_same_name_first(catalogue: Catalogue, query: str) -> None:
    typed = catalogue.search(query, Scope(), typing=True)
    assert typed.scope_query == f"{query}*"
    completed = catalogue.search(typed.scope_query, Scope())
    assert completed.hits[0].row.id == typed.hits[0].row.id


def test_a_star_explains_the_names_that_it_puts_first(catalogue: Catalogue) -> None:
    number = catalogue.search("sams*", Scope()).numbers[0]
    assert catalogue.explain("sams*", number).others == ("One of its names begins like this.",)
