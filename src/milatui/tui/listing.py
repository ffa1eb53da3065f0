"""A pane with a cursor: the list the partners, the timeline and the results are drawn by."""

from __future__ import annotations

import textwrap

from rich.segment import Segment
from textual.message import Message

from milatui.tui.pane import Pane
from milatui.tui.text.cells import fit


class ListPane(Pane):
    """Draws items of ``item_height`` lines on demand; headings are items one cannot stand on."""

    class Moved(Message):
        """The cursor stands on another item."""

        def __init__(self, pane: ListPane) -> None:
            super().__init__()
            self.pane = pane

    class Chosen(Message):
        """The item under the cursor is to be opened."""

        def __init__(self, pane: ListPane) -> None:
            super().__init__()
            self.pane = pane

    item_height = 1
    cursor = 0
    filled = False  # until ``show_items``
    restricted = False
    """Whether the scope leaves something out."""

    # What subclasses say ---------------------------------------------------------------

    def item_count(self) -> int:
        """How many items there are, headings included."""
        return 0

    def is_heading(self, item: int) -> bool:
        """Whether ``item`` is only a heading."""
        return False

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        """Line ``part`` of an item; ``line`` is what ``Theme.on`` takes."""
        raise NotImplementedError

    def empty_lines(self) -> list[str]:
        """What to say when there is no item."""
        return []

    # State -----------------------------------------------------------------------------

    def line_count(self) -> int:
        return self.item_count() * self.item_height

    def corner(self) -> str:
        return ""

    def show_items(self, cursor: int = 0) -> None:
        """The items have changed: stand on ``cursor`` and repaint."""
        self.filled = True
        self.cursor = self._standable(max(0, min(cursor, self.item_count() - 1)), 1)
        self.top = self.clamp_top(self.top)
        self._follow()
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor ``by`` items, over headings."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1)

    def move_page(self, pages: float) -> None:
        """Move by so many screenfuls."""
        step = max(1, int(self.page_height * abs(pages)) // self.item_height - (abs(pages) >= 1))
        self.move(step if pages > 0 else -step)

    def move_to(self, item: int, direction: int = 1) -> None:
        """Stand on ``item`` or the nearest one that is no heading."""
        new = self._standable(max(0, min(item, self.item_count() - 1)), direction)
        if new == self.cursor or new < 0:
            return
        old, self.cursor = self.cursor, new
        if self._follow():
            self.refresh()
        else:
            self.refresh_item(old)
            self.refresh_item(new)
            if self.corner():
                self.refresh_edge()
        self.post_message(self.Moved(self))

    def move_edge(self, last: bool) -> None:
        """To the first or the last item."""
        self.move_to(self.item_count() - 1 if last else 0, -1 if last else 1)

    def _standable(self, item: int, direction: int) -> int:
        total = self.item_count()
        for step in (direction, -direction):
            at = item
            while 0 <= at < total:
                if not self.is_heading(at):
                    return at
                at += step
        return 0

    def _follow(self) -> bool:
        """Scroll so that the cursor is in view; True if that moved anything."""
        first = self.cursor * self.item_height
        if self.cursor and self.is_heading(self.cursor - 1):
            first -= self.item_height
        last = (self.cursor + 1) * self.item_height - self.page_height
        if last <= self.top <= first:
            return False
        # Half a page at once: a step at the edge would repaint every line each time.
        half = self.page_height // 2
        top = self.clamp_top(last + half if self.top < last else first - half)
        self.top = max(last, min(top, first))
        return True

    def refresh_item(self, item: int) -> None:
        """Repaint one item."""
        self.refresh_lines(item * self.item_height, self.item_height)

    def focus_changed(self) -> None:
        self.refresh_item(self.cursor)

    def resized(self) -> None:
        self.top = self.clamp_top(self.top)
        self._follow()

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
        """A line below the last item, or of the words that stand in for items."""
        told = self.empty_lines() if self.filled and not self.item_count() else []
        words = [part for text in told for part in textwrap.wrap(text, max(1, cells - 3))]
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
