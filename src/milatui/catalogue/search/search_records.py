"""Runs a query in a scope: matches, ranking, hits, facets and suggestions."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.archive.serialize import record_from_dict
from milatui.catalogue.lists.rows import oldest_first
from milatui.catalogue.search.duplicates import best_graded, collapse_duplicates
from milatui.catalogue.search.facets import Facets
from milatui.catalogue.search.field_filters import FieldFilterResolver
from milatui.catalogue.search.hits import Hits
from milatui.catalogue.search.name_boost import add_alias_matches, boost_named_entities
from milatui.catalogue.search.results import SearchResult
from milatui.catalogue.search.suggestions import suggest, unmatched_terms
from milatui.index.analysis.language import language_of
from milatui.index.analysis.tokenizer import words
from milatui.index.record_text import indexed_text
from milatui.index.scoring.feedback import FeedbackText
from milatui.index.search.doc_set import DocSet
from milatui.index.search.searcher import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.rows import RowFactory
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchSort, Suggestion
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.expanded_query import Correction
    from milatui.index.search.searcher import Matches

TIME_LIMIT: Final = 2.0
"""Seconds after which a search ends with what it has found."""
TYPING_LIMIT: Final = 0.5
"""Seconds of CPU after which a search while typing ends: the next key starts another one."""
MAX_HIGHLIGHTS: Final = 64
"""Maximum number of words of a query that are highlighted, the first ones."""


@dataclass(frozen=True, slots=True)
class ScopedSearch:
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


def search(
    reader: CatalogueIndex, filters: FilterMasks, factory: RowFactory, request: ScopedSearch
) -> SearchResult:
    """Runs a search, see ``Catalogue.search``."""
    start = time.perf_counter()
    late = _limits(start + request.time_limit, typing=request.typing)

    def stop() -> bool:
        return request.cancelled() or late()

    inside = DocSet.from_bytes(filters.mask(request.scope))
    if not request.query.strip():
        return _everything(reader, factory, inside, request, start)
    resolver = field_filters(reader, filters, request.today)
    matches = reader.searcher.search(
        SearchRequest(
            request.query,
            resolver,
            typing=request.typing,
            text_of=lambda number: text_of(reader, number),
            stop=stop,
        )
    )
    if matches.is_empty:
        everything = _everything(reader, factory, inside, request, start)
        return replace(everything, warnings=tuple(matches.warnings))
    cancelled = request.cancelled()
    matching = DocSet.nothing(reader.size) if cancelled else matches.matching & inside
    name = matches.corrected_words
    by_alias, alias_words = add_alias_matches(
        reader, matches, inside, () if cancelled else name, stop
    )
    matching = matching | by_alias
    total = len(matching)
    if total:
        boost_named_entities(reader, matches, matching, name, typing=request.typing)
    related = DocSet.nothing(reader.size)
    if total and request.sort == "relevance":
        related = (matches.related & inside) - matching
    shown = matching | related
    numbers = collapse_duplicates(
        reader, lambda limit: _ranked(reader, shown, matches, request.sort, limit), request.limit
    )
    scores = [matches.score(number) for number in numbers]
    if request.sort == "relevance":
        numbers = best_graded(reader, matching, numbers)
    ranked = list(zip(numbers, scores, strict=True))
    first = islice(dict.fromkeys(matches.highlights), MAX_HIGHLIGHTS)
    terms = tuple(dict.fromkeys((*first, *alias_words)))
    partial = not cancelled and (late() or not matches.complete)
    suggestions: tuple[Suggestion, ...] = ()
    if total and not partial:
        suggestions = unmatched_terms(reader, matches, request.query, typing=request.typing)
    elif not partial and not request.cancelled():
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
    )
    result.hits.prepare(0, request.prepare, request.cancelled)
    return result


def _limits(deadline: float, *, typing: bool) -> Callable[[], bool]:
    """Returns a function that tells whether a search that begins now has taken too long."""
    if not typing:
        return lambda: time.perf_counter() > deadline
    # CPU time: a busy machine must not cut a cheap search short.
    cpu_deadline = time.thread_time() + TYPING_LIMIT
    return lambda: time.thread_time() > cpu_deadline or time.perf_counter() > deadline


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
    title, text = indexed_text(record_from_dict(kind, reader.record(number)))
    tag = reader.manifest.languages[reader.columns.language[number]]
    return FeedbackText(title, text, language_of(tag, () if tag else words(text[:1000]), "en"))


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
