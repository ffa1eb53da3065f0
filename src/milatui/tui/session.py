"""What is being looked at: scope, orders, query and trail; knows neither Textual nor Rich."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from milatui.catalogue.labels.labels import count_label, format_count
from milatui.catalogue.location import Location, view_location
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.catalogue.trail import Trail
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.partners import PartnerSort
    from milatui.catalogue.lists.rows import PartnerRow, PublisherRow
    from milatui.catalogue.lists.timeline import Timeline
    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.scope import Chip, ScopeField
    from milatui.catalogue.search.results import SearchResult, SearchSort, Suggestion

LISTED = 200
"""Hits of a search that are listed at most."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one was: the page, the character on top, the pane and the line in its list."""

    location: Location
    offset: int | None = None
    pane: str = "partners"
    item: int = 0
    terms: tuple[str, ...] = ()


@dataclass(slots=True)
class Session:
    """One user's state over one catalogue; ``catalogue`` is replaced when the index is renewed."""

    catalogue: Catalogue
    scope: Scope = field(default_factory=Scope)
    partner_sort: PartnerSort = "activity"
    filter_text: str = ""
    documents: bool | None = None
    query: str = ""
    typing: bool = False
    """Whether the last word of the query may still be unfinished."""
    search_sort: SearchSort = "relevance"
    trail: Trail[Place] = field(default_factory=Trail)

    # Lists -------------------------------------------------------------------------------

    @property
    def listed(self) -> Literal["partner", "publisher", ""]:
        """What the first list is of: of publishers where the archive names no partner.

        A single publisher makes no list.
        """
        info = self.catalogue.info
        if info.counts["partner"]:
            return "partner"
        return "publisher" if info.publishers > 1 else ""

    @property
    def has_events(self) -> bool:
        """Whether there are events; if not, the timeline is one of documents in any case."""
        return bool(self.catalogue.info.counts["event"])

    @property
    def chosen(self) -> str:
        """The id of the partner, or of the publisher, that the scope is narrowed to."""
        return self.scope.publisher if self.listed == "publisher" else self.scope.partner

    def partners(self) -> Sequence[PartnerRow | PublisherRow]:
        """The partners to list, or the publishers."""
        names = self.catalogue.publishers if self.listed == "publisher" else self.catalogue.partners
        return names(self.scope, sort=self.partner_sort, filter_text=self.filter_text)

    def place_of(self, line: PartnerRow | PublisherRow) -> Location:
        """The page of a partner or a publisher."""
        if self.listed == "publisher":
            return view_location("documents", Scope(publisher=line.id))
        return Location("partner", line.id)

    def every_partner(self) -> Sequence[PartnerRow]:
        """All partners by name, whatever the scope."""
        return self.catalogue.partners(Scope(), sort="name")

    def timeline(self) -> Timeline:
        """The timeline of the scope."""
        return self.catalogue.timeline(self.scope, self.documents)

    def documents_in_scope(self) -> Sequence[int]:
        """Record numbers of the scope's documents, newest first."""
        return self.catalogue.list_records("document", self.scope, "newest")

    def search(self, cancelled: Callable[[], bool]) -> SearchResult:
        """Answer the query."""
        return self.catalogue.search(
            self.query,
            self.scope,
            limit=LISTED,
            typing=self.typing,
            sort=self.search_sort,
            cancelled=cancelled,
        )

    def follow(self, way: Suggestion) -> None:
        """Do what a piece of advice says: lift restrictions, or ask something else."""
        for name in way.lift:
            self.scope = self.scope.without(name)
        self.query = way.query or self.query

    def finish_query(self) -> None:
        """No more is typed: the last word is whole, or stands for all that begin so."""
        if self.typing:
            self.query = self.catalogue.finished(self.query)
            self.typing = False

    def place_of_search(self) -> Location:
        """The search as it is now, to be kept or shared."""
        query = self.catalogue.finished(self.query) if self.typing else self.query
        sort = "" if self.search_sort == "relevance" else self.search_sort
        return view_location("search", replace(self.scope, query=query.strip()), sort=sort)

    def visit_search(self, place: Location) -> None:
        """Take over the scope, the query and the order of a search that was kept or shared."""
        self.query, self.scope = place.get("q"), place.scope.without("query")
        self.typing = False
        self.search_sort = next((s for s in SEARCH_SORTS if s == place.get("sort")), "relevance")

    def partner_name(self, identifier: str) -> str:
        """The name of a partner, its id if it has no record."""
        number = self.catalogue.find("partner", identifier)
        return identifier if number is None else self.catalogue.row(number).title

    def chips(self, scope: Scope | None = None) -> list[Chip]:
        """The restrictions of a scope (the present one) in words."""
        scope = scope or self.scope
        return scope.chips(self.partner_name(scope.partner) if scope.partner else "")

    def totals(self) -> tuple[str, ...]:
        """How much is in the scope, in words; the longest wording first.

        What the archive has none of is not counted.
        """
        counts = self.catalogue.totals(self.scope)
        whole = self.scope.is_empty
        kinds: tuple[Kind, ...] = ("event", "document")
        words: list[str] = []
        for kind in ("partner", *kinds) if whole else kinds:
            inside, every = counts[kind]
            if every:
                all_words = count_label(kind, every)
                part = _("{count} of {all}").format(count=format_count(inside), all=all_words)
                words.append(all_words if whole else part)
        return (" · ".join(words), words[-2] if len(words) > 1 else "", "")

    # Scope -------------------------------------------------------------------------------

    def toggle(self, identifier: str) -> None:
        """Narrow the scope to a partner (or publisher), or widen it if it was that one."""
        wanted = "" if self.chosen == identifier else identifier
        if self.listed == "publisher":
            self.scope = replace(self.scope, publisher=wanted)
        else:
            self.scope = replace(self.scope, partner=wanted)

    def restrict_years(self, since: str | None, until: str | None) -> None:
        """Set one or both ends of the dates (EDTF); None keeps an end."""
        self.scope = replace(
            self.scope,
            since=self.scope.since if since is None else since,
            until=self.scope.until if until is None else until,
        )

    def lift(self, name: ScopeField) -> None:
        """Take one chip off the scope; the chip of dates stands for both ends."""
        self.scope = self.scope.without(name)
        if name == "since":
            self.scope = self.scope.without("until")

    # Pages -------------------------------------------------------------------------------

    def page(self, location: Location, terms: tuple[str, ...] = ()) -> Page:
        """The page of a location, the words of a query lit where it has no quote to light."""
        return self.catalogue.page(location, hits=terms or None)

    def location_of(self, number: int) -> Location:
        """The location of a record number."""
        row = self.catalogue.row(number)
        return Location(row.kind, row.id)

    def carry_over(self, catalogue: Catalogue) -> None:
        """Go on with a newer generation of the index; what is being looked at stays."""
        self.catalogue = catalogue
        if self.scope.partner and catalogue.find("partner", self.scope.partner) is None:
            self.scope = self.scope.without("partner")
