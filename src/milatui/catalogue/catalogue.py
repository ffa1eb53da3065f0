"""Opens an index for reading: the facade that panes and commands use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from milatui.archive.kinds import KINDS
from milatui.catalogue.filters import FilterMasks
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.lists.rows import RowFactory, list_records
from milatui.catalogue.notes import Note
from milatui.catalogue.scope import Scope
from milatui.catalogue.store import NotFound, RecordStore
from milatui.i18n import _
from milatui.index.analysis.tokenizer import query_words
from milatui.index.index_reader import IndexReader
from milatui.index.store.record_columns import APPROXIMATE, UNCERTAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Document, Record
    from milatui.catalogue.citations.citation import Chosen, Citation
    from milatui.catalogue.lists.activity_rows import PartnerRow, PartnerSort, PublisherRow
    from milatui.catalogue.lists.figures import FigureList
    from milatui.catalogue.lists.people import (
        PeopleList,
        PeopleSort,
        PersonActivity,
        PersonSummary,
    )
    from milatui.catalogue.lists.rows import (
        RecordRow,
        RecordSort,
    )
    from milatui.catalogue.lists.status import PartnerStatus
    from milatui.catalogue.lists.timeline import Timeline
    from milatui.catalogue.location import Location
    from milatui.catalogue.notes import NoteStore, RecordKey
    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.search.absence import Absence
    from milatui.catalogue.search.explain import Explanation
    from milatui.catalogue.search.results import SearchResult, SearchSort
    from milatui.catalogue.store import Info
    from milatui.catalogue.timeline.axis import TimeUnit
    from milatui.catalogue.timeline.band import BandCounts
    from milatui.catalogue.timeline.date_words import DateTarget
    from milatui.catalogue.timeline.eras import EraSpan
    from milatui.catalogue.timeline.groupings import Grouping, LaneSort
    from milatui.catalogue.timeline.lane_groups import LaneEvents, Lanes
    from milatui.catalogue.timeline.relation_spans import RelationSpan
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.search.doc_set import DocSet


class Catalogue:
    """An open index.  Its methods may be called from several threads.

    Any method may raise ``IndexUnusable`` if it meets damage that opening did not see: build
    anew then.  Records have numbers, newest first, that hold for this catalogue only.
    """

    def __init__(self, reader: CatalogueIndex) -> None:
        self._reader = reader
        self._filters = FilterMasks(reader, self._find)
        self._rows = RowFactory(reader)

    @classmethod
    def open(cls, index_dir: Path, owners: Collection[str] = ()) -> Catalogue:
        """Opens the index in a directory; takes as long with ten records as with a million.

        Args:
            index_dir: See ``index.store.layout.default_index_dir``.
            owners: Names of accounts whose index is read besides the user's and root's.

        Raises:
            IndexUnusable: missing, damaged, of another version, or not trusted (``reason``).
        """
        return cls(IndexReader.open(index_dir, owners))

    def _find(self, query: str) -> DocSet:
        # Deferred: loads the analysis, which a scope without a query does not need.
        from milatui.catalogue.search.search_records import find_records

        return find_records(self._reader, self._filters, query)

    def release_caches(self) -> None:
        """Drops what is kept for the next search only, when none is expected soon."""
        from milatui.catalogue.search.highlight import release_matchers

        release_matchers()
        self._reader.release_caches()

    def close(self) -> None:
        """Closes the index; the catalogue is unusable afterwards."""
        self._reader.close()

    @property
    def folder(self) -> Path:
        """The folder of the generation that this catalogue reads."""
        return self._reader.folder

    @property
    def size(self) -> int:
        """Number of records; record numbers are ``0 .. size - 1``."""
        return self._reader.size

    @cached_property
    def info(self) -> Info:
        """Title, languages, counts and years of the archive."""
        return self.store().info

    @property
    def subkinds(self) -> tuple[str, ...]:
        """Kinds of partners and events and types of documents that records have, sorted."""
        return tuple(sorted(detail for detail in self._reader.manifest.details if detail))

    @property
    def sector_ids(self) -> tuple[str, ...]:
        """Sectors that partners have, sorted."""
        return tuple(sorted(sector for sector in self._reader.manifest.sectors if sector))

    def has_publisher(self, name: str) -> bool:
        """Returns whether a document's publisher has this name, or a word that begins so."""
        return bool(self._filters.publishers(name))

    def row(self, number: int) -> RecordRow:
        """Returns the list row of a record.

        Raises:
            IndexError: if there is no such number.
        """
        return self._rows.row(number)

    def rows(self, numbers: Sequence[int]) -> list[RecordRow]:
        """Returns the list rows of records, in the order of ``numbers``.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.

        Raises:
            IndexError: if there is no such number.
        """
        return self._rows.rows(numbers)

    def find(self, kind: Kind, identifier: str) -> int | None:
        """Returns the number of a record, None if there is no such record."""
        return self._reader.find(kind, identifier)

    def similar_ids(self, kind: Kind, identifier: str, limit: int = 3) -> list[str]:
        """Returns ids of records that look like an unknown one, the most similar first."""
        return self.store().similar_ids(kind, identifier, limit)

    def partners_called(self, name: str) -> list[str]:
        """Returns the ids of the partners that have a name; if none has, of those it begins.

        Args:
            name: A name in any language, or the words that one begins with.
        """
        from milatui.catalogue.lists.partners import partners_called

        return partners_called(self._reader, name)

    def partner_name(self, identifier: str) -> str:
        """Returns the name of a partner; the id if there is no such partner."""
        return self.store().title("partner", identifier)

    def partners(
        self, scope: Scope, sort: PartnerSort = "activity", filter_text: str = ""
    ) -> Sequence[PartnerRow]:
        """Lists partners with their activity in the scope, without regard to its partner.

        The archive's own organisation is among them.

        Args:
            scope: If it is restricted, only partners that did something in it are listed.
            sort: The order.
            filter_text: Keeps partners with a name or alias that contains it, without regard to
                accents; names that begin so come first.

        Returns:
            A row for each partner, in the order of ``sort``.
        """
        from milatui.catalogue.lists.partners import list_partners

        return list_partners(self._reader, self._filters, scope, sort, filter_text)

    def partners_since(self, scope: Scope, numbers: Collection[int]) -> dict[int, str]:
        """Finds the first date of partners with the archive's own organisation.

        Args:
            scope: The scope in which dates count.
            numbers: Record numbers of partners.

        Returns:
            EDTF text of the oldest event or document that names both, by record number; partners
            without one are left out.
        """
        from milatui.catalogue.lists.partners import first_dates

        return first_dates(self._reader, self._filters, scope, numbers)

    def partner_facts(self, number: int) -> tuple[str, str]:
        """Returns the sector of a partner and the date it appears since, or empty texts."""
        from milatui.catalogue.lists.partners import first_dates
        from milatui.catalogue.lists.sector_names import partner_sectors

        since = first_dates(self._reader, self._filters, Scope(), (number,))
        return partner_sectors(self._reader, (number,))[0], since.get(number, "")

    def source_counts(self, numbers: Sequence[int]) -> list[int]:
        """Returns the number of sources that records name, in the order of ``numbers``.

        Args:
            numbers: Record numbers, from 0 to ``size - 1``, in any order.
        """
        records = self._reader.records(numbers)
        sources = (record.get("sources") for record in records)
        return [len(each) if isinstance(each, list) else 0 for each in sources]

    def publishers(
        self, scope: Scope, sort: PartnerSort = "activity", filter_text: str = ""
    ) -> Sequence[PublisherRow]:
        """Lists publishers with their documents in the scope, without regard to its publisher.

        Args:
            scope: The scope in which documents are counted.
            sort: The order.
            filter_text: Keeps publishers whose name contains it, without regard to accents.

        Returns:
            A row for each publisher, in the order of ``sort``.
        """
        from milatui.catalogue.lists.publishers import list_publishers

        return list_publishers(self._reader, self._filters, scope, sort, filter_text)

    def timeline(
        self, scope: Scope, documents: bool | None = None, *, oldest_first: bool = False
    ) -> Timeline:
        """Builds the timeline of a scope; with documents if asked, or if there are no events."""
        from milatui.catalogue.lists.timeline import build_timeline

        return build_timeline(
            self._reader, self._filters, scope, documents, oldest_first=oldest_first
        )

    def dated_days(self, *, documents: bool) -> tuple[int, int] | None:
        """Returns first and last day of the years with events (or documents), None if none has."""
        from milatui.catalogue.timeline.band import dated_days

        return dated_days(self._reader.manifest.groups, documents=documents)

    def band(self, scope: Scope, unit: TimeUnit, bins: range, *, documents: bool) -> BandCounts:
        """Counts the events of a scope by bin, whatever its period, for the time band.

        Args:
            scope: The scope.
            unit: What a bin is.
            bins: The bins in view.
            documents: Whether documents count as well.
        """
        from milatui.catalogue.timeline.band import count_band

        kinds = ("event", "document") if documents else ("event",)
        return count_band(self._reader, self._filters, scope, kinds, unit, bins)

    def lanes(self, scope: Scope, grouping: Grouping, sort: LaneSort, *, documents: bool) -> Lanes:
        """Groups the events of a scope into the lanes of the drawn timeline."""
        from milatui.catalogue.timeline.lane_groups import build_lanes

        kinds = ("event", "document") if documents else ("event",)

        def folded(key: str) -> str:
            return " ".join(query_words(self.lane_label(grouping, key)))

        return build_lanes(self._reader, self._filters, scope, kinds, grouping, sort, folded)

    def lane_label(self, grouping: Grouping, key: str) -> str:
        """Returns the label of a lane in the interface's language."""
        if grouping == "partner":
            return self.partner_name(key) if key else _("no partner")
        if not key:
            return _("no sector") if grouping == "sector" else _("no kind")
        return sector_label(key) if grouping == "sector" else kind_label(key)

    def eras(self) -> list[EraSpan]:
        """Returns the eras of the archive, named in the interface's language."""
        from milatui.catalogue.timeline.eras import era_spans

        return era_spans(self._reader.manifest.head)

    def lane_events(self, items: Sequence[int]) -> LaneEvents:
        """Sorts the events of a lane by day.

        Args:
            items: Record numbers of the events of a lane.
        """
        from milatui.catalogue.timeline.lane_groups import lane_events

        return lane_events(self._reader.columns, items)

    def relation_spans(self, partner: str, last_seen: int) -> list[RelationSpan]:
        """Returns the days of a partner's relations with the archive's own organisation.

        Args:
            partner: Id of the partner.
            last_seen: The day of its last event.
        """
        from milatui.archive.records import Partner
        from milatui.catalogue.timeline.relation_spans import relation_spans

        if self.find("partner", partner) is None:
            return []
        record = self.store().record("partner", partner)
        relations = record.relations if isinstance(record, Partner) else ()
        return list(relation_spans(relations, self.info.home, last_seen))

    def event_sign(self, number: int) -> tuple[str, str]:
        """Returns the kind within the kind of a record, and ``?`` or ``~`` if its date has it."""
        columns = self._reader.columns
        kind = self._reader.manifest.details[columns.detail[number]]
        dating = columns.dating[number]
        return kind, "?" if dating & UNCERTAIN else "~" if dating & APPROXIMATE else ""

    def find_date(self, items: Sequence[int], text: str, *, documents: bool) -> DateTarget:
        """Finds the first of some records that is of a date in words, or the nearest one.

        Args:
            items: Record numbers in the order of the list.
            text: The words; *last year* counts from the newest date of the archive.
            documents: Whether the date of a document is a date of the archive, too.

        Raises:
            DateError: the words are not a date, or no record has a date.
        """
        from milatui.catalogue.timeline.date_words import find_date, newest_day

        columns = self._reader.columns
        every = columns.events_and_documents if documents else columns.events
        return find_date(self._reader, items, text, newest_day(self._reader, every))

    def list_records(self, kind: Kind, scope: Scope, sort: RecordSort = "newest") -> Sequence[int]:
        """Returns the numbers of the records of a kind in the scope, in the order of ``sort``."""
        return list_records(self._reader, self._filters, kind, scope, sort)

    def figures(self, scope: Scope) -> FigureList:
        """Lists the figures of a scope by measure and subject, each in the order of time."""
        return self.store().figures(scope)

    def people(self, scope: Scope) -> PeopleList:
        """Lists the people of a scope, those who said something first."""
        return self.store().people(scope)

    def people_activity(self, scope: Scope, sort: PeopleSort) -> list[PersonActivity]:
        """Returns what the people of a scope did in it, in the order of ``sort``."""
        from milatui.catalogue.lists.people import people_activity

        return people_activity(self._reader, self._filters, scope, sort)

    def people_summaries(self, people: Sequence[PersonActivity]) -> list[PersonSummary]:
        """Returns people with their roles, in the given order.

        Args:
            people: What ``people_activity`` returned, or a part of it.
        """
        return self.store().people_summaries(people)

    def statuses(self, numbers: Sequence[int]) -> list[PartnerStatus]:
        """Returns how partnerships stand, in the order of ``numbers``.

        Args:
            numbers: Record numbers of partners.
        """
        return self.store().statuses(numbers)

    def totals(self, scope: Scope) -> dict[Kind, tuple[int, int]]:
        """Counts the records of each kind.

        Args:
            scope: Its query is ignored.

        Returns:
            By kind: the number of records in the scope, and in all.
        """
        counts = self.info.counts
        if scope.is_empty:
            return {kind: (counts[kind], counts[kind]) for kind in KINDS}
        mask = self._filters.mask(scope)
        return {kind: (self._filters.count(mask, kind), counts[kind]) for kind in KINDS}

    def search(
        self,
        query: str,
        scope: Scope,
        *,
        limit: int = 50,
        typing: bool = False,
        sort: SearchSort = "relevance",
        cancelled: Callable[[], bool] | None = None,
        today: date | None = None,
        prepare: int = 0,
        for_scope: bool = False,
    ) -> SearchResult:
        """Searches a scope; an empty query finds all of it.

        Args:
            query: As typed, in the language of ``index.query.parser``.
            scope: The scope to search in.
            limit: Maximum number of hits (``total`` counts all).
            typing: Whether the last word may be unfinished.
            sort: ``relevance``, ``newest`` or ``oldest``.
            cancelled: Asked now and then; once true, the result is empty and to be dropped.
            today: The day that *last year* in the query counts from; None means the present day.
            prepare: Number of the first hits to make at once, with their snippets: those that
                a screen is about to draw. The other ones are made by ``Hits.prepare``, or on
                access.
            for_scope: Whether lists in the scope of this query will be asked for.
        """
        # Deferred: loads the analysis and its patterns, which the first screen does not need.
        from milatui.catalogue.search.search_records import ScopedSearch, search

        request = ScopedSearch(
            query,
            scope,
            limit,
            typing,
            sort,
            cancelled or (lambda: False),
            today,
            prepare=prepare,
            for_scope=for_scope,
        )
        return search(self._reader, self._filters, self._rows, request)

    def absence(self, query: str, scope: Scope, today: date | None = None) -> Absence | None:
        """States what was searched by a query that finds nothing in a scope.

        Args:
            query: As typed.
            scope: The scope.
            today: The day that *last year* in the query counts from; None means the present day.

        Returns:
            The statement; None if something is found, nothing was asked, or the search took too
            long to be sure.
        """
        from milatui.catalogue.search.absence import state_absence

        return state_absence(self._reader, self._filters, query, scope, today)

    def complete_query(self, query: str) -> str:
        """Returns an unfinished query as it is saved or shared: ``labo`` becomes ``labo*``."""
        return self._reader.searcher.complete_query(query)

    def explain(self, query: str, number: int, *, typing: bool = False) -> Explanation:
        """Explains why a query finds a record."""
        from milatui.catalogue.search.explain import explain
        from milatui.catalogue.search.search_records import field_filters

        resolver = field_filters(self._reader, self._filters, None)
        return explain(self._reader, resolver, query, number, typing=typing)

    def record(self, kind: Kind, identifier: str) -> Record:
        """Returns a whole record.

        Raises:
            NotFound: there is none.
        """
        return self.store().record(kind, identifier)

    def document(self, identifier: str) -> Document:
        """Returns a document with its body.

        Raises:
            NotFound: there is none.
        """
        return self.store().document(identifier)

    def records_naming(self, number: int) -> Sequence[int]:
        """Returns the numbers of the records that name or quote a record, newest first."""
        return self._reader.columns.named_by[number]

    def page(self, location: Location, hits: Sequence[str] | None = None, columns: int = 0) -> Page:
        """Renders the page of a record or a view.

        Args:
            location: A record; fragment ``from=kind/id`` highlights the words that record quotes,
                ``para=N`` goes to a paragraph.
            hits: ``SearchResult.terms``: the words to light.
            columns: Columns that tables and charts may take; they have a least width.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.pages.render import render_page

        return render_page(self.store(), location, hits or (), columns)

    def citation(self, location: Location) -> str:
        """Returns the citation of a record in one line.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.citations.reference import citation

        return citation(self.store(), location)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all records, see ``archive_fingerprint``; read when it is asked for."""
        from milatui.catalogue.fingerprint import archive_fingerprint

        return archive_fingerprint(self._reader)

    def record_digest(self, kind: Kind, identifier: str) -> str:
        """Returns the first digits of the hash of a record, of a document of its text.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.fingerprint import record_digest

        number = self.find(kind, identifier)
        if number is None:
            raise NotFound(kind, identifier, ())
        return record_digest(self._reader, number)

    def documents_by_digest(self, wanted: Collection[str]) -> dict[str, str]:
        """Maps digests of texts to the ids of the documents that have them; reads every document.

        Args:
            wanted: The digests to look for.
        """
        from milatui.catalogue.moved_documents import documents_by_digest

        return documents_by_digest(self._reader, wanted)

    def cite(self, location: Location, chosen: Chosen | None = None) -> Citation | None:
        """Cites the passage that stands at a location.

        Args:
            location: A record or a view; a document may have a fragment that says the passage.
            chosen: What of its page is to be cited; None for what the location says.

        Returns:
            The citation; None if the user has selected words that are not of a document.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.citations.citation import cite

        return cite(self.store(), location, chosen)

    @property
    def notes(self) -> NoteStore | None:
        """The user's own notes about the archive; None in a session that has none."""
        return self._filters.notes

    @notes.setter
    def notes(self, notes: NoteStore | None) -> None:
        self._filters.notes = notes
        self._filters.clear_query_masks()

    def put_note(self, note: Note) -> None:
        """Keeps a note, of a document with the hash of its text.

        Raises:
            OSError: it cannot be written.
            NotFound: there is no such record.
        """
        if self.notes is None:
            return
        record = self.record(note.kind, note.id)
        if note.kind == "document":
            from milatui.archive.quotes.document_words import body_digest
            from milatui.archive.records import Document

            if isinstance(record, Document):
                note = note._replace(digest=body_digest(record.body), title=record.title)
        former = self._former_notes(note)
        self.notes.put(note)
        for other in former:
            self.notes.put(other)
        self._filters.clear_query_masks()

    def noted(self) -> Mapping[RecordKey, Note]:
        """Returns the user's own notes by kind and id; of a document that has moved, its id now.

        Raises:
            OSError: they exist and cannot be read.
        """
        return self._filters.noted()

    def _former_notes(self, note: Note) -> list[Note]:
        """Returns empty notes in place of those that the same document had under other ids."""
        if self.notes is None or not note.digest:
            return []
        return [
            Note(each.kind, each.id, changed=note.changed)
            for each in self.notes.notes().values()
            if each.digest == note.digest and self.find(each.kind, each.id) is None
        ]

    def store(self) -> RecordStore:
        """Makes a store, which looks up what one page shows."""
        return RecordStore(self._reader, self._filters, self._rows)
