"""What one line of a list needs to know: rows of records, lines of partners and publishers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from milatui.archive.kinds import Kind


@dataclass(frozen=True, slots=True)
class Row:
    """A record as one line of a list.

    Attributes:
        number: The record's number in this generation of the index; newest records first.
        kind: Kind of record.
        id: Id within its kind.
        title: Name of a partner or person, title of an event or document, text of a
            statement, measure of a figure in words (``building area``).
        date: EDTF text, empty if undated.
        detail: Kind of a partner or event, type of a document (raw: see ``wording.kind_word``),
            latest role of a person, speaker of a statement, value of a figure in words.
        language: BCP 47 tag, empty if unknown.
        partners: Ids of the partners it is about.
        flags: Any of ``low-confidence``, ``deprecated``, ``contradicted`` (figures:
            the measure has other values), ``home`` (partners: the archive's own organisation).
    """

    number: int
    kind: Kind
    id: str
    title: str
    date: str
    detail: str
    language: str
    partners: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """A partner as one line of the list of partners.

    Attributes:
        number: The partner's record number.
        id: Partner id.
        name: Its name.
        kind: ``company``, ``university``, ... (raw: see ``wording.kind_word``).
        count: Its events and documents in the scope (without the scope's partner).
        last: EDTF text of its newest event or document in the scope, empty if none.
        years: Events and documents per year of the timeline's histogram.
        matched: The other name that a needle was found in, empty if it was the name itself.
    """

    number: int
    id: str
    name: str
    kind: str
    count: int
    last: str
    years: tuple[int, ...]
    matched: str = ""


@dataclass(frozen=True, slots=True)
class PublisherLine:
    """A publisher as one line of the list that stands in for the partners where there are none.

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
    matched: ClassVar = ""

    @property
    def id(self) -> str:
        """What a scope restricted to it has as its ``publisher``."""
        return self.name
