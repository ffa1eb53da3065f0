"""Runs a query in a scope: matches, ranking, hits, facets and suggestions."""

from __future__ import annotations

import time
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.kinds import KINDS
from milatui.catalogue.lists.rows import oldest_first
from milatui.catalogue.search.duplicates import best_graded, collapse_duplicates, count_texts
from milatui.catalogue.search.facets import Facets
from milatui.catalogue.search.field_filters import FieldFilterResolver
from milatui.catalogue.search.hits import Hits
from milatui.catalogue.search.name_boost import (
    add_alias_matches,
    boost_named_entities,
    may_be_begun,
)
from milatui.catalogue.search.query_gate import TIME_LIMIT, limit_time, run_query
from milatui.catalogue.search.results import SearchResult, Suggestion
from milatui.catalogue.search.suggestions import suggest, unmatched_terms
from milatui.i18n import _
from milatui.index.analysis.language import language_of
from milatui.index.analysis.tokenizer import words
from milatui.index.scoring.feedback import FeedbackText
from milatui.index.search.doc_set import DocSet
from milatui.index.stored_document import document_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from milatui.archive.kinds import Data, Kind
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.rows import RowFactory
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchSort
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.expanded_query import Correction
    from milatui.index.search.searcher import Matches

MAX_HIGHLIGHTS: Final = 64
"""Maximum number of words of a query that are highlighted, the first ones."""


class ScopedSearch(NamedTuple):
    """A request for a search.

    Attributes:
        query: The query as typed.
        scope: The scope to search in.
        limit: Maximum number of hits.
        typing: Whether the last word may be unfinished.
        sort: Order of the hits.
        cancelled: Asked now and then; once true, the result is empty and to be dropped.
        today: The day that *last year* in a query counts from; None means the present day.
        time_limit: Seconds after which the search ends with what it has found.
        prepare: Number of the first hits that are made at once, with their snippets.
        for_scope: Whether lists in the scope of this query will be asked for: what it finds,
            whatever the scope, is kept for them.
    """

    query: str
    scope: Scope
    limit: int
    typing: bool
    sort: SearchSort
    cancelled: Callable[[], bool]
    today: date | None = None
    time_limit: float = TIME_LIMIT
    prepare: int = 0
    for_scope: bool = False


def search(
    reader: CatalogueIndex, filters: FilterMasks, factory: RowFactory, request: ScopedSearch
) -> SearchResult:
    """Runs a search, see ``Catalogue.search``."""
    return _Search(reader, filters, factory, request).run()


class _Search:
    """One search in a scope; its time counts from when it is made."""

    def __init__(
        self,
        reader: CatalogueIndex,
        filters: FilterMasks,
        factory: RowFactory,
        request: ScopedSearch,
    ) -> None:
        self._start = time.perf_counter()
        self._late = limit_time(reader, request.time_limit)
        self._reader = reader
        self._filters = filters
        self._factory = factory
        self._request = request
        self._inside = DocSet.from_bytes(filters.mask(request.scope.without("query")))
        self._resolver = field_filters(reader, filters, request.today)

    def run(self) -> SearchResult:
        """Returns the result; an empty one, to be dropped, if the search was cancelled."""
        reader, request = self._reader, self._request
        if not request.query.strip():
            return self._everything()
        matches = run_query(
            reader,
            request.query,
            self._resolver,
            self._stop,
            typing=request.typing,
            text_of=lambda number: text_of(reader, number),
        )
        if matches.is_empty:
            return self._everything()._replace(warnings=tuple(matches.warnings))
        cancelled = request.cancelled()
        found, alias_words = self._found(matches, cancelled=cancelled)
        scope_query = self._scope_query(matches)
        if request.for_scope and not cancelled:
            self._filters.remember_found(scope_query, found)
        matching = found & self._inside
        if len(matching):
            begun = may_be_begun(request.query, typing=request.typing)
            words = matches.corrected_words
            boost_named_entities(reader, matches, matching, words, begun=begun)
        related = self._related(matches, matching)
        ranked = self._ranked_texts(matches, matching, related)
        numbers = [number for number, _score in ranked]
        first = islice(dict.fromkeys(matches.highlights), MAX_HIGHLIGHTS)
        terms = tuple(dict.fromkeys((*first, *alias_words)))
        partial = not cancelled and (self._late() or not matches.complete)
        result = SearchResult(
            query=request.query,
            total=len(matching),
            hits=Hits(reader, self._factory, ranked, terms, matching),
            facets=Facets(reader, matching),
            corrected_query=correct_query(request.query, matches.corrections),
            suggestions=self._suggestions(matches, matching, partial=partial),
            terms=terms,
            warnings=tuple(matches.warnings),
            related=sum(related.flags[numbers].tolist()),
            numbers=tuple(numbers),
            partial=partial,
            scope_query=scope_query,
            texts=count_texts(reader, matching),
        )
        return self._finished(result)

    def _stop(self) -> bool:
        return self._request.cancelled() or self._late()

    def _found(self, matches: Matches, *, cancelled: bool) -> tuple[DocSet, tuple[str, ...]]:
        """Finds what matches, by aliases as well.

        Returns:
            The records, in the scope or not, and the words of the names that aliases stand for.
        """
        if cancelled:
            return DocSet.nothing(self._reader.size), ()
        by_alias, alias_words = add_alias_matches(
            self._reader, matches, self._inside, matches.corrected_words, self._stop
        )
        return matches.matching | by_alias, alias_words

    def _scope_query(self, matches: Matches) -> str:
        """Completes the query as it is meant, for ``Scope.query``."""
        query = self._request.query
        if self._request.typing and not self._stop():
            return self._reader.searcher.complete_query(query, matches.query.parsed)
        return query

    def _related(self, matches: Matches, matching: DocSet) -> DocSet:
        """Finds the related records to list behind the matching ones."""
        if len(matching) and self._request.sort == "relevance":
            return (matches.related & self._inside) - matching
        return DocSet.nothing(self._reader.size)

    def _ranked_texts(
        self, matches: Matches, matching: DocSet, related: DocSet
    ) -> list[tuple[int, float]]:
        """Orders the best records, the editions of a text as one.

        Returns:
            (record number, score), best first, at most ``limit``.
        """
        reader, sort = self._reader, self._request.sort
        shown = matching | related
        numbers = collapse_duplicates(
            reader,
            lambda limit: _ranked(reader, shown, matches, sort, limit),
            self._request.limit,
        )
        scores = matches.scores_of(numbers)
        if sort == "relevance":
            numbers = best_graded(reader, matching, numbers)
        return list(zip(numbers, scores, strict=True))

    def _suggestions(
        self, matches: Matches, matching: DocSet, *, partial: bool
    ) -> tuple[Suggestion, ...]:
        """Returns what else to try, or what the query lacked."""
        reader, request = self._reader, self._request
        if partial:
            return (Suggestion(_("The search took too long: this is what it found so far.")),)
        if len(matching):
            return unmatched_terms(reader, matches, request.query, typing=request.typing)
        if request.cancelled():
            return ()
        return suggest(
            reader,
            self._filters,
            matches,
            request.scope,
            request.query,
            self._resolver,
            self._stop,
        )

    def _everything(self) -> SearchResult:
        """Returns the result of an empty query: all records of the scope, newest first."""
        request, inside = self._request, self._inside
        numbers = _ranked(self._reader, inside, None, request.sort, request.limit)
        ranked = [(int(number), 0.0) for number in numbers]
        result = SearchResult(
            query=request.query,
            total=len(inside),
            hits=Hits(self._reader, self._factory, ranked, (), None),
            facets=Facets(self._reader, inside),
            numbers=tuple(number for number, _score in ranked),
            texts=len(inside),
        )
        return self._finished(result)

    def _finished(self, result: SearchResult) -> SearchResult:
        """Notes the time that a result took, and makes the first hits."""
        result = result._replace(took_ms=(time.perf_counter() - self._start) * 1000)
        result.hits.prepare(0, self._request.prepare, self._request.cancelled)
        return result


def find_records(reader: CatalogueIndex, filters: FilterMasks, query: str) -> DocSet:
    """Finds the records that a query matches, whatever the scope: what ``search`` counts.

    A query that asks for nothing finds all records.
    """
    stop = limit_time(reader)
    matches = run_query(reader, query, field_filters(reader, filters, None), stop)
    everything = DocSet.everything(reader.size)
    if matches.is_empty:
        return everything
    names = matches.corrected_words
    by_alias, _words = add_alias_matches(reader, matches, everything, names, stop)
    return matches.matching | by_alias


def field_filters(
    reader: CatalogueIndex, filters: FilterMasks, today: date | None
) -> FieldFilterResolver:
    """Makes the resolver of a query's field filters."""
    day = today or date.today()  # noqa: DTZ011 - the user's own day is meant
    return FieldFilterResolver(reader, filters, day)


def text_of(reader: CatalogueIndex, number: int) -> FeedbackText:
    """Returns title, text and language of a record, to take feedback terms from."""
    kind = KINDS[reader.columns.kind[number]]
    title, text = _title_and_text(kind, reader.record(number))
    tag = reader.manifest.languages[reader.columns.language[number]]
    return FeedbackText(title, text, language_of(tag, () if tag else words(text[:1000]), "en"))


def _title_and_text(kind: Kind, data: Mapping[str, Data]) -> tuple[str, str]:
    if kind == "document":
        return document_fields(data)
    # Deferred: the classes of records take a tenth of a one-shot search.
    from milatui.archive.serialize import record_from_dict
    from milatui.index.record_text import indexed_text

    return indexed_text(record_from_dict(kind, data))


def _ranked(
    reader: CatalogueIndex,
    found: DocSet,
    matches: Matches | None,
    sort: SearchSort,
    limit: int,
) -> Sequence[int] | NDArray[np.intp]:
    """Returns the numbers of the first records in an order, at most ``limit``."""
    if matches is not None and sort == "relevance":
        return matches.best_numbers(found, limit)
    numbers = found.numbers()
    if sort == "oldest":
        numbers = oldest_first(reader, numbers, limit)
    return numbers[:limit]


def correct_query(query: str, corrections: Sequence[Correction]) -> str:
    """Replaces the corrected words of a query; returns empty text if none was corrected."""
    changed = query
    for correction in sorted(corrections, key=lambda one: one.start, reverse=True):
        changed = changed[: correction.start] + correction.meant + changed[correction.end :]
    return changed if corrections else ""
