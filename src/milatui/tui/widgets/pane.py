"""The frame that all panes share: border, title, tabs, text field and scrollbar, drawn by line.

A pane is one widget and draws its own frame: a change of focus repaints two borders, a step in a
list two lines, and no widget needs a style sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.strip import Strip

from milatui.tui.text.cells import cut, fit_right, width
from milatui.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.widget import Widget

    from milatui.tui.theme.theme import Theme
    from milatui.tui.widgets.text_field import TextField


_PROMPT: Final = 3
"""Cells for the prompt of the text field."""
_NOTE: Final = 14
"""Cells for the number of hits beside the text field."""


class _FieldLayout(Layout):
    """Places the text field, the only child of a pane, on the pane's second line."""

    name = "field"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        if not isinstance(parent, Pane) or not parent.field_shown:
            return []
        left = parent.left_border
        region = Region(left + _PROMPT, 1, max(1, size.width - 2 * left - 4 - parent.note_width), 1)
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for child in children]


class Pane(LineWidget):
    """A titled, scrolled view of lines; subclasses draw the lines.

    A rule with the title is on top, a line with the scrollbar on the right; a ``boxed`` pane, which
    floats over others, has borders on all sides.

    The screen sets ``theme``, ``tabs``, ``right_rules`` and ``active``; messages go up to it.  Only
    text fields take Textual's focus, which repaints and restyles whole widgets; the screen knows
    which pane is active.
    """

    class Activated(Message):
        """The pane was clicked and becomes the active one."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

    class TabClicked(Message):
        """The name of another pane in this pane's title was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    pane_name = ""
    widget_id = ""
    """Id of the widget, if another one shares its place on the screen and its name."""
    number = 0
    has_field = False
    field_stays = True
    """Whether the line of the text field is shown while the field is empty and not in use."""
    boxed = False
    populated = True
    """Whether the pane has received its content."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(id=self.widget_id or self.pane_name)
        self.theme = theme
        self.tabs: tuple[tuple[str, str], ...] = ()
        """``(pane name, label)`` of all panes that share this place on the screen."""
        self.right_rules: frozenset[int] | None = None
        """Rows where the rules of panes to the right begin; None if there are no such panes."""
        self.below_pane = False
        """Whether another pane is above this one."""
        self.active = False
        self.top = 0
        """The first line of content in view."""
        self.field: TextField | None = None
        self.field_text = ""
        self._pane_layout = _FieldLayout()
        self._tab_ends: list[tuple[int, str]] = []
        self._field_was_shown = False

    # Content, given by subclasses --------------------------------------------------------

    def heading(self) -> str:
        """Returns the pane's name in the interface language."""
        raise NotImplementedError

    def info(self) -> str:
        """Returns how much the pane contains and how it is sorted."""
        return ""

    def position(self) -> str:
        """Returns where one is in the content, at the right end of the title."""
        return ""

    def placeholder(self) -> str:
        """Returns the text of the text field while it is empty."""
        return ""

    def line_count(self) -> int:
        """Returns the number of lines of content, in view or not."""
        return 0

    @property
    def pinned_height(self) -> int:
        """Lines between the text field and the content that do not scroll."""
        return 0

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        """Draws line ``row`` of what does not scroll, in exactly ``cells`` cells."""
        raise NotImplementedError

    def draw(self, line: int, cells: int) -> list[Segment]:
        """Draws line ``line`` of the content in exactly ``cells`` cells."""
        raise NotImplementedError

    def draw_row(self, row: int, cells: int) -> list[Segment]:
        """Draws row ``row`` of the view, from 0, in exactly ``cells`` cells."""
        return self.draw(self.top + row, cells)

    def scroll_state(self) -> tuple[int, int, int]:
        """Sizes of the content, sizes of the view and its beginning, for the scrollbar.

        Returns:
            (size of the content, size of the view, beginning of the view), all in lines or all in
            items.
        """
        return self.line_count(), self.page_height, self.top

    def ticks(self) -> frozenset[int]:
        """Returns the rows of the scrollbar (from 0) with a tick."""
        return frozenset()

    def active_changed(self) -> None:
        """Repaints what looks different in the active pane."""

    def clicked(self, column: int, row: int) -> None:
        """Handles a click on ``column`` and ``row`` of the content; the text field is row -1."""

    # Geometry ----------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._pane_layout

    @property
    def left_border(self) -> int:
        """Cells to the left of the content."""
        return 1 if self.boxed else 0

    @property
    def field_shown(self) -> bool:
        """Whether the line of the text field is shown."""
        if not self.has_field:
            return False
        used = self.field is not None and self.screen.focused is self.field
        return self.field_stays or bool(self.field_text) or used

    @property
    def header_height(self) -> int:
        """Lines above the content: the title, the text field, and what does not scroll."""
        return 1 + self.field_shown + self.pinned_height

    @property
    def page_height(self) -> int:
        """Lines of content in view."""
        return max(1, self.size.height - self.header_height - self.boxed)

    @property
    def content_width(self) -> int:
        """Cells between left border and scrollbar."""
        return max(1, self.size.width - self.left_border - 1)

    def clamp_top(self, top: int) -> int:
        """Returns the valid value of ``top`` nearest to ``top``."""
        return max(0, min(top, self.line_count() - self.page_height))

    def scroll_by(self, lines: int) -> None:
        """Scrolls the view; the cursor of a list stays."""
        top = self.clamp_top(self.top + lines)
        if top != self.top:
            self.top = top
            self.refresh()

    # Repainting --------------------------------------------------------------------------

    def refresh_rows(self, first: int, count: int = 1) -> None:
        """Repaints rows of the view, from 0."""
        top = self.header_height + first
        self.refresh(Region(self.left_border, top, self.content_width, count))

    def refresh_pinned(self, row: int) -> None:
        """Repaints a row of what does not scroll."""
        if row < self.pinned_height:
            top = 1 + self.field_shown + row
            self.refresh(Region(self.left_border, top, self.content_width, 1))

    def refresh_title(self) -> None:
        """Repaints the title."""
        self.refresh(Region(0, 0, self.size.width, 1))

    def refresh_frame(self) -> None:
        """Repaints the title and the scrollbar."""
        wide, high = self.size
        if wide and high:
            self.refresh(Region(0, 0, wide, 1), Region(wide - 1, 1, 1, high - 1))

    def set_active(self, active: bool) -> None:
        """Marks the pane as the active one, or not; shows or hides its text field."""
        self._show_field()
        if active != self.active:
            self.active = active
            self.refresh_title()
            if self.field_shown:
                self.refresh(Region(self.left_border, 1, _PROMPT, 1))
            self.active_changed()

    def _show_field(self) -> None:
        """Gives the text field a line, or takes it, if that has changed."""
        if self._field_was_shown != self.field_shown:
            self._field_was_shown = self.field_shown
            self.resized()
            self.refresh(layout=True)
            if self.field is not None:
                # Textual places the children of a widget again if one of them asks for it.
                self.field.refresh(layout=True)

    def set_position(
        self,
        tabs: tuple[tuple[str, str], ...],
        right_rules: frozenset[int] | None,
        below_pane: bool,
    ) -> bool:
        """Says what is around the pane: see the attributes of these names.

        Args:
            tabs: The new ``tabs``: (pane name, title) of the lists that share the place.

        Returns:
            Whether the pane must be repainted.
        """
        before = (self.tabs, self.right_rules, self.below_pane)
        self.tabs, self.right_rules, self.below_pane = tabs, right_rules, below_pane
        return before != (tabs, right_rules, below_pane)

    # Drawing -----------------------------------------------------------------------------

    def line(self, y: int, cells: int) -> Strip:
        if y == 0:
            return Strip(self._title(cells), cells)
        if self.boxed and y == self.size.height - 1:
            return Strip(self._bottom_border(cells), cells)
        inner, header = self.content_width, self.header_height
        side = self._side(y)
        left = [Segment(self.theme.glyphs.down, self._frame_style)] if self.boxed else []
        if y <= self.field_shown:
            return Strip([*left, *self._field_line(inner), side], cells)
        if y < header:
            pinned = self.draw_pinned(y - 1 - self.field_shown, inner)
            return Strip([*left, *pinned, side], cells)
        row = y - header
        return Strip([*left, *self.draw_row(row, inner), self._scrollbar(row, side)], cells)

    @property
    def _frame_style(self) -> Style:
        return self.theme["frame-focus" if self.active else "frame"]

    def _side(self, y: int) -> Segment:
        """Returns the cell at the right end of line ``y``."""
        glyphs = self.theme.glyphs
        if self.boxed:
            return Segment(glyphs.down, self._frame_style)
        if self.right_rules is None:
            return Segment(" ", self.theme["text"])
        return Segment(
            glyphs.joins[3] if y in self.right_rules else glyphs.down, self.theme["frame"]
        )

    def _title_end(self) -> str:
        """Returns the last cell of the title."""
        glyphs = self.theme.glyphs
        if self.boxed:
            return glyphs.top_right
        if self.right_rules is None:
            return self._across
        joins = glyphs.joins_focus if self.active else glyphs.joins
        if 0 in self.right_rules:
            return joins[self.below_pane]
        return joins[2]

    @property
    def _across(self) -> str:
        glyphs = self.theme.glyphs
        return glyphs.across_focus if self.active and not self.boxed else glyphs.across

    def _title(self, wide: int) -> list[Segment]:
        """Returns the rule over the pane, with its name, what it contains, and the position."""
        glyphs, frame, dim = self.theme.glyphs, self._frame_style, self.theme["dim"]
        lead = glyphs.top_left if self.boxed else glyphs.cursor if self.active else self._across
        parts = [Segment(lead + " ", frame), *self._tab_labels(wide - 3)]
        room = wide - sum(width(part.text) for part in parts) - 1
        info = self.info() if self.populated else ""
        position = "" if self.boxed else self.position()
        if len(self.tabs) > 1:
            # Where one is, or at least how much there is.
            choices = (position, self._short_info())
            info, position = "", next((x for x in choices if x and width(x) + 3 <= room), "")
        end = [Segment(f" {position} ", dim), Segment(self._across, frame)] if position else []
        whole, needed = width(info) + 5, width(position) + (4 if info else 3)
        if needed > room or (info and whole <= room < whole + width(position) + 3):
            # How much there is and in which order says more than where one is.
            end = []
        room -= sum(width(part.text) for part in end)
        if info and room > 8:
            info = _shorten_info(info, room - 5, glyphs.dot)
            parts += [Segment(self._across * 2 + " ", frame), Segment(info + " ", dim)]
            room -= width(info) + 4
        return [
            *parts,
            Segment(self._across * room, frame),
            *end,
            Segment(self._title_end(), frame),
        ]

    def _short_info(self) -> str:
        """Returns the first part of what the pane contains: how much."""
        info, dot = self.info() if self.populated else "", self.theme.glyphs.dot
        return _shorten_info(info.partition(f" {dot} ")[0], _NOTE - 1, dot)

    def _tab_labels(self, cells: int) -> list[Segment]:
        """Returns the pane's name, or the names of all panes that share its place."""
        theme = self.theme
        tabs = self.tabs or ((self.pane_name, f"{self.number} {self.heading()}"),)
        fitted = _fit_tabs(tabs, self.pane_name, cells)
        loose = sum(width(label) + 2 for _name, label in fitted) - 1 <= cells
        parts: list[Segment] = []
        self._tab_ends = []
        at = 2
        for name, label in fitted:
            own = name == self.pane_name
            focus = own and (self.active or len(tabs) > 1)
            style = theme["name-focus" if focus else "text" if own else "name"]
            gap = "  " if loose and name != tabs[-1][0] else " "
            parts.append(Segment(label + gap, style))
            at += width(label + gap)
            self._tab_ends.append((at, name))
        return parts

    def _bottom_border(self, wide: int) -> list[Segment]:
        glyphs, frame = self.theme.glyphs, self._frame_style
        position = cut(self.position(), wide - 6)
        right = f" {position} " if position else ""
        return [
            Segment(glyphs.bottom_left + glyphs.across * (wide - 3 - width(right)), frame),
            Segment(right, self.theme["dim"]),
            Segment(glyphs.across + glyphs.bottom_right, frame),
        ]

    def _scrollbar(self, row: int, side: Segment) -> Segment:
        """Returns the cell to the right of ``row``: tick, thumb or border."""
        if row in self.ticks():
            return Segment(self.theme.glyphs.tick, self.theme["accent"])
        total, page, top = self.scroll_state()
        rows = self.page_height
        if total <= page:
            return side
        size = max(1, rows * page // total)
        first = round(top * (rows - size) / max(1, total - page))
        if first <= row < first + size:
            return Segment(self.theme.glyphs.thumb, self.theme["dim"])
        return side

    @property
    def note_width(self) -> int:
        """Cells at the right end of the text field for what the title has no room for."""
        return _NOTE if len(self.tabs) > 1 and self.content_width >= 3 * _NOTE else 0

    def _field_line(self, cells: int) -> list[Segment]:
        note_width = self.note_width
        note = fit_right(self._short_info(), note_width - 1) + " " if note_width else ""
        cells -= note_width
        text = self.field_text or self.placeholder()
        style = self.theme["text" if self.field_text else "dim"]
        prompt = Segment(
            f" {self.theme.glyphs.prompt} ", self.theme["accent" if self.active else "dim"]
        )
        shown = cut(text, cells - 4)
        line = [prompt, Segment(shown + " " * (cells - 3 - width(shown)), style)]
        return [*line, Segment(note, self.theme["dim"])] if note else line

    # The text field ----------------------------------------------------------------------

    async def open_field(self) -> None:
        """Focuses the pane's text field; it is created when first opened."""
        if self.field is None:
            from milatui.tui.widgets.text_field import TextField

            self.field = TextField(self.field_text, self.placeholder(), self.theme)
            await self.mount(self.field)
        self.screen.set_focus(self.field)

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underlines ``(start, end)`` spans of the text in the text field.

        Args:
            spans: Offsets in characters, the end exclusive.
        """
        if self.field is not None and self.field.underlined != spans:
            self.field.underlined = spans
            self.field.refresh()

    def write_field(self, text: str) -> None:
        """Sets the text of the text field without acting on it."""
        self.field_text = text
        if self.field is not None and self.field.value != text:
            self.field.value = text
            self.field.cursor_position = len(text)
        self._show_field()

    # The mouse ---------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Activates the pane, or the one whose tab was clicked."""
        event.stop()
        if event.y == 0 and len(self._tab_ends) > 1:
            for end, name in self._tab_ends:
                if event.x < end:
                    self.post_message(self.TabClicked(name))
                    return
        self.post_message(self.Activated(self))
        self.clicked(event.x - self.left_border, event.y - self.header_height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-3)


def _shorten_info(info: str, room: int, dot: str) -> str:
    """Shortens ``info`` to what stands before the dot, or the bracket, if it exceeds ``room``."""
    before_dot = info.partition(f" {dot} ")[0]
    for words in (info, before_dot):
        if width(words) <= room:
            return words
    return cut(before_dot.partition(" (")[0], room)


def _fit_tabs(tabs: Sequence[tuple[str, str]], own: str, cells: int) -> list[tuple[str, str]]:
    """Shortens the labels of ``tabs``, except that of pane ``own``, until all fit."""
    gaps = len(tabs)
    room = cells - gaps - sum(width(label) for name, label in tabs if name == own)
    others = [label for name, label in tabs if name != own]
    if sum(map(width, others)) <= room:
        return [(name, cut(label, cells - gaps)) for name, label in tabs]
    each = room // max(1, len(others))
    short, most = each if each >= 5 else 1, cells - gaps
    return [
        (name, cut(label, most) if name == own else label[:1] if short == 1 else cut(label, short))
        for name, label in tabs
    ]
