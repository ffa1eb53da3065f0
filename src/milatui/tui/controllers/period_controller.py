"""Moves the period of the scope along the time band, and shows the band.

The band is drawn at once; the lists follow when no further key is expected, as filling them costs
more than a key may.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from milatui.archive.edtf import is_edtf, is_present_century, parse_edtf
from milatui.catalogue.timeline.axis import (
    TimeUnit,
    bin_days,
    bin_edtf,
    bin_of,
    fit_axis,
)
from milatui.catalogue.timeline.band import period_bins, period_unit, without_period
from milatui.i18n import _

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Container

    from milatui.archive.edtf import EdtfDate
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.timeline.axis import TimeAxis
    from milatui.catalogue.timeline.band import BandCounts
    from milatui.tui.explorer_view import ExplorerView
    from milatui.tui.state.session import Session
    from milatui.tui.widgets.time_band import TimeBand

    _CountKey = tuple[Catalogue, Scope, TimeUnit, range, bool]

_HELD_SECONDS = 0.15
"""Keys in quicker succession count as a held key."""
_WAIT, _WAIT_HELD = 0.02, 0.12
"""Seconds until the lists follow, after a single key and after one of a held key."""


class PeriodController:
    """Keeps the unit, the window and the cursor of the band."""

    def __init__(self, view: ExplorerView, band: TimeBand) -> None:
        self._view, self._band = view, band
        band.fit = self.fit
        self.timer: asyncio.TimerHandle | None = None
        """Fills the lists when it is due."""
        self._moved_at = 0.0
        self._unit = TimeUnit.YEAR
        self._cursor: int | None = None
        self._axis: TimeAxis | None = None
        self._counted: tuple[_CountKey, BandCounts] | None = None

    # Showing -----------------------------------------------------------------------------

    def show(self) -> None:
        """Shows the events of the scope and its period."""
        self.fit()
        self._band.refresh()

    def fit(self) -> None:
        """Gives the band what it shows, for the size that it has."""
        session = self._view.session
        if session is None:
            return
        documents = session.shows_documents
        days = session.catalogue.dated_days(documents=documents)
        if days is None:
            self._band.axis = None
            return
        unit = max(self._unit, period_unit(session.scope))
        if unit is not self._unit:
            self._change_unit(unit)
        period = period_bins(session.scope, self._unit)
        cursor = self._cursor_in(days, period)
        axis = fit_axis(self._unit, days, self._band.axis_width(), cursor, self._axis)
        self._axis = axis
        counts = self._counts(session, axis, documents=documents)
        self._band.set_counts(axis, counts, period, cursor)

    def _counts(self, session: Session, axis: TimeAxis, *, documents: bool) -> BandCounts:
        """Returns the counts of an axis; while only the period changes they stay the same."""
        bins = range(axis.start, axis.stop)
        key = (session.catalogue, without_period(session.full_scope), axis.unit, bins, documents)
        if self._counted is None or self._counted[0] != key:
            counts = session.catalogue.band(key[1], axis.unit, bins, documents=documents)
            self._counted = key, counts
        return self._counted[1]

    def _cursor_in(self, days: tuple[int, int], period: tuple[int, int] | None) -> int:
        """Keeps the cursor at an end of the period and within the years there are."""
        first, last = (bin_of(day, self._unit) for day in days)
        cursor = last if self._cursor is None else self._cursor
        if period is not None and self._cursor not in period:
            cursor = period[1] if period[1] <= last else period[0]
        self._cursor = min(max(cursor, first), last)
        return self._cursor

    def _change_unit(self, unit: TimeUnit) -> None:
        """Takes another unit; the cursor goes to the last bin of the old one."""
        if self._cursor is not None:
            months = (self._cursor + 1) * self._unit.months - 1
            self._cursor = months // unit.months
        self._unit, self._axis = unit, None

    # Moving ------------------------------------------------------------------------------

    def start_at(self, year: int | None) -> None:
        """Puts the cursor on a year, unless there is a period or the year is unknown."""
        session = self._view.session
        if session is None or year is None or session.scope.since or session.scope.until:
            return
        if self._cursor is None or self._cursor * self._unit.months // 12 != year:
            self._cursor = ((year + 1) * 12 - 1) // self._unit.months
        self.show()

    def move(self, by: int) -> None:
        """Makes the next bin with events, ``by`` -1 (earlier) or 1, the period."""
        axis, session = self._band.axis, self._view.session
        if axis is None or session is None or self._band.counts is None:
            return
        first, last = self._bounds(session, axis)
        counted = self._band.counts.scoped.by_bin
        number = self._first_step(by, counted, (first, last))
        while axis.start <= number < axis.stop and number not in counted:
            number += by
        if not first <= number <= last:
            self._view.show_status(_("The time band ends here."))
            return
        self._cursor = number
        self.set_period(number, number)

    def _bounds(self, session: Session, axis: TimeAxis) -> tuple[int, int]:
        """Returns the first and the last bin of the archive."""
        days = session.catalogue.dated_days(documents=session.shows_documents) or axis.days
        return bin_of(days[0], self._unit), bin_of(days[1], self._unit)

    def _first_step(self, by: int, counted: Container[int], bounds: tuple[int, int]) -> int:
        """Returns the bin where the search for events begins, in the direction of ``by``.

        A period of several bins is entered: forward at its first one, backward at its last one.
        """
        band = self._band
        if band.period is None:
            return band.cursor if band.cursor in counted else band.cursor + by
        first, last = band.period
        if first == last:
            return band.cursor + by
        return max(first, bounds[0]) if by > 0 else min(last, bounds[1])

    def extend(self, by: int) -> None:
        """Moves one end of the period by a bin: the one that was moved last."""
        axis, session = self._band.axis, self._view.session
        if axis is None or session is None:
            return
        first, last = self._bounds(session, axis)
        cursor = self._band.cursor
        begin, end = self._band.period or (cursor, cursor)
        begin, end = max(begin, first), min(end, last)
        anchor = begin if cursor == end else end
        self._cursor = min(max(cursor + by, first), last)
        self.set_period(min(anchor, self._cursor), max(anchor, self._cursor))

    def pick(self, number: int, *, extend: bool) -> None:
        """Makes a bin the period, or extends the period up to it."""
        begin, end = self._band.period or (number, number)
        self._cursor = number
        if extend:
            self.set_period(min(begin, number), max(end, number))
        else:
            self.set_period(number, number)

    def zoom(self, *, finer: bool) -> None:
        """Shows finer or coarser bins; a period in finer ones is rounded to the coarser."""
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

    def move_edge(self, *, last: bool) -> None:
        """Makes the first or the last bin the period."""
        axis, session = self._band.axis, self._view.session
        if axis is not None and session is not None:
            self._cursor = self._bounds(session, axis)[last]
            self.set_period(self._cursor, self._cursor)

    def set_end(self, *, since: bool) -> None:
        """Begins or ends the period at the cursor; the other end stays, or is open."""
        session = self._view.session
        if session is None or self._cursor is None:
            return
        date = bin_edtf(self._cursor, self._unit)
        session.restrict_years(date if since else None, None if since else date)
        self.show()
        self._follow()

    def narrow_to(self, text: str) -> None:
        """Narrows the period to the year of a date; if it is that already, to quarter and month.

        Args:
            text: An EDTF date, or empty.
        """
        session = self._view.session
        date = parse_edtf(text) if is_edtf(text) else None
        if session is None:
            return
        if date is None or is_present_century(text):
            self._view.show_status(_("This event has no date."))
            return
        period = session.scope.days
        for unit in (TimeUnit.YEAR, TimeUnit.QUARTER, TimeUnit.MONTH):
            number = _bin_of_date(date, unit)
            if number is None:
                self._view.show_status(_("Its date is not known more precisely."))
                return
            first, last = bin_days(number, unit)
            if period[0] < first or period[1] > last:
                self._change_unit(unit)
                self._cursor = number
                self.set_period(number, number)
                return
        self._view.show_status(_("Months are the finest."))

    def widen(self) -> None:
        """Widens the period to whole quarters, years, and all years."""
        session = self._view.session
        if session is None:
            return
        unit = period_unit(session.scope).coarser
        period = period_bins(session.scope, unit)
        if period is None:
            self._view.show_status(_("All years are shown already."))
        elif unit is TimeUnit.DECADE:
            self.clear()
        else:
            self._change_unit(unit)
            self.set_period(*period)

    def set_period(self, first: int, last: int) -> None:
        """Restricts the scope to some bins."""
        session = self._view.session
        if session is None:
            return
        session.restrict_years(bin_edtf(first, self._unit), bin_edtf(last, self._unit))
        self.show()
        self._follow()

    def clear(self) -> bool:
        """Lifts the period from the scope; returns whether there was one."""
        session = self._view.session
        if session is None or not (session.scope.since or session.scope.until):
            return False
        session.restrict_years("", "")
        self._unit, self._axis, self._cursor = TimeUnit.YEAR, None, None
        self._view.show_scope()
        return True

    def _follow(self) -> None:
        """Fills the lists, once no further key is expected."""
        now = time.monotonic()
        if self.timer is not None:
            self.timer.cancel()
        wait = _WAIT_HELD if now - self._moved_at < _HELD_SECONDS else _WAIT
        self._moved_at = now
        self.timer = self._view.call_in(wait, self._view.show_scope)


def _bin_of_date(date: EdtfDate, unit: TimeUnit) -> int | None:
    """Returns the bin of a date, None if it may be in several; of an interval the first."""
    first = date.first if date.first is not None else date.last
    last = first if date.precision == "interval" or date.last is None else date.last
    if first is None or last is None:
        return None
    number = bin_of(first, unit)
    return number if number == bin_of(last, unit) else None
