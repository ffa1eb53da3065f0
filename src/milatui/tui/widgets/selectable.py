"""Selects text with the mouse, by offsets into the text: scrolling and resizing keep it.

Textual's own selection stores screen positions, and costs time with every line drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from milatui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from textual import events

_LEFT = 1


class SelectablePane(Pane):
    """A pane whose text can be selected; subclasses map screen positions to offsets."""

    class Selected(Message):
        """The mouse button was released, and ``text`` is selected."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _anchor: int | None = None
    _anchor_pinned = False
    _dragged = False
    selection: tuple[int, int] = (0, 0)

    # Text, given by subclasses -----------------------------------------------------------

    @property
    def whole_text(self) -> str:
        """The whole text, in view or not."""
        return ""

    def offset_at(self, column: int, row: int) -> int:
        """Finds the offset of the character at ``column`` and ``row``, or of the nearest one."""
        raise NotImplementedError

    # The selection -----------------------------------------------------------------------

    @property
    def selected_text(self) -> str:
        """The selected text, "" if nothing is selected."""
        return self.whole_text[slice(*self.selection)].strip("\n")

    def select(self, start: int, end: int) -> None:
        """Selects ``[start, end)``."""
        if (start, end) != self.selection:
            self.selection = (start, end)
            self.refresh()

    def unselect(self) -> bool:
        """Removes the selection; returns whether there was one."""
        had = self.selection[0] < self.selection[1]
        self.select(0, 0)
        return had

    def _select_around(self, at: int, clicks: int) -> None:
        """Selects the word at offset ``at`` (double click) or its line (triple click)."""
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
        self._post_selected()

    def _post_selected(self) -> None:
        if self.selected_text:
            self.post_message(self.Selected(self.selected_text))

    @property
    def _first_row(self) -> int:
        """The first row of the widget that shows text."""
        return self.header_height - self.pinned_height

    # The mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Sets the anchor of a selection."""
        if event.button == _LEFT and self._first_row <= event.y < self.size.height - self.boxed:
            self._dragged = False
            self._anchor = self.offset_at(event.x - self.left_border, event.y - self.header_height)
            self._anchor_pinned = event.y < self.header_height
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extends the selection while the button is held; scrolls at the edges."""
        if self._anchor is None or not event.button:
            return
        row = event.y - self.header_height
        pinned = row < 0 and event.y >= self._first_row and self._anchor_pinned
        if not pinned and (row < 0 or row >= self.page_height):
            self.scroll_by(-1 if row < 0 else 1)
            row = max(0, min(row, self.page_height - 1))
        at = self.offset_at(event.x - self.left_border, row)
        if at != self._anchor or self.selection[0] < self.selection[1]:
            # The character under the pointer is included, as in terminals.
            last = min(len(self.whole_text), max(at, self._anchor) + 1)
            self.select(min(at, self._anchor), last)
            self._dragged = True

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Finishes the selection."""
        if self._anchor is not None:
            self.capture_mouse(False)
            self._anchor = None
            if self._dragged:
                self._post_selected()

    def on_click(self, event: events.Click) -> None:
        """Handles a click, unless it ended a selection."""
        event.stop()
        if self._dragged:
            self._dragged = False
            self.post_message(self.Activated(self))
            return
        if event.chain > 1 and event.y >= self._first_row:
            at = self.offset_at(event.x - self.left_border, event.y - self.header_height)
            self._select_around(at, event.chain)
            return
        self.unselect()
        super().on_click(event)
