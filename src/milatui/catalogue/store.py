"""Looks records up by number and by kind and id, in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milatui.archive.kinds import KINDS
from milatui.catalogue.lists.rows import list_records
from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Document, Figure, Record
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.figures import FigureList, FigureLister, FigureSeries
    from milatui.catalogue.lists.people import PeopleList, PersonActivity, PersonSummary
    from milatui.catalogue.lists.rows import RecordRow, RecordSort, RowFactory
    from milatui.catalogue.lists.status import PartnerStatus
    from milatui.catalogue.notes import Note
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex

    Key = tuple[Kind, str]
    """Kind and id of a record."""

_NEIGHBOURS = 50
"""Number of ids before and after an unknown one, in their order, that are compared with it."""


class NotFound(LookupError):  # noqa: N818 - an answer, not an error of the program
    """There is no record of this kind and id; ``near`` are similar ids."""

    def __init__(self, kind: str, identifier: str, near: Sequence[str]) -> None:
        super().__init__(f"{kind}/{identifier}")
        self.near = tuple(near)


class Info(NamedTuple):
    """The archive as a whole.

    Attributes:
        title: Its title.
        home: Id of the organisation it is about.
        description: A sentence about it.
        languages: Languages of its documents; if they have none, the languages it declares.
        counts: Number of records by kind.
        first_year: First year of its events and documents; 0 if none is dated.
        last_year: Last year of them; 0 if none is dated.
        publishers: Number of publishers of its documents.
        built: When the index was built, in seconds since the epoch.
    """

    title: str
    home: str
    description: str
    languages: tuple[str, ...]
    counts: dict[Kind, int]
    first_year: int
    last_year: int
    publishers: int
    built: int


class RecordStore:
    """Looks records up for one page and remembers what it has read.

    Ask for everything that a page needs with ``prefetch``, ``rows`` and ``records`` first: each
    asks the index once. What was read is kept until the store goes, so a store serves one page.

    Args:
        reader: The index.
        filters: Filter masks of the catalogue.
        factory: Row factory of the catalogue.
    """

    def __init__(self, reader: CatalogueIndex, filters: FilterMasks, factory: RowFactory) -> None:
        self._reader = reader
        self._filters = filters
        self._factory = factory
        self._numbers: dict[Key, int | None] = {}
        self._rows: dict[int, RecordRow] = {}
        self._records: dict[int, Record] = {}

    @property
    def info(self) -> Info:
        """Title, languages, counts and years of the archive."""
        manifest = self._reader.manifest
        return Info(
            title=manifest.title,
            home=manifest.home,
            description=manifest.description,
            languages=tuple(sorted(n for n in manifest.languages if n))
            or manifest.declared_languages,
            counts={kind: manifest.counts[kind] for kind in KINDS},
            first_year=manifest.first_year,
            last_year=manifest.last_year,
            publishers=sum(map(bool, manifest.publishers)),
            built=manifest.built,
        )

    def prefetch(self, keys: Iterable[Key], numbers: Iterable[int] = ()) -> None:
        """Reads the numbers and rows of records by key, and the rows of those by number."""
        keys = list(dict.fromkeys(keys))
        self.find_all(keys)
        found = (self._numbers[key] for key in keys)
        self.rows([*(number for number in found if number is not None), *numbers])

    def find(self, kind: Kind, identifier: str) -> int | None:
        """Returns the number of a record, None if there is no such record."""
        return self.find_all([(kind, identifier)])[0]

    def find_all(self, keys: Sequence[Key]) -> list[int | None]:
        """Returns the numbers of records, in the order of ``keys``; None for a missing record."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._numbers]
        if missing:
            self._numbers.update(zip(missing, self._reader.find_all(missing), strict=True))
        return [self._numbers[key] for key in keys]

    def row(self, number: int) -> RecordRow:
        """Returns the list row of a record.

        Raises:
            IndexError: there is no such number.
        """
        return self.rows([number])[0]

    def rows(self, numbers: Sequence[int]) -> list[RecordRow]:
        """Returns the list rows of records, in the order of ``numbers``.

        Raises:
            IndexError: there is no such number.
        """
        missing = [number for number in dict.fromkeys(numbers) if number not in self._rows]
        if missing:
            rows = self._factory.rows(missing)
            self._rows.update(zip(missing, rows, strict=True))
            self._numbers.update(((row.kind, row.id), row.number) for row in rows)
        return [self._rows[number] for number in numbers]

    def record(self, kind: Kind, identifier: str) -> Record:
        """Returns a whole record.

        Raises:
            NotFound: there is none.
        """
        number = self.find(kind, identifier)
        if number is None:
            raise NotFound(kind, identifier, self.similar_ids(kind, identifier))
        return self.records([number])[0]

    def records(self, numbers: Sequence[int]) -> list[Record]:
        """Returns whole records, in the order of ``numbers``.

        Raises:
            IndexError: there is no such number.
        """
        # Deferred: the first screen shows no record, and the classes take time to load.
        from milatui.archive.serialize import record_from_dict

        missing = [number for number in dict.fromkeys(numbers) if number not in self._records]
        if missing:
            kinds = self._reader.columns.kind
            found = zip(missing, self._reader.records(missing), strict=True)
            self._records.update((n, record_from_dict(KINDS[kinds[n]], data)) for n, data in found)
        return [self._records[number] for number in numbers]

    def documents_once(self, numbers: Sequence[int]) -> list[Document]:
        """Returns the documents among records without remembering them, for a pass over many.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.
        """
        from milatui.archive.records import Document
        from milatui.archive.serialize import record_from_dict

        kinds = self._reader.columns.kind
        found = zip(numbers, self._reader.records(numbers), strict=True)
        records = (record_from_dict(KINDS[kinds[number]], data) for number, data in found)
        return [record for record in records if isinstance(record, Document)]

    def document(self, identifier: str) -> Document:
        """Returns a document with its body.

        Raises:
            NotFound: there is none.
        """
        from milatui.archive.records import Document

        record = self.record("document", identifier)
        # The kind decides the class; this only tells the type checker.
        assert isinstance(record, Document)  # noqa: S101
        return record

    def title(self, kind: Kind, identifier: str) -> str:
        """Returns the title or name of a record as shown; its id if there is no such record."""
        number = self.find(kind, identifier)
        return identifier if number is None else self.row(number).label

    def list_records(self, kind: Kind, scope: Scope, sort: RecordSort = "newest") -> Sequence[int]:
        """Returns the numbers of the records of a kind in a scope."""
        return list_records(self._reader, self._filters, kind, scope, sort)

    def records_naming(self, number: int) -> Sequence[int]:
        """Returns the numbers of the records that name or quote a record, newest first."""
        return self._reader.columns.named_by[number]

    def editions(self, number: int) -> Sequence[int]:
        """Returns the numbers of all editions of a document, itself included."""
        columns = self._reader.columns
        return columns.editions[columns.edition[number]] if len(columns.editions) else (number,)

    def own_note(self, kind: Kind, identifier: str) -> Note | None:
        """Returns what the user has noted about a record, None for nothing.

        A note about a document that has another id now is found by the hash of the text. Notes
        that cannot be read hide no page: who changes one gets the error.
        """
        try:
            note = self._filters.noted().get((kind, identifier))
        except OSError:
            return None
        return note if note is not None and not note.is_empty else None

    def figures(self, scope: Scope) -> FigureList:
        """Lists the figures of a scope by measure and subject."""
        return self._figures().figures(scope)

    def figure_series(self, figure: Figure) -> FigureSeries | None:
        """Returns the series that a figure is in; None if it is not in the index."""
        return self._figures().series_of(figure)

    def _figures(self) -> FigureLister:
        # Deferred: the first screen shows no figures.
        from milatui.catalogue.lists.figures import FigureLister

        return FigureLister(self._reader, self._filters, self._factory)

    def people(self, scope: Scope) -> PeopleList:
        """Lists the people of a scope, those who said something first."""
        from milatui.catalogue.lists.people import list_people

        return list_people(self._reader, self._filters, self._factory, scope)

    def people_summaries(self, people: Sequence[PersonActivity]) -> list[PersonSummary]:
        """Returns people with their roles, in the given order."""
        from milatui.catalogue.lists.people import people_summaries

        return people_summaries(self._reader, self._factory, people)

    def statuses(self, numbers: Sequence[int]) -> list[PartnerStatus]:
        """Returns how the partnerships with some partners stand, in their order."""
        from milatui.catalogue.lists.status import StatusReader

        return StatusReader(self._reader, self._filters).statuses(numbers)

    def companions(self, partner: int) -> list[tuple[int, int]]:
        """Returns the partners that appear together with one, and how often, most first."""
        from milatui.catalogue.lists.status import companions

        home = self.find("partner", self.info.home)
        return companions(self._reader, self._filters, partner, home)

    def similar_ids(self, kind: Kind, identifier: str, limit: int = 3) -> list[str]:
        """Returns ids of records that look like an unknown one, the most similar first."""
        order = self._reader.columns.by_id
        position = self._reader.id_position(kind, identifier)
        numbers = list(order[max(0, position - _NEIGHBOURS) : position + _NEIGHBOURS])
        if kind in ("partner", "person"):
            numbers += {name.number for name in self._reader.names}
        near = {row.id for row in self._reader.list_rows(numbers) if row.kind == kind}
        return closest(identifier, sorted(near), limit, cutoff=0.5)
