"""Runs the searches of a memo again, and says what differs now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.kinds import KINDS
from milatui.catalogue.location import Location
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.catalogue.trail.steps import MAX_HITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchSort
    from milatui.catalogue.trail.memo_text import Memo, MemoRecord, MemoSearch

_MOST_COMPARED: Final = 1_000
"""Maximum number of hits that are compared where the memo names all of its own."""

RecordStatus = Literal["same", "changed", "moved", "gone"]


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """What a search finds now.

    Attributes:
        search: The search as the memo has it.
        now: Number of records that it finds now.
        new: Hits that it did not find before; of a search with more hits than the memo names,
            those that are new among the first ones.
        gone: Hits of the memo that it finds no longer.
        complete: Whether the memo names all hits, so that ``new`` has all new ones.
        partial: Whether the search was cut short because it took too long.
    """

    search: MemoSearch
    now: int
    new: tuple[Location, ...] = ()
    gone: tuple[Location, ...] = ()
    complete: bool = True
    partial: bool = False

    @property
    def differs(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.now != self.search.found or self.partial)


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What has become of an opened record.

    Attributes:
        record: The record as the memo has it.
        status: ``same``, ``changed``, ``moved`` (a document with another id now), or ``gone``.
        now: Where it is now; None if it is gone.
    """

    record: MemoRecord
    status: RecordStatus
    now: Location | None = None


@dataclass(frozen=True, slots=True)
class Rerun:
    """What differs between a memo and the archive now.

    Attributes:
        fingerprint: That of the archive now.
        same_archive: Whether it is that of the memo.
        searches: The searches, in order.
        opened: The opened records, in order.
    """

    fingerprint: str
    same_archive: bool
    searches: tuple[SearchOutcome, ...]
    opened: tuple[RecordOutcome, ...]

    @property
    def differs(self) -> bool:
        """Whether a search or an opened record differs."""
        return any(each.differs for each in self.searches) or any(
            each.status != "same" for each in self.opened
        )


def rerun(catalogue: Catalogue, memo: Memo) -> Rerun:
    """Runs the searches of a memo again and looks its opened records up."""
    fingerprint = catalogue.fingerprint
    return Rerun(
        fingerprint,
        fingerprint == memo.fingerprint,
        tuple(_search_again(catalogue, search) for search in memo.searches),
        tuple(_look_up(catalogue, memo.opened)),
    )


def _search_again(catalogue: Catalogue, search: MemoSearch) -> SearchOutcome:
    location, listed = search.location, set(search.hits)
    query, scope = location.get("q"), location.scope.without("query")
    sort: SearchSort = next(
        (each for each in SEARCH_SORTS if each == location.get("sort")), "relevance"
    )
    complete = len(search.hits) < MAX_HITS
    limit = _MOST_COMPARED if complete else MAX_HITS
    answer = catalogue.search(query, scope, limit=limit, sort=sort)
    found: set[Location] = set()
    new: list[Location] = []
    for hit in (answer.hits[number] for number in range(answer.listed)):
        here = Location(hit.row.kind, hit.row.id)
        editions = {here, *(Location(hit.row.kind, other) for other in hit.same_ids)}
        found |= editions
        if editions.isdisjoint(listed):
            new.append(here)
    gone = _not_matching(catalogue, scope, query, [hit for hit in search.hits if hit not in found])
    if not search.hits and search.found:
        # The memo names none: only the count can be compared.
        new, complete = [], False
    return SearchOutcome(search, answer.total, tuple(new), gone, complete, answer.partial)


def _not_matching(
    catalogue: Catalogue, scope: Scope, query: str, hits: list[Location]
) -> tuple[Location, ...]:
    """Returns the hits that a search does not find at all any more, however far below."""
    if not hits:
        return ()
    wanted = scope._replace(query=query)
    kinds = [kind for kind in KINDS if any(hit.view == kind for hit in hits)]
    matching = {number for kind in kinds for number in catalogue.list_records(kind, wanted)}
    numbers = {hit: catalogue.find(hit.kind, hit.id) for hit in hits if hit.kind}
    return tuple(hit for hit in hits if numbers.get(hit) not in matching)


def _look_up(catalogue: Catalogue, records: Iterable[MemoRecord]) -> list[RecordOutcome]:
    found: list[RecordOutcome] = []
    missing = {
        record.digest
        for record in records
        if record.digest and record.location.kind == "document" and not _exists(catalogue, record)
    }
    moved = catalogue.documents_by_digest(missing) if missing else {}
    for record in records:
        kind, identifier = record.location.kind, record.location.id
        if kind is None:
            continue
        if not _exists(catalogue, record):
            now = moved.get(record.digest, "")
            status: RecordStatus = "moved" if now else "gone"
            found.append(RecordOutcome(record, status, Location(kind, now) if now else None))
            continue
        digest = catalogue.record_digest(kind, identifier)
        same = not record.digest or digest.startswith(record.digest[: len(digest)])
        status = "same" if same else "changed"
        found.append(RecordOutcome(record, status, record.location))
    return found


def _exists(catalogue: Catalogue, record: MemoRecord) -> bool:
    kind = record.location.kind
    return kind is not None and catalogue.find(kind, record.location.id) is not None
