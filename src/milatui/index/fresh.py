"""Gathers what the index keeps of new records, column by column.

An object for each record would take five times the memory, and longer from one process to
another.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.marks import mark

if TYPE_CHECKING:
    from milatui.index.entries import Entry

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


class Fresh:
    """What is kept of new records, in the order they are added: their order in Whoosh.

    Attributes:
        keys: By which they are sorted.
        numbers: The columns of ``PLAIN`` but ``doc``; those of ``TABLES`` number ``words``.
        words: The words of each column of ``TABLES``, and their numbers.
        sizes: How many marks each record has in each of ``LISTS``.
        marks: These marks, one record's behind the other's.
        rows: List lines, one behind the other.
        row_sizes: Bytes of each.
        names: Names of partners and people, by their place here, the main name first.
    """

    def __init__(self) -> None:
        self.keys: list[bytes] = []
        self.numbers = {
            name: array("I" if name in TABLES else code)
            for name, (code, _type) in PLAIN.items()
            if name != "doc"
        }
        self.words: dict[str, dict[str, int]] = {name: {} for name in TABLES}
        self.sizes = {name: array("I") for name in LISTS}
        self.marks = {name: array("Q") for name in LISTS}
        self.rows = bytearray()
        self.row_sizes = array("I")
        self.names: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, entry: Entry) -> None:
        """Add what is kept of a record."""
        if entry.names:
            self.names[len(self)] = entry.names
        self.keys.append(entry.key)
        measure, value = map(mark, entry.measure) if entry.measure else (0, 0)
        found = {
            "kind": KINDS.index(entry.kind),
            "first": entry.first,
            "last": entry.last,
            "group": entry.group,
            "mark": entry.mark,
            "measure": measure,
            "value": value,
            "content": entry.content,
            "detail": self._number("detail", entry.detail),
            "language": self._number("language", entry.language),
            "publisher": self._number("publisher", entry.publisher),
        }
        for name, number in found.items():
            self.numbers[name].append(number)
        about = [f"partner/{partner}" for partner in entry.partners]
        for name, items in zip(LISTS, (about, entry.refers, entry.versions), strict=True):
            self.sizes[name].append(len(items))
            self.marks[name].extend(map(mark, items))
        self.rows += entry.row
        self.row_sizes.append(len(entry.row))

    def extend(self, others: Fresh) -> None:
        """Add all of another share behind those of this one."""
        base = len(self)
        self.names |= {base + number: names for number, names in others.names.items()}
        self.keys += others.keys
        for name, column in others.numbers.items():
            if name in TABLES:
                numbers = [self._number(name, word) for word in others.words[name]]
                self.numbers[name].extend(numbers[number] for number in column)
            else:
                self.numbers[name].extend(column)
        for name in LISTS:
            self.sizes[name].extend(others.sizes[name])
            self.marks[name].extend(others.marks[name])
        self.rows += others.rows
        self.row_sizes.extend(others.row_sizes)

    def _number(self, name: str, word: str) -> int:
        words = self.words[name]
        return words.setdefault(word, len(words))
