"""The query is in the one scope: lists, counts and views show what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.kinds import KINDS
from milatui.catalogue.location import view_location
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.search.results import SearchResult

QUERIES = (
    "laboratory",
    "amgen",
    "amgne",
    "kind:event",
    "udem",
    '"a laboratory"',
    "labo*",
    "qwertz",
)
SCOPES = (Scope(), Scope(since="2018", until="2021"), Scope(partners=frozenset({"samsung"})))


def _ids(catalogue: Catalogue, numbers: object, kind: str) -> set[str]:
    assert hasattr(numbers, "__iter__")
    return {row.id for row in map(catalogue.row, numbers) if row.kind == kind}


def _found(catalogue: Catalogue, query: str, scope: Scope) -> SearchResult:
    return catalogue.search(query, scope, limit=1000)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_lists_hold_what_the_query_finds(catalogue: Catalogue, query: str, scope: Scope) -> None:
    result = _found(catalogue, query, scope)
    found = Scope(scope.partners, scope.since, scope.until, query=result.scope_query)
    hits = [number for hit in result.hits for number in (hit.number, *hit.same)]
    hits = hits[: result.total]
    timeline = catalogue.timeline(found)
    assert set(timeline.items) == {n for n in hits if catalogue.row(n).kind == "event"}
    assert sum(group.count for group in timeline.years) == len(timeline.items)
    totals = catalogue.totals(found)
    assert sum(inside for inside, _all in totals.values()) == result.total
    assert {kind: totals[kind][0] for kind in KINDS if totals[kind][0]} == result.facets["kind"]
    for kind in KINDS:
        assert set(catalogue.list_records(kind, found)) == {
            n for n in hits if catalogue.row(n).kind == kind
        }


def test_partners_are_those_of_what_was_found_and_those_found_themselves(
    catalogue: Catalogue,
) -> None:
    query = _found(catalogue, "kind:event laboratory", Scope()).scope_query
    by_events = {row.id: row.count for row in catalogue.partners(Scope(query=query))}
    timeline = catalogue.timeline(Scope(query=query))
    named = [p for n in timeline.items for p in catalogue.row(n).partners]
    assert by_events == {name: named.count(name) for name in named}
    found = catalogue.partners(Scope(query="kind:partner amgen"))
    assert {"amgen", "amgen-canada"} <= {row.id for row in found}
    assert {row.count for row in found} == {0}
    assert next(row for row in found if row.id == "amgen").last


def test_a_query_that_asks_for_nothing_restricts_nothing(catalogue: Catalogue) -> None:
    everything = catalogue.timeline(Scope()).items
    assert list(catalogue.timeline(Scope(query="((")).items) == list(everything)
    assert not _found(catalogue, "((", Scope()).scope_query


def test_views_follow_the_query(catalogue: Catalogue) -> None:
    whole = catalogue.page(view_location("people", Scope())).text
    some = catalogue.page(view_location("people", Scope(query="amgen"))).text
    assert len(some) < len(whole)


def test_an_unfinished_word_stands_completed(catalogue: Catalogue) -> None:
    result = catalogue.search("labora", Scope(), typing=True, for_scope=True)
    assert result.scope_query == "labora*"
    found = catalogue.totals(Scope(query="labora*"))
    assert sum(inside for inside, _all in found.values()) == result.total
