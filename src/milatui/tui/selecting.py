"""Text selected with the mouse: in offsets of the page, so that it outlives scrolling and resizing.

Textual's own selection keeps places on the screen, and pays for them with every line drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from milatui.tui.pane import Pane

if TYPE_CHECKING:
    from textual import events

_LEFT = 1


class SelectingPane(Pane):
    """A pane whose text can be selected; subclasses say which character stands where."""

    class Selected(Message):
        """The mouse has been let go, and ``text`` is selected."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _begun_at: int | None = None
    _dragged = False
    selection: tuple[int, int] = (0, 0)

    # What subclasses say ---------------------------------------------------------------

    @property
    def whole_text(self) -> str:
        """The text that is shown."""
        return ""

    def offset_at(self, column: int, row: int) -> int:
        """The offset of the character in ``column`` of content ``row``, or the nearest one."""
        raise NotImplementedError

    # The selection -----------------------------------------------------------------------

    @property
    def selected_text(self) -> str:
        """The words selected, "" if there are none."""
        return self.whole_text[slice(*self.selection)].strip("\n")

    def select(self, start: int, end: int) -> None:
        """Select ``start..end``."""
        if (start, end) != self.selection:
            self.selection = (start, end)
            self.refresh()

    def unselect(self) -> bool:
        """Select nothing; False if nothing was."""
        had = self.selection[0] < self.selection[1]
        self.select(0, 0)
        return had

    def _select_around(self, at: int, clicks: int) -> None:
        """A double click selects the word, a triple one the line of the text."""
        text, start, end = self.whole_text, at, at
        if clicks == 2:
            while start > 0 and text[start - 1].isalnum():
                start -= 1
            while end < len(text) and text[end].isalnum():
                end += 1
        else:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        self.select(start, end)
        self._tell()

    def _tell(self) -> None:
        if self.selected_text:
            self.post_message(self.Selected(self.selected_text))

    # The mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A selection may begin here."""
        if event.button == _LEFT and self.head <= event.y < self.size.height - 1:
            self._dragged = False
            self._begun_at = self.offset_at(event.x - 1, event.y - self.head)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """With the button held: select as far as here, and scroll at the edges."""
        if self._begun_at is None or not event.button:
            return
        row = event.y - self.head
        if row < 0 or row >= self.page_height:
            self.scroll_by(-1 if row < 0 else 1)
            row = max(0, min(row, self.page_height - 1))
        at = self.offset_at(event.x - 1, row)
        if at != self._begun_at or self.selection[0] < self.selection[1]:
            # The character under the pointer is part of it, as in any terminal.
            last = min(len(self.whole_text), max(at, self._begun_at) + 1)
            self.select(min(at, self._begun_at), last)
            self._dragged = True

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The selection is complete."""
        if self._begun_at is not None:
            self.capture_mouse(False)
            self._begun_at = None
            if self._dragged:
                self._tell()

    def on_click(self, event: events.Click) -> None:
        """A click that ended a selection is no other click."""
        event.stop()
        if self._dragged:
            self._dragged = False
            self.post_message(self.Activated(self))
            return
        if event.chain > 1 and event.y >= self.head:
            self._select_around(self.offset_at(event.x - 1, event.y - self.head), event.chain)
            return
        self.unselect()
        super().on_click(event)
