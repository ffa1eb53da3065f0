"""A pane with a cursor: base of the partner list, the timeline, the results and the picker."""

from __future__ import annotations

import textwrap

from rich.segment import Segment
from textual.message import Message

from milatui.tui.text.cells import fit
from milatui.tui.widgets.pane import Pane


class ListPane(Pane):
    """Draws items of ``item_height`` lines on demand; the cursor skips headings."""

    class Moved(Message):
        """The cursor has moved to another item."""

        def __init__(self, pane: ListPane) -> None:
            super().__init__()
            self.pane = pane

    class Chosen(Message):
        """The item under the cursor was clicked, to be opened."""

        def __init__(self, pane: ListPane) -> None:
            super().__init__()
            self.pane = pane

    item_height = 1
    cursor = 0
    populated = False  # until ``show_items``
    preview_due = False
    """Whether the cursor has moved since the item under it was previewed."""
    restricted = False
    """Whether the scope has restrictions."""

    # Items, given by subclasses ----------------------------------------------------------

    def item_count(self) -> int:
        """Returns the number of items, headings included."""
        return 0

    def is_heading(self, item: int) -> bool:
        """Returns whether ``item`` is a heading."""
        return False

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        """Draws line ``part`` of an item in ``cells`` cells; ``row_role``: see ``Theme``."""
        raise NotImplementedError

    def empty_lines(self) -> list[str]:
        """Returns the text shown if there are no items, one paragraph an entry."""
        return []

    # State -----------------------------------------------------------------------------

    def line_count(self) -> int:
        return self.item_count() * self.item_height

    def footer_right(self) -> str:
        return ""

    def show_items(self, cursor: int = 0) -> None:
        """Shows changed items, with the cursor on item ``cursor``."""
        self.populated = True
        self.cursor = self._nearest_selectable(max(0, min(cursor, self.item_count() - 1)), 1)
        self.top = self.clamp_top(self.top)
        self._scroll_to_cursor()
        self.refresh()

    def move(self, by: int) -> None:
        """Moves the cursor by ``by`` items; headings are skipped."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1)

    def move_page(self, pages: float) -> None:
        """Moves the cursor by ``pages`` screenfuls."""
        step = max(1, int(self.page_height * abs(pages)) // self.item_height - (abs(pages) >= 1))
        self.move(step if pages > 0 else -step)

    def move_to(self, item: int, direction: int = 1) -> None:
        """Moves the cursor to ``item``, or to the nearest item that is not a heading."""
        new = self._nearest_selectable(max(0, min(item, self.item_count() - 1)), direction)
        if new == self.cursor or new < 0:
            return
        old, self.cursor = self.cursor, new
        if self._scroll_to_cursor():
            self.refresh()
        else:
            self.refresh_item(old)
            self.refresh_item(new)
            if self.footer_right():
                self.refresh_footer()
        self.preview_due = True
        self.post_message(self.Moved(self))

    def move_edge(self, last: bool) -> None:
        """Moves the cursor to the first or the last item."""
        self.move_to(self.item_count() - 1 if last else 0, -1 if last else 1)

    def _nearest_selectable(self, item: int, direction: int) -> int:
        """Finds the first selectable item from ``item`` on in ``direction``, else the other way."""
        total = self.item_count()
        for step in (direction, -direction):
            at = item
            while 0 <= at < total:
                if not self.is_heading(at):
                    return at
                at += step
        return 0

    def _scroll_to_cursor(self) -> bool:
        """Scrolls until the cursor is in view; returns whether anything moved."""
        first = self.cursor * self.item_height
        if self.cursor and self.is_heading(self.cursor - 1):
            first -= self.item_height
        last = (self.cursor + 1) * self.item_height - self.page_height
        if last <= self.top <= first:
            return False
        # Half a page at once: a scroll repaints every line.
        half = self.page_height // 2
        top = self.clamp_top(last + half if self.top < last else first - half)
        self.top = max(last, min(top, first))
        return True

    def refresh_item(self, item: int) -> None:
        """Repaints one item."""
        self.refresh_lines(item * self.item_height, self.item_height)

    def active_changed(self) -> None:
        self.refresh_item(self.cursor)

    def resized(self) -> None:
        self.top = self.clamp_top(self.top)
        self._scroll_to_cursor()

    # Drawing ---------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        item, part = divmod(line, self.item_height)
        if item >= self.item_count():
            return [self._empty(line, cells)]
        row_role = ""
        if item == self.cursor and not self.is_heading(item):
            row_role = "cursor" if self.active else "cursor-inactive"
        mark = self.theme.glyphs.cursor if row_role else " "
        first = Segment(mark, self.theme.on("accent" if self.active else "dim", row_role))
        return [first, *self.draw_item(item, part, cells - 1, row_role)]

    def _empty(self, line: int, cells: int) -> Segment:
        """Returns a line below the last item, or of the text that replaces the items."""
        paragraphs = self.empty_lines() if self.populated and not self.item_count() else []
        words = [part for text in paragraphs for part in textwrap.wrap(text, max(1, cells - 3))]
        at = line - 1
        text = words[at] if 0 <= at < len(words) else ""
        return Segment(fit("  " + text, cells) if text else " " * cells, self.theme["dim"])

    def clicked(self, column: int, row: int) -> None:
        item = (self.top + row) // self.item_height
        if row < 0 or item >= self.item_count() or self.is_heading(item):
            return
        if item == self.cursor:
            self.post_message(self.Chosen(self))
        else:
            self.move_to(item)
