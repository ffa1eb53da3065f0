"""Lists of records of one kind, and the list of partners with what they did in a scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final, overload

from milatui.catalogue.filters import DATED, mask_and
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.lists.rows import PartnerRow, PartnerSort, local_name, prefix_rank
from milatui.catalogue.lists.sectors import partner_sectors, sectors_meant
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import UNDATED
from milatui.index.store.record_columns import NO_RECORD

if TYPE_CHECKING:
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex


_DAYS_OF_A_YEAR: Final = 366
_SECTOR_LETTERS: Final = 3
"""Letters from which the filter of names also means sectors."""
_BY_SECTOR: Final = 3
"""Rank of partners that only their sector is found by: behind all names."""


class PartnerRows(Sequence[PartnerRow]):
    """Partners in an order; a line is made when it is asked for."""

    def __init__(
        self,
        reader: CatalogueIndex,
        ordinals: Sequence[int],
        counted: _PartnerStats | None,
        matched: dict[int, str],
    ) -> None:
        self._reader = reader
        self._ordinals = ordinals
        self._counted = counted
        self._matched = matched

    def __len__(self) -> int:
        return len(self._ordinals)

    @overload
    def __getitem__(self, index: int) -> PartnerRow: ...
    @overload
    def __getitem__(self, index: slice) -> PartnerRows: ...
    def __getitem__(self, index: int | slice) -> PartnerRow | PartnerRows:
        if isinstance(index, slice):
            part = self._ordinals[index]
            return PartnerRows(self._reader, part, self._counted, self._matched)
        ordinal = self._ordinals[index]
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
        return PartnerRow(
            number=number,
            id=row.id,
            title=row.title,
            name=local_name(row),
            kind=row.shown[0],
            sector=partner_sectors(self._reader, (number,))[0],
            count=count,
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
        place = 0
        for number in self._records[partner]:
            while number >= self._groups[place].stop:
                place += 1
            year = self._groups[place].heading - self._first_year
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
    scope = scope.without("partner").without("sectors")
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
    folded = " ".join(query_words(filter_text))
    if folded:
        places = _found(reader, folded)
        matched = {partner: name for partner, (_rank, name) in places.items()}
        ordinals = sorted((p for p in ordinals if p in places), key=lambda p: places[p][0])
    return PartnerRows(reader, ordinals, counted, matched)


def first_dates(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, wanted: Collection[int]
) -> dict[int, str]:
    """Finds since when partners appear with the archive's own organisation, in one pass.

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
    scope = scope.without("partner").without("sectors")
    columns, groups = reader.columns, reader.manifest.groups
    undated = groups[-1].start if groups and groups[-1].heading == UNDATED else reader.size
    home = reader.find("partner", reader.manifest.home)
    oldest: dict[int, int] = {}
    vague: dict[int, int] = {}
    for number in filters.numbers(_counting_mask(reader, filters, scope), *DATED):
        if number >= undated:
            break
        named = [columns.partner_number[partner] for partner in columns.partners[number]]
        if home is None or home in named:
            days = columns.last_day[number] - columns.first_day[number]
            found = oldest if days <= _DAYS_OF_A_YEAR else vague
            found.update(dict.fromkeys(named, number))
    known = vague | oldest
    first = {partner: known[partner] for partner in wanted if partner in known}
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
    columns = reader.columns
    everyone = range(len(columns.partner_number))
    if counted is None:
        if sort == "name":
            return everyone
        return columns.partners_by_activity if sort == "activity" else columns.partners_by_count
    active = list(counted.active)
    if sort == "activity":
        active.sort(key=lambda p: (counted.newest[p], -counted.counts[p]))
    elif sort == "count":
        active.sort(key=lambda p: (-counted.counts[p], counted.newest[p]))
    return active


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
        rank = prefix_rank(name, folded)
        if partner not in found or rank < found[partner][0]:
            found[partner] = (rank, "" if is_main else shown)
    own = [sector for sector in reader.manifest.sectors if sector]
    meant = sectors_meant(folded, own) if len(folded) >= _SECTOR_LETTERS else frozenset()
    for partner, sector in enumerate(partner_sectors(reader, numbers) if meant else ()):
        if sector in meant:
            found.setdefault(partner, (_BY_SECTOR, sector_label(sector)))
    return found
