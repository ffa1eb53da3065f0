"""What a command is: a function of the main screen, as commands see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Protocol

from milatui.tui.explorer_view import ExplorerView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.citations.cite_styles import CiteStyle
    from milatui.catalogue.pages.model import Page
    from milatui.tui.controllers.index_updates import IndexController
    from milatui.tui.controllers.navigation import NavigationController
    from milatui.tui.controllers.period_controller import PeriodController
    from milatui.tui.controllers.search_controller import SearchController
    from milatui.tui.sheets.overlay import Overlay
    from milatui.tui.widgets.pane import Pane
    from milatui.tui.widgets.picker import PickerPane
    from milatui.tui.widgets.time_band import TimeBand


class CommandView(ExplorerView, Protocol):
    """The main screen, as commands need it.

    Attributes:
        navigation: Shows and visits locations.
        search_controller: Runs the query.
        index_controller: Updates the index.
        period: Moves the period along the time band.
        band: The time band.
        shown_list: The list that is shown where only one has room.
        cite_style: The format of citations.
        zoomed: Whether the active pane fills the screen.
    """

    navigation: NavigationController
    search_controller: SearchController
    index_controller: IndexController
    period: PeriodController
    band: TimeBand
    shown_list: str
    zoomed: bool
    cite_style: CiteStyle

    @property
    def pane(self) -> Pane:
        """The active pane."""

    @property
    def available_panes(self) -> tuple[str, ...]:
        """Names of the panes that have content in this archive."""

    def show_lanes(self, keep: int | None = None) -> None:
        """Groups the lanes again; the cursor goes to record ``keep``, or stays on its record."""

    async def draw_timeline(self, drawn: bool) -> None:
        """Shows the timeline as lanes, or as a list, with the cursor on the same record."""

    def relayout(self) -> None:
        """Places the panes again."""

    def arrange_again(self) -> None:
        """Places the panes again if they are to be elsewhere now."""

    def move_split(self, by: int) -> None:
        """Moves the edge between lists and reader by some cells, and remembers it."""

    def show_focus(self) -> None:
        """Marks the active pane and shows its keys."""

    def show_partners(self) -> None:
        """Fills the first list again."""

    def translate(self) -> None:
        """Shows everything in the interface language, which has changed."""

    def show_theme(self, name: str) -> None:
        """Draws everything, and a sheet over it, with the theme ``name``."""

    def refuse_digits(self) -> None:
        """Ignores digits until another key: they were meant for what was just refused."""

    def schedule_action(self, name: str) -> None:
        """Runs an action of the registry, once the picker is closed."""

    def pick(
        self, title: str, items: Sequence[tuple[str, str]], picked: Callable[[int], None]
    ) -> PickerPane:
        """Lets the user pick one of ``items``.

        Args:
            title: Title of the picker.
            items: Pairs of label and detail.
            picked: Called with the number of the picked item, unless the user leaves.

        Returns:
            The open picker, whose details may still be set.
        """

    def open_sheet(self, sheet: Overlay[None]) -> None:
        """Opens a sheet that has no result."""

    def show_sheet(
        self,
        title: str,
        write: Callable[[str], Page],
        *,
        opened_by: str,
        filtered: bool = False,
        aside: bool = False,
    ) -> None:
        """Shows a page over the panes until Esc closes it.

        Args:
            title: Title of the sheet.
            write: Makes the page, given the words of its field.
            opened_by: Id of the action whose keys close it, too.
            filtered: Whether it has a field.
            aside: Whether to leave the reader in view where it has room.
        """

    def quit(self) -> None:
        """Leaves the program."""


Command = Callable[[CommandView], Awaitable[None] | None]
"""Runs one action; None, or an awaitable if it has to wait."""
