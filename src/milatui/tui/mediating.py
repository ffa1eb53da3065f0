"""What happens in a pane or a bar arrives at the screen as a message, and the others are told."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from textual.screen import Screen

from milatui.i18n import _
from milatui.tui.keymap import first_key
from milatui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.widgets import Input

    from milatui.tui.actions import Action
    from milatui.tui.bars import BottomBar, TopBar
    from milatui.tui.keymap import Keymap
    from milatui.tui.options import Options
    from milatui.tui.reading import Reading
    from milatui.tui.starting import Starting
    from milatui.tui.state.query_history import QueryHistory
    from milatui.tui.state.session import Session
    from milatui.tui.widgets.line_widget import LineWidget
    from milatui.tui.widgets.list_pane import ListPane
    from milatui.tui.widgets.partners import PartnersPane
    from milatui.tui.widgets.reader import ReaderPane
    from milatui.tui.widgets.results import ResultsPane
    from milatui.tui.widgets.selectable import SelectablePane

_HELD = 0.15
"""Seconds: keys that follow each other faster are a held key, and previews wait for its end."""
_REST = (0.02, 0.12)
"""Seconds without a key that are the end of a held one, at least and at most."""
_RHYTHM = 1.3
"""Parts of the time between the last two keys after which there will be no other."""


class MediatingScreen(Screen[None], inherit_bindings=False):
    """Handles the messages; the main screen has the panes and does what they ask for."""

    session: Session | None
    partners: PartnersPane
    results: ResultsPane
    reader: ReaderPane
    reading: Reading
    starting: Starting
    options: Options
    query_history: QueryHistory
    by_id: Mapping[str, Action]
    keymap: Keymap
    _moved = 0.0
    _waiting: asyncio.TimerHandle | None = None

    def focus_pane(self, name: str) -> None:
        """Make a pane the active one."""
        raise NotImplementedError

    def show_scope(self) -> None:
        """Fill every list anew."""
        raise NotImplementedError

    def show_partners(self) -> None:
        """Fill the list of partners."""
        raise NotImplementedError

    def say(self, message: str) -> None:
        """Show a message for a few seconds."""
        raise NotImplementedError

    async def action_command(self, name: str) -> None:
        """Do what an action of the registry says."""
        raise NotImplementedError

    def on_list_pane_moved(self, event: ListPane.Moved) -> None:
        """Preview what the cursor stands on: at once, or when a held key is let go."""
        event.stop()
        now = time.monotonic()
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
        since = now - self._moved
        if since > _HELD:
            self.call_after_refresh(self.reading.preview)
        else:
            wait = min(max(_REST[0], _RHYTHM * since), _REST[1])
            self._waiting = asyncio.get_running_loop().call_later(wait, self.reading.preview)
        self._moved = now

    async def on_list_pane_chosen(self, event: ListPane.Chosen) -> None:
        """A second click on a line opens it."""
        event.stop()
        await self.action_command("open.this")

    def on_pane_tab_clicked(self, event: Pane.TabClicked) -> None:
        """A click on a pane's name in the frame of another."""
        event.stop()
        self.focus_pane(event.name)

    def on_line_widget_damaged(self, event: LineWidget.Damaged) -> None:
        """A pane has met damage of the index: it is made anew.

        Raises:
            IndexUnusable: in a session for others, which ends with a line that says so.
        """
        event.stop()
        if self.options.read_only:
            raise event.error
        self.starting.mend()

    def on_reader_pane_followed(self, event: ReaderPane.Followed) -> None:
        """A click on a link."""
        event.stop()
        self.reading.follow(event.target)

    def on_top_bar_chip_clicked(self, event: TopBar.ChipClicked) -> None:
        """A click on a chip lifts the restriction."""
        event.stop()
        if self.session:
            self.session.remove_restriction(event.field)
            self.show_scope()

    async def on_bottom_bar_hint_clicked(self, event: BottomBar.HintClicked) -> None:
        """A click on a hint is the key it names."""
        event.stop()
        await self.action_command(event.action)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Text typed into a pane's field."""
        event.stop()
        self.take_typed(event.input)

    def take_typed(self, field: Input) -> None:
        """Do what the words now in a pane's ``field`` ask for, unless that is done already."""
        pane, session, text = field.parent, self.session, field.value
        if session is None or not isinstance(pane, Pane) or pane.field_text == text:
            return
        pane.field_text = text
        if pane is self.partners:
            session.filter_text = text
            self.show_partners()
            self.call_after_refresh(self.reading.preview)
        elif pane is self.results:
            session.query = text
            self.query_history.reset()
            self.reading.search(typing=True)
        elif pane is self.reader:
            self.reading.find(text)

    def on_selectable_pane_selected(self, event: SelectablePane.Selected) -> None:
        """Text has been selected: say how it is copied."""
        event.stop()
        key = first_key(self.by_id["copy.text"], self.keymap)
        self.say(_("{key} copies what is selected.").format(key=key))
