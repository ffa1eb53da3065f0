"""Moving within a pane and between the panes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _
from milatui.tui.layout import PANES
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.reader import ReaderPane
from milatui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from milatui.tui.screen import MainScreen

Command = Callable[["MainScreen"], Awaitable[None] | None]


def _step(by: int) -> Command:
    """One line; in the search field the arrows also walk through the queries of the past."""

    def move(screen: MainScreen) -> None:
        pane = screen.pane
        if screen.typing and screen.reading.step_in_history(older=by < 0):
            return
        if isinstance(pane, ListPane | ReaderPane):
            pane.move(by)

    return move


def _page(pages: float) -> Command:
    def move(screen: MainScreen) -> None:
        pane = screen.pane
        if isinstance(pane, ListPane | ReaderPane):
            pane.move_page(pages)

    return move


def _edge(last: bool) -> Command:
    def move(screen: MainScreen) -> None:
        pane = screen.pane
        if isinstance(pane, ListPane | ReaderPane):
            pane.move_edge(last)

    return move


def _heading(forward: bool) -> Command:
    def move(screen: MainScreen) -> None:
        pane = screen.pane
        if isinstance(pane, TimelinePane | ReaderPane):
            pane.move_heading(forward)

    return move


def _focus(name: str) -> Command:
    return lambda screen: screen.focus_pane(name)


def _turn(by: int) -> Command:
    def turn(screen: MainScreen) -> None:
        panes = screen.known_panes
        at = panes.index(screen.pane_name) if screen.pane_name in panes else -1
        screen.focus_pane(panes[(at + by) % len(panes)])

    return turn


async def _year(screen: MainScreen) -> None:
    """Choose a year by typing it."""
    from milatui.tui.widgets.picker import pick

    timeline = screen.timeline.timeline
    if timeline is None or not timeline.years:
        screen.say(_("The timeline is empty."))
        return
    items = [(group.label, format_count(group.count)) for group in timeline.years]
    pick(screen.app, screen.theme, _("Go to"), items, screen.timeline.go_to_group)


def _zoom(screen: MainScreen) -> None:
    screen.zoomed = not screen.zoomed
    screen.relayout()


def _leave(screen: MainScreen) -> None:
    """Out of the text field; no selection; out of help, zoom, and the text to the list."""
    typing = screen.typing
    if typing:
        screen.focus_pane(typing.pane_name)
    elif screen.pane_name == "reader" and screen.reader.unselect():
        return
    elif screen.pane_name == "reader" and screen.reading.helping:
        screen.reading.back()
    elif screen.zoomed:
        _zoom(screen)
    elif screen.pane_name == "reader":
        screen.focus_pane(screen.shown_list)


COMMANDS: dict[str, Command] = {
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
    "move.year": _year,
    **{f"pane.{name}": _focus(name) for name in PANES},
    "pane.next": _turn(1),
    "pane.previous": _turn(-1),
    "pane.zoom": _zoom,
    "pane.leave": _leave,
}
