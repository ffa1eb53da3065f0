"""The protocol through which controllers and commands see the main screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from milatui.catalogue.location import Location
    from milatui.tui.actions import Action
    from milatui.tui.app_options import Options
    from milatui.tui.keymap import Keymap
    from milatui.tui.state.query_history import QueryHistory
    from milatui.tui.state.session import Session
    from milatui.tui.state.visit_recorder import VisitRecorder
    from milatui.tui.theme.theme import Theme
    from milatui.tui.widgets.lanes_pane import LanesPane
    from milatui.tui.widgets.list_pane import ListPane
    from milatui.tui.widgets.pane import Pane
    from milatui.tui.widgets.partners_pane import PartnersPane
    from milatui.tui.widgets.reader_pane import ReaderPane
    from milatui.tui.widgets.results_pane import ResultsPane
    from milatui.tui.widgets.timeline_pane import TimelinePane
    from milatui.tui.widgets.view_lists import ViewList
    from milatui.tui.widgets.view_pane import ViewPane


class ExplorerView(Protocol):
    """The main screen, as its controllers need it.

    Attributes:
        options: What the program was started with.
        session: The session, None until an index is open.
        actions: All actions, in the interface language.
        keymap: The user's keys.
        theme: What the panes draw with.
        query_history: Earlier queries.
        trail: Records the visit.
        panes: All panes by name.
        pane_name: Name of the active pane.
    """

    options: Options
    session: Session | None
    actions: Sequence[Action]
    keymap: Keymap
    theme: Theme
    query_history: QueryHistory
    trail: VisitRecorder
    panes: Mapping[str, Pane]
    pane_name: str
    partners: PartnersPane
    timeline: TimelinePane
    results: ResultsPane
    reader: ReaderPane

    @property
    def dated_list(self) -> TimelinePane | LanesPane:
        """The timeline as it is shown: as a list, or drawn as lanes."""

    @property
    def view_pane(self) -> ViewPane | None:
        """The pane of the view that stands in the place of the search results, if one does."""

    def open_view(self, location: Location) -> None:
        """Opens a view (figures, people, a comparison) in the place of the search results.

        Raises:
            NotFound: a partner to compare does not exist.
        """

    def show_view(self, shown: ViewList) -> None:
        """Shows the rows of a view in the place of the search results."""

    def filter_view(self, words: str) -> None:
        """Filters the rows of the view that is open; "" shows all again."""

    def close_view(self) -> None:
        """Shows the search results again, if a view is open."""

    @property
    def list_pane(self) -> ListPane | None:
        """The active pane if it is a list."""

    @property
    def typing_pane(self) -> Pane | None:
        """The pane whose text field has the focus."""

    def focus_pane(self, name: str) -> None:
        """Makes a pane the active one, shows it, and leaves any text field."""

    def show_scope(self) -> None:
        """Fills all lists again: the scope, a sort order or the catalogue has changed."""

    def show_lists(self) -> None:
        """Fills partners, timeline and top bar again, but not the results of the search."""

    def show_hints(self) -> None:
        """Shows the keys that apply now in the bottom bar."""

    def show_status(self, message: str) -> None:
        """Shows a message in the bottom bar for a few seconds; "" removes it."""

    def copy_to_clipboard(self, text: str) -> None:
        """Sends text to the clipboard of the user's terminal."""

    def run_in_background(self, work: Coroutine[None, None, None]) -> None:
        """Runs a coroutine as a worker of the screen; an exception in it ends the program."""

    def call_in(self, seconds: float, callback: Callable[[], None]) -> asyncio.TimerHandle:
        """Calls a function after some seconds, unless the program has begun to end by then."""

    def idle_seconds(self) -> float:
        """Returns the seconds since the last input, infinite if nobody counts them."""

    def index_damaged(self) -> None:
        """Rebuilds the index: reading it has failed."""
