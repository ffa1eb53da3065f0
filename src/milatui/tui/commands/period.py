"""Commands of the time band, and of the period of the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.timeline.groupings import GROUPINGS
from milatui.i18n import _
from milatui.tui.actions import BAND
from milatui.tui.widgets.lanes_pane import LanesPane

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView


def _go_to_band(view: CommandView) -> None:
    """Goes to the time band, its cursor on the year of the timeline's cursor."""
    if view.band.axis is None:
        view.show_status(_("Nothing in this archive has a date."))
        return
    if not view.band.is_on_screen:
        words = _("No room for the time band; : goes to a year or a date.")
        view.show_status(words)
        return
    year = view.dated_list.current_year
    view.focus_pane(BAND)
    view.period.start_at(year)


def _extend(by: int) -> Command:
    return lambda view: view.period.extend(by)


def _narrow_period(view: CommandView) -> None:
    """Shows finer bars or lanes; elsewhere, narrows to the year of the timeline's cursor."""
    if view.pane_name == BAND:
        view.period.zoom(finer=True)
        return
    if isinstance(view.pane, LanesPane):
        if not view.pane.zoom(finer=True):
            view.show_status(_("Months are the finest."))
        return
    number, session = view.dated_list.current, view.session
    if session is not None and number is not None:
        view.period.narrow_to(session.catalogue.row(number).date)


def _widen_period(view: CommandView) -> None:
    """Shows coarser bars; outside the band, widens the period."""
    if view.pane_name == BAND:
        view.period.zoom(finer=False)
    elif isinstance(view.pane, LanesPane):
        if not view.pane.zoom(finer=False):
            view.show_status(_("Decades are the coarsest."))
    else:
        view.period.widen()


async def _group_lanes(view: CommandView) -> None:
    """Draws the timeline as lanes; if it is drawn, groups them another way."""
    session = view.session
    if session is None:
        return
    if view.dated_list is view.timeline:
        await view.draw_timeline(True)
        return
    at = GROUPINGS.index(session.grouping)
    session.grouping = GROUPINGS[(at + 1) % len(GROUPINGS)]
    view.show_lanes()


PERIOD_COMMANDS: dict[str, Command] = {
    "time.band": _go_to_band,
    "time.extend-later": _extend(1),
    "time.extend-earlier": _extend(-1),
    "time.lanes": _group_lanes,
    "scope.year": _narrow_period,
    "scope.wider": _widen_period,
}
