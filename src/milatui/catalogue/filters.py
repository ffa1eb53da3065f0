"""Computes which records a scope lets through, as masks of one byte per record."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from functools import reduce
from itertools import compress
from typing import TYPE_CHECKING, Final, TypeVar

from milatui.archive.edtf import parse_edtf
from milatui.archive.kinds import KINDS
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import DECADE, NO_DAYS, UNDATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from milatui.catalogue.notes import Note, NoteStore, RecordKey
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

DATED: Final = ("event", "document")
"""Kinds on the timeline; they make a partner active."""

_REMEMBERED: Final = 16
Key = TypeVar("Key")


class FilterMasks:
    """Computes masks and caches the last ones, first in, first out.

    A mask is ``bytes`` of length ``size`` with 1 for the record numbers it lets through. A partner
    has no date or language: it passes if one of its events or documents does.

    Args:
        reader: The index.
        find: Finds what a query matches, whatever the scope, in bounded time.
    """

    def __init__(self, reader: CatalogueIndex, find: Callable[[str], DocSet]) -> None:
        self._reader = reader
        self._find = find
        self._masks: OrderedDict[Scope, bytes] = OrderedDict()
        self._found: OrderedDict[str, bytes] = OrderedDict()
        self._kind_masks: dict[tuple[str, ...], bytes] = {}
        self._beyond: array[int] | None = None
        self.notes: NoteStore | None = None
        """The user's own notes; None in a session that has none."""
        self._moved: dict[str, str] = {}

    def clear_query_masks(self) -> None:
        """Forgets what queries find: a note has changed, which ``tag:`` and ``star:`` ask for."""
        self._found.clear()

    def noted(self) -> Mapping[RecordKey, Note]:
        """Returns the user's notes by kind and id; of a document that has moved, its id now.

        Raises:
            OSError: the notes exist and cannot be read.
        """
        notes = self.notes.notes() if self.notes is not None else {}
        with_digest = [each for each in notes.values() if each.digest]
        if not with_digest:
            return notes
        found = self._reader.find_all([each.key for each in with_digest])
        gone = [each for each, number in zip(with_digest, found, strict=True) if number is None]
        if not gone:
            return notes
        from milatui.catalogue.moved_documents import find_moved

        unknown = {each.digest: each.title for each in gone if each.digest not in self._moved}
        if unknown:
            moved = find_moved(self._reader, unknown)
            self._moved.update((digest, moved.get(digest, "")) for digest in unknown)
        resolved = dict(notes)
        for each in gone:
            now = self._moved[each.digest]
            if now and ("document", now) not in resolved:
                del resolved[each.key]
                resolved["document", now] = each._replace(id=now)
        return resolved

    def mask(self, scope: Scope) -> bytes:
        """Returns the mask of a scope.

        Raises:
            DateError: ``since`` or ``until`` is not a valid EDTF date.
        """
        if scope.query:
            return mask_and(self.mask(scope.without("query")), self.found(scope.query))
        mask = self._masks.get(scope)
        if mask is None:
            mask = self._make(scope)
            _remember(self._masks, scope, mask)
        return mask

    def found(self, query: str) -> bytes:
        """Returns the mask of what a query finds, whatever the scope.

        A search leaves it here; without one before it, the query is evaluated now.
        """
        mask = self._found.get(query)
        if mask is None:
            mask = self._find(query).flags.tobytes()
            _remember(self._found, query, mask)
        return mask

    def remember_found(self, query: str, records: DocSet) -> None:
        """Keeps what a search has found, whatever the scope, for ``found``."""
        self._found.pop(query, None)
        _remember(self._found, query, records.flags.tobytes())

    def of_kinds(self, *kinds: str) -> bytes:
        """Returns the mask of all records of some kinds."""
        found = self._kind_masks.get(kinds)
        if found is None:
            table = bytes(
                1 if number < len(KINDS) and KINDS[number] in kinds else 0 for number in range(256)
            )
            found = self._reader.columns.kind.tobytes().translate(table)
            self._kind_masks[kinds] = found
        return found

    def count(self, mask: bytes, *kinds: str) -> int:
        """Counts the records of some kinds in a mask."""
        return mask_and(mask, self.of_kinds(*kinds)).count(1)

    def numbers(self, mask: bytes, *kinds: str) -> Iterator[int]:
        """Yields the numbers of the records of some kinds in a mask, newest first."""
        return compress(range(self._reader.size), mask_and(mask, self.of_kinds(*kinds)))

    def publishers(self, name: str) -> frozenset[int]:
        """Finds the publishers of a name; if there is none, those with a word that begins so."""
        wanted = " ".join(query_words(name))
        table = self._reader.manifest.publishers
        folded = [" ".join(query_words(each)) for each in table]
        exact = frozenset(n for n, each in enumerate(folded) if each == wanted)
        begun = (n for n, each in enumerate(folded) if f" {wanted}" in f" {each}")
        return (exact or frozenset(begun)) if wanted else frozenset()

    def of_partner(self, partner: str) -> bytes:
        """Returns the mask of the records that count for a partner."""
        mask = bytearray(self._reader.size)
        number = self._reader.find("partner", partner)
        if number is not None:
            ordinal = number - self._reader.columns.partner_number[0]
            for record in self._reader.columns.partner_records[ordinal]:
                mask[record] = 1
        return bytes(mask)

    def _make(self, scope: Scope) -> bytes:
        mask = bytes([1]) * self._reader.size
        if scope.since or scope.until:
            mask = mask_and(mask, self._in_range(*scope.days))
        if scope.languages:
            mask = mask_and(mask, self._in_any_language(scope.languages))
        if scope.since or scope.until or scope.languages:
            mask = self._with_active_partners(mask)
        if scope.kinds:
            mask = mask_and(mask, self._of_any_kind(scope.kinds))
        if scope.publishers:
            mask = mask_and(mask, self._of_any_publisher(scope.publishers))
        if scope.partners:
            mask = mask_and(mask, self._of_any_partner(scope.partners))
        if scope.sectors:
            mask = mask_and(mask, self._of_sectors(scope.sectors))
        return mask

    def _in_range(self, first_day: int, last_day: int) -> bytes:
        """Returns the mask of the dates that overlap some days.

        A decade or century is in no year: all of it has to lie within the days.  The records of a
        year stand together, so that only those of a year in part, and those that reach beyond
        their year, are looked at one by one.
        """
        columns = self._reader.columns
        first, last, headings = columns.first_day, columns.last_day, columns.heading
        mask = bytearray(self._reader.size)
        for group in self._reader.manifest.groups:
            begin, end = _days_of_heading(group.heading)
            if first_day <= begin <= end <= last_day:
                mask[group.start : group.stop] = bytes([1]) * (group.stop - group.start)
            elif begin <= last_day and end >= first_day:
                for number in range(group.start, group.stop):
                    mask[number] = first[number] <= last_day and last[number] >= first_day
        for number in self._beyond_year():
            within = first[number] >= first_day and last[number] <= last_day
            overlaps = first[number] <= last_day and last[number] >= first_day
            mask[number] = overlaps and (headings[number] < DECADE or within)
        return bytes(mask)

    def _beyond_year(self) -> array[int]:
        """Returns the numbers of the records that reach beyond the year of their heading."""
        if self._beyond is None:
            columns, found = self._reader.columns, array("I")
            for group in self._reader.manifest.groups:
                begin, end = _days_of_heading(group.heading)
                start, stop = group.start, group.stop
                days = zip(
                    columns.first_day[start:stop].tolist(),
                    columns.last_day[start:stop].tolist(),
                    strict=True,
                )
                found.extend(
                    number
                    for number, (first, last) in enumerate(days, start)
                    if first < begin or last > end
                )
            self._beyond = found
        return self._beyond

    def _in_any_language(self, languages: frozenset[str]) -> bytes:
        wanted = {language.lower() for language in languages}
        # A name is in its own language and in those it begins with: ``fr-CA`` in ``fr``.
        numbers = [
            number
            for number, name in enumerate(self._reader.manifest.languages)
            if name and not wanted.isdisjoint(language_and_wider(name.lower()))
        ]
        return self._reader.columns.language.tobytes().translate(_table(numbers))

    def _of_any_partner(self, partners: frozenset[str]) -> bytes:
        return reduce(mask_or, map(self.of_partner, sorted(partners)))

    def _of_any_publisher(self, names: frozenset[str]) -> bytes:
        numbers = frozenset[int]().union(*map(self.publishers, names))
        return bytes([number in numbers for number in self._reader.columns.publisher.tolist()])

    def _of_any_kind(self, kinds: frozenset[str]) -> bytes:
        details = self._reader.manifest.details
        numbers = [n for n, detail in enumerate(details) if detail in kinds]
        by_detail = self._reader.columns.detail.tobytes().translate(_table(numbers))
        return mask_or(by_detail, self.of_kinds(*sorted(kinds)))

    def _of_sectors(self, sectors: frozenset[str]) -> bytes:
        """Returns the mask of partners of sectors, and of what is about them.

        Nearly everything is about the archive's own organisation: of it only its own record counts.
        """
        mask = bytearray(self._reader.size)
        columns, names = self._reader.columns, self._reader.manifest.sectors
        home = self._reader.find("partner", self._reader.manifest.home)
        wanted = {number for number, name in enumerate(names) if name in sectors}
        for ordinal, number in enumerate(columns.partner_number):
            if columns.sector[number] in wanted:
                for record in (number,) if number == home else columns.partner_records[ordinal]:
                    mask[record] = 1
        return bytes(mask)

    def _with_active_partners(self, mask: bytes) -> bytes:
        extended = bytearray(mask)
        columns = self._reader.columns
        active: set[int] = set()
        for number in self.numbers(mask, *DATED):
            active.update(columns.partners[number])
        for partner in active:
            extended[columns.partner_number[partner]] = 1
        return bytes(extended)


def _remember(masks: OrderedDict[Key, bytes], key: Key, mask: bytes) -> None:
    """Adds a mask to a cache and drops the oldest beyond ``_REMEMBERED``."""
    masks[key] = mask
    while len(masks) > _REMEMBERED:
        masks.popitem(last=False)


def _days_of_heading(heading: int) -> tuple[int, int]:
    """Returns first and last day of a year; of other headings an empty range of days."""
    if not UNDATED < heading < DECADE:
        return NO_DAYS
    year = parse_edtf(f"{heading:04}")
    return year.first or 0, year.last or 0


def language_and_wider(tag: str) -> list[str]:
    """Returns a language tag and those it begins with: ``fr-ca`` and ``fr``."""
    parts = tag.split("-")
    return ["-".join(parts[:size]) for size in range(1, len(parts) + 1)]


def mask_and(one: bytes, other: bytes) -> bytes:
    """Returns the intersection of two masks of the same length."""
    number = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return number.to_bytes(len(one), "little")


def mask_or(one: bytes, other: bytes) -> bytes:
    """Returns the union of two masks of the same length."""
    number = int.from_bytes(one, "little") | int.from_bytes(other, "little")
    return number.to_bytes(len(one), "little")


def _table(numbers: Iterable[int]) -> bytes:
    wanted = set(numbers)
    return bytes(number in wanted for number in range(256))
