"""The gate through which every query reaches the searcher: it bounds the time of each.

Queries come from the search field, saved searches, links, filters of commands and the scope that
all panes share.  No other module of the catalogue calls ``Searcher.search`` or ``matching``; a
test proves it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from milatui.index.search.searcher import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet
    from milatui.index.search.searcher import FieldResolver, Matches, TextOf

TIME_LIMIT: Final = 2.0
"""Seconds after which a search ends with what it has found."""
CPU_LIMIT: Final = 0.2
"""Seconds of CPU after which it does, typed or entered. Those of a few words take a tenth of that
in an archive of 100,000 texts."""
FIRST_CPU_LIMIT: Final = 1.0
"""The same for the first search, which loads stemmers and compiles patterns."""


def limit_time(reader: CatalogueIndex, seconds: float = TIME_LIMIT) -> Callable[[], bool]:
    """Returns a function that tells whether a search that begins now has taken too long.

    Args:
        reader: The index; its searcher is opened before the time is counted.
        seconds: Maximum time.
    """
    cpu_limit = CPU_LIMIT if reader.searcher.has_searched else FIRST_CPU_LIMIT
    deadline = time.perf_counter() + seconds
    # CPU time: a busy machine must not cut a cheap search short.
    cpu_deadline = time.thread_time() + cpu_limit
    return lambda: time.thread_time() > cpu_deadline or time.perf_counter() > deadline


def run_query(
    reader: CatalogueIndex,
    query: str,
    resolve: FieldResolver,
    stop: Callable[[], bool],
    *,
    typing: bool = False,
    text_of: TextOf | None = None,
) -> Matches:
    """Evaluates and ranks a query, see ``SearchRequest``; ``stop`` is asked in every long loop."""
    request = SearchRequest(query, resolve, typing=typing, text_of=text_of, stop=stop)
    return reader.searcher.search(request)


def find_matching(
    reader: CatalogueIndex, query: str, resolve: FieldResolver, stop: Callable[[], bool]
) -> DocSet:
    """Finds the records that match a query, without ranking them."""
    return reader.searcher.matching(query, resolve, stop)
