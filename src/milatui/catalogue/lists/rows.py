"""What one line of a list needs to know: rows of records, lines of partners and publishers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from milatui.catalogue.labels.labels import format_value
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import UNDATED
from milatui.index.store.columns import CONTRADICTED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex


RecordSort = Literal["newest", "oldest", "title"]
RECORD_SORTS: Final[tuple[RecordSort, ...]] = ("newest", "oldest", "title")


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as one line of a list.

    Attributes:
        number: The record's number in this generation of the index; newest records first.
        kind: Kind of record.
        id: Id within its kind.
        title: Name of a partner or person, title of an event or document, text of a
            statement, measure of a figure in words (``building area``).
        date: EDTF text, empty if undated.
        detail: Kind of a partner or event, type of a document (raw: see ``kind_label``),
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
class PartnerRow:
    """A partner as one line of the list of partners.

    Attributes:
        number: The partner's record number.
        id: Partner id.
        name: Its name.
        kind: ``company``, ``university``, ... (raw: see ``kind_label``).
        count: Its events and documents in the scope (without the scope's partner).
        last: EDTF text of its newest event or document in the scope, empty if none.
        years: Events and documents per year of the timeline's histogram.
        matched: The other name that a filter_text was found in, empty if it was the name itself.
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
class PublisherRow:
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


class RowFactory:
    """Makes the rows of records out of their lines in the index."""

    def __init__(self, reader: CatalogueIndex) -> None:
        self._reader = reader
        self._speakers: dict[str, str] = {}

    def row(self, number: int) -> RecordRow:
        """The row of a record; its words are in the language now spoken."""
        found = self._reader.list_row(number)
        flags = found.flags
        shown = found.shown
        detail = shown if isinstance(shown, str) else ""
        if found.kind == "figure" and isinstance(shown, list):
            qualifier, value, unit = shown
            detail = format_value(value, qualifier, unit)
            if self._reader.columns.flags[number] & CONTRADICTED:
                flags = [*flags, "contradicted"]
        elif found.kind == "person":
            detail = ", ".join(part for part in shown if part)
        elif found.kind == "statement":
            detail = self._speaker(detail)
        elif found.kind == "partner" and found.id == self._reader.manifest.home:
            flags = [*flags, "home"]
        return RecordRow(
            number=number,
            kind=found.kind,
            id=found.id,
            title=found.title,
            date=found.date,
            detail=detail,
            language=found.language,
            partners=tuple(found.partners),
            flags=tuple(flags),
        )

    def _speaker(self, identifier: str) -> str:
        name = self._speakers.get(identifier)
        if name is None:
            number = self._reader.find("person", identifier)
            name = identifier if number is None else self._reader.list_row(number).title
            self._speakers[identifier] = name
        return name


def list_records(
    reader: CatalogueIndex, filters: FilterMasks, kind: str, scope: Scope, sort: RecordSort
) -> Sequence[int]:
    """Numbers of the records of a kind in a scope."""
    numbers = array("I", filters.numbers(filters.mask(scope), kind))
    if sort == "oldest":
        return oldest_first(reader, numbers)
    if sort == "title":
        return sorted(numbers, key=lambda n: (query_words(reader.list_row(n).title), n))
    return numbers


def oldest_first(
    reader: CatalogueIndex, numbers: Sequence[int], limit: int | None = None
) -> list[int]:
    """Records, given in order, in that of their dates; what has none stays at the end."""
    last = reader.manifest.groups[-1:]
    undated = last[0].start if last and last[0].heading == UNDATED else reader.size
    end = bisect_left(numbers, undated)
    most = len(numbers) if limit is None else limit
    dated = numbers[max(0, end - most) : end][::-1]
    return [*dated, *numbers[end : end + most - len(dated)]]
