"""How the found records spread over kinds, languages, publishers, partners and years."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.catalogue.timeline import span
from milatui.index.ordering import UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.index.engine.kernel import Kernel, Mask
    from milatui.index.reading import IndexReader

MOST_PARTNERS: Final = 50
"""Partners that are counted at most, those with most records."""
MOST_PUBLISHERS: Final = 50
"""The same for publishers."""


class Facets(Mapping[str, Mapping[str, int]]):
    """Counts of the found records; each facet is counted when it is asked for."""

    def __init__(self, reader: IndexReader, kernel: Kernel, mask: Mask) -> None:
        self._reader = reader
        self._kernel = kernel
        self._mask = mask
        self._counted: dict[str, Mapping[str, int]] = {}
        self._makers = {
            "kind": self._kinds,
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
        counts = self._kernel.counts(self._reader.columns["kind"], self._mask)
        return {KINDS[kind]: count for kind, count in counts}

    def _languages(self) -> Mapping[str, int]:
        names = self._reader.manifest["languages"]
        counts = self._kernel.counts(self._reader.columns["language"], self._mask)
        return {names[n]: count for n, count in counts if 0 < n < len(names)}

    def _publishers(self) -> Mapping[str, int]:
        names = self._reader.manifest["publishers"]
        counts = self._kernel.counts(self._reader.columns["publisher"], self._mask)
        found = [(names[n], count) for n, count in counts if 0 < n < len(names)]
        return dict(found[:MOST_PUBLISHERS])

    def _partners(self) -> Mapping[str, int]:
        columns = self._reader.columns
        counts = self._kernel.counts_in_lists(
            columns["partners.from"], columns["partners"], self._mask
        )
        numbers = columns["partner.number"]
        return {self._reader.line(numbers[p])[1]: count for p, count in counts[:MOST_PARTNERS]}

    def _years(self) -> Mapping[str, int]:
        years: dict[str, int] = {}
        numbers = self._kernel.numbers(self._mask)
        at = 0
        for group, _start, end, *_counts in self._reader.manifest["groups"]:
            begin, at = at, bisect_left(numbers, end, at)
            if at > begin and group != UNDATED:
                years[span(group)] = at - begin
        return years
