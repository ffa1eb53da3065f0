"""Counts the matching records by kind, sector, language, publisher, partner and year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import milatui.index.libraries  # noqa: F401 - before NumPy and Whoosh

# isort: split
import numpy as np

from milatui.archive.kinds import KINDS
from milatui.index.sort_order import UNDATED, heading_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet

MOST_PARTNERS: Final = 50
"""Maximum number of partners that are counted, those with most records."""
MOST_PUBLISHERS: Final = 50
"""Maximum number of publishers that are counted."""


class Facets(Mapping[str, Mapping[str, int]]):
    """Counts of the found records; each facet is counted when it is asked for."""

    def __init__(self, reader: CatalogueIndex, records: DocSet) -> None:
        self._reader = reader
        self._records = records
        self._counted: dict[str, Mapping[str, int]] = {}
        self._makers = {
            "kind": self._kinds,
            "sector": self._sectors,
            "language": self._languages,
            "publisher": self._publishers,
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
        counts = self._records.counts(np.asarray(self._reader.columns.kind))
        return {KINDS[kind]: count for kind, count in counts}

    def _sectors(self) -> Mapping[str, int]:
        """Counts records by the sectors of the partners that they are about; see ``Scope``."""
        columns, names = self._reader.columns, self._reader.manifest.sectors
        home = self._reader.find("partner", self._reader.manifest.home)
        inside = self._records.flags
        found: dict[int, set[int]] = {}
        for ordinal, number in enumerate(columns.partner_number):
            sector = columns.sector[number]
            about = (number,) if number == home else columns.partner_records[ordinal]
            if 0 < sector < len(names):
                found.setdefault(sector, set()).update(r for r in about if inside[r])
        counts = {names[sector]: len(records) for sector, records in found.items() if records}
        return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

    def _languages(self) -> Mapping[str, int]:
        names = self._reader.manifest.languages
        counts = self._records.counts(np.asarray(self._reader.columns.language))
        return {names[n]: count for n, count in counts if 0 < n < len(names)}

    def _publishers(self) -> Mapping[str, int]:
        names = self._reader.manifest.publishers
        counts = self._records.counts(np.asarray(self._reader.columns.publisher))
        found = [(names[n], count) for n, count in counts if 0 < n < len(names)]
        return dict(found[:MOST_PUBLISHERS])

    def _partners(self) -> Mapping[str, int]:
        columns = self._reader.columns
        partners = columns.partners
        counts = self._records.counts_in_lists(
            np.asarray(partners.offsets), np.asarray(partners.items)
        )
        numbers = columns.partner_number
        list_row = self._reader.list_row
        return {list_row(numbers[p]).id: count for p, count in counts[:MOST_PARTNERS]}

    def _years(self) -> Mapping[str, int]:
        groups = self._reader.manifest.groups
        bounds = [bound for group in groups for bound in (group.start, group.stop)]
        counts = self._records.counts_in_ranges(bounds)[::2]
        return {
            heading_date(group.heading): count
            for group, count in zip(groups, counts, strict=True)
            if count and group.heading != UNDATED
        }
