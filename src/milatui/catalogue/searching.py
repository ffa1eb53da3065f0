"""Answers queries: what matches in a scope, in which order, and advice where nothing does."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from milatui.archive.conversion import from_data
from milatui.archive.kinds import KINDS
from milatui.catalogue.advice import advice, unheard
from milatui.catalogue.aliases import add_main_names
from milatui.catalogue.answers import Answer
from milatui.catalogue.editions import collapsed
from milatui.catalogue.facets import Facets
from milatui.catalogue.fields import Restrictions
from milatui.catalogue.hits import Hits
from milatui.catalogue.listing import oldest_first
from milatui.catalogue.naming import put_names_first
from milatui.index.engine.splitting import words
from milatui.index.engine.stemming import language_of
from milatui.index.links import searched_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.answers import SearchSort, Way
    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.listing import Rows
    from milatui.catalogue.scope import Scope
    from milatui.index.engine.engine import Found
    from milatui.index.engine.kernel import Kernel, Mask
    from milatui.index.engine.ranking import Text
    from milatui.index.reading import IndexReader

FEW: Final = 10
"""Where fewer records are found, related ones make up so many hits."""
TIME_LIMIT: Final = 2.0
"""Seconds after which what is found so far is the answer."""
TYPING_LIMIT: Final = 0.5
"""The same in seconds of CPU for a query that is being typed: the next key asks again."""
LIT: Final = 64
"""Words of a query that are lit at most, the first ones."""


@dataclass(slots=True)
class Search:
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


def search(reader: IndexReader, filters: Filters, rows: Rows, asked: Search) -> Answer:
    """See ``Catalogue.search``."""
    start = time.perf_counter()
    kernel = reader.engine.kernel
    late = _limits(start + asked.within, typing=asked.typing)

    def stop() -> bool:
        return asked.cancelled() or late()

    inside = kernel.mask(filters.mask(asked.scope))
    if not asked.query.strip():
        return _everything(reader, rows, inside, asked, start)
    restrict = restrictions(reader, filters, asked.today)
    found = _find(reader, asked, restrict, stop)
    if found.evaluation.is_empty:
        everything = _everything(reader, rows, inside, asked, start)
        return replace(everything, misread=tuple(found.evaluation.misread))
    suggestion = repaired(asked.query, found.evaluation.repairs)
    name = found.evaluation.name
    matching = kernel.nothing() if asked.cancelled() else found.matching & inside
    using, meant = add_main_names(reader, found, inside, () if asked.cancelled() else name)
    matching = matching | using
    total = kernel.size(matching)
    if total:
        put_names_first(reader, found, matching, name, typing=asked.typing)
    ranked = collapsed(
        reader, lambda most: _ranked(reader, matching, found, asked, most), asked.limit
    )
    room = min(FEW, asked.limit) - total if total and asked.sort == "relevance" else 0
    related = _related(kernel, found, matching, inside, room)
    asked_for = (s for group in found.evaluation.groups for s in group.sought)
    sought = tuple(dict.fromkeys((*islice(dict.fromkeys(asked_for), LIT), *meant)))
    partial = late()
    # What was not looked for has not been missed.
    ways = () if partial else _ways(reader, filters, restrict, found, asked, total)
    return Answer(
        query=asked.query,
        total=total,
        hits=Hits(reader, rows, ranked + related, sought, matching),
        facets=Facets(reader, kernel, matching),
        suggestion=suggestion,
        took_ms=(time.perf_counter() - start) * 1000,
        notes=tuple(way.text for way in ways),
        ways=ways,
        terms=sought,
        misread=tuple(found.evaluation.misread),
        related=len(related),
        numbers=tuple(number for number, _score in ranked + related),
        partial=partial,
    )


def _limits(deadline: float, *, typing: bool) -> Callable[[], bool]:
    """What tells whether a search that begins now has taken too long."""
    if not typing:
        return lambda: time.perf_counter() > deadline
    # CPU, so that a busy machine does not cut short what costs little.
    most = time.thread_time() + TYPING_LIMIT
    return lambda: time.thread_time() > most or time.perf_counter() > deadline


def _ways(
    reader: IndexReader,
    filters: Filters,
    restrict: Restrictions,
    found: Found,
    asked: Search,
    total: int,
) -> tuple[Way, ...]:
    """What else to try: where words went unheard, or where nothing was found."""
    if total:
        return unheard(found.evaluation, asked.query, typing=asked.typing)
    if asked.cancelled():
        return ()
    return advice(reader, filters, found, asked.scope, asked.query, restrict)


def _find(
    reader: IndexReader, asked: Search, restrict: Restrictions, stop: Callable[[], bool]
) -> Found:
    return reader.engine.find(
        *(asked.query, restrict),
        typing=asked.typing,
        text_of=lambda number: text_of(reader, number),
        stop=stop,
    )


def _everything(
    reader: IndexReader, rows: Rows, inside: Mask, asked: Search, start: float
) -> Answer:
    """The answer to no words: all of the scope, newest first unless asked otherwise."""
    kernel = reader.engine.kernel
    ranked = _ranked(reader, inside, None, asked, asked.limit)
    hits = Hits(reader, rows, ranked, (), None)
    facets = Facets(reader, kernel, inside)
    took = (time.perf_counter() - start) * 1000
    numbers = tuple(number for number, _score in ranked)
    return Answer(asked.query, kernel.size(inside), hits, facets, took_ms=took, numbers=numbers)


def restrictions(reader: IndexReader, filters: Filters, today: date | None) -> Restrictions:
    """What resolves the fields of a query."""
    day = today or date.today()  # noqa: DTZ011 - the user's own day is meant
    return Restrictions(reader, filters, day)


def text_of(reader: IndexReader, number: int) -> Text:
    """Title, text and language of a record, as words related to a query's are taken from it."""
    kind = KINDS[reader.columns["kind"][number]]
    record = from_data(kind, reader.texts.record(number))
    title, text = searched_text(record)
    tag = reader.manifest["languages"][reader.columns["language"][number]]
    return title, text, language_of(tag, words(text[:1000]), "en")


def _ranked(
    reader: IndexReader, matching: Mask, found: Found | None, asked: Search, limit: int
) -> list[tuple[int, float]]:
    if found is not None and asked.sort == "relevance":
        return found.tally.best(matching, limit)
    numbers = reader.engine.kernel.numbers(matching)
    if asked.sort == "oldest":
        numbers = oldest_first(reader, numbers, limit)
    return [(n, found.tally.score(n) if found else 0.0) for n in numbers[:limit]]


def _related(
    kernel: Kernel, found: Found, matching: Mask, inside: Mask, room: int
) -> list[tuple[int, float]]:
    """Records with related words only, where those with the query's leave room."""
    if not found.related or room <= 0:
        return []
    others = kernel.without(found.tally.matching() & inside, matching)
    return found.tally.best(others, room)


def repaired(query: str, repairs: Sequence[tuple[int, int, str]]) -> str:
    """The query with its unknown words replaced by what was looked for, "" if all are known."""
    changed = query
    for start, end, word in sorted(repairs, reverse=True):
        changed = changed[:start] + word + changed[end:]
    return changed if repairs else ""
