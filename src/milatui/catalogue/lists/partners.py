"""Lists of records of one kind, and the list of partners with what they did in a scope."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, overload

from milatui.catalogue.filters import DATED, mask_and
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.lists.activity_rows import PartnerRow, PartnerSort, PublisherRow
from milatui.catalogue.lists.rows import (
    local_name,
    prefix_rank,
)
from milatui.catalogue.lists.sector_names import partner_sectors, sectors_meant
from milatui.index.analysis.folding import fold
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import UNDATED
from milatui.index.store.record_columns import NO_RECORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex


_DAYS_OF_A_YEAR: Final = 366
_SECTOR_LETTERS: Final = 3
"""Letters from which the filter of names also means sectors."""
_BY_SECTOR: Final = 9
"""Rank of partners that only their sector is found by: behind all names."""


class PartnerRows(Sequence[PartnerRow]):
    """Partners in an order; a line is made when it is asked for."""

    def __init__(
        self,
        reader: CatalogueIndex,
        ordinals: Sequence[int],
        counted: _PartnerStats | None,
        matched: dict[int, str],
        since: _FirstRecords,
    ) -> None:
        self._reader = reader
        self._ordinals = ordinals
        self._counted = counted
        self._matched = matched
        self._since = since
        self._made: dict[int, PartnerRow] = {}

    def __len__(self) -> int:
        return len(self._ordinals)

    @overload
    def __getitem__(self, index: int) -> PartnerRow: ...
    @overload
    def __getitem__(self, index: slice) -> PartnerRows: ...
    def __getitem__(self, index: int | slice) -> PartnerRow | PartnerRows:
        if isinstance(index, slice):
            part = self._ordinals[index]
            return PartnerRows(self._reader, part, self._counted, self._matched, self._since)
        ordinal = self._ordinals[index]
        row = self._made.get(ordinal)
        if row is None:
            row = self._made[ordinal] = self._make(ordinal)
        return row

    def position(self, identifier: str) -> int | None:
        """Returns the index of a partner, None if it is not listed; makes no rows."""
        number = self._reader.find("partner", identifier)
        if number is None:
            return None
        ordinal = number - self._reader.columns.partner_number[0]
        return next((n for n, each in enumerate(self._ordinals) if each == ordinal), None)

    def _make(self, ordinal: int) -> PartnerRow:
        columns = self._reader.columns
        number = columns.partner_number[ordinal]
        row = self._reader.list_row(number)
        if self._counted is None:
            count, newest = columns.partner_count[ordinal], columns.partner_newest[ordinal]
            width = _width(self._reader)
            years = tuple(columns.partner_years[ordinal * width : (ordinal + 1) * width])
        else:
            count, newest = self._counted.counts[ordinal], self._counted.newest[ordinal]
            years = tuple(self._counted.years(ordinal))
        first = self._since.of_partner(ordinal)
        return PartnerRow(
            number=number,
            id=row.id,
            title=row.title,
            name=local_name(row),
            kind=row.shown[0],
            sector=partner_sectors(self._reader, (number,))[0],
            count=count,
            since="" if first == NO_RECORD else self._reader.list_row(first).date,
            last="" if newest == NO_RECORD else self._reader.list_row(newest).date,
            years=years,
            matched=self._matched.get(ordinal, ""),
        )


class _PartnerStats:
    """What each partner did within a mask.

    A partner that a query finds itself, but none of whose records, has a count of 0, and the years
    of all its records in the rest of the scope: since when it takes part is still of interest.
    """

    def __init__(
        self, reader: CatalogueIndex, filters: FilterMasks, mask: bytes, scope: Scope
    ) -> None:
        columns = reader.columns
        self._partners = len(columns.partner_number)
        self.counts = [0] * self._partners
        self.newest = [NO_RECORD] * self._partners
        self._records: list[list[int]] = [[] for _partner in range(self._partners)]
        self._groups = reader.manifest.groups
        self._first_year, self._last_year = reader.manifest.first_year, reader.manifest.last_year
        partners = columns.partners
        for number in filters.numbers(mask, *DATED):
            for partner in partners[number]:
                if not self.counts[partner]:
                    self.newest[partner] = number
                self.counts[partner] += 1
                self._records[partner].append(number)
        self.active = [partner for partner in range(self._partners) if self.counts[partner]]
        if scope.query:
            self._add_found(reader, filters, scope)

    def _add_found(self, reader: CatalogueIndex, filters: FilterMasks, scope: Scope) -> None:
        columns = reader.columns
        found = filters.mask(scope)
        within = mask_and(filters.mask(scope.without("query")), filters.of_kinds(*DATED))
        for partner, number in enumerate(columns.partner_number):
            if found[number] and not self.counts[partner]:
                self.active.append(partner)
                records = [n for n in columns.partner_records[partner] if within[n]]
                self._records[partner] = records
                self.newest[partner] = records[0] if records else NO_RECORD
        self.active.sort()

    def years(self, partner: int) -> list[int]:
        """Counts per year; the partner's records and the headings are in one order."""
        counts = [0] * (self._last_year - self._first_year + 1)
        index = 0
        for number in self._records[partner]:
            while number >= self._groups[index].stop:
                index += 1
            year = self._groups[index].heading - self._first_year
            if 0 <= year < len(counts):
                counts[year] += 1
        return counts


def _width(reader: CatalogueIndex) -> int:
    return reader.manifest.last_year - reader.manifest.first_year + 1


def list_partners(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, sort: PartnerSort, filter_text: str
) -> PartnerRows:
    """Lists the partners of a scope whose names match a filter, see ``Catalogue.partners``."""
    sectors = scope.sectors
    scope = scope.without("partners").without("sectors")
    counted = None
    if not scope.is_empty:
        counted = _PartnerStats(reader, filters, _counting_mask(reader, filters, scope), scope)
    ordinals = _ordered(reader, sort, counted)
    wanted = scope.kinds & _partner_kinds(reader) if scope.kinds else frozenset()
    if wanted:
        details = reader.manifest.details
        column, numbers = reader.columns.detail, reader.columns.partner_number
        ordinals = [p for p in ordinals if details[column[numbers[p]]] in wanted]
    if sectors:
        column, numbers, names = (
            reader.columns.sector,
            reader.columns.partner_number,
            reader.manifest.sectors,
        )
        of_sectors = {number for number, name in enumerate(names) if name in sectors}
        ordinals = [p for p in ordinals if column[numbers[p]] in of_sectors]
    matched: dict[int, str] = {}
    # Without a filter, as at start, the patterns of the tokenizer are not compiled.
    folded = " ".join(query_words(filter_text)) if filter_text else ""
    if folded:
        indexes = _found(reader, folded)
        matched = {partner: name for partner, (_rank, name) in indexes.items()}
        # Of names that match as well as each other, the one with most records is meant most often.
        known = {p: n for n, p in enumerate(_ordered(reader, "count", counted)) if p in indexes}
        matching = (p for p in ordinals if p in indexes)
        ordinals = sorted(matching, key=lambda p: (indexes[p][0], known.get(p, len(known))))
    since = _FirstRecords(reader, filters, scope)
    return PartnerRows(reader, ordinals, counted, matched, since)


def row_position(rows: Sequence[PartnerRow | PublisherRow], identifier: str) -> int | None:
    """Returns the index of a partner or publisher in a list, None if it is not there."""
    if isinstance(rows, PartnerRows):
        return rows.position(identifier)
    return next((n for n, row in enumerate(rows) if row.id == identifier), None)


_INSIDE: Final = 2
"""The rank of ``prefix_rank`` from which no word begins so."""


class _FirstRecords:
    """Finds the first records of partners with the archive's own organisation."""

    def __init__(self, reader: CatalogueIndex, filters: FilterMasks, scope: Scope) -> None:
        self._reader = reader
        self._filters = filters
        self._scope = scope
        self._mask: bytes | None = None

    def _together(self) -> bytes:
        """Returns the mask of the events and documents that count: those of the home, if any."""
        if self._mask is None:
            reader, filters = self._reader, self._filters
            scope = self._scope.without("partners").without("query").without("sectors")
            mask = mask_and(_counting_mask(reader, filters, scope), filters.of_kinds(*DATED))
            home = reader.manifest.home
            if reader.find("partner", home) is not None:
                mask = mask_and(mask, filters.of_partner(home))
            self._mask = mask
        return self._mask

    def of_partner(self, ordinal: int) -> int:
        """Returns the record number of a partner's first record, ``NO_RECORD`` if none counts.

        It is the oldest one whose year is known, else the oldest dated one.
        """
        columns, groups = self._reader.columns, self._reader.manifest.groups
        undated = groups[-1].start if groups and groups[-1].heading == UNDATED else None
        records = columns.partner_records[ordinal]
        if undated is not None:
            records = records[: bisect_left(records, undated)]
        mask, vague = self._together(), NO_RECORD
        for number in reversed(records):
            if not mask[number]:
                continue
            if columns.last_day[number] - columns.first_day[number] <= _DAYS_OF_A_YEAR:
                return int(number)
            if vague == NO_RECORD:
                vague = number
        return vague


def first_dates(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, wanted: Collection[int]
) -> dict[int, str]:
    """Finds since when partners appear with the archive's own organisation.

    Args:
        reader: The index.
        filters: Filter masks of the catalogue.
        scope: What counts, as in ``list_partners``.
        wanted: Record numbers of the partners.

    Returns:
        EDTF text of the oldest event or document that names both, by record number: one whose
        year is known, else any dated one. Partners without one are missing. In an archive without
        an organisation of its own every event and document of the partner counts.
    """
    since = _FirstRecords(reader, filters, scope)
    zeroth = reader.columns.partner_number[0] if wanted else 0
    found = {number: since.of_partner(number - zeroth) for number in wanted}
    first = {number: record for number, record in found.items() if record != NO_RECORD}
    rows = reader.list_rows(list(first.values()))
    return {partner: row.date for partner, row in zip(first, rows, strict=True)}


def _partner_kinds(reader: CatalogueIndex) -> frozenset[str]:
    details = reader.manifest.details
    column, numbers = reader.columns.detail, reader.columns.partner_number
    return frozenset(details[column[number]] for number in numbers)


def _counting_mask(reader: CatalogueIndex, filters: FilterMasks, scope: Scope) -> bytes:
    """Returns what to count: kinds of partners and people restrict only which are listed."""
    mask = filters.mask(scope)
    if scope.kinds and not filters.count(mask, *DATED):
        mask = filters.mask(scope.without("kinds"))
    return mask


def _ordered(
    reader: CatalogueIndex, sort: PartnerSort, counted: _PartnerStats | None
) -> Sequence[int]:
    """Returns the ordinals of the partners; the archive's own organisation stands last."""
    ordinals = _sorted_ordinals(reader, sort, counted)
    home = reader.find("partner", reader.manifest.home)
    if home is None or sort == "name":
        return ordinals
    own = home - reader.columns.partner_number[0]
    others = [partner for partner in ordinals if partner != own]
    return others if len(others) == len(ordinals) else [*others, own]


def _sorted_ordinals(
    reader: CatalogueIndex, sort: PartnerSort, counted: _PartnerStats | None
) -> Sequence[int]:
    columns = reader.columns
    everyone = range(len(columns.partner_number))
    if counted is None:
        if sort == "name":
            return everyone
        if sort == "sector":
            return _by_sector(reader, everyone)
        return columns.partners_by_activity if sort == "activity" else columns.partners_by_count
    active = list(counted.active)
    if sort == "activity":
        active.sort(key=lambda p: (counted.newest[p], -counted.counts[p]))
    elif sort == "count":
        active.sort(key=lambda p: (-counted.counts[p], counted.newest[p]))
    elif sort == "sector":
        return _by_sector(reader, active)
    return active


def _by_sector(reader: CatalogueIndex, ordinals: Iterable[int]) -> list[int]:
    """Sorts partners by what their line says of their sector, which is their kind without one."""
    columns, manifest = reader.columns, reader.manifest
    numbers = columns.partner_number
    labels: dict[tuple[int, int], str] = {}

    def label(partner: int) -> str:
        number = numbers[partner]
        key = columns.sector[number], columns.detail[number]
        if key not in labels:
            words = sector_label(manifest.sectors[key[0]]) or kind_label(manifest.details[key[1]])
            labels[key] = fold(words)
        return labels[key]

    # Ordinals are in the order of names.
    return sorted(sorted(ordinals), key=label)


def _found(reader: CatalogueIndex, folded: str) -> dict[int, tuple[int, str]]:
    """Finds partners by a name that contains the words, or by a name of their sector.

    Returns:
        By ordinal: the rank, and what was found if it is not the main name.
    """
    numbers = reader.columns.partner_number
    first = numbers[0] if len(numbers) else 0
    found: dict[int, tuple[int, str]] = {}
    main = -1
    for number, name, shown in reader.names:
        partner = number - first
        is_main = number != main
        main = number
        if not 0 <= partner < len(numbers) or folded not in name:
            continue
        rank = _name_rank(name, folded, is_main=is_main)
        if partner not in found or rank < found[partner][0]:
            found[partner] = (rank, "" if is_main else shown)
    own = [sector for sector in reader.manifest.sectors if sector]
    meant = sectors_meant(folded, own) if len(folded) >= _SECTOR_LETTERS else frozenset()
    for partner, sector in enumerate(partner_sectors(reader, numbers) if meant else ()):
        if sector in meant:
            found.setdefault(partner, (_BY_SECTOR, ""))
    return found


def _name_rank(name: str, words: str, *, is_main: bool) -> int:
    """Ranks a folded name that contains what a list is filtered by: the best rank is 0.

    A name that is just that comes first, then main names with a word that begins so, then other
    names with one, then main and other names that have it inside a word.
    """
    if name == words:
        return 0
    rank = prefix_rank(name, words)
    if rank < _INSIDE:
        return 1 + rank + (0 if is_main else _INSIDE)
    return 1 + 2 * _INSIDE + (not is_main)


def partners_called(reader: CatalogueIndex, name: str) -> list[str]:
    """Returns the ids of the partners that have a name; if none has, of those it begins."""
    wanted = " ".join(query_words(name))
    first, count = reader.columns.partner_number[0], len(reader.columns.partner_number)
    named = [
        (number, folded)
        for number, folded, _written in reader.names
        if wanted and first <= number < first + count and prefix_rank(folded, wanted) == 0
    ]
    exact = [number for number, folded in named if folded == wanted]
    numbers = list(dict.fromkeys(exact or (number for number, _folded in named)))
    return [line.id for line in reader.list_rows(numbers)]
