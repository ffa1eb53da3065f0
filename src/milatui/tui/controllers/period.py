"""Moves the period of the scope along the time band, and shows the band.

The band is drawn at once; the lists follow when no further key is expected, as filling them costs
more than a key may.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from milatui.catalogue.timeline.axis import (
    TimeUnit,
    bin_edtf,
    bin_of,
    fit_axis,
)
from milatui.catalogue.timeline.band import period_bins, period_unit
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.timeline.axis import TimeAxis
    from milatui.catalogue.timeline.band import BandCounts
    from milatui.tui.explorer_view import ExplorerView
    from milatui.tui.state.session import Session
    from milatui.tui.widgets.time_band import TimeBand

_HELD_SECONDS = 0.15
"""Keys in quicker succession count as a held key."""
_WAIT, _WAIT_HELD = 0.02, 0.12
"""Seconds until the lists follow, after a single key and after one of a held key."""


class PeriodController:
    """Keeps the unit, the window and the cursor of the band."""

    def __init__(self, view: ExplorerView, band: TimeBand) -> None:
        self._view, self._band = view, band
        self.timer: asyncio.TimerHandle | None = None
        """Fills the lists when it is due."""
        self._moved_at = 0.0
        self._unit = TimeUnit.YEAR
        self._cursor: int | None = None
        self._axis: TimeAxis | None = None

    # Showing -----------------------------------------------------------------------------

    def show(self) -> None:
        """Show the events of the scope and its period."""
        session = self._view.session
        if session is None:
            return
        documents = session.shows_documents
        days = session.catalogue.dated_days(documents=documents)
        if days is None:
            self._band.axis = None
            self._band.refresh()
            return
        unit = max(self._unit, period_unit(session.scope))
        if unit is not self._unit:
            self._change_unit(unit)
        period = period_bins(session.scope, self._unit)
        cursor = self._cursor_in(days, period)
        axis = fit_axis(self._unit, days, self._band.axis_width(), cursor, self._axis)
        self._axis = axis
        counts = self._counts(session, axis, documents=documents)
        self._band.show_counts(axis, counts, period, cursor)

    def _counts(self, session: Session, axis: TimeAxis, *, documents: bool) -> BandCounts:
        bins = range(axis.start, axis.stop)
        return session.catalogue.band(session.scope, axis.unit, bins, documents=documents)

    def _cursor_in(self, days: tuple[int, int], period: tuple[int, int] | None) -> int:
        """The cursor, which stays at an end of the period and within the years there are."""
        first, last = (bin_of(day, self._unit) for day in days)
        cursor = last if self._cursor is None else self._cursor
        if period is not None and self._cursor not in period:
            cursor = period[1] if period[1] <= last else period[0]
        self._cursor = min(max(cursor, first), last)
        return self._cursor

    def _change_unit(self, unit: TimeUnit) -> None:
        """Take another unit; the cursor goes to the last bin of the old one."""
        if self._cursor is not None:
            months = (self._cursor + 1) * self._unit.months - 1
            self._cursor = months // unit.months
        self._unit, self._axis = unit, None

    # Moving ------------------------------------------------------------------------------

    def start_at(self, year: int | None) -> None:
        """Put the cursor on a year, unless there is a period or the year is unknown."""
        session = self._view.session
        if session is None or year is None or session.scope.since or session.scope.until:
            return
        if self._cursor is None or self._cursor * self._unit.months // 12 != year:
            self._cursor = ((year + 1) * 12 - 1) // self._unit.months
        self.show()

    def move(self, by: int) -> None:
        """Make the next bin with events, ``by`` -1 (earlier) or 1, the period."""
        axis, session = self._band.axis, self._view.session
        if axis is None or session is None or self._band.counts is None:
            return
        days = session.catalogue.dated_days(documents=session.shows_documents)
        first, last = (bin_of(day, self._unit) for day in days or axis.days)
        unrestricted = self._band.period is None
        number = self._band.cursor + (0 if unrestricted and self._has_events() else by)
        counted = self._band.counts.scoped.by_bin
        while axis.start <= number < axis.stop and number not in counted:
            number += by
        if not first <= number <= last:
            self._view.show_status(_("The time band ends here."))
            return
        self._cursor = number
        self.set_period(number, number)

    def _has_events(self) -> bool:
        counts = self._band.counts
        return counts is not None and self._band.cursor in counts.scoped.by_bin

    def extend(self, by: int) -> None:
        """Move one end of the period by a bin: the one that was moved last."""
        axis, session = self._band.axis, self._view.session
        if axis is None or session is None:
            return
        days = session.catalogue.dated_days(documents=session.shows_documents)
        first, last = (bin_of(day, self._unit) for day in days or axis.days)
        cursor = self._band.cursor
        begin, end = self._band.period or (cursor, cursor)
        begin, end = max(begin, first), min(end, last)
        anchor = begin if cursor == end else end
        self._cursor = min(max(cursor + by, first), last)
        self.set_period(min(anchor, self._cursor), max(anchor, self._cursor))

    def pick(self, number: int, *, extend: bool) -> None:
        """Make a bin the period, or extend the period up to it."""
        begin, end = self._band.period or (number, number)
        self._cursor = number
        if extend:
            self.set_period(min(begin, number), max(end, number))
        else:
            self.set_period(number, number)

    def zoom(self, *, finer: bool) -> None:
        """Show finer or coarser bins; a period in finer ones is rounded to the coarser."""
        session = self._view.session
        unit = self._unit.finer if finer else self._unit.coarser
        if session is None or unit is self._unit:
            message = _("Months are the finest.") if finer else _("Decades are the coarsest.")
            self._view.show_status(message)
            return
        self._change_unit(unit)
        if period_unit(session.scope) > unit:
            period = period_bins(session.scope, unit)
            if period is not None:
                self.set_period(*period)
                return
        self.show()

    def set_period(self, first: int, last: int) -> None:
        """Restrict the scope to some bins."""
        session = self._view.session
        if session is None:
            return
        session.restrict_years(bin_edtf(first, self._unit), bin_edtf(last, self._unit))
        self.show()
        self._follow()

    def clear(self) -> bool:
        """Lift the period from the scope; return whether there was one."""
        session = self._view.session
        if session is None or not (session.scope.since or session.scope.until):
            return False
        session.restrict_years("", "")
        self._unit, self._axis, self._cursor = TimeUnit.YEAR, None, None
        self._view.show_scope()
        return True

    def _follow(self) -> None:
        """Fill the lists, once no further key is expected."""
        now = time.monotonic()
        if self.timer is not None:
            self.timer.cancel()
        wait = _WAIT_HELD if now - self._moved_at < _HELD_SECONDS else _WAIT
        self._moved_at = now
        self.timer = asyncio.get_running_loop().call_later(wait, self._view.show_scope)
