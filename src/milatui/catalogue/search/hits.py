"""Makes the hits of a search result: list row, snippet and other editions, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple, overload

from milatui.catalogue.search.duplicates import other_editions
from milatui.catalogue.search.highlight import best_snippet
from milatui.index.stored_document import document_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milatui.archive.kinds import Data, Kind
    from milatui.catalogue.lists.rows import RecordRow, RowFactory
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

SNIPPET_WIDTH: Final = 200
"""Characters of a snippet, about."""
_BATCH: Final = 25
"""Number of hits that are made at a time, between two looks whether to stop."""


class Snippet(NamedTuple):
    """A piece of a record's text in one line.

    Attributes:
        text: The text, sanitized.
        highlights: Start and end offsets in ``text`` of what matches the query.
    """

    text: str
    highlights: tuple[tuple[int, int], ...] = ()


class Hit(NamedTuple):
    """One found record.

    Attributes:
        number: Its record number.
        row: Its list row.
        score: Its score.
        snippet: The piece of its text that matches best.
        related: Whether it lacks the query's words and was found by terms of the best hits
            (pseudo-relevance feedback).
        same: Record numbers of other editions of the text (reprints, translations, versions)
            that match too and are not hits of their own.
        same_ids: Their ids.
    """

    number: int
    row: RecordRow
    score: float
    snippet: Snippet
    related: bool = False
    same: tuple[int, ...] = ()
    same_ids: tuple[str, ...] = ()


class Hits(Sequence[Hit]):
    """The best records of a result, in order. Each hit is made once, by ``prepare`` or on access.

    Making a hit reads its record and cuts a snippet, about 0.4 ms. A screen prepares what it is
    about to draw in the thread of the search. Several threads may do so at a time.

    Args:
        reader: The index.
        factory: Row factory of the catalogue.
        ranked: Record numbers and scores, best first.
        terms: The terms of the query, to highlight in snippets.
        matching: The records that match; the other ones are related. None without a query.
    """

    def __init__(
        self,
        reader: CatalogueIndex,
        factory: RowFactory,
        ranked: Sequence[tuple[int, float]],
        terms: tuple[str, ...],
        matching: DocSet | None,
    ) -> None:
        self._reader = reader
        self._factory = factory
        self.ranked = ranked
        self._terms = terms
        self._matching = matching
        self._made: dict[int, Hit] = {}

    def __len__(self) -> int:
        return len(self.ranked)

    def __iter__(self) -> Iterator[Hit]:
        for start in range(0, len(self), _BATCH):
            self.prepare(start, start + _BATCH)
            for number, _score in self.ranked[start : start + _BATCH]:
                yield self._made[number]

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Hits: ...
    def __getitem__(self, index: int | slice) -> Hit | Hits:
        if isinstance(index, slice):
            ranked = self.ranked[index]
            part = Hits(self._reader, self._factory, ranked, self._terms, self._matching)
            part._made = self._made
            return part
        number, score = self.ranked[index]
        if number not in self._made:
            self._make([(number, score)])
        return self._made[number]

    def is_prepared(self, start: int, stop: int) -> bool:
        """Returns whether the hits from index ``start`` to before ``stop`` have been made."""
        return all(number in self._made for number, _score in self.ranked[start:stop])

    def prepare(self, start: int, stop: int, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Makes the hits from index ``start`` to before ``stop`` that have not been made yet.

        Args:
            start: Index of the first hit.
            stop: Index after the last hit; may lie beyond the end.
            cancelled: Asked between batches; once true, the rest is left unmade.
        """
        missing = [pair for pair in self.ranked[start:stop] if pair[0] not in self._made]
        for begin in range(0, len(missing), _BATCH):
            if cancelled():
                return
            self._make(missing[begin : begin + _BATCH])

    def _make(self, ranked: Sequence[tuple[int, float]]) -> None:
        """Makes hits with one call each for rows, records and rows of other editions."""
        numbers = [number for number, _score in ranked]
        rows = self._factory.rows(numbers)
        records = self._reader.records(numbers)
        editions = {number: self._other_editions(number) for number in numbers}
        others = [other for same in editions.values() for other in same]
        lines = self._reader.list_rows(others) if others else []
        ids = dict(zip(others, (line.id for line in lines), strict=True))
        for (number, score), row, record in zip(ranked, rows, records, strict=True):
            same = editions[number]
            self._made[number] = Hit(
                number,
                row,
                score,
                self._snippet(row, record),
                related=self._matching is not None and number not in self._matching,
                same=same,
                same_ids=tuple(ids[other] for other in same),
            )

    def _other_editions(self, number: int) -> tuple[int, ...]:
        """Returns the other editions of a hit that match; a related record has none."""
        if self._matching is None or number not in self._matching:
            return ()
        return other_editions(self._reader, self._matching, number)

    def _snippet(self, row: RecordRow, data: dict[str, Data]) -> Snippet:
        passages = _passages(row.kind, data)
        return Snippet(*best_snippet(passages, self._terms, SNIPPET_WIDTH))


def _passages(kind: Kind, data: dict[str, Data]) -> Iterator[str]:
    if kind == "document":
        return document_passages(data)
    # Deferred: the classes of records take a tenth of a one-shot search.
    from milatui.archive.serialize import record_from_dict
    from milatui.index.record_text import snippet_passages

    return snippet_passages(record_from_dict(kind, data))
