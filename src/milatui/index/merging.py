"""Puts new records among those that stay: columns, list lines and names in the new order.

What stays is copied in long stretches and never parsed, so that one changed document costs
little in an archive of any size.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.engine.laying import spread
from milatui.index.engine.splitting import words
from milatui.index.entries import key_of
from milatui.index.marks import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from milatui.index.entries import Entry
    from milatui.index.previous import Previous

    Numbers = NDArray[Any]

PLAIN: Final = {
    "kind": ("B", np.uint8),
    "detail": ("B", np.uint8),
    "language": ("B", np.uint8),
    "publisher": ("I", np.uint32),
    "first": ("i", np.int32),
    "last": ("i", np.int32),
    "group": ("i", np.int32),
    "doc": ("I", np.uint32),
    "mark": ("Q", np.uint64),
    "measure": ("Q", np.uint64),
    "value": ("Q", np.uint64),
    "content": ("Q", np.uint64),
}
"""Columns with one number for each record: typecode and type."""
LISTS: Final = ("about", "refer", "version")
"""Columns with a list of marks for each record: its partners, the records it names, the documents
it is a translation or version of."""
TABLES: Final = {"detail": 255, "language": 255, "publisher": 4095}
"""Columns that number words, and the number of those that found no place in the table."""
_NEW: Final = -2  # Not one less than a number, so that no stretch begins with it.


class Merged:
    """All records of the next generation in their order.

    Args:
        entries: The new ones, sorted by their keys.
        previous: The last generation, if it is built upon.
        kept: Which of its records stay, by number.
        tick: Called now and then.

    Attributes:
        size: How many records there are.
        columns: Those of ``PLAIN``, and the lists as ``NAME.from`` and ``NAME``.
        tables: The words behind the numbers of the columns of ``TABLES``.
        by_id: Numbers in the order of kinds and ids.
        names: Number, folded name and name of partners and people, main names first.
        row_starts: Where each list line begins, and the end.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        previous: Previous | None,
        kept: Numbers | None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._entries = entries
        self._previous = previous
        old = np.zeros(0, np.int64) if kept is None else np.flatnonzero(kept)
        self._place_all(old)
        self.size = len(self._source)
        self.columns: dict[str, Numbers] = {}
        self.tables: dict[str, list[str]] = {}
        fresh = _plain(entries)
        tick()
        for name in PLAIN:
            if name in TABLES:
                fresh[name] = self._numbered(name, [getattr(e, name) for e in entries])
            self.columns[name] = self._mixed(name, fresh[name])
        for name in TABLES:
            self._tidy(name)
        self._merge_lists("about", [[f"partner/{p}" for p in e.partners] for e in entries])
        tick()
        self._merge_lists("refer", [e.refers for e in entries])
        self._merge_lists("version", [e.versions for e in entries])
        sizes = np.array([len(e.row) for e in entries], np.uint64)
        if previous is not None:
            sizes = self._in_order(np.diff(previous.column("rows.from")), sizes)
        self.row_starts = _starts(sizes)
        tick()
        self.by_id = self._order_by_id()
        self.names = self._names()

    def rows(self) -> Iterable[bytes | memoryview]:
        """The list lines in their order, in stretches."""
        source = self._source
        ends = np.append(np.flatnonzero(np.diff(source) != 1) + 1, len(source))
        begin = new = 0
        for end in ends.tolist() if self.size else ():
            first = int(source[begin])
            if first < 0:
                # New records stand alone: their places do not count up.
                for _line in range(begin, end):
                    yield self._entries[new].row
                    new += 1
            elif self._previous is not None:
                yield self._previous.rows(first, first + end - begin)
            begin = end

    def _place_all(self, old: Numbers) -> None:
        """Find the new records' places: ``_source`` is the old number of each, or ``_NEW``."""
        at: list[int] = []
        if self._previous is not None:
            line = self._previous.line
            for entry in self._entries:
                low = at[-1] if at else 0
                at.append(bisect_left(old, entry.key, lo=low, key=lambda n: key_of(line(n))))
        else:
            at = [0] * len(self._entries)
        self._at = np.array(at, np.int64)
        self._old = old
        self._source = np.insert(old, self._at, _NEW)
        self._number = np.full(len(old) if self._previous is None else self._previous.records, _NEW)
        places = np.flatnonzero(self._source >= 0)
        self._number[self._source[places]] = places
        self._fresh = np.flatnonzero(self._source < 0)

    def _in_order(self, old: Numbers, new: Numbers) -> Numbers:
        return np.insert(old[self._old], self._at, new)

    def _mixed(self, name: str, new: Numbers) -> Numbers:
        if self._previous is None:
            return new
        return self._in_order(self._previous.column(name), new)

    def _numbered(self, name: str, found: Sequence[str]) -> Numbers:
        """Numbers of words in the order they come, as many as the table takes."""
        other = TABLES[name]
        table = list(self._previous.table(name)) if self._previous is not None else [""]
        numbers = {word: number for number, word in enumerate(table)}
        for word in found:
            if word not in numbers:
                numbers[word] = min(len(table), other)
                if len(table) < other:
                    table.append(word)
        self.tables[name] = table
        return np.array([numbers[word] for word in found], PLAIN[name][1])

    def _tidy(self, name: str) -> None:
        """Number the words anew as they come, so that those no longer used go."""
        table, column = self.tables[name], self.columns[name]
        used, first = np.unique(column, return_index=True)
        order = [n for n in used[np.argsort(first)].tolist() if 0 < n < len(table)]
        renumbered = np.full(TABLES[name] + 1, TABLES[name], PLAIN[name][1])
        renumbered[[0, *order]] = np.arange(len(order) + 1)
        self.columns[name] = renumbered[column]
        self.tables[name] = ["", *(table[n] for n in order)]

    def _merge_lists(self, name: str, lists: Sequence[Sequence[str]]) -> None:
        sizes = np.array([len(items) for items in lists], np.int64)
        marks = np.array([mark(item) for item in chain.from_iterable(lists)], np.uint64)
        starts = _starts(sizes)
        if self._previous is not None:
            old_starts = self._previous.column(f"{name}.from").astype(np.int64)
            old_sizes = np.diff(old_starts)
            old_marks = self._previous.column(name)
            marks = np.concatenate([old_marks, marks])
            begins = self._in_order(old_starts[:-1], starts[:-1] + len(old_marks))
            sizes = self._in_order(old_sizes, sizes)
            marks = marks[spread(begins, sizes)]
            starts = _starts(sizes)
        self.columns[f"{name}.from"] = starts.astype(np.uint32)
        self.columns[name] = marks

    def _order_by_id(self) -> Numbers:
        entries = self._entries
        order = sorted(
            range(len(entries)), key=lambda n: (KINDS.index(entries[n].kind), entries[n].id)
        )
        fresh = self._fresh[order]
        if self._previous is None:
            return fresh
        old = self._previous.column("by_id")
        staying = old[self._number[old] >= 0]
        line = self._previous.line
        at: list[int] = []
        for n in order:
            key = [KINDS.index(entries[n].kind), entries[n].id]
            low = at[-1] if at else 0
            at.append(bisect_left(staying, key, lo=low, key=lambda number: line(number)[:2]))
        return np.insert(self._number[staying], np.array(at, np.int64), fresh)

    def _names(self) -> list[tuple[int, str, str]]:
        names: list[tuple[int, str, str]] = []
        if self._previous is not None:
            old = self._previous.names()
            moved = [(int(self._number[n]), folded, name) for n, folded, name in old]
            names = [entry for entry in moved if entry[0] >= 0]
        for n, entry in zip(self._fresh.tolist(), self._entries, strict=True):
            if entry.kind in ("partner", "person"):
                known = dict.fromkeys((json.loads(entry.row)[2], *entry.names))
                names.extend((n, " ".join(words(name)), name) for name in known)
        return sorted(names, key=lambda entry: entry[0])


def _plain(entries: Sequence[Entry]) -> dict[str, Numbers]:
    found = {
        "kind": [KINDS.index(e.kind) for e in entries],
        "first": [e.first for e in entries],
        "last": [e.last for e in entries],
        "group": [e.group for e in entries],
        "doc": [e.doc for e in entries],
        "mark": [mark(f"{e.kind}/{e.id}") for e in entries],
        "measure": [mark(e.measure[0]) if e.measure else 0 for e in entries],
        "value": [mark(e.measure[1]) if e.measure else 0 for e in entries],
        "content": [e.content for e in entries],
    }
    return {name: np.array(values, PLAIN[name][1]) for name, values in found.items()}


def _starts(sizes: Numbers) -> Numbers:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
