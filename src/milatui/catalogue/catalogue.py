"""The catalogue: everything panes and commands read, from the index of an archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.archive.kinds import KINDS
from milatui.catalogue.filters import FilterMasks
from milatui.catalogue.lists.partners import list_partners
from milatui.catalogue.lists.rows import RowFactory, list_records
from milatui.catalogue.lists.timeline import build_timeline
from milatui.index.store.index_reader import IndexReader

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Document, Record
    from milatui.catalogue.lists.partners import PartnerSort
    from milatui.catalogue.lists.rows import PartnerRow, PublisherRow, RecordRow, RecordSort
    from milatui.catalogue.lists.timeline import Timeline
    from milatui.catalogue.location import Location
    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.explain import Explanation
    from milatui.catalogue.search.results import SearchResult, SearchSort
    from milatui.index.protocol import CatalogueIndex

_NEIGHBOURS = 50


class NotFound(LookupError):  # noqa: N818 - a place that is gone, no fault
    """There is no record of this kind and id; ``near`` are ids that look like it."""

    def __init__(self, kind: str, identifier: str, near: Sequence[str]) -> None:
        super().__init__(f"{kind}/{identifier}")
        self.near = tuple(near)


@dataclass(frozen=True, slots=True)
class Info:
    """The archive as a whole.

    ``languages`` are those of its documents, else those it declares; ``first_year`` and
    ``last_year`` those of its events and documents (0 if none is dated); ``publishers`` is
    how many its documents have; ``built`` is when the index was made, in seconds since 1970.
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


class Catalogue:
    """An open index.  Its methods may be called from several threads.

    Any method may raise ``IndexUnusable`` if it meets damage that opening did not see: build
    anew then.  Records have numbers, newest first, that hold for this catalogue only.
    """

    def __init__(self, reader: CatalogueIndex) -> None:
        self._reader = reader
        self._filters = FilterMasks(reader)
        self._rows = RowFactory(reader)

    @classmethod
    def open(cls, index_dir: Path, owners: Collection[str] = ()) -> Catalogue:
        """Open the index in a directory; takes as long with ten records as with a million.

        Args:
            index_dir: See ``index.store.layout.default_index_dir``.
            owners: Names of accounts whose index is read besides the user's and root's.

        Raises:
            IndexUnusable: there is none that may be read; ``reason`` says why.
        """
        return cls(IndexReader.open(index_dir, owners))

    def close(self) -> None:
        """Let go of the files; the catalogue must not be used any more."""
        self._reader.close()

    @property
    def folder(self) -> Path:
        """The generation of the index that this catalogue reads."""
        return self._reader.folder

    @property
    def size(self) -> int:
        """How many records there are; their numbers are ``0 .. size - 1``."""
        return self._reader.size

    @property
    def info(self) -> Info:
        """What the archive is and holds."""
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

    def row(self, number: int) -> RecordRow:
        """The list line of a record.

        Raises:
            IndexError: there is no such number.
        """
        return self._rows.row(number)

    def find(self, kind: Kind, identifier: str) -> int | None:
        """The number of a record, or None."""
        return self._reader.find(kind, identifier)

    def nearest_ids(self, kind: Kind, identifier: str, limit: int = 3) -> list[str]:
        """Ids of records that exist and look like one that does not."""
        # Deferred: only a wrong id needs it.
        from difflib import get_close_matches

        order = self._reader.columns.by_id
        place = self._reader.id_position(kind, identifier)
        window = range(max(0, place - _NEIGHBOURS), min(len(order), place + _NEIGHBOURS))
        rows = [self._reader.list_row(order[at]) for at in window]
        if kind in ("partner", "person"):
            rows += map(self._reader.list_row, {name.number for name in self._reader.names})
        near = {row.id for row in rows if row.kind == kind}
        return get_close_matches(identifier, sorted(near), limit, 0.5)

    def partner_name(self, identifier: str) -> str:
        """The name of a partner, or the id itself if there is no such partner."""
        number = self.find("partner", identifier)
        return identifier if number is None else self._reader.list_row(number).title

    def partners(
        self, scope: Scope, sort: PartnerSort = "activity", filter_text: str = ""
    ) -> Sequence[PartnerRow]:
        """Partners with what they did in the scope (whose own partner is left aside).

        In a restricted scope only those that did something.  ``filter_text`` keeps those with a
        name or alias that holds it, without regard to accents; names that begin so come first.
        The archive's own organisation is among them.
        """
        return list_partners(self._reader, self._filters, scope, sort, filter_text)

    def publishers(
        self, scope: Scope, sort: PartnerSort = "activity", filter_text: str = ""
    ) -> Sequence[PublisherRow]:
        """Publishers with their documents in the scope (whose own publisher is left aside).

        ``filter_text`` keeps those whose name holds it, without regard to accents.
        """
        from milatui.catalogue.lists.publishers import list_publishers

        return list_publishers(self._reader, self._filters, scope, sort, filter_text)

    def timeline(self, scope: Scope, documents: bool | None = None) -> Timeline:
        """Builds the timeline of a scope; with documents if asked, or if there are no events."""
        return build_timeline(self._reader, self._filters, scope, documents)

    def list_records(self, kind: Kind, scope: Scope, sort: RecordSort = "newest") -> Sequence[int]:
        """Numbers of the records of a kind in the scope."""
        return list_records(self._reader, self._filters, kind, scope, sort)

    def totals(self, scope: Scope) -> dict[Kind, tuple[int, int]]:
        """How many records of each kind are in the scope, and in all."""
        counts = self.info.counts
        scope = scope.without("query")
        if scope.is_empty:
            return {kind: (counts[kind], counts[kind]) for kind in KINDS}
        mask = self._filters.mask(scope)
        return {kind: (self._filters.count(mask, kind), counts[kind]) for kind in KINDS}

    def search(
        self,
        query: str,
        scope: Scope,
        limit: int = 50,
        typing: bool = False,
        sort: SearchSort = "relevance",
        cancelled: Callable[[], bool] | None = None,
        today: date | None = None,
    ) -> SearchResult:
        """Records that have words of the query, best first; with no words all of the scope.

        Args:
            query: As typed, in the language of ``index.query.parser``.
            scope: What to look in.
            limit: Most hits (``total`` counts all).
            typing: The last word may be unfinished.
            sort: ``relevance``, ``newest`` or ``oldest``.
            cancelled: Asked now and then; when true, the answer is empty and to be dropped.
            today: The day that *last year* in the query counts from, if not the real one.
        """
        # Deferred: loads the analysis and its patterns, which the first screen does not need.
        from milatui.catalogue.search.search import ScopedSearch, search

        asked = ScopedSearch(query, scope, limit, typing, sort, cancelled or (lambda: False), today)
        return search(self._reader, self._filters, self._rows, asked)

    def finished(self, query: str) -> str:
        """The query to keep or share of one that was typed so far: ``labo`` becomes ``labo*``."""
        return self._reader.searcher.complete_query(query)

    def explain(self, query: str, number: int, *, typing: bool = False) -> Explanation:
        """Why a record is found by a query, in words."""
        from milatui.catalogue.search.explain import explain
        from milatui.catalogue.search.search import restrictions

        restrict = restrictions(self._reader, self._filters, None)
        return explain(self._reader, restrict, query, number, typing=typing)

    def record(self, kind: Kind, identifier: str) -> Record:
        """A whole record.

        Raises:
            NotFound: there is none.
        """
        from milatui.archive.serialize import record_from_dict

        number = self.find(kind, identifier)
        if number is None:
            raise NotFound(kind, identifier, self.nearest_ids(kind, identifier))
        return record_from_dict(kind, self._reader.record(number))

    def document(self, identifier: str) -> Document:
        """A document with its body.

        Raises:
            NotFound: there is none.
        """
        from milatui.archive.records import Document

        record = self.record("document", identifier)
        # The kind decides the class; this only tells the type checker.
        assert isinstance(record, Document)  # noqa: S101
        return record

    def records_naming(self, number: int) -> Sequence[int]:
        """Numbers of the records that name or quote a record, newest first."""
        return self._reader.columns.named_by[number]

    def page(self, location: Location, hits: Sequence[str] | None = None) -> Page:
        """What the reader shows of a record.

        Args:
            location: A record; fragment ``from=kind/id`` lights the words that record quotes,
                ``para=N`` goes to a paragraph.
            hits: ``SearchResult.terms``: the words to light.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.pages.render import render_page

        return render_page(self, location, hits or ())

    def citation(self, location: Location) -> str:
        """How to cite a record, in one line.

        Raises:
            NotFound: there is no such record.
        """
        from milatui.catalogue.pages.citation import citation

        return citation(self, location)
