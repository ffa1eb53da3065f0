"""State of one user over one catalogue: scope, sort orders, query and history.

Imports neither Textual nor Rich.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from milatui.catalogue.labels.labels import count_label, format_count
from milatui.catalogue.location import Location, view_location
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.i18n import _
from milatui.tui.state.history import NavigationHistory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.activity_rows import PartnerRow, PartnerSort, PublisherRow
    from milatui.catalogue.lists.timeline import Timeline
    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.scope import Chip, ScopeField
    from milatui.catalogue.search.results import SearchResult, SearchSort, Suggestion
    from milatui.catalogue.timeline.groupings import Grouping, LaneSort
    from milatui.catalogue.timeline.lane_groups import Lanes

MAX_HITS = 200
"""Maximum number of hits listed."""


@dataclass(slots=True)
class Session:
    """One user's state; ``catalogue`` is replaced after a rebuild of the index."""

    catalogue: Catalogue
    scope: Scope = field(default_factory=Scope)
    partner_sort: PartnerSort = "activity"
    filter_text: str = ""
    """Text of the filter field over the first list."""
    documents: bool | None = None
    """Whether the timeline shows documents; None: only if there are no events."""
    timeline_sort: Literal["newest", "oldest"] = "newest"
    grouping: Grouping = "partner"
    """What a lane of the drawn timeline stands for."""
    lane_sort: LaneSort = "count"
    query: str = ""
    typing: bool = False
    """Whether the last word of the query may be unfinished."""
    standing_query: str = ""
    """The completed query that partners, timeline and counts follow, once its result is known."""
    search_sort: SearchSort = "relevance"
    history: NavigationHistory = field(default_factory=NavigationHistory)
    _came: list[ScopeField] = field(default_factory=list)
    """The restricted fields, in the order in which they were restricted."""

    # Lists -------------------------------------------------------------------------------

    @property
    def primary_list(self) -> Literal["partner", "publisher", ""]:
        """What the first list shows: publishers if the archive has no partners, "" for no list.

        A single publisher makes no list.
        """
        info = self.catalogue.info
        if info.counts["partner"]:
            return "partner"
        return "publisher" if info.publishers > 1 else ""

    @property
    def has_events(self) -> bool:
        """Whether the archive has events; without, the timeline always shows documents."""
        return bool(self.catalogue.info.counts["event"])

    @property
    def selected_ids(self) -> frozenset[str]:
        """The ids of the partners or publishers that the scope is restricted to."""
        return self.scope.publishers if self.primary_list == "publisher" else self.scope.partners

    @property
    def full_scope(self) -> Scope:
        """The scope with the query that stands: what the lists show."""
        return self.scope._replace(query=self.standing_query)

    def partners(self) -> Sequence[PartnerRow | PublisherRow]:
        """Returns the rows of the first list: partners or publishers that match the filter text."""
        names = (
            self.catalogue.publishers
            if self.primary_list == "publisher"
            else self.catalogue.partners
        )
        return names(self.full_scope, sort=self.partner_sort, filter_text=self.filter_text)

    def row_location(self, row: PartnerRow | PublisherRow) -> Location:
        """Returns the location that a row of the first list opens."""
        if self.primary_list == "publisher":
            return view_location("documents", Scope(publishers=frozenset({row.id})))
        return Location("partner", row.id)

    def every_partner(self) -> Sequence[PartnerRow]:
        """Returns all partners by name, regardless of the scope."""
        return self.catalogue.partners(Scope(), sort="name")

    def timeline(self) -> Timeline:
        """Returns the timeline of the scope."""
        return self.catalogue.timeline(
            self.full_scope, self.documents, oldest_first=self.timeline_sort == "oldest"
        )

    @property
    def shows_documents(self) -> bool:
        """Whether the timeline shows documents."""
        return not self.has_events if self.documents is None else self.documents

    def lanes(self) -> Lanes:
        """Returns the lanes of the scope."""
        return self.catalogue.lanes(
            self.full_scope, self.grouping, self.lane_sort, documents=self.shows_documents
        )

    def axis_days(self) -> tuple[int, int] | None:
        """Returns first and last day of the lanes' axis: the period, where there are events.

        None if nothing is dated, or nothing in the period can be.
        """
        days = self.catalogue.dated_days(documents=self.shows_documents)
        if days is None:
            return None
        first, last = self.scope.days
        first, last = max(first, days[0]), min(last, days[1])
        return (first, last) if first <= last else days

    def documents_in_scope(self) -> Sequence[int]:
        """Returns the record numbers of the scope's documents, newest first."""
        return self.catalogue.list_records("document", self.scope, "newest")

    def search(self, cancelled: Callable[[], bool], prepare: int = 0) -> SearchResult:
        """Runs the query; called in a worker thread.

        Args:
            cancelled: Returns True once the answer is no longer wanted.
            prepare: Number of the first hits to make at once: those that the results pane draws.
        """
        return self.catalogue.search(
            self.query,
            self.scope,
            limit=MAX_HITS,
            typing=self.typing,
            sort=self.search_sort,
            cancelled=cancelled,
            prepare=prepare,
            for_scope=True,
        )

    def apply_suggestion(self, suggestion: Suggestion) -> None:
        """Removes the restrictions, and sets the query, that a suggestion names."""
        for name in suggestion.lift:
            self.scope = self.scope.without(name)
        self.query = suggestion.query or self.query

    def finish_query(self) -> None:
        """Completes the query: its last word is whole, or a prefix of all words that begin so."""
        if self.typing:
            self.query = self.catalogue.complete_query(self.query)
            self.typing = False

    def search_location(self) -> Location:
        """Returns the location of the current search, to save or share."""
        query = self.catalogue.complete_query(self.query) if self.typing else self.query
        sort = "" if self.search_sort == "relevance" else self.search_sort
        return view_location("search", self.scope._replace(query=query.strip()), sort=sort)

    def result_location(self, result: SearchResult) -> Location:
        """Returns the location of a search by its result: the query completed, in the scope."""
        query = (result.scope_query or result.query).strip()
        sort = "" if self.search_sort == "relevance" else self.search_sort
        return view_location("search", self.scope._replace(query=query), sort=sort)

    def restore_search(self, location: Location) -> None:
        """Sets scope, query and sort order from the location of a search."""
        self.query, self.scope = location.get("q"), location.scope.without("query")
        self.typing = False
        self.search_sort = next((s for s in SEARCH_SORTS if s == location.get("sort")), "relevance")

    def chips(self, scope: Scope | None = None) -> list[Chip]:
        """Returns the restrictions of a scope as labelled chips.

        Args:
            scope: The scope; None means the full one, whose chips stand in the order they came.
        """
        shown = self.full_scope if scope is None else scope
        chips = shown.chips(self.catalogue.partner_name)
        if scope is None:
            fields = [chip.field for chip in chips]
            self._came = [name for name in self._came if name in fields]
            self._came += [name for name in fields if name not in self._came]
            chips.sort(key=lambda chip: self._came.index(chip.field))
        return chips

    def totals(self) -> tuple[str, ...]:
        """Returns the number of records in the scope, in words; the longest wording first.

        Kinds that the archive does not have are left out.
        """
        counts = self.catalogue.totals(self.full_scope)
        whole = self.full_scope.is_empty
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

    def toggle_restriction(self, identifier: str) -> None:
        """Restricts the scope to a partner (or publisher) alone, or takes it out of the scope."""
        chosen, own = self.selected_ids, frozenset({identifier})
        self._restrict_to(chosen - own if identifier in chosen else own)

    def restrict_to(self, identifier: str) -> None:
        """Restricts the scope to a partner (or publisher) alone."""
        self._restrict_to(frozenset({identifier}))

    def _restrict_to(self, wanted: frozenset[str]) -> None:
        if self.primary_list == "publisher":
            self.scope = self.scope._replace(publishers=wanted)
        else:
            self.scope = self.scope._replace(partners=wanted)

    def restrict_years(self, since: str | None, until: str | None) -> None:
        """Sets one or both ends of the date range (EDTF); None keeps an end."""
        self.scope = self.scope._replace(
            since=self.scope.since if since is None else since,
            until=self.scope.until if until is None else until,
        )

    def remove_restriction(self, name: ScopeField) -> None:
        """Removes the restriction of one chip; the chip of dates covers both ends."""
        if name == "query":
            self.query = self.standing_query = ""
            self.typing = False
        self.scope = self.scope.without(name)
        if name == "since":
            self.scope = self.scope.without("until")

    def clear_scope(self) -> None:
        """Removes all restrictions: scope, query and the filter of the first list."""
        self.scope = Scope()
        self.remove_restriction("query")
        self.filter_text = ""

    # Pages -------------------------------------------------------------------------------

    def page(self, location: Location, terms: tuple[str, ...] = (), columns: int = 0) -> Page:
        """Returns the page of a location; highlights its quote, or ``terms`` if it has none.

        Args:
            terms: Terms to highlight, as ``Matches.highlights`` gives them.
            columns: Columns that tables and charts may take.
        """
        return self.catalogue.page(location, terms or None, columns)

    def location_of(self, number: int) -> Location:
        """Returns the location of a record, given by number."""
        row = self.catalogue.row(number)
        return Location(row.kind, row.id)

    def swap_catalogue(self, catalogue: Catalogue) -> None:
        """Continues on a newer generation of the index; scope, query and history stay.

        The lists follow the query again once it has been searched for anew.
        """
        self.catalogue = catalogue
        self.standing_query = ""
        known = (p for p in self.scope.partners if catalogue.find("partner", p) is not None)
        self.scope = self.scope._replace(partners=frozenset(known))
