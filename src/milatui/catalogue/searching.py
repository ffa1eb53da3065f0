"""Answers queries: ranks in a scope, makes hits when they are looked at, gives advice."""

from __future__ import annotations

import heapq
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Final, Literal, overload

from milatui.archive.cleaning import clean
from milatui.archive.conversion import from_data
from milatui.archive.records import KINDS
from milatui.catalogue.advice import advice
from milatui.catalogue.answers import Answer, Hit, Snippet
from milatui.catalogue.lighting import find_words, passage
from milatui.catalogue.listing import Rows, oldest_first
from milatui.catalogue.timeline import heading
from milatui.index.analysis import words
from milatui.index.links import searched_text
from milatui.index.query import Query, read_query
from milatui.index.ranking import NAME_BONUS, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.catalogue.filtering import Filters
    from milatui.catalogue.scope import Scope
    from milatui.index.reading import IndexReader

SearchSort = Literal["relevance", "newest", "oldest"]
SEARCH_SORTS: Final[tuple[SearchSort, ...]] = ("relevance", "newest", "oldest")

SNIPPET_WIDTH: Final = 200
"""Characters of a snippet, about."""


class Hits(Sequence[Hit]):
    """The best records of an answer; each hit is made once, when it is first asked for."""

    def __init__(
        self,
        reader: IndexReader,
        rows: Rows,
        ranked: Sequence[tuple[int, float]],
        sought: tuple[str, ...],
    ) -> None:
        self._reader = reader
        self._rows = rows
        self._ranked = ranked
        self._sought = sought
        self._made: dict[int, Hit] = {}

    def __len__(self) -> int:
        return len(self._ranked)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Hits: ...
    def __getitem__(self, index: int | slice) -> Hit | Hits:
        if isinstance(index, slice):
            return Hits(self._reader, self._rows, self._ranked[index], self._sought)
        number, score = self._ranked[index]
        hit = self._made.get(number)
        if hit is None:
            hit = self._made[number] = self._make(number, score)
        return hit

    def _make(self, number: int, score: float) -> Hit:
        row = self._rows.row(number)
        record = from_data(row.kind, self._reader.texts.record(number))
        title, text = searched_text(record)
        text = clean(text)
        piece, lit = passage(text, self._sought, SNIPPET_WIDTH)
        has = dict.fromkeys(word for _s, word in find_words(f"{title}\n{text}", self._sought))
        return Hit(number, row, score, Snippet(piece, lit), tuple(has))


class Facets(Mapping[str, Mapping[str, int]]):
    """Counts of the found records; each facet is counted when it is asked for."""

    def __init__(self, reader: IndexReader, numbers: Sequence[int]) -> None:
        self._reader = reader
        self._numbers = numbers
        self._counted: dict[str, Mapping[str, int]] = {}
        self._makers = {
            "kind": self._kinds,
            "language": self._languages,
            "partner": self._partners,
            "year": self._years,
        }

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __getitem__(self, name: str) -> Mapping[str, int]:
        if name not in self._counted:
            self._counted[name] = self._makers[name]()
        return self._counted[name]

    def _kinds(self) -> Mapping[str, int]:
        column = self._reader.columns["kind"]
        counts = Counter(column[number] for number in self._numbers)
        return {KINDS[kind]: count for kind, count in counts.most_common()}

    def _languages(self) -> Mapping[str, int]:
        column, names = self._reader.columns["language"], self._reader.manifest["languages"]
        counts = Counter(column[number] for number in self._numbers if column[number])
        return {names[n]: count for n, count in counts.most_common() if n < len(names)}

    def _partners(self) -> Mapping[str, int]:
        columns = self._reader.columns
        starts, values = columns["partners.from"], columns["partners"]
        counts: Counter[int] = Counter()
        for number in self._numbers:
            counts.update(values[starts[number] : starts[number + 1]])
        numbers = columns["partner.number"]
        return {self._reader.line(numbers[p])[1]: count for p, count in counts.most_common(50)}

    def _years(self) -> Mapping[str, int]:
        years: dict[str, int] = {}
        numbers = sorted(self._numbers)
        at = 0
        for group, _start, end, *_counts in self._reader.manifest["groups"]:
            begin = at
            while at < len(numbers) and numbers[at] < end:
                at += 1
            label, year = heading(group)
            if at > begin and year is not None:
                years[label] = at - begin
        return years


def search(
    reader: IndexReader,
    filters: Filters,
    rows: Rows,
    query: str,
    scope: Scope,
    *,
    limit: int,
    typing: bool,
    sort: SearchSort,
    cancelled: Callable[[], bool],
) -> Answer:
    """See ``Catalogue.search``."""
    start = time.perf_counter()
    mask = filters.mask(scope)
    if not words(query):
        found = list(compress(range(reader.size), mask))
        asked = Query((), (), frozenset(), (), ())
        scores: dict[int, float] = {}
    else:
        asked = read_query(query, reader.texts, typing=typing)
        scores = {} if asked.is_empty else rank(reader, asked, mask, cancelled)
        _put_names_first(reader, query, mask, scores)
        found = list(scores)
    sought = tuple(dict.fromkeys(_sought(asked)))
    notes = () if found or cancelled() else advice(reader, filters, asked, scope)
    return Answer(
        query=query,
        total=len(found),
        hits=Hits(reader, rows, _best(reader, found, scores, sort, limit), sought),
        facets=Facets(reader, found),
        suggestion=_suggestion(query, asked),
        took_ms=(time.perf_counter() - start) * 1000,
        notes=notes,
        terms=sought,
    )


def _sought(query: Query) -> Iterator[str]:
    for group in query.groups:
        yield group.sought
    for phrase in query.phrases:
        for group in phrase:
            yield group.sought


def _put_names_first(
    reader: IndexReader, query: str, mask: bytes, scores: dict[int, float]
) -> None:
    """A partner or person with exactly this name or alias is what was meant."""
    name = " ".join(words(query))
    for number, folded, _shown in reader.names:
        if folded == name and mask[number]:
            scores[number] = scores.get(number, 0.0) % NAME_BONUS + NAME_BONUS


def _best(
    reader: IndexReader,
    found: list[int],
    scores: dict[int, float],
    sort: SearchSort,
    limit: int,
) -> list[tuple[int, float]]:
    if sort == "oldest":
        chosen = oldest_first(reader, sorted(found))[:limit]
    elif sort == "newest" or not scores:
        chosen = heapq.nsmallest(limit, found)
    else:
        # Equal scores: the newer record first (a smaller number).
        chosen = heapq.nsmallest(limit, found, key=lambda n: (-scores[n], n))
    return [(number, scores.get(number, 0.0)) for number in chosen]


def _suggestion(query: str, asked: Query) -> str:
    """The query with its unknown words replaced by what was looked for."""
    if not asked.repairs:
        return ""
    repaired = dict(asked.repairs)
    parts = []
    for part in query.split():
        folded = " ".join(words(part))
        parts.append(repaired.get(folded, part))
    return " ".join(parts)
