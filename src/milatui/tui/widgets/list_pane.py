"""A pane with a cursor: base of the partner list, the timeline, the results and the picker.

Items have as many lines as they need.  The height of an item is known only once it is drawn, so
the view is not a number of lines but an item and a line of it: moving and scrolling look at the
items of one screenful, however long the list.
"""

from __future__ import annotations

import textwrap
from typing import Final

from rich.segment import Segment
from textual.message import Message

from milatui.tui.text.cells import fit
from milatui.tui.widgets.list_columns import GAP, PaneColumn, heading_line, wrap_title
from milatui.tui.widgets.pane import Pane

_MOST_REMEMBERED: Final = 2000
"""Most items whose lines are remembered."""
_FEW_LINES: Final = 2
"""Lines of a title that need not be fewer."""
_MOST_TITLE_LINES: Final = 6
"""More would be an abuse; the last line is cut then."""


class ListPane(Pane):
    """Draws items on demand; the cursor skips headings.

    ``top`` is the first item in view, ``top_part`` the number of its lines above the view.
    """

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

    cursor = 0
    top_part = 0
    populated = False  # until ``show_items``
    preview_due = False
    """Whether the cursor has moved since the item under it was previewed."""
    restricted = False
    """Whether the scope has restrictions."""
    expanded = True
    """Whether titles are shown whole, on several lines if need be."""
    _titles: dict[tuple[int, bool], tuple[int, list[str]]] | None = None
    _titles_for = 0
    _rows: list[tuple[int, int]] | None = None
    _rows_for: tuple[int, ...] = ()
    _columns: list[PaneColumn] | None = None
    _columns_for = 0

    # Items, given by subclasses ----------------------------------------------------------

    def item_count(self) -> int:
        """Returns the number of items, headings included."""
        return 0

    def is_heading(self, item: int) -> bool:
        """Returns whether ``item`` is a heading."""
        return False

    def title_of(self, item: int) -> str:
        """Returns the text of an item that is shown whole in an expanded list."""
        return ""

    def lines_below(self, item: int) -> int:
        """Returns the number of lines of an item below its title."""
        return 0

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        """Draws line ``part`` of an item in ``cells`` cells; ``row_role``: see ``Theme``."""
        raise NotImplementedError

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        """Returns the columns that fit into ``cells`` cells; empty if the items have no columns."""
        return []

    def sorted_column(self) -> tuple[str, bool]:
        """Returns the column that the items are sorted by, "" for none, and whether it ascends."""
        return "", True

    def empty_lines(self) -> list[str]:
        """Returns the text shown if there are no items, one paragraph an entry."""
        return []

    # The view ----------------------------------------------------------------------------

    @property
    def columns(self) -> list[PaneColumn]:
        """The columns in view."""
        cells = self.content_width - 1
        if self._columns is None or self._columns_for != cells:
            self._columns, self._columns_for = self.choose_columns(cells), cells
        return self._columns

    def title_lines(self, item: int) -> list[str]:
        """Returns an item's title as lines; as one, perhaps too long, if it is not expanded."""
        return self._wrapped(item)[1]

    def _wrapped(self, item: int) -> tuple[int, list[str]]:
        """Returns where the further lines of a title begin, and its lines."""
        titles, cells = self._titles, self.content_width
        if titles is None or self._titles_for != cells or len(titles) > _MOST_REMEMBERED:
            titles = self._titles = {}
            self._titles_for = cells
        key = (item, self.expanded)
        wrapped = titles.get(key)
        if wrapped is None:
            wrapped = titles[key] = self._wrap_title(item)
        return wrapped

    def _wrap_title(self, item: int) -> tuple[int, list[str]]:
        title = self.title_of(item)
        start, first = self._title_columns
        if not self.expanded or not self.columns:
            return start, [title]
        cells, left = self.content_width - 1 - GAP, self.long_title_start
        lines = wrap_title(title, first, cells - start, _MOST_TITLE_LINES)
        if len(lines) > _FEW_LINES and left < start:
            wider = wrap_title(title, first, cells - left, _MOST_TITLE_LINES)
            if len(wider) < len(lines):
                return left, wider
        return start, lines

    @property
    def _title_columns(self) -> tuple[int, int]:
        """Where the column of the titles begins, and its width."""
        start = 0
        for column in self.columns:
            if not column.priority:
                return start, column.cells
            start += column.cells + GAP
        return 0, start

    @property
    def long_title_start(self) -> int:
        """Where the further lines of a title of more than two lines begin, if that saves lines."""
        return self._title_columns[0]

    def height_of(self, item: int) -> int:
        """Returns the number of lines of an item."""
        if self.is_heading(item):
            return 1
        return len(self.title_lines(item)) + self.lines_below(item)

    def measure_again(self) -> None:
        """Forgets how the items were broken into lines: they have changed."""
        self._titles = self._rows = self._columns = None

    @property
    def rows(self) -> list[tuple[int, int]]:
        """The rows in view that show items: the item, and the line of it."""
        key = (self.top, self.top_part, *self.outer_size, self.field_shown, self.expanded)
        if self._rows is None or self._rows_for != key:
            rows: list[tuple[int, int]] = []
            item, total = self.top, self.item_count()
            while len(rows) < self.page_height and item < total:
                rows += ((item, part) for part in range(self.height_of(item)))
                if item == self.top:
                    del rows[: self.top_part]
                item += 1
            del rows[self.page_height :]
            self._rows, self._rows_for = rows, key
        return self._rows

    def _above(self, item: int, lines: int) -> tuple[int, int]:
        """Returns item and line where a view with ``lines`` lines above ``item`` begins."""
        while lines > 0 and item > 0:
            item -= 1
            height = self.height_of(item)
            if height > lines:
                return item, height - lines
            lines -= height
        return item, 0

    def _below(self, item: int, part: int, lines: int) -> tuple[int, int]:
        """Returns the item and line that are ``lines`` lines below another, or the last ones."""
        last = self.item_count() - 1
        part += lines
        while item < last and part >= self.height_of(item):
            part -= self.height_of(item)
            item += 1
        return item, part

    def _set_view(self, top: tuple[int, int]) -> bool:
        """Begins the view at a line of an item, not too near the end; returns if it moved."""
        before = (self.top, self.top_part)
        last = self._above(self.item_count(), self.page_height)
        self.top, self.top_part = max((0, 0), min(top, last))
        return before != (self.top, self.top_part)

    def rows_wanted(self, most: int) -> int:
        """Returns the rows that the whole pane could fill, counted up to ``most``."""
        items = self.item_count()
        if not self.populated or not items:
            return most if not self.populated else min(most, 6)
        rows, item = 2 + self.field_shown, 0
        while rows < most and item < items:
            rows += self.height_of(item) if items < most else 1
            item += 1
        return min(rows, most)

    # State -----------------------------------------------------------------------------

    def scroll_state(self) -> tuple[int, int, int]:
        rows = self.rows
        shown = rows[-1][0] - rows[0][0] + 1 if rows else 0
        return self.item_count(), shown, self.top

    def show_items(self, cursor: int = 0) -> None:
        """Shows changed items, with the cursor on item ``cursor``."""
        self.populated = True
        self.measure_again()
        self.cursor = self._nearest_selectable(max(0, min(cursor, self.item_count() - 1)), 1)
        self._set_view((self.top, self.top_part))
        self._scroll_to_cursor()
        self.refresh()

    def move(self, by: int) -> None:
        """Moves the cursor by ``by`` items; headings are skipped."""
        self.move_to(self.cursor + by, 1 if by > 0 else -1)

    def move_page(self, pages: float) -> None:
        """Moves the cursor by ``pages`` screenfuls."""
        lines = max(1, int(self.page_height * abs(pages)) - (abs(pages) >= 1))
        if pages > 0:
            item = self._below(self.cursor, 0, lines)[0]
            self.move_to(max(item, self.cursor + 1))
        else:
            item, part = self._above(self.cursor, lines)
            self.move_to(min(item + bool(part), self.cursor - 1), -1)

    def move_to(self, item: int, direction: int = 1) -> None:
        """Moves the cursor to ``item``, or to the nearest item that is not a heading."""
        new = self._nearest_selectable(max(0, min(item, self.item_count() - 1)), direction)
        if new == self.cursor:
            if self._scroll_to_cursor():
                self.refresh()
            return
        old, self.cursor = self.cursor, new
        self.cursor_moved()
        if self._scroll_to_cursor():
            self.refresh()
        else:
            self.refresh_item(old)
            self.refresh_item(new)
            if self.position():
                self.refresh_title()
        self.preview_due = True
        self.post_message(self.Moved(self))

    def cursor_moved(self) -> None:
        """Adapts to the item that the cursor is on now; called before anything is drawn."""

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
        if self.cursor >= self.item_count():
            return False
        first = self.cursor - (self.cursor > 0 and self.is_heading(self.cursor - 1))
        last_line = (self.cursor, self.height_of(self.cursor) - 1)
        view = (self.top, self.top_part)
        if view <= (first, 0) and last_line in self.rows:
            return False
        # Half a page at once: a scroll repaints every line.
        half = self.page_height // 2
        moved = self._set_view(self._above(first, half))
        if last_line not in self.rows:
            moved |= self._set_view((self.cursor, 0))
        return moved

    def show_on_top(self, item: int) -> None:
        """Begins the view at an item."""
        if self._set_view((item, 0)):
            self.refresh()

    def scroll_by(self, lines: int) -> None:
        if lines > 0:
            top = self._below(self.top, self.top_part, lines)
        else:
            top = self._above(self.top, -lines - self.top_part)
            if -lines < self.top_part:
                top = (self.top, self.top_part + lines)
        if self._set_view(top):
            self.refresh()

    def refresh_item(self, item: int) -> None:
        """Repaints one item, as far as it is in view."""
        shown = [row for row, (at, _part) in enumerate(self.rows) if at == item]
        if shown:
            self.refresh_rows(shown[0], len(shown))

    def active_changed(self) -> None:
        self.refresh_item(self.cursor)

    def resized(self) -> None:
        self._set_view((self.top, self.top_part))
        self._scroll_to_cursor()

    def set_expanded(self, expanded: bool) -> bool:
        """Shows titles whole, or only their beginning; returns whether it must be repainted."""
        before, self.expanded = self.expanded, expanded
        return before != expanded

    # Drawing ---------------------------------------------------------------------------

    @property
    def pinned_height(self) -> int:
        """One line for the headings of the columns, if a line of items remains."""
        return 1 if self.size.height > 2 + self.field_shown and not self.boxed else 0

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        headings = heading_line(self.columns, cells - 1, *self.sorted_column(), self.theme)
        return [Segment(" ", self.theme["dim"]), *headings]

    def draw_row(self, row: int, cells: int) -> list[Segment]:
        rows = self.rows
        if row >= len(rows):
            return [self._empty(row, cells)]
        item, part = rows[row]
        if self.is_heading(item):
            return self.draw_heading(item, part, cells)
        row_role = ""
        if item == self.cursor:
            row_role = "cursor" if self.active else "cursor-inactive"
        cursor = self.theme.glyphs.cursor if row_role else " "
        first = Segment(cursor, self.theme.on("accent" if self.active else "dim", row_role))
        return [first, *self.draw_item(item, part, cells - 1, row_role)]

    def draw_continuation(
        self, item: int, part: int, cells: int, row_role: str, role: str
    ) -> list[Segment]:
        """Draws line ``part`` of a title, but not its first one, in ``cells`` cells."""
        (start, lines), theme = self._wrapped(item), self.theme
        return [
            Segment(" " * start, theme.on("text", row_role)),
            Segment(
                fit(lines[part], cells - start, theme.glyphs.ellipsis), theme.on(role, row_role)
            ),
        ]

    def draw_heading(self, item: int, part: int, cells: int) -> list[Segment]:
        """Draws line ``part`` of a heading in ``cells`` cells."""
        return [Segment(" ", self.theme["text"]), *self.draw_item(item, part, cells - 1, "")]

    def _empty(self, row: int, cells: int) -> Segment:
        """Returns a row below the last item, or of the text that replaces the items."""
        paragraphs = self.empty_lines() if self.populated and not self.item_count() else []
        words = [part for text in paragraphs for part in textwrap.wrap(text, max(1, cells - 3))]
        text = words[row] if row < len(words) else ""
        return Segment(fit("  " + text, cells) if text else " " * cells, self.theme["dim"])

    def clicked(self, column: int, row: int) -> None:
        if not 0 <= row < len(self.rows):
            return
        item = self.rows[row][0]
        if self.is_heading(item):
            return
        if item == self.cursor:
            self.post_message(self.Chosen(self))
        else:
            self.move_to(item)
