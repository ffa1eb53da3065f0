"""Reads the records of a scope in batches, with the documents that prove them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.archive.sanitize import sanitize
from milatui.archive.serialize import kind_of
from milatui.catalogue.location import Location
from milatui.catalogue.pages.quotes import is_address
from milatui.index.record_relations import partners_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Record, Source
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.notes import Note, RecordKey
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

_NOT_IN_URI: Final = re.compile(r"[\\{}^`|<>\"\s]")
_BATCH: Final = 256
"""Number of records that are in memory at a time, with the documents they quote."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Quoted words, and the document they stand in.

    Attributes:
        source: The quoted words and their place.
        document: The document; None if the archive does not have it.
    """

    source: Source
    document: Document | None

    @property
    def is_published(self) -> bool:
        """Whether the words are published words, not those of a brief in our own words."""
        return self.document is not None and self.document.original is None

    @property
    def address(self) -> str:
        """The web address of the passage, else of its document, else ""."""
        return web_address(self.source.url) or web_address(
            self.document.source if self.document else ""
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A record of the scope.

    Attributes:
        record: The record.
        documents: The documents that it quotes, by id; perhaps others as well.
        partners: Names of the partners that it is about, as recorded.
        people: Names of the speaker of a statement, or of the people of an event.
        document: If not "", only passages of the document with this id count.
        note: What the user has noted about it; None for nothing, or if notes stay at home.
    """

    record: Record
    documents: Mapping[str, Document]
    partners: tuple[str, ...]
    people: tuple[str, ...] = ()
    document: str = ""
    note: Note | None = None

    @property
    def speaker(self) -> str:
        """The name of the speaker of a statement, "" for other records."""
        return self.people[0] if isinstance(self.record, Statement) else ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """The web addresses of a document, or of the passages that prove the record."""
        if isinstance(self.record, Document):
            found = [web_address(self.record.source)]
        else:
            found = [passage.address for passage in self.passages]
        return tuple(dict.fromkeys(address for address in found if address))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The words that prove the record, in its order."""
        sources = sources_of(self.record)
        return tuple(
            self.passage(source) for source in sources if self.document in ("", source.document)
        )

    def passage(self, source: Source) -> Passage:
        """Returns the words of a source with their document."""
        if isinstance(self.record, Document) and source.document == self.record.id:
            return Passage(source, self.record)
        return Passage(source, self.documents.get(source.document))

    @property
    def kind(self) -> Kind:
        """The kind of the record."""
        return kind_of(self.record)

    @property
    def location(self) -> str:
        """The location of the record, such as ``event/amgen-lab``."""
        return str(Location(self.kind, self.record.id))

    @property
    def date(self) -> str:
        """The EDTF date of the record, "" if it has none."""
        match self.record:
            case Event() | Statement() | Document():
                return self.record.date
            case Figure():
                return self.record.as_of
            case _:
                return ""

    @property
    def title(self) -> str:
        """What the record is called in a list: its name, title or words."""
        match self.record:
            case Event() | Document():
                return self.record.title
            case Partner() | Person():
                return self.record.name
            case Figure():
                return self.record.measure.replace("_", " ")
            case Statement():
                return self.record.text


@dataclass(frozen=True, slots=True)
class Work:
    """A document with what it proves.

    Attributes:
        document: The document.
        partners: Names of the partners that it is about.
        proves: The records of the scope that quote it, each with these passages only.
        note: What the user has noted about the document; None for nothing.
    """

    document: Document
    partners: tuple[str, ...]
    proves: tuple[Entry, ...]
    note: Note | None = None


def web_address(text: str) -> str:
    """Returns a web address as a valid URI (RFC 3986), "" if a text is not a web address."""
    if not is_address(text):
        return ""
    return _NOT_IN_URI.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), sanitize(text)
    )


class ScopeRecords:
    """The records of a scope; every iteration reads them anew, newest first.

    Args:
        catalogue: The archive.
        scope: The scope, with its query.
        notes: The user's own notes that go with them, by kind and id.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        scope: Scope,
        notes: Mapping[RecordKey, Note] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self.scope = scope
        self._notes = notes or {}
        self._numbers: dict[Kind, Sequence[int]] = {}
        self._works: list[int] | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The archive."""
        return self._catalogue

    @property
    def archive_title(self) -> str:
        """The title of the archive."""
        return self._catalogue.info.title

    def count(self, kind: Kind) -> int:
        """Returns the number of records of a kind in the scope."""
        return len(self._of_kind(kind))

    def dates(self, kind: Kind) -> Iterator[str]:
        """Yields the EDTF dates of the records of a kind, "" for those without one."""
        for numbers in _batches(self._of_kind(kind)):
            yield from (row.date for row in self._catalogue.rows(numbers))

    def entries(self, kinds: Iterable[Kind] = KINDS) -> Iterator[Entry]:
        """Yields the records of some kinds, kind by kind."""
        for kind in kinds:
            for numbers in _batches(self._of_kind(kind)):
                store = self._catalogue.store()
                yield from self._entries(store, store.records(numbers))

    def works(self) -> Iterator[Work]:
        """Yields the documents of the scope, and those that other records of the scope quote.

        A document comes once, newest first, with the records of the scope that quote it.
        """
        others = self._others()
        for numbers in _batches(self.work_numbers()):
            store = self._catalogue.store()
            quoting = {n: [r for r in store.records_naming(n) if r in others] for n in numbers}
            wanted = [*numbers, *(other for each in quoting.values() for other in each)]
            by_number = dict(zip(wanted, store.records(wanted), strict=True))
            for number in numbers:
                document = by_number[number]
                if isinstance(document, Document):
                    proofs = self._entries(store, [by_number[other] for other in quoting[number]])
                    own = (replace(entry, document=document.id) for entry in proofs)
                    partners = _partner_names(store, document)
                    proves = tuple(each for each in own if each.passages)
                    note = self._notes.get(("document", document.id))
                    yield Work(document, partners, proves, note)

    def _entries(self, store: RecordStore, records: Sequence[Record]) -> Iterator[Entry]:
        """Yields records with what they refer to, and the user's notes about them."""
        for entry in _entries(store, records):
            note = self._notes.get((entry.kind, entry.record.id))
            yield entry if note is None else replace(entry, note=note)

    def noted(self, kinds: Iterable[Kind]) -> list[RecordKey]:
        """Returns kind and id of the records of the scope that the user has noted something of."""
        found: list[RecordKey] = []
        for kind in kinds:
            keys = [key for key in self._notes if key[0] == kind]
            inside = set(self._of_kind(kind)) if keys else set()
            found += (key for key in keys if self._catalogue.find(*key) in inside)
        return found

    def work_numbers(self) -> list[int]:
        """Returns the record numbers of the documents that ``works`` yields, in its order."""
        if self._works is None:
            quoted = self._quoted(sorted(self._others()))
            self._works = sorted({*self._of_kind("document"), *quoted})
        return self._works

    def _others(self) -> set[int]:
        """Returns the record numbers of the records of the scope that are not documents."""
        return {n for kind in KINDS if kind != "document" for n in self._of_kind(kind)}

    def _of_kind(self, kind: Kind) -> Sequence[int]:
        if kind not in self._numbers:
            self._numbers[kind] = self._catalogue.list_records(kind, self.scope)
        return self._numbers[kind]

    def _quoted(self, numbers: Sequence[int]) -> Iterator[int]:
        """Yields the numbers of the documents that records quote."""
        for batch in _batches(numbers):
            store = self._catalogue.store()
            ids = dict.fromkeys(
                source.document for record in store.records(batch) for source in sources_of(record)
            )
            found = store.find_all([("document", identifier) for identifier in ids])
            yield from (number for number in found if number is not None)


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]


def _entries(store: RecordStore, records: Sequence[Record]) -> Iterator[Entry]:
    """Yields records with the documents and names they refer to, which are read at once."""
    documents = _documents(store, records)
    names: list[tuple[Kind, str]] = []
    for record in records:
        names += [("partner", partner) for partner in partners_of(record)]
        names += [("person", person) for person in _people(record)]
    store.prefetch(names)
    for record in records:
        people = tuple(_recorded_name(store, "person", each) for each in _people(record))
        yield Entry(record, documents, _partner_names(store, record), people)


def _people(record: Record) -> Sequence[str]:
    """Returns the ids of the people of a record."""
    match record:
        case Statement():
            return (record.speaker,)
        case Event():
            return record.people
        case _:
            return ()


def _documents(store: RecordStore, records: Sequence[Record]) -> dict[str, Document]:
    """Returns the documents that records quote, by id."""
    ids = dict.fromkeys(identifier for record in records for identifier in _quoted_ids(record))
    numbers = store.find_all([("document", identifier) for identifier in ids])
    found = store.records([number for number in numbers if number is not None])
    return {record.id: record for record in found if isinstance(record, Document)}


def _quoted_ids(record: Record) -> Iterator[str]:
    """Yields the ids of the documents that a record and the fields of a partner quote."""
    yield from (source.document for source in sources_of(record))
    if isinstance(record, Partner):
        yield from (found.source for found in record.verified.values() if found.source)


def _partner_names(store: RecordStore, record: Record) -> tuple[str, ...]:
    return tuple(_recorded_name(store, "partner", each) for each in partners_of(record))


def _recorded_name(store: RecordStore, kind: Kind, identifier: str) -> str:
    """Returns the name of a record as recorded, whatever the interface's language; else its id."""
    number = store.find(kind, identifier)
    return identifier if number is None else store.row(number).title
