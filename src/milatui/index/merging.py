"""Puts new records among those that stay: columns, list lines and names in the new order.

What stays is copied in long stretches and never parsed, so that one changed document costs
little in an archive of any size.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.index.engine.blocks import spread
from milatui.index.engine.splitting import words
from milatui.index.entries import key_of, kind_and_id
from milatui.index.fresh import LISTS, PLAIN, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from milatui.index.fresh import Fresh
    from milatui.index.previous import Previous
    from milatui.index.stamps import Files

    Numbers = NDArray[Any]

_NEW: Final = -2  # Not one less than a number, so that no stretch begins with it.


class Merged:
    """All records of the next generation in their order.

    Args:
        fresh: The new ones.
        order: Those of them that count, in the order of their keys.
        base: The number in Whoosh of the first of the new ones.
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
        fresh: Fresh,
        order: Sequence[int],
        base: int,
        previous: Previous | None,
        kept: Numbers | None,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        self._new = fresh
        self._order = np.array(order, np.int64)
        self._keys = [fresh.keys[n] for n in order]
        self._previous = previous
        old = np.zeros(0, np.int64) if kept is None else np.flatnonzero(kept)
        self._place_all(old)
        self.size = len(self._source)
        self.columns: dict[str, Numbers] = {}
        self.tables: dict[str, list[str]] = {}
        for name in PLAIN:
            self.columns[name] = self._mixed(name, self._fresh_column(name, base))
        tick()
        for name in TABLES:
            self._tidy(name)
        for name in LISTS:
            self._merge_lists(name)
        self._row_ends = np.cumsum(np.array(fresh.row_sizes, np.int64))
        sizes = np.array(fresh.row_sizes, np.uint64)[self._order]
        if previous is not None:
            sizes = self._in_order(np.diff(previous.column("rows.from")), sizes)
        self.row_starts = _starts(sizes)
        tick()
        self.by_id = self._order_by_id()
        self.names = self._names()

    def rows(self) -> Iterable[bytes | bytearray]:
        """The list lines in their order, in stretches."""
        source = self._source
        ends = np.append(np.flatnonzero(np.diff(source) != 1) + 1, len(source))
        begin = 0
        new = zip(self._order.tolist(), self._row_ends[self._order].tolist(), strict=True)
        for end in ends.tolist() if self.size else ():
            first = int(source[begin])
            if first < 0:
                # New records stand alone: their places do not count up.
                for _line in range(begin, end):
                    number, stop = next(new)
                    yield self._new.rows[stop - self._new.row_sizes[number] : stop]
            elif self._previous is not None:
                yield self._previous.rows(first, first + end - begin)
            begin = end

    def _place_all(self, old: Numbers) -> None:
        """Find the new records' places: ``_source`` is the old number of each, or ``_NEW``."""
        at: list[int] = []
        if self._previous is not None:
            line = self._previous.line
            for key in self._keys:
                low = at[-1] if at else 0
                at.append(bisect_left(old, key, lo=low, key=lambda n: key_of(line(n))))
        else:
            at = [0] * len(self._keys)
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

    def _fresh_column(self, name: str, base: int) -> Numbers:
        """A column of the new records in their order."""
        if name == "doc":
            return (base + self._order).astype(np.uint32)
        column = np.array(self._new.numbers[name])[self._order]
        return self._numbered(name, column) if name in TABLES else column

    def _numbered(self, name: str, column: Numbers) -> Numbers:
        """Numbers of words in the order they come, as many as the table takes."""
        words = list(self._new.words[name])
        found = [words[number] for number in column.tolist()]
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

    def _merge_lists(self, name: str) -> None:
        sizes = np.array(self._new.sizes[name], np.int64)
        marks = np.array(self._new.marks[name])
        begins = _starts(sizes)[:-1][self._order]
        sizes = sizes[self._order]
        if self._previous is not None:
            old_starts = self._previous.column(f"{name}.from").astype(np.int64)
            old_marks = self._previous.column(name)
            marks = np.concatenate([old_marks, marks])
            begins = self._in_order(old_starts[:-1], begins + len(old_marks))
            sizes = self._in_order(np.diff(old_starts), sizes)
        self.columns[f"{name}.from"] = _starts(sizes).astype(np.uint32)
        self.columns[name] = marks[spread(begins, sizes)]

    def _order_by_id(self) -> Numbers:
        found = [kind_and_id(key) for key in self._keys]
        order = sorted(range(len(found)), key=found.__getitem__)
        fresh = self._fresh[order]
        if self._previous is None:
            return fresh
        old = self._previous.column("by_id")
        staying = old[self._number[old] >= 0]
        line = self._previous.line
        at: list[int] = []
        for n in order:
            low = at[-1] if at else 0
            key = found[n]
            at.append(bisect_left(staying, key, lo=low, key=lambda n: tuple(line(n)[:2])))
        return np.insert(self._number[staying], np.array(at, np.int64), fresh)

    def _names(self) -> list[tuple[int, str, str]]:
        names: list[tuple[int, str, str]] = []
        if self._previous is not None:
            old = self._previous.names()
            moved = [(int(self._number[n]), folded, name) for n, folded, name in old]
            names = [entry for entry in moved if entry[0] >= 0]
        for place, n in zip(self._fresh.tolist(), self._order.tolist(), strict=True):
            for name in self._new.names.get(n, ()):
                names.append((place, " ".join(words(name)), name))
        return sorted(names, key=lambda entry: entry[0])


def unchanged(then: Files, now: Files) -> Numbers:
    """The place that each file had ``then``, or -1 if it has changed since or is new."""
    if now.paths == then.paths:
        at = np.arange(len(now.paths))
    else:
        places = {path: place for place, path in enumerate(then.paths)}
        at = np.array([places.get(path, -1) for path in now.paths], np.int64)
    known = np.flatnonzero(at >= 0)
    for old, new in ((then.sizes, now.sizes), (then.times, now.times)):
        same = np.asarray(old)[at[known]] == np.asarray(new)[known]
        at[known[~same]] = -1
        known = known[same]
    return at


def _starts(sizes: Numbers) -> Numbers:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts
