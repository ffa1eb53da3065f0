"""The pane of a view with rows: it stands in the place of the search results while it is open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _
from milatui.tui.text.cells import cut, fit, width
from milatui.tui.widgets.list_columns import GAP, Cell, cell_line, fit_columns, wrap_title
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.view_lists import filter_view

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.tui.theme.theme import Theme
    from milatui.tui.widgets.list_columns import PaneColumn
    from milatui.tui.widgets.view_lists import ViewList, ViewRow

_TITLE = 12
"""Least width of the titles."""
_ROOMY_TITLE = 28
"""Cells of the column of titles from which their further lines keep to it."""
_TITLE_LINES = 6
"""Most lines of a title."""


class ViewPane(ListPane):
    """Shows a ``ViewList``."""

    pane_name = "search"
    widget_id = "view"
    number = 3
    has_field = True
    field_stays = False

    def __init__(self, theme: Theme, view: ViewList) -> None:
        super().__init__(theme)
        self.view = view
        """The rows that the filter leaves."""
        self._whole = view
        self._ordinals: list[int] = []
        self.show_view(view)

    def show_view(self, view: ViewList) -> None:
        """Shows a view; the same one keeps its filter, and its cursor if it still has that row."""
        here = self.current.location if self.current else None
        same = self._whole.location.view == view.location.view
        if not same:
            self.write_field("")
        self._whole = view
        self._show_filtered(here if same else None)

    @property
    def filtered(self) -> bool:
        """Whether rows of the view are left out."""
        return self.view is not self._whole

    def filter(self, words: str) -> None:
        """Shows the rows of the view that have all words; "" shows all again."""
        here = self.current.location if self.current else None
        self.write_field(words)
        self._show_filtered(here)

    def _show_filtered(self, here: Location | None) -> None:
        """Shows the rows that the filter leaves, with the cursor on that of a location."""
        view = self.view = filter_view(self._whole, self.field_text)
        counted = 0
        self._ordinals = []
        for item in view.items:
            counted += not isinstance(item, str)
            self._ordinals.append(counted)
        self.show_items(max(0, self.item_of(here)) if here else 0)

    def set_cell(self, location: Location, name: str, cell: Cell) -> None:
        """Sets what a column says of the row of a location."""
        self._whole = _with_cell(self._whole, location, name, cell)
        self.view = _with_cell(self.view, location, name, cell)
        at = self.item_of(location)
        if at >= 0:
            self.refresh_item(at)

    @property
    def current(self) -> ViewRow | None:
        """The row under the cursor."""
        items = self.view.items
        item = items[self.cursor] if self.cursor < len(items) else None
        return None if isinstance(item, str) else item

    def item_of(self, location: Location) -> int:
        """Returns the item that previews a location, -1 if there is none."""
        return _item_of(self.view, location)

    def item_count(self) -> int:
        return len(self.view.items)

    def is_heading(self, item: int) -> bool:
        return isinstance(self.view.items[item], str)

    def heading(self) -> str:
        return self.view.heading

    def info(self) -> str:
        return self.view.info

    def position(self) -> str:
        if not self._ordinals or self.cursor >= len(self._ordinals):
            return ""
        number, total = map(format_count, (self._ordinals[self.cursor], self._ordinals[-1]))
        return _("{number} of {total}").format(number=number, total=total)

    def placeholder(self) -> str:
        return _("filter…")

    def empty_lines(self) -> list[str]:
        lines = list(self.view.empty)
        if self.field_text:
            return [*lines, _("Esc shows the whole list again.")]
        return [*lines, _("x removes a restriction.")] if self.restricted else lines

    def sorted_column(self) -> tuple[str, bool]:
        name, ascending = self.view.sorted_by
        shown = {column.name for column in self.columns}
        # Where there is no room for days, the column of dates has years.
        return ("year" if name == "date" and name not in shown else name), ascending

    # Drawing -----------------------------------------------------------------------------

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        return fit_columns(self.view.columns(cells), cells, _TITLE)

    def title_of(self, item: int) -> str:
        row = self.view.items[item]
        return row if isinstance(row, str) else row.title

    def _wrap_title(self, item: int) -> tuple[int, list[str]]:
        row, room = self.view.items[item], self.content_width - 1 - GAP
        start, first = self._title_columns
        roomy = first >= _ROOMY_TITLE or not self.view.long_titles
        if isinstance(row, str) or not self.expanded or (row.cells and roomy):
            return super()._wrap_title(item)
        if not row.cells:
            # Its other columns are empty: the title has the room of all of them.
            return 0, wrap_title(row.title, room, room, _TITLE_LINES)
        # It goes on under the columns to its left, but for the first one.
        start = min(start, self.columns[0].cells + GAP)
        return start, wrap_title(row.title, first, room - start, _TITLE_LINES)

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        row = self.view.items[item]
        if isinstance(row, str):
            return self._draw_title(row, cells)
        title = self.title_lines(item)[part]
        role = "strong" if row_role and row.role == "text" else row.role
        if not row.cells:
            ellipsis = self.theme.glyphs.ellipsis
            return [Segment(fit(title, cells, ellipsis), self.theme.on(role, row_role))]
        if part:
            return self.draw_continuation(item, part, cells, row_role, role)
        values = {**row.cells, "title": Cell(title, role)}
        return cell_line(self.columns, values, self.theme, row_role)

    def draw_heading(self, item: int, part: int, cells: int) -> list[Segment]:
        return self._draw_title(self.title_of(item), cells)

    def _draw_title(self, title: str, cells: int) -> list[Segment]:
        """Draws a heading: its title, how much there is of it, and a rule."""
        theme = self.theme
        label, _dot, count = title.rpartition(" · ")
        if not label:
            label, count = title, ""
        label = cut(label, max(4, cells - width(count) - 6), theme.glyphs.ellipsis)
        parts = [Segment(f" {label} ", theme["strong"])]
        used = width(label) + 2
        tail = f" {count} " if count else ""
        rule = max(0, cells - used - width(tail))
        parts.append(Segment(theme.glyphs.across * rule, theme["frame"]))
        parts.append(Segment(cut(tail, cells - used - rule), theme["dim"]))
        return parts


def _item_of(view: ViewList, location: Location) -> int:
    for number, item in enumerate(view.items):
        if not isinstance(item, str) and item.location == location:
            return number
    return -1


def _with_cell(view: ViewList, location: Location, name: str, cell: Cell) -> ViewList:
    """Returns a view whose row of a location has another cell, if it has the row."""
    at = _item_of(view, location)
    row = view.items[at] if at >= 0 else None
    if row is None or isinstance(row, str):
        return view
    items = list(view.items)
    items[at] = replace(row, cells={**row.cells, name: cell})
    return replace(view, items=items)
