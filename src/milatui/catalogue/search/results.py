"""Defines the result of a search: hits, facets, corrections and suggestions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.catalogue.scope import ScopeField
    from milatui.catalogue.search.hits import Hits
    from milatui.index.query.syntax import QueryWarning

SearchSort = Literal["relevance", "newest", "oldest"]
SEARCH_SORTS: Final[tuple[SearchSort, ...]] = ("relevance", "newest", "oldest")


class Suggestion(NamedTuple):
    """What else to try, or what a query lacked.

    Attributes:
        text: A sentence.
        lift: The restrictions of the scope to lift.
        query: What to search instead; empty keeps the query. A suggestion without ``lift`` and
            ``query`` is only information.
    """

    text: str
    lift: tuple[ScopeField, ...] = ()
    query: str = ""


class SearchResult(NamedTuple):
    """What a query found.

    Attributes:
        query: The query as typed.
        total: Number of matching records in the scope; every edition of a text counts.
        texts: Number of matching records without further editions of a text: as many as there
            are hits, if all are listed.
        hits: The best of them, at most ``limit``.
        facets: Per ``kind``, ``sector``, ``language``, ``publisher``, ``partner`` and ``year``:
            value -> number of matching records.
        corrected_query: The query with unknown words corrected; empty if none was.
        took_ms: Milliseconds that matching and ranking took (wall clock).
        suggestions: Which words no text has, which quoted parts were not required; if nothing
            was found, what would match otherwise.
        terms: What ``Catalogue.page`` takes to highlight the query's words in a record.
        warnings: Parts of the query that were not understood and were searched as words, with
            their offsets in the query.
        related: Number of related records at the end of ``hits``; there are some where few
            records match in a large archive. ``total`` and ``facets`` leave them out.
        numbers: Record numbers of the hits.
        partial: Whether the search was cut short, as the first of the suggestions tells: the
            result holds what was found until then.
        scope_query: The completed query, for ``Scope.query``: other lists in that scope show
            what this search has found. Empty if nothing was asked.
    """

    query: str
    total: int
    hits: Hits
    facets: Mapping[str, Mapping[str, int]]
    corrected_query: str = ""
    took_ms: float = 0.0
    suggestions: tuple[Suggestion, ...] = ()
    terms: tuple[str, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()
    related: int = 0
    numbers: tuple[int, ...] = ()
    partial: bool = False
    scope_query: str = ""
    texts: int = 0

    @property
    def listed(self) -> int:
        """Number of hits that match; the related ones come behind them."""
        return len(self.numbers) - self.related

    @property
    def notes(self) -> tuple[str, ...]:
        """The sentences of the suggestions."""
        return tuple(suggestion.text for suggestion in self.suggestions)
