"""Commands that move within a pane and between panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.edtf import DateError
from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _
from milatui.index.analysis.folding import fold
from milatui.tui.actions import BAND, PANES
from milatui.tui.widgets.lanes_pane import LanesPane
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.reader_pane import ReaderPane
from milatui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.widgets.view_pane import ViewPane

_SPLIT_STEP = 4
"""Cells that lists and reader are resized by at a time."""


def _step(by: int) -> Command:
    """Moves by one line; in the search field also steps through the query history."""

    def move(view: CommandView) -> None:
        if view.typing_pane and view.search_controller.recall_query(older=by < 0):
            return
        pane = view.pane
        if isinstance(pane, ListPane | ReaderPane):
            pane.move(by)

    return move


def _page(pages: float) -> Command:
    def move(view: CommandView) -> None:
        pane = view.pane
        if isinstance(pane, ListPane | ReaderPane):
            pane.move_page(pages)

    return move


def _edge(last: bool) -> Command:
    def move(view: CommandView) -> None:
        pane = view.pane
        if isinstance(pane, ListPane | ReaderPane):
            pane.move_edge(last)
        elif view.pane_name == BAND:
            view.period.move_edge(last=last)

    return move


def _heading(forward: bool) -> Command:
    def move(view: CommandView) -> None:
        pane = view.pane
        if isinstance(pane, TimelinePane | LanesPane | ReaderPane):
            pane.move_heading(forward)
        else:
            view.show_status(_("There are headings in the timeline (2) and in the text (4)."))

    return move


def _focus(name: str) -> Command:
    """Activates a pane; a list shows what is under its cursor."""

    def focus(view: CommandView) -> None:
        view.focus_pane(name)
        view.navigation.follow_cursor()

    return focus


def _cycle(by: int) -> Command:
    def cycle(view: CommandView) -> None:
        panes = view.available_panes
        at = panes.index(view.pane_name) if view.pane_name in panes else -1
        view.focus_pane(panes[(at + by) % len(panes)])

    return cycle


def _go_to_date(view: CommandView) -> None:
    """Picks a year, or takes a date in words, and goes there."""
    # Deferred: loads the patterns of dates, which the first screen does not need.
    from milatui.catalogue.timeline.date_words import understood_forms

    timeline, session = view.timeline.timeline, view.session
    if session is None or timeline is None or not timeline.items:
        view.show_status(_("The timeline is empty."))
        view.refuse_digits()
        return
    years = [(group.label, format_count(group.count)) for group in timeline.years]
    targets: list[int] = []

    def interpret(words: str) -> tuple[str, str] | None:
        targets.clear()
        if any(fold(words) == fold(label) for label, _count in years):
            return None
        try:
            target = session.catalogue.find_date(
                timeline.items, words, documents=timeline.documents
            )
        except DateError:
            return None
        targets.append(target.number)
        count = format_count(target.count) if target.count else _("none; the nearest")
        return target.label, count

    def go(number: int) -> None:
        view.focus_pane("timeline")
        if number < len(years):
            group = timeline.years[number]
            view.dated_list.go_to(timeline.items[group.first])
        elif targets:
            view.dated_list.go_to(targets[0])

    picker = view.pick(_("Go to"), years, go)
    picker.interpret = interpret
    forms = understood_forms()
    picker.none_found = _("Not a date that is understood. For example: {forms}").format(forms=forms)


def _show_undated(view: CommandView) -> None:
    """Shows or hides the undated records of the timeline."""
    if view.timeline.toggle_undated():
        view.arrange_again()
    else:
        view.show_status(_("Nothing in the timeline is undated."))


def _resize(by: int) -> Command:
    return lambda view: view.move_split(by)


async def _zoom(view: CommandView) -> None:
    """Draws the timeline, or shows it as a list again; other panes fill the screen."""
    if view.pane_name == "timeline":
        await view.draw_timeline(view.dated_list is view.timeline)
    else:
        _fill(view)


def _fill(view: CommandView) -> None:
    view.zoomed = not view.zoomed
    view.relayout()


async def _leave(view: CommandView) -> None:
    """Leaves field, help, zoom, lanes, view or text; else clears a restriction; else goes back.

    On the time band the period is cleared, in the lists the filter and the query.
    """
    in_reader = view.pane_name == "reader"
    if view.typing_pane:
        view.focus_pane(view.typing_pane.pane_name)
    elif view.pane_name == BAND:
        if not view.period.clear():
            view.focus_pane(view.shown_list)
    elif in_reader and view.reader.unselect():
        return
    elif in_reader and view.navigation.help_open:
        view.navigation.back()
    elif view.zoomed:
        _fill(view)
    elif view.pane_name == "search" and view.view_pane:
        _leave_view(view, view.view_pane)
    elif view.pane_name == "timeline" and view.dated_list is not view.timeline:
        await view.draw_timeline(False)
    elif in_reader:
        view.focus_pane(view.shown_list)
    elif not _clear_typed(view):
        view.navigation.back()


def _leave_view(view: CommandView, pane: ViewPane) -> None:
    """Clears the filter of a view; shows the search results again if it has none."""
    if pane.field_text:
        view.filter_view("")
    else:
        view.close_view()
        view.navigation.preview()


def _clear_typed(view: CommandView) -> bool:
    """Clears the filter of the partners or the query, that of the active pane first.

    Returns:
        False if neither was set.
    """
    session = view.session
    if session is None:
        return False
    if session.filter_text and (view.pane_name == "partners" or not session.query):
        session.filter_text = ""
        view.show_partners()
    elif session.query:
        session.remove_restriction("query")
        view.show_scope()
    else:
        return False
    return True


MOVE_COMMANDS: dict[str, Command] = {
    "move.down": _step(1),
    "move.up": _step(-1),
    "move.page-down": _page(1),
    "move.page-up": _page(-1),
    "move.half-down": _page(0.5),
    "move.half-up": _page(-0.5),
    "move.first": _edge(False),
    "move.last": _edge(True),
    "move.next-year": _heading(True),
    "move.previous-year": _heading(False),
    "move.year": _go_to_date,
    "move.undated": _show_undated,
    **{f"pane.{name}": _focus(name) for name in PANES},
    "pane.next": _cycle(1),
    "pane.previous": _cycle(-1),
    "pane.zoom": _zoom,
    "pane.fill": _fill,
    "pane.wider": _resize(_SPLIT_STEP),
    "pane.narrower": _resize(-_SPLIT_STEP),
    "pane.leave": _leave,
}
