"""Defines the rows of partners and publishers, which say what they did in a scope.

Apart from ``rows``, which every search imports: the classes here cost it 2 ms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final, Literal

PartnerSort = Literal["activity", "name", "count", "sector"]
"""Orders of partners; publishers have no sector, and stand by name then."""
PARTNER_SORTS: Final[tuple[PartnerSort, ...]] = ("activity", "name", "count", "sector")


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner as one line of the list of partners.

    Attributes:
        number: The partner's record number.
        id: Partner id.
        title: Its name as recorded.
        name: Its name in the interface's language, where that is recorded.
        kind: ``company``, ``university``, ... (raw: see ``kind_label``).
        sector: Its sector (raw: see ``sector_label``), or empty.
        count: Its events and documents in the scope (without the scope's partner).
        since: EDTF text of its first date with the archive's own organisation, empty if none.
        last: EDTF text of its newest event or document in the scope, empty if none.
        years: Events and documents per year of the timeline's histogram.
        matched: The other name that a filter_text was found in, empty if it was the name itself.
    """

    number: int
    id: str
    title: str
    name: str
    kind: str
    sector: str
    count: int
    since: str
    last: str
    years: tuple[int, ...]
    matched: str = ""


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """A publisher as one row of the list that replaces the partners where there are none.

    Attributes:
        name: Its name, which is its id as well.
        count: Its documents in the scope (without the scope's publisher).
        last: EDTF text of the newest of them.
        years: Documents per year of the timeline's histogram; empty if none is dated.
    """

    name: str
    count: int
    last: str
    years: tuple[int, ...]

    kind: ClassVar = ""
    sector: ClassVar = ""
    since: ClassVar = ""
    matched: ClassVar = ""

    @property
    def id(self) -> str:
        """The value of ``Scope.publisher`` that restricts to it."""
        return self.name
