"""Records the visit for the research trail: searches that were looked at, and opened records.

A query is recorded when it is left: with its answer as it stood last, not after each key. Imports
neither Textual nor Rich; the store is loaded with the first step.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.index.errors import IndexUnusable

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.location import Location
    from milatui.catalogue.search.results import SearchResult
    from milatui.catalogue.trail.steps import Step, Visit
    from milatui.tui.state.session import Session


@dataclass(frozen=True, slots=True)
class _ShownSearch:
    """A search whose answer is shown and that is not recorded yet."""

    at: str
    catalogue: Catalogue
    location: Location
    result: SearchResult
    typing: bool


class VisitRecorder:
    """Records one run of the explorer.

    Args:
        archive: The archive; None records nothing, as in a read-only session.
    """

    def __init__(self, archive: Path | None) -> None:
        self._archive = archive
        self._visit = f"{_now()}-{os.getpid()}"
        self._generation = ""
        self._steps: list[Step] = []
        self._shown: _ShownSearch | None = None
        self._scope: Location | None = None
        self._is_off: bool | None = None
        self.error = ""
        """Why the trail cannot be written; shown once."""

    @property
    def available(self) -> bool:
        """Whether the session may have a trail; the user may have switched it off."""
        return self._archive is not None

    @property
    def is_off(self) -> bool:
        """Whether the user has switched the trail off; asked once in a visit."""
        if self._is_off is None:
            from milatui.catalogue.trail.trail_store import is_switched_off

            self._is_off = is_switched_off()
        return self._is_off

    def visit(self) -> Visit:
        """Returns the visit so far."""
        from milatui.catalogue.trail.steps import Visit

        self.leave_search()
        return Visit(self._visit, self._generation, tuple(self._steps))

    def show_search(self, session: Session, result: SearchResult, *, typing: bool) -> None:
        """Takes the answer that is shown, in place of that of a query that was typed further.

        Args:
            session: The session, with the scope of the search.
            result: The answer.
            typing: Whether the query is still being typed.
        """
        if self._archive is None or result.partial:
            return
        location = session.result_location(result)
        shown = self._shown
        if shown is not None and not shown.typing and shown.location != location:
            self.leave_search()
        self._shown = _ShownSearch(_now(), session.catalogue, location, result, typing)

    def leave_search(self) -> None:
        """Records the search that is shown, unless it was the last one recorded."""
        shown, self._shown = self._shown, None
        if shown is None or self._is_repeated(shown.location):
            return
        from milatui.catalogue.location import Location
        from milatui.catalogue.trail.steps import MAX_HITS, SearchStep

        result = shown.result
        numbers = result.numbers[: min(result.listed, MAX_HITS)]
        try:
            rows = shown.catalogue.rows(numbers)
        except IndexUnusable:
            # Who draws these rows reports the damage.
            return
        hits = tuple(Location(row.kind, row.id) for row in rows)
        self._scope = shown.location
        self._add(shown.catalogue, SearchStep(shown.at, shown.location, result.total, hits))

    def open_record(self, session: Session, location: Location) -> None:
        """Records that a record was opened, after the search or scope that it was opened in."""
        if self._archive is None or location.kind is None or self.is_off:
            return
        self.leave_search()

        from milatui.catalogue.trail.steps import OpenStep

        catalogue = session.catalogue
        number = catalogue.find(location.kind, location.id)
        if number is None:
            return
        self._record_scope(session)
        plain = location._replace(fragment=(), params=())
        try:
            digest = catalogue.record_digest(location.kind, location.id)
            title = catalogue.row(number).label
        except IndexUnusable:
            return
        step = OpenStep(_now(), plain, digest, title)
        last = self._steps[-1] if self._steps else None
        if not isinstance(last, OpenStep) or last.location != plain:
            self._add(catalogue, step)

    def _record_scope(self, session: Session) -> None:
        """Records a scope without a query, if what was recorded last has another one."""
        from milatui.catalogue.location import view_location
        from milatui.catalogue.trail.steps import SearchStep

        scope = session.full_scope
        location = view_location("search", scope)
        before = self._scope
        if scope.query or (before.scope == scope if before else scope.is_empty):
            return
        self._scope = location
        if not scope.is_empty:
            totals = session.catalogue.totals(scope).values()
            total = sum(inside for inside, _all in totals)
            self._add(session.catalogue, SearchStep(_now(), location, total))

    def _is_repeated(self, location: Location) -> bool:
        return self._scope == location

    def _add(self, catalogue: Catalogue, step: Step) -> None:
        if self._archive is None or self.is_off:
            return
        from milatui.catalogue.trail.trail_store import TrailStore, trail_file

        self._generation = self._generation or catalogue.folder.name
        self._steps.append(step)
        try:
            TrailStore(trail_file(self._archive)).add(self._visit, self._generation, step)
        except OSError as error:
            reason = error.strerror or str(error)
            self.error = self.error or _("The visit is not recorded: {reason}").format(
                reason=reason
            )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
