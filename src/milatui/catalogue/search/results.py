"""What a search gives back: hits with their snippets, counts, corrections and advice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.scope import ScopeField
    from milatui.index.query.syntax import QueryWarning


SearchSort = Literal["relevance", "newest", "oldest"]
SEARCH_SORTS: Final[tuple[SearchSort, ...]] = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a record's text; ``highlights`` are (start, end) offsets into ``text``."""

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One found record.

    A ``related`` record has none of the query's words, but words that mark the best of those
    that do.  ``same`` are the numbers of other
    editions of the text that match too (reprints, translations, versions) and no hits of their
    own; ``same_ids`` are their ids.
    """

    number: int
    row: RecordRow
    score: float
    snippet: Snippet
    related: bool = False
    same: tuple[int, ...] = ()
    same_ids: tuple[str, ...] = ()


class Suggestion(NamedTuple):
    """Advice on an empty answer, and what to change to follow it; neither: it is only said.

    ``lift`` are the restrictions of the scope to take off, ``query`` is what to ask instead.
    """

    text: str
    lift: tuple[ScopeField, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a query found.

    Attributes:
        query: The query as typed.
        total: How many records match in the scope, every edition of a text counted.
        hits: The best of them, at most ``limit``; a hit and its snippet are made when
            first asked for.
        facets: Per ``kind``, ``language``, ``publisher``, ``partner`` and ``year``: value ->
            matching records.
        suggestion: The query with unknown words repaired, empty if nothing was repaired.
        took_ms: Milliseconds the search took (wall clock).
        notes: Advice in words: which words no text has, which quoted parts were not required,
            and if nothing was found what would match otherwise.
        ways: The same advice with what to change to follow it.
        terms: What ``page`` takes to light the query's words in a record.
        misread: Parts of the query that were not understood and searched as words, with their
            offsets in it and what is wrong.
        related: How many of the last hits are related records: where few are found in a large
            archive. ``total`` and ``facets`` leave them out.
        numbers: The record numbers of the hits.
        partial: Whether time ran out; what was found until then is given.
    """

    query: str
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    suggestion: str = ""
    took_ms: float = 0.0
    notes: tuple[str, ...] = ()
    ways: tuple[Suggestion, ...] = ()
    terms: tuple[str, ...] = ()
    misread: tuple[QueryWarning, ...] = ()
    related: int = 0
    numbers: tuple[int, ...] = ()
    partial: bool = False
