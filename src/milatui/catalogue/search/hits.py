"""The hits of an answer, each made with its snippet when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, overload

from milatui.archive.serialize import record_from_dict
from milatui.catalogue.search.duplicates import other_editions
from milatui.catalogue.search.highlight import best_snippet
from milatui.catalogue.search.results import Hit, Snippet
from milatui.index.record_text import snippet_passages

if TYPE_CHECKING:
    from milatui.catalogue.lists.rows import RowFactory
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

SNIPPET_WIDTH: Final = 200
"""Characters of a snippet, about."""


class Hits(Sequence[Hit]):
    """The best records of an answer; each hit is made once, when it is first asked for.

    Args:
        reader: The index.
        rows: Makes the list lines.
        ranked: Numbers and scores.
        sought: The words of the query.
        matching: The records that match, of which the others are related; None: nothing was asked.
    """

    def __init__(
        self,
        reader: CatalogueIndex,
        rows: RowFactory,
        ranked: Sequence[tuple[int, float]],
        sought: tuple[str, ...],
        matching: DocSet | None,
    ) -> None:
        self._reader = reader
        self._rows = rows
        self.ranked = ranked
        self._sought = sought
        self._matching = matching
        self._made: dict[int, Hit] = {}

    def __len__(self) -> int:
        return len(self.ranked)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> Hits: ...
    def __getitem__(self, index: int | slice) -> Hit | Hits:
        if isinstance(index, slice):
            ranked = self.ranked[index]
            return Hits(self._reader, self._rows, ranked, self._sought, self._matching)
        number, score = self.ranked[index]
        hit = self._made.get(number)
        if hit is None:
            hit = self._made[number] = self._make(number, score)
        return hit

    def _make(self, number: int, score: float) -> Hit:
        row = self._rows.row(number)
        record = record_from_dict(row.kind, self._reader.record(number))
        piece, lit = best_snippet(snippet_passages(record), self._sought, SNIPPET_WIDTH)
        snippet = Snippet(piece, lit)
        matching = self._matching
        if matching is None:
            return Hit(number, row, score, snippet)
        if number not in matching:
            return Hit(number, row, score, snippet, related=True)
        same = other_editions(self._reader, matching, number)
        ids = tuple(self._reader.list_row(other).id for other in same)
        return Hit(number, row, score, snippet, same=same, same_ids=ids)
