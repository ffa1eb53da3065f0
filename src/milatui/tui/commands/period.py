"""Commands of the time band, and of the period of the scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.tui.actions import BAND

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView


def _go_to_band(view: CommandView) -> None:
    """Goes to the time band, its cursor on the year of the timeline's cursor."""
    if view.band.axis is None:
        view.show_status(_("Nothing in this archive has a date."))
        return
    group = view.timeline.current_group
    view.focus_pane(BAND)
    view.period.start_at(group.year if group else None)


def _extend(by: int) -> Command:
    return lambda view: view.period.extend(by)


def _narrow_period(view: CommandView) -> None:
    """Shows finer bars; outside the band, narrows to the year of the timeline's cursor."""
    if view.pane_name == BAND:
        view.period.zoom(finer=True)
        return
    number, session = view.timeline.current, view.session
    if session is not None and number is not None:
        view.period.narrow_to(session.catalogue.row(number).date)


def _widen_period(view: CommandView) -> None:
    """Shows coarser bars; outside the band, widens the period."""
    if view.pane_name == BAND:
        view.period.zoom(finer=False)
    else:
        view.period.widen()


PERIOD_COMMANDS: dict[str, Command] = {
    "time.band": _go_to_band,
    "time.extend-later": _extend(1),
    "time.extend-earlier": _extend(-1),
    "scope.year": _narrow_period,
    "scope.wider": _widen_period,
}
