"""The main screen: owns the panes, the bars and the controllers, and handles their messages."""

from __future__ import annotations

import asyncio
import inspect
import time
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import NULL_SIZE, Region
from textual.reactive import Reactive
from textual.screen import Screen

from milatui.catalogue.citations.cite_styles import CITE_STYLES, short_style_label
from milatui.catalogue.location import PAGE_VIEWS, VIEWS, view_location
from milatui.catalogue.store import NotFound
from milatui.i18n import _
from milatui.tui.actions import BAND, PANES, Action, actions, applies
from milatui.tui.controllers.index_updates import IndexController
from milatui.tui.controllers.navigation import NavigationController
from milatui.tui.controllers.period_controller import PeriodController
from milatui.tui.controllers.search_controller import SearchController
from milatui.tui.hardened_app import HardenedApp
from milatui.tui.keymap import first_key, where_it_works
from milatui.tui.screen.bars import BottomBar, TopBar, hints
from milatui.tui.screen.panes_layout import PanesLayout
from milatui.tui.screen.screen_layout import Arrangement, arrange, right_rules
from milatui.tui.state.preferences import read_cite_style, read_split, write_split
from milatui.tui.state.query_history import QueryHistory
from milatui.tui.state.visit_recorder import VisitRecorder
from milatui.tui.terminal.compositor import PartialUpdateCompositor
from milatui.tui.theme.theme import choose_theme, textual_theme_name
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.pane import Pane
from milatui.tui.widgets.partners_pane import PartnersPane
from milatui.tui.widgets.reader_pane import ReaderPane
from milatui.tui.widgets.results_pane import ResultsPane
from milatui.tui.widgets.time_band import TimeBand
from milatui.tui.widgets.timeline_pane import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.layout import DockArrangeResult, Layout
    from textual.widget import Widget
    from textual.widgets import Input

    from milatui.catalogue.location import Location
    from milatui.catalogue.pages.model import Page
    from milatui.tui.app_options import Options
    from milatui.tui.keymap import Keymap
    from milatui.tui.screen.screen_layout import Box
    from milatui.tui.sheets.overlay import Overlay
    from milatui.tui.state.session import Session
    from milatui.tui.theme.theme import Theme
    from milatui.tui.widgets.lanes_pane import LanesPane
    from milatui.tui.widgets.line_widget import LineWidget
    from milatui.tui.widgets.picker import PickerPane
    from milatui.tui.widgets.selectable import SelectablePane
    from milatui.tui.widgets.view_lists import ViewList
    from milatui.tui.widgets.view_pane import ViewPane

STATUS_SECONDS = 5.0
"""How long a message stays in the bottom bar."""
_SETTLE_SECONDS = 0.01
_DIGITS = frozenset({"time.band", *(f"pane.{name}" for name in PANES)})
"""Actions whose keys are digits."""
_HELD_KEY_SECONDS = 0.15
"""Keys in quicker succession count as a held key; previews wait for its end."""
_HELD_KEY_END = (0.02, 0.12)
"""Seconds without a key that end a held one, at least and at most."""
_KEY_RATE_FACTOR = 2.0
"""Times the interval between the last two keys after which no further key is expected."""

_ALONG_A_LANE = ("open.next-link", "open.previous-link")
"""Actions that move the cursor of the lanes and the band; in the text no preview is due."""


class MainScreen(Screen[None], inherit_bindings=False):
    """Shows the panes, all on one scope, and passes keys on to the commands."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, f"command('{a.id}')", id=a.id, show=False, priority=True) for a in actions()
    ]

    AUTO_FOCUS = ""
    BLANK = True  # The panes cover it; otherwise each update would draw all of its lines, too.
    # Textual repaints the whole screen when the focus moves; the panes repaint what is needed.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, theme: Theme, keymap: Keymap, options: Options) -> None:
        super().__init__()
        self._compositor = self._updates = PartialUpdateCompositor()
        self.theme, self.keymap, self.options = theme, keymap, options
        self.actions: Sequence[Action] = actions()
        self._actions_by_id = {action.id: action for action in self.actions}
        self.top, self.bottom = TopBar(theme), BottomBar(theme)
        self.partners, self.timeline = PartnersPane(theme), TimelinePane(theme)
        self.results, self.reader = ResultsPane(theme), ReaderPane(theme)
        self.band = TimeBand(theme)
        self.lanes: LanesPane | None = None
        """The timeline, drawn; None until it is first shown."""
        self.panes: Mapping[str, Pane] = {
            pane.pane_name: pane
            for pane in (self.partners, self.timeline, self.results, self.reader, self.band)
        }
        self.session: Session | None = None
        self.pane_name, self.shown_list, self.zoomed = "partners", "partners", False
        self.query_history = QueryHistory(persistent=not options.read_only)
        self.trail = VisitRecorder(None if options.read_only else options.archive)
        self.navigation = NavigationController(self)
        self.search_controller = SearchController(self, self.navigation)
        self.index_controller = IndexController(self, self.navigation)
        self.period = PeriodController(self, self.band)
        self._view_pane: ViewPane | None = None
        self._layout = PanesLayout(self._arrange_panes)
        self._arranged: Arrangement | None = None
        self._arranged_size = NULL_SIZE
        self._wanted: dict[str, int] = {}
        self.split = 0 if options.read_only else read_split()
        """Cells that the edge between lists and reader has been moved to the right."""
        self.cite_style = options.cite_style or (
            CITE_STYLES[0] if options.read_only else read_cite_style()
        )
        """The format of citations."""
        self._status_timer: asyncio.TimerHandle | None = None
        self._preview_timer: asyncio.TimerHandle | None = None
        self._moved_at = 0.0
        self._digits_refused = False

    def compose(self) -> ComposeResult:
        yield self.top
        yield from self.panes.values()
        yield self.bottom

    def on_mount(self) -> None:
        """Opens the index, or begins to build it."""
        # Textual would paint three times while it settles; this makes it once.
        self.app.delay_update(_SETTLE_SECONDS)
        self.show_focus()
        self.index_controller.start()

    def on_unmount(self) -> None:
        """Records the search that is shown."""
        self.trail.leave_search()

    # Layout and focus --------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._layout

    def arrange(self, size: Size, _optimal: bool = False) -> DockArrangeResult:
        """Places the panes, which must know what is around them in any size.

        Textual remembers the places of the sizes that the screen had before.
        """
        if size != self._arranged_size:
            self._arranged_size = size
            self._clear_arrangement_cache()
        return super().arrange(size, _optimal)

    def _arrangement(self, size: Size) -> Arrangement:
        name = self.shown_list if self.pane_name == BAND else self.pane_name
        return arrange(
            *size,
            name,
            self.shown_list,
            self.zoomed,
            {*self.available_panes, name},
            self._wanted,
            self.split,
            drawn=self.dated_list is not self.timeline,
        )

    def _arrange_panes(self, size: Size) -> Mapping[str, Box]:
        """Arranges everything for a size of the screen; tells the panes what is around them."""
        arrangement = self._arranged = self._arrangement(size)
        boxes = arrangement.boxes
        tabs = tuple(
            (name, f"{self.panes[name].number} {self.panes[name].heading()}")
            for name in arrangement.tabs
        )
        highest = min(box.y for name, box in boxes.items() if name != "band")
        for name, pane in self.panes.items():
            if name in boxes and pane is not self.band:
                rules = right_rules(boxes, name)
                own_tabs = tabs if name in arrangement.tabs else ()
                moved = pane.set_position(own_tabs, rules, boxes[name].y > highest)
                expanded = isinstance(pane, ListPane) and pane.set_expanded(
                    name in arrangement.expanded
                )
                if moved or expanded:
                    # A refresh would draw it with the old size, and once more after this layout.
                    pane.drop_lines(resized=expanded)
                    self._updates.add_dirty(Region(*boxes[name]))
        return {(self.panes[name].id or name): box for name, box in boxes.items()}

    def arrange_again(self) -> None:
        """Places the panes again if they are to be elsewhere now."""
        if self.typing_pane is None:
            most = self.size.height
            lists = [p for p in self.panes.values() if isinstance(p, ListPane)]
            self._wanted = {pane.pane_name: pane.rows_wanted(most) for pane in lists}
        if self._arrangement(self.size) != self._arranged:
            self.relayout()

    @property
    def pane(self) -> Pane:
        """The active pane."""
        return self.panes[self.pane_name]

    @property
    def dated_list(self) -> TimelinePane | LanesPane:
        """The timeline as it is shown: as a list, or drawn as lanes."""
        lanes = self.lanes
        return lanes if lanes is not None and self.panes["timeline"] is lanes else self.timeline

    async def draw_timeline(self, drawn: bool) -> None:
        """Shows the timeline as lanes, or as a list, with the cursor on the same record."""
        session, number = self.session, self.dated_list.current
        if session is None or drawn == (self.dated_list is not self.timeline):
            return
        if drawn:
            if self.lanes is None:
                from milatui.tui.widgets.lanes_pane import LanesPane

                self.lanes = LanesPane(self.theme)
                await self.mount(self.lanes)
            self.lanes.theme = self.theme
            self.panes = {**self.panes, "timeline": self.lanes}
            # Whoever has not moved begins at the first lane, not at that of the newest event.
            self.show_lanes(number, from_top=self.timeline.cursor <= 1)
        else:
            self.panes = {**self.panes, "timeline": self.timeline}
            self.timeline.theme = self.theme
            if number is not None:
                self.timeline.show_items(self.timeline.item_of(number))
        self.relayout()
        self.show_focus()
        if self.pane_name == "timeline":
            self.dated_list.preview_due = True
            self.call_after_refresh(self.navigation.finish_preview)

    def show_lanes(self, keep: int | None = None, *, from_top: bool = False) -> None:
        """Groups the lanes again: the scope, the grouping or their order has changed.

        Args:
            keep: Number of the record to put the cursor on; None keeps the one it is on.
            from_top: Put it on the newest event of the first lane instead.
        """
        session, lanes = self.session, self.lanes
        if session is None or lanes is None:
            return
        from milatui.tui.widgets.lanes_pane import lane_sort_label

        keep = None if from_top else lanes.current if keep is None else keep
        lanes.restricted = not session.scope.is_empty
        lanes.sort_label = lane_sort_label(session.lane_sort)
        lanes.show_lanes(session.lanes(), session.catalogue, session.axis_days(), keep)

    @property
    def view_pane(self) -> ViewPane | None:
        """The pane of the view that stands in the place of the search results, if one does."""
        # The module is loaded with the first view.
        return None if self.panes["search"] is self.results else self._view_pane

    def open_view(self, location: Location) -> None:
        """Opens a view (figures, people, a comparison) in the place of the search results.

        Raises:
            NotFound: a partner to compare does not exist.
        """
        from milatui.tui.widgets.view_lists import make_view

        if self.session is not None:
            self.show_view(make_view(self.session.catalogue, location))

    def show_view(self, shown: ViewList) -> None:
        """Shows the rows of a view in the place of the search results."""
        from milatui.tui.widgets.view_pane import ViewPane

        if self.session is None:
            return
        pane = self._view_pane
        if pane is None:
            pane = self._view_pane = ViewPane(self.theme, shown)
            self.mount(pane)
        pane.theme = self.theme
        pane.restricted = not self.session.full_scope.is_empty
        pane.show_view(shown)
        if self.panes["search"] is not pane:
            self.panes = {**self.panes, "search": pane}
            self.relayout()

    def filter_view(self, words: str) -> None:
        """Filters the rows of the view that is open; "" shows all again."""
        pane = self.view_pane
        if pane is not None and (words or pane.filtered):
            pane.filter(words)
            self.arrange_again()
            pane.preview_due = True
            self.call_after_refresh(self.navigation.finish_preview)

    def close_view(self) -> None:
        """Shows the search results again, if a view is open."""
        if self.view_pane is not None:
            self.view_pane.write_field("")
            self.panes = {**self.panes, "search": self.results}
            self.results.set_active(self.pane_name == "search")
            self.relayout()
            self.show_focus()

    def _follow_scope(self) -> None:
        """Fills the view again that is open: its scope is that of all panes."""
        pane, session = self.view_pane, self.session
        if pane is None or session is None:
            return
        location = pane.view.location
        if location.view not in (*PAGE_VIEWS, *VIEWS):
            # Saved searches have no scope.
            return
        if location.view != "compare":
            sort = location.get("sort")
            location = view_location(location.view, session.full_scope, sort=sort)
        try:
            self.open_view(location)
        except NotFound:
            self.close_view()

    @property
    def list_pane(self) -> ListPane | None:
        """The active pane if it is a list."""
        return self.pane if isinstance(self.pane, ListPane) else None

    @property
    def typing_pane(self) -> Pane | None:
        """The pane whose text field has the focus."""
        return next((p for p in self.panes.values() if p.field and p.field is self.focused), None)

    @property
    def available_panes(self) -> tuple[str, ...]:
        """Names of the panes that have content in this archive."""
        return PANES if self.session is None or self.session.primary_list else PANES[1:]

    def focus_pane(self, name: str) -> None:
        """Makes a pane the active one, shows it, and leaves any text field."""
        if self.focused is not None:
            self.set_focus(None)
        self._activate(name)

    def _activate(self, name: str) -> None:
        self.navigation.leave_pane(name)
        if name != "search":
            self.search_controller.finish_lists()
        self.pane_name = name
        if name not in ("reader", BAND):
            self.shown_list = name
        self.show_focus()
        self.arrange_again()

    def move_split(self, by: int) -> None:
        """Moves the edge between lists and reader by some cells, and remembers it."""
        before, self.split = self.split, self.split + by
        if self._arrangement(self.size) == self._arranged:
            self.split = before
            self.show_status(_("The panes cannot be resized further here."))
            return
        self.arrange_again()
        if not self.options.read_only:
            try:
                write_split(self.split)
            except OSError as error:
                self.show_status(_("The width is not remembered: {error}").format(error=error))

    def relayout(self) -> None:
        """Places the panes again."""
        self.pane.refresh(layout=True)

    def show_focus(self) -> None:
        """Marks the active pane and shows its keys."""
        for name, pane in self.panes.items():
            pane.set_active(name == self.pane_name)
        self.show_hints()

    def on_resize(self, event: events.Resize) -> None:
        """Leaves the band if the screen has become too small for it; shows the keys that apply."""
        if self.pane_name == BAND and "band" not in self._arrangement(event.size).boxes:
            self.focus_pane("timeline")
        self.show_hints()

    def on_screen_suspend(self) -> None:
        """Takes the hints away: the keys are those of the sheet now."""
        self.show_hints()

    def on_screen_resume(self) -> None:
        """Shows the hints again."""
        self.show_hints()

    def show_hints(self) -> None:
        """Shows the keys that apply now in the bottom bar; a sheet names its own at its edge."""
        if not self.is_active:
            self.bottom.show_hints(())
            return
        useful = {
            "open.next-hit": bool(self.reader.highlights),
            "find.why": self.results.current_hit is not None and self.view_pane is None,
            "find.filter": self.pane_name == "partners" or self.view_pane is not None,
            "move.up": self.view_pane is None,
            "time.band": "band" in self._arrangement(self.size).boxes,
            "open.back": self.navigation.can_go_back,
            "scope.year": self.dated_list is self.timeline,
            "find.documents": self.session is not None and self.session.has_events,
        }
        useless = [name for name, use in useful.items() if not use]
        typing = bool(self.typing_pane)
        words = {}
        if self.pane_name == "search" and self.results.current_suggestion and not self.view_pane:
            words["open.this"] = _("search this")
        if self.cite_style != CITE_STYLES[0]:
            style = short_style_label(self.cite_style)
            words["copy.citation"] = _("cite: {style}").format(style=style)
        shown = hints(
            self._actions_by_id,
            self.keymap,
            self.pane_name,
            typing=typing,
            useless=useless,
            words=words,
        )
        self.bottom.show_hints(shown)

    def show_status(self, message: str) -> None:
        """Shows a message in the bottom bar for a few seconds; "" removes it."""
        if self._status_timer:
            self._status_timer.cancel()
        self.bottom.show_message(message)
        if message:
            self._status_timer = self.call_in(STATUS_SECONDS, lambda: self.bottom.show_message(""))

    # Commands ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allows only the keys that type nothing while text is typed.

        Args:
            parameters: For ``command`` the id of an action of the registry.
        """
        if action != "command":
            return True
        return self.typing_pane is None or self._actions_by_id[str(parameters[0])].field

    async def action_command(self, name: str) -> None:
        """Runs the action ``name`` of the registry, or shows why it does not apply."""
        field = self.typing_pane.field if self.typing_pane else None
        if field is not None and field.message_queue_size:
            # Keys typed before this one are still in the queue of the field.
            field.call_later(self._run_after_typing, field, name)
        elif field is not None:
            # The field has them, but its message is still in the queue of this screen.
            await self._run_after_typing(field, name)
        else:
            await self._run_command(name)

    async def _run_after_typing(self, field: Input, name: str) -> None:
        self._take_typed(field)
        await self._run_command(name)

    async def _run_command(self, name: str) -> None:
        action = self._actions_by_id[name]
        if self._digits_refused and name in _DIGITS:
            return
        self._digits_refused = False
        if not applies(action, self.pane_name):
            self.show_status(where_it_works(action, self._actions_by_id, self.keymap))
            return
        if self.bottom.message:
            self.show_status("")
        if not name.startswith("move.") and name not in _ALONG_A_LANE:
            self.navigation.finish_preview()
        from milatui.tui.commands import COMMANDS  # loaded with the first key

        done = COMMANDS[name](self)
        if inspect.isawaitable(done):
            await done

    def refuse_digits(self) -> None:
        """Ignores digits until another key: they were meant for what was just refused."""
        self._digits_refused = True

    def schedule_action(self, name: str) -> None:
        """Runs an action of the registry, once the picker is closed."""
        self.call_later(self.action_command, name)

    def run_in_background(self, work: Coroutine[None, None, None]) -> None:
        """Runs a coroutine as a worker of the screen; an exception in it ends the program."""
        self.run_worker(work, exit_on_error=True)

    def call_in(self, seconds: float, callback: Callable[[], None]) -> asyncio.TimerHandle:
        """Calls a function after some seconds, unless the program has begun to end by then.

        While it ends its widgets are removed one by one.
        """

        def call() -> None:
            if self.app.is_running:
                callback()

        return asyncio.get_running_loop().call_later(seconds, call)

    def pick(
        self, title: str, items: Sequence[tuple[str, str]], picked: Callable[[int], None]
    ) -> PickerPane:
        """Lets the user pick one of ``items``; see ``widgets.picker.pick``.

        Args:
            items: (label, description) of each item.
            picked: Called with the index of the item.
        """
        from milatui.tui.widgets.picker import pick

        return pick(self.app, self.theme, title, items, picked)

    def open_sheet(self, sheet: Overlay[None]) -> None:
        """Opens a sheet that has no result."""
        self.app.push_screen(sheet)

    def show_sheet(
        self,
        title: str,
        write: Callable[[str], Page],
        *,
        opened_by: str,
        filtered: bool = False,
        aside: bool = False,
    ) -> None:
        """Shows a page over the panes until Esc closes it; see ``CommandView``."""
        from milatui.tui.sheets.page_sheet import PageSheet

        action = self._actions_by_id[opened_by]
        keys = self.keymap.changed.get(action.id, action.keys)
        sheet = PageSheet(
            self.theme, title, write, filtered=filtered, aside=aside, closing_keys=keys
        )
        self.app.push_screen(sheet, self._follow_from_sheet)

    def _follow_from_sheet(self, target: Location | str | None) -> None:
        if target is not None:
            self.navigation.follow(target)

    def copy_to_clipboard(self, text: str) -> None:
        """Sends text to the clipboard of the user's terminal."""
        self.app.copy_to_clipboard(text)

    def idle_seconds(self) -> float:
        """Returns the seconds since the last input, infinite if nobody counts them."""
        return self.app.session_timer.idle() if isinstance(self.app, HardenedApp) else float("inf")

    def index_damaged(self) -> None:
        """Rebuilds the index: reading it has failed."""
        self.index_controller.rebuild_damaged()

    def translate(self) -> None:
        """Shows everything in the interface language, which has changed."""
        self.actions = actions()
        self._actions_by_id = {action.id: action for action in self.actions}
        self.show_focus()
        self.show_scope()
        self.navigation.show_again()
        self._arrange_panes(self.size)  # sets the tabs
        for pane in self.panes.values():
            if pane.field is not None:
                pane.field.placeholder = pane.placeholder()
            pane.refresh()

    def show_theme(self, name: str) -> None:
        """Draws everything, and a sheet over it, with the theme ``name``."""
        theme = choose_theme(name, self.theme.glyphs)
        self.theme = theme
        self.app.theme = textual_theme_name(theme.name)
        sheet = self.app.screen.query(Pane)
        for widget in (self.top, self.bottom, *self.panes.values(), *sheet):
            widget.theme = theme
            widget.refresh()

    def quit(self) -> None:
        """Leaves the program."""
        self.app.exit(0)

    # One scope for all panes -------------------------------------------------------------

    def show_scope(self) -> None:
        """Fills all lists again: the scope, a sort order or the catalogue has changed."""
        self._fill_lists()
        self.search_controller.search(typing=False)
        self.arrange_again()
        self.navigation.list_changed()
        self.call_after_refresh(self.navigation.finish_preview)

    def show_lists(self) -> None:
        """Fills partners, timeline and top bar again, but not the results of the search."""
        self._fill_lists()
        self.arrange_again()

    def _fill_lists(self) -> None:
        session = self.session
        if session is None:
            return
        self.top.show(session.catalogue.info.title, session.chips(), session.totals())
        self.period.show()
        for pane in (self.partners, self.timeline, self.results):
            pane.restricted = not session.full_scope.is_empty
        self.show_partners()
        number = self.dated_list.current
        self.timeline.row_of = session.catalogue.row
        self.timeline.has_sources = session.has_events
        self.timeline.sources_of = session.catalogue.source_counts
        self.timeline.fold_key = first_key(self._actions_by_id["move.undated"], self.keymap)
        self.results.facts_of = session.catalogue.partner_facts
        self.timeline.name_of = session.catalogue.partner_name
        self.timeline.home = session.catalogue.info.home
        self.timeline.show_timeline(session.timeline(), number)
        if self.dated_list is not self.timeline:
            self.show_lanes()
        self._follow_scope()

    def show_partners(self) -> None:
        """Fills the first list again."""
        session = self.session
        if session:
            self.partners.write_field(session.filter_text)
            self.partners.show_partners(session)

    # Messages of panes and bars ----------------------------------------------------------

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Activates the pane whose text field has received the focus."""
        pane = event.widget.parent
        if isinstance(pane, Pane):
            self._activate(pane.pane_name)
            if pane is self.results:
                self.trail.leave_search()
                self.index_controller.prewarm_search()

    def on_pane_activated(self, event: Pane.Activated) -> None:
        """Activates a pane that was clicked."""
        event.stop()
        self.focus_pane(event.pane.pane_name)

    def on_pane_tab_clicked(self, event: Pane.TabClicked) -> None:
        """Activates the pane whose tab was clicked."""
        event.stop()
        self.focus_pane(event.name)
        self.navigation.follow_cursor()

    def on_list_pane_moved(self, event: ListPane.Moved) -> None:
        """Previews the item under the cursor: at once, or at the end of a held key."""
        event.stop()
        now = time.monotonic()
        if self._preview_timer:
            self._preview_timer.cancel()
            self._preview_timer = None
        since = now - self._moved_at
        if since > _HELD_KEY_SECONDS:
            self.call_after_refresh(self.navigation.finish_preview)
        else:
            least, most = _HELD_KEY_END
            wait = min(max(least, _KEY_RATE_FACTOR * since), most)
            self._preview_timer = self.call_in(wait, self.navigation.finish_preview)
        self._moved_at = now

    async def on_list_pane_chosen(self, event: ListPane.Chosen) -> None:
        """Opens an item that was clicked again."""
        event.stop()
        await self.action_command("open.this")

    def on_line_widget_damaged(self, event: LineWidget.Damaged) -> None:
        """Rebuilds an index that is damaged.

        Raises:
            IndexUnusable: in a read-only session, which it ends with a message.
        """
        event.stop()
        if self.options.read_only:
            raise event.error
        self.index_damaged()

    def on_results_pane_hits_missing(self, event: ResultsPane.HitsMissing) -> None:
        """Makes the hits that have come into view."""
        event.stop()
        self.search_controller.prepare_hits()

    def on_time_band_bin_clicked(self, event: TimeBand.BinClicked) -> None:
        """Makes the bin that was clicked the period."""
        event.stop()
        self.period.pick(event.number, extend=event.extend)

    def on_reader_pane_refitted(self, event: ReaderPane.Refitted) -> None:
        """Makes the page again with its tables and charts as wide as the reader."""
        event.stop()
        self.navigation.show_again()

    def on_reader_pane_followed(self, event: ReaderPane.Followed) -> None:
        """Follows a link that was clicked."""
        event.stop()
        self.navigation.follow(event.target)

    def on_selectable_pane_selected(self, event: SelectablePane.Selected) -> None:
        """Shows the key that copies the selection."""
        event.stop()
        key = first_key(self._actions_by_id["copy.text"], self.keymap)
        self.show_status(_("{key} copies what is selected.").format(key=key))

    def on_top_bar_chip_clicked(self, event: TopBar.ChipClicked) -> None:
        """Removes the restriction whose chip was clicked."""
        event.stop()
        if self.session:
            self.session.remove_restriction(event.field)
            self.show_scope()

    async def on_bottom_bar_hint_clicked(self, event: BottomBar.HintClicked) -> None:
        """Runs the action whose hint was clicked."""
        event.stop()
        await self.action_command(event.action)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Acts on text typed into a pane's text field."""
        event.stop()
        self._take_typed(event.input)

    def _take_typed(self, field: Input) -> None:
        """Filters, searches or finds by a pane's field text, unless that was done already."""
        pane, session, text = field.parent, self.session, field.value
        if session is None or not isinstance(pane, Pane) or pane.field_text == text:
            return
        pane.field_text = text
        if pane is self.partners:
            session.filter_text = text
            self.show_partners()
            self.partners.preview_due = True
            self.call_after_refresh(self.navigation.finish_preview)
        elif pane is self.view_pane:
            self.filter_view(text)
        elif pane is self.results:
            session.query = text
            self.query_history.reset()
            self.search_controller.search(typing=True)
        elif pane is self.reader:
            self.navigation.find(text)
