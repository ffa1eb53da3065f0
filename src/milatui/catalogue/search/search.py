"""Answers queries: what matches in a scope, in which order, and advice where nothing does."""

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

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.rows import RowFactory
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchSort, Suggestion
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.expanded_query import Correction
    from milatui.index.search.searcher import Matches

TIME_LIMIT: Final = 2.0
"""Seconds after which what is found so far is the answer."""
TYPING_LIMIT: Final = 0.5
"""The same in seconds of CPU for a query that is being typed: the next key asks again."""
MAX_HIGHLIGHTS: Final = 64
"""Maximum number of words of a query that are highlighted, the first ones."""


@dataclass(slots=True)
class ScopedSearch:
    """One search: what is looked for, where, and how.

    ``cancelled`` is asked now and then; when true, the answer is empty and to be dropped.
    ``today`` is the day that *last year* in a query counts from.
    """

    query: str
    scope: Scope
    limit: int
    typing: bool
    sort: SearchSort
    cancelled: Callable[[], bool]
    today: date | None = None
    within: float = TIME_LIMIT


def search(
    reader: CatalogueIndex, filters: FilterMasks, rows: RowFactory, asked: ScopedSearch
) -> SearchResult:
    """See ``Catalogue.search``."""
    start = time.perf_counter()
    late = _limits(start + asked.within, typing=asked.typing)

    def stop() -> bool:
        return asked.cancelled() or late()

    inside = DocSet.from_bytes(filters.mask(asked.scope))
    if not asked.query.strip():
        return _everything(reader, rows, inside, asked, start)
    restrict = restrictions(reader, filters, asked.today)
    matches = reader.searcher.search(
        SearchRequest(
            asked.query,
            restrict,
            typing=asked.typing,
            text_of=lambda number: text_of(reader, number),
            stop=stop,
        )
    )
    if matches.is_empty:
        everything = _everything(reader, rows, inside, asked, start)
        return replace(everything, misread=tuple(matches.warnings))
    cancelled = asked.cancelled()
    matching = DocSet.nothing(reader.size) if cancelled else matches.matching & inside
    name = matches.corrected_words
    using, meant = add_alias_matches(reader, matches, inside, () if cancelled else name, stop)
    matching = matching | using
    total = len(matching)
    if total:
        boost_named_entities(reader, matches, matching, name, typing=asked.typing)
    related = DocSet.nothing(reader.size)
    if total and asked.sort == "relevance":
        related = (matches.related & inside) - matching
    ranked = collapse_duplicates(
        reader, lambda most: _ranked(reader, matching | related, matches, asked, most), asked.limit
    )
    if asked.sort == "relevance":
        ranked = best_graded(reader, matching, ranked)
    first = islice(dict.fromkeys(matches.highlights), MAX_HIGHLIGHTS)
    sought = tuple(dict.fromkeys((*first, *meant)))
    partial = not cancelled and (late() or not matches.complete)
    # What was not looked for has not been missed.
    ways = () if partial else _ways(reader, filters, restrict, matches, asked, total, stop)
    return SearchResult(
        query=asked.query,
        total=total,
        hits=Hits(reader, rows, ranked, sought, matching),
        facets=Facets(reader, matching),
        suggestion=corrected(asked.query, matches.corrections),
        took_ms=(time.perf_counter() - start) * 1000,
        notes=tuple(way.text for way in ways),
        ways=ways,
        terms=sought,
        misread=tuple(matches.warnings),
        related=sum(number in related for number, _score in ranked),
        numbers=tuple(number for number, _score in ranked),
        partial=partial,
    )


def _limits(deadline: float, *, typing: bool) -> Callable[[], bool]:
    """Makes what tells whether a search that begins now has taken too long."""
    if not typing:
        return lambda: time.perf_counter() > deadline
    # CPU, so that a busy machine does not cut short what costs little.
    most = time.thread_time() + TYPING_LIMIT
    return lambda: time.thread_time() > most or time.perf_counter() > deadline


def _ways(
    reader: CatalogueIndex,
    filters: FilterMasks,
    restrict: FieldFilterResolver,
    matches: Matches,
    asked: ScopedSearch,
    total: int,
    stop: Callable[[], bool],
) -> tuple[Suggestion, ...]:
    """What else to try: where words went unheard, or where nothing was found."""
    if total:
        return unmatched_terms(reader, matches, asked.query, typing=asked.typing)
    if asked.cancelled():
        return ()
    return suggest(reader, filters, matches, asked.scope, asked.query, restrict, stop)


def _everything(
    reader: CatalogueIndex, rows: RowFactory, inside: DocSet, asked: ScopedSearch, start: float
) -> SearchResult:
    """The answer to no words: all of the scope, newest first unless asked otherwise."""
    ranked = _ranked(reader, inside, None, asked, asked.limit)
    hits = Hits(reader, rows, ranked, (), None)
    facets = Facets(reader, inside)
    took = (time.perf_counter() - start) * 1000
    numbers = tuple(number for number, _score in ranked)
    return SearchResult(asked.query, len(inside), hits, facets, took_ms=took, numbers=numbers)


def restrictions(
    reader: CatalogueIndex, filters: FilterMasks, today: date | None
) -> FieldFilterResolver:
    """Makes what resolves the fields of a query."""
    day = today or date.today()  # noqa: DTZ011 - the user's own day is meant
    return FieldFilterResolver(reader, filters, day)


def text_of(reader: CatalogueIndex, number: int) -> FeedbackText:
    """Gives title, text and language of a record, as feedback terms are taken from it."""
    kind = KINDS[reader.columns.kind[number]]
    title, text = indexed_text(record_from_dict(kind, reader.record(number)))
    tag = reader.manifest.languages[reader.columns.language[number]]
    return FeedbackText(title, text, language_of(tag, () if tag else words(text[:1000]), "en"))


def _ranked(
    reader: CatalogueIndex, found: DocSet, matches: Matches | None, asked: ScopedSearch, limit: int
) -> list[tuple[int, float]]:
    if matches is not None and asked.sort == "relevance":
        return matches.best(found, limit)
    numbers = found.numbers()
    if asked.sort == "oldest":
        numbers = oldest_first(reader, numbers, limit)
    return [(n, matches.score(n) if matches else 0.0) for n in numbers[:limit]]


def corrected(query: str, corrections: Sequence[Correction]) -> str:
    """Replaces the words of a query by what they were taken for; empty if none was corrected."""
    changed = query
    for correction in sorted(corrections, key=lambda one: one.start, reverse=True):
        changed = changed[: correction.start] + correction.meant + changed[correction.end :]
    return changed if corrections else ""
