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
    start = time.perf_counter()
    late = limit_time(reader, request.time_limit)

    def stop() -> bool:
        return request.cancelled() or late()

    inside = DocSet.from_bytes(filters.mask(request.scope.without("query")))
    if not request.query.strip():
        return _everything(reader, factory, inside, request, start)
    resolver = field_filters(reader, filters, request.today)
    matches = run_query(
        reader,
        request.query,
        resolver,
        stop,
        typing=request.typing,
        text_of=lambda number: text_of(reader, number),
    )
    if matches.is_empty:
        everything = _everything(reader, factory, inside, request, start)
        return everything._replace(warnings=tuple(matches.warnings))
    cancelled = request.cancelled()
    found = DocSet.nothing(reader.size) if cancelled else matches.matching
    name = matches.corrected_words
    by_alias, alias_words = add_alias_matches(
        reader, matches, inside, () if cancelled else name, stop
    )
    found = found | by_alias
    scope_query = request.query
    if request.typing and not stop():
        scope_query = reader.searcher.complete_query(scope_query, matches.query.parsed)
    if request.for_scope and not cancelled:
        filters.remember_found(scope_query, found)
    matching = found & inside
    total = len(matching)
    if total:
        begun = may_be_begun(request.query, typing=request.typing)
        boost_named_entities(reader, matches, matching, name, begun=begun)
    related = DocSet.nothing(reader.size)
    if total and request.sort == "relevance":
        related = (matches.related & inside) - matching
    ranked = _ranked_texts(reader, matches, matching, related, request)
    numbers = [number for number, _score in ranked]
    first = islice(dict.fromkeys(matches.highlights), MAX_HIGHLIGHTS)
    terms = tuple(dict.fromkeys((*first, *alias_words)))
    partial = not cancelled and (late() or not matches.complete)
    suggestions: tuple[Suggestion, ...] = ()
    if partial:
        suggestions = (Suggestion(_("The search took too long: this is what it found so far.")),)
    elif total:
        suggestions = unmatched_terms(reader, matches, request.query, typing=request.typing)
    elif not request.cancelled():
        suggestions = suggest(
            reader, filters, matches, request.scope, request.query, resolver, stop
        )
    result = SearchResult(
        query=request.query,
        total=total,
        hits=Hits(reader, factory, ranked, terms, matching),
        facets=Facets(reader, matching),
        corrected_query=correct_query(request.query, matches.corrections),
        took_ms=(time.perf_counter() - start) * 1000,
        suggestions=suggestions,
        terms=terms,
        warnings=tuple(matches.warnings),
        related=sum(related.flags[numbers].tolist()),
        numbers=tuple(numbers),
        partial=partial,
        scope_query=scope_query,
        texts=count_texts(reader, matching),
    )
    result.hits.prepare(0, request.prepare, request.cancelled)
    return result


def _ranked_texts(
    reader: CatalogueIndex,
    matches: Matches,
    matching: DocSet,
    related: DocSet,
    request: ScopedSearch,
) -> list[tuple[int, float]]:
    """Returns the best records in order, the editions of a text as one, with their scores."""
    shown = matching | related
    numbers = collapse_duplicates(
        reader, lambda limit: _ranked(reader, shown, matches, request.sort, limit), request.limit
    )
    scores = matches.scores_of(numbers)
    if request.sort == "relevance":
        numbers = best_graded(reader, matching, numbers)
    return list(zip(numbers, scores, strict=True))


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


def _everything(
    reader: CatalogueIndex,
    factory: RowFactory,
    inside: DocSet,
    request: ScopedSearch,
    start: float,
) -> SearchResult:
    """Returns the result of an empty query: all records of the scope, newest first by default."""
    numbers = _ranked(reader, inside, None, request.sort, request.limit)
    ranked = [(int(number), 0.0) for number in numbers]
    result = SearchResult(
        query=request.query,
        total=len(inside),
        hits=Hits(reader, factory, ranked, (), None),
        facets=Facets(reader, inside),
        took_ms=(time.perf_counter() - start) * 1000,
        numbers=tuple(number for number, _score in ranked),
        texts=len(inside),
    )
    result.hits.prepare(0, request.prepare, request.cancelled)
    return result


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
