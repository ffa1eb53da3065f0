"""The main screen: holds the panes, keeps them on one scope, and passes keys to commands."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.reactive import Reactive

from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.labels import kind_label
from milatui.i18n import _
from milatui.tui.actions import Action, actions, applies
from milatui.tui.bars import BottomBar, TopBar
from milatui.tui.commands import COMMANDS
from milatui.tui.hints import hints
from milatui.tui.layout import PANES, Arrangement, arrange
from milatui.tui.mediating import MediatingScreen
from milatui.tui.panes_layout import PanesLayout
from milatui.tui.reading import Reading
from milatui.tui.starting import Starting
from milatui.tui.state.query_history import QueryHistory
from milatui.tui.terminal.compositor import PartialUpdateCompositor
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.pane import Pane
from milatui.tui.widgets.partners import PartnersPane
from milatui.tui.widgets.reader import ReaderPane
from milatui.tui.widgets.results import ResultsPane
from milatui.tui.widgets.timeline import TimelinePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.layout import Layout
    from textual.widget import Widget
    from textual.widgets import Input

    from milatui.tui.keymap import Keymap
    from milatui.tui.options import Options
    from milatui.tui.state.session import Session
    from milatui.tui.theme.theme import Theme

_MESSAGE = 5.0
_SETTLE = 0.01


class MainScreen(MediatingScreen, inherit_bindings=False):
    """Holds the panes and the bars, and keeps the panes on one scope."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(a.keys, f"command('{a.id}')", id=a.id, show=False, priority=True) for a in actions()
    ]

    AUTO_FOCUS = ""
    # Textual paints the whole screen anew when the focus moves; here the panes do what is needed.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, theme: Theme, keymap: Keymap, options: Options) -> None:
        super().__init__()
        self._compositor = PartialUpdateCompositor()
        self.theme, self.keymap, self.options = theme, keymap, options
        self.known: Sequence[Action] = actions()
        self.by_id = {action.id: action for action in self.known}
        self.top, self.bottom = TopBar(theme), BottomBar(theme)
        self.partners, self.timeline = PartnersPane(theme), TimelinePane(theme)
        self.results, self.reader = ResultsPane(theme), ReaderPane(theme)
        self.panes: dict[str, Pane] = {
            pane.pane_name: pane
            for pane in (self.partners, self.timeline, self.results, self.reader)
        }
        self.session: Session | None = None
        self.pane_name, self.shown_list, self.zoomed = "partners", "partners", False
        self._layout = PanesLayout(self._arrangement)
        self._message_end: asyncio.TimerHandle | None = None
        self.query_history = QueryHistory(persistent=not options.read_only)
        self.reading: Reading = Reading(self)
        self.starting: Starting = Starting(self)

    def compose(self) -> ComposeResult:
        yield self.top
        yield from self.panes.values()
        yield self.bottom

    def on_mount(self) -> None:
        """Show what is there; the index may still have to be made."""
        # Textual would paint three times until it has settled; this makes it once.
        self.app.delay_update(_SETTLE)
        self.show_focus()
        self.starting.start()

    def on_unmount(self) -> None:
        """Leave no build behind."""
        self.starting.stop()

    # Layout and focus --------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._layout

    def _arrangement(self, size: Size) -> Arrangement:
        panes = {*self.known_panes, self.pane_name}
        placed = arrange(*size, self.pane_name, self.shown_list, self.zoomed, panes)
        for name, pane in self.panes.items():
            named = [
                (tab, f"{self.panes[tab].number} {self.panes[tab].heading()}")
                for tab in placed.tabs
            ]
            pane.tabs = tuple(named) if name in placed.tabs else ()
        return placed

    @property
    def pane(self) -> Pane:
        """The pane that has the focus."""
        return self.panes[self.pane_name]

    @property
    def list_pane(self) -> ListPane | None:
        """The list that has the focus, None in the reader."""
        return self.pane if isinstance(self.pane, ListPane) else None

    @property
    def typing(self) -> Pane | None:
        """The pane whose text field has the focus."""
        return next((p for p in self.panes.values() if p.field and p.field is self.focused), None)

    def focus_pane(self, name: str) -> None:
        """Make a pane the active one, show it if it is hidden, and leave any text field."""
        if self.focused is not None:
            self.set_focus(None)
        self._pane_chosen(name)

    def _pane_chosen(self, name: str) -> None:
        before = self._arrangement(self.size)
        self.pane_name = name
        if name != "reader":
            self.shown_list = name
        if self._arrangement(self.size) != before:
            self.relayout()
        self.show_focus()

    def relayout(self) -> None:
        """Place the panes anew."""
        self.pane.refresh(layout=True)

    @property
    def known_panes(self) -> tuple[str, ...]:
        """The panes that hold something in this archive."""
        return PANES if self.session is None or self.session.primary_list else PANES[1:]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A text field has the focus, by key or mouse."""
        pane = event.widget.parent
        if isinstance(pane, Pane):
            self._pane_chosen(pane.pane_name)
            if pane is self.results:
                self.starting.expect_search()

    def on_pane_activated(self, event: Pane.Activated) -> None:
        """A click into a pane."""
        event.stop()
        self.focus_pane(event.pane.pane_name)

    def show_focus(self) -> None:
        """Mark the focused pane and show the keys that matter in it."""
        for name, pane in self.panes.items():
            pane.set_active(name == self.pane_name)
        self.show_hints()

    def show_hints(self) -> None:
        """Show the keys that matter now."""
        useful = {
            "open.next-hit": bool(self.reader.highlights),
            "find.why": self.results.current_hit is not None,
            "open.back": self.session is not None and self.session.history.can_go_back,
            "find.documents": self.session is not None and self.session.has_events,
            "find.sort": self.pane is not self.timeline,
        }
        idle = [name for name, use in useful.items() if not use]
        typing = bool(self.typing)
        shown = hints(self.by_id, self.keymap, self.pane_name, typing=typing, idle=idle)
        self.bottom.show_hints(shown)

    # Commands ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While text is typed only the keys that type nothing are commands."""
        if action != "command":
            return True
        return self.typing is None or self.by_id[str(parameters[0])].field

    async def action_command(self, name: str) -> None:
        """Do what the action ``name`` of the registry says, or say why it cannot be done."""
        field = self.typing.field if self.typing else None
        if field is not None and field.message_queue_size:
            # Keys typed before this one are still on their way into the field.
            field.call_later(self._command_after, field, name)
        else:
            await self._do(name)

    async def _command_after(self, field: Input, name: str) -> None:
        """Do ``name`` with all that was typed before it, as ``field`` has it by now."""
        self.take_typed(field)
        await self._do(name)

    async def _do(self, name: str) -> None:
        if not applies(self.by_id[name], self.pane_name):
            self.say(_("This key does nothing here."))
            return
        if self.bottom.message:
            self.say("")
        done = COMMANDS[name](self)
        if inspect.isawaitable(done):
            await done

    def say(self, message: str) -> None:
        """Show a message in the lower bar for a few seconds; "" takes it away."""
        if self._message_end:
            self._message_end.cancel()
        self.bottom.show_message(message)
        if message:
            loop = asyncio.get_running_loop()
            self._message_end = loop.call_later(_MESSAGE, self.bottom.show_message, "")

    def translate(self) -> None:
        """Say everything again in the language now spoken."""
        self.known = actions()
        self.by_id = {action.id: action for action in self.known}
        self.show_focus()
        self.show_scope()
        self.reading.show_again()
        self._arrangement(self.size)  # names the tabs
        for pane in self.panes.values():
            if pane.field is not None:
                pane.field.placeholder = pane.placeholder()
            pane.refresh()

    # One scope for all -------------------------------------------------------------------

    def show_scope(self) -> None:
        """Fill every list anew after the scope, an order or the catalogue has changed."""
        session = self.session
        if session is None:
            return
        self.show_bar()
        for pane in (self.partners, self.timeline, self.results):
            pane.restricted = not session.scope.is_empty
        self.show_partners()
        number = self.timeline.current
        self.timeline.row_of = session.catalogue.row
        self.timeline.name_of = session.partner_name
        self.timeline.show_timeline(session.timeline(), number)
        self.reading.search(typing=False)

    def show_bar(self) -> None:
        """Title, chips and totals."""
        if self.session:
            title = self.session.catalogue.info.title
            self.top.state(title, self.session.chips(), self.session.totals())

    def show_partners(self) -> None:
        """Fill the list of partners."""
        session = self.session
        if session:
            self.partners.write_field(session.filter_text)
            self.partners.show_partners(session)

    def run_later(self, name: str) -> None:
        """Do an action once the screen on top has gone."""
        self.call_later(self.action_command, name)

    def kind_label(self, view: str) -> str:
        """The word for a location's kind, as the reader's title says it."""
        return kind_label(view) if view in KINDS else ""
