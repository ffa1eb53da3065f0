"""Finds the names of an archive's partners and people in texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.records import Partner, Person
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.archive.records import Record

_WORD: Final = re.compile(r"\w+")
_SHORT: Final = 3
"""Names up to this length are only found as they are written, since others are words."""


class KnownName(NamedTuple):
    """A name of the archive where a text has it; ``start`` and ``end`` are of the plain text."""

    start: int
    end: int
    identifier: str
    is_person: bool


class _Entry(NamedTuple):
    words: tuple[str, ...]
    identifier: str
    is_person: bool
    written: str


class NameIndex:
    """The names and aliases of partners and people; other records are passed over.

    Attributes:
        partners: The partners by their ids.
        people: The people by their ids.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.partners: dict[str, Partner] = {}
        self.people: dict[str, Person] = {}
        self._by_first_word: dict[str, list[_Entry]] = {}
        self._folded: dict[str, str] = {}
        for record in records:
            if isinstance(record, Partner):
                self.partners[record.id] = record
                for name in (record.name, *(each.value for each in record.names)):
                    self._add(name, record.id, is_person=False)
            elif isinstance(record, Person):
                self.people[record.id] = record
                self._add(record.name, record.id, is_person=True)
        for entries in self._by_first_word.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def find(self, text: str) -> list[KnownName]:
        """Returns the names in a text, in its order; the longest where several begin."""
        if not self._by_first_word:
            return []
        tokens = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]
        folded = [self._fold(word) for _start, _end, word in tokens]
        found: list[KnownName] = []
        at = 0
        while at < len(tokens):
            entry = self._longest(folded, at, text, tokens)
            if entry is None:
                at += 1
                continue
            start, end = tokens[at][0], tokens[at + len(entry.words) - 1][1]
            found.append(KnownName(start, end, entry.identifier, entry.is_person))
            at += len(entry.words)
        return found

    def _longest(
        self, folded: list[str], at: int, text: str, tokens: list[tuple[int, int, str]]
    ) -> _Entry | None:
        for entry in self._by_first_word.get(folded[at], ()):
            count = len(entry.words)
            if tuple(folded[at : at + count]) != entry.words:
                continue
            start, end = tokens[at][0], tokens[at + count - 1][1]
            if "\n" not in text[start:end] and _may_be(entry, text[start:end]):
                return entry
        return None

    def _add(self, name: str, identifier: str, *, is_person: bool) -> None:
        words = tuple(_WORD.findall(fold(name)))
        if words:
            entry = _Entry(words, identifier, is_person, name)
            self._by_first_word.setdefault(words[0], []).append(entry)

    def _fold(self, word: str) -> str:
        folded = self._folded.get(word)
        if folded is None:
            if len(self._folded) > _CACHE:
                self._folded.clear()
            folded = self._folded[word] = fold(word)
        return folded


_CACHE: Final = 50_000


def _may_be(entry: _Entry, written: str) -> bool:
    """Returns whether words of a text can be this name, by their capital letters."""
    if len(entry.written) <= _SHORT or entry.written.isupper():
        return written == entry.written or (written.isupper() and len(written) > _SHORT)
    if entry.written[:1].isupper():
        return any(char.isupper() for char in written)
    return True
