"""The frame that all panes share: border, title, tabs, text field and scrollbar, drawn by line.

A pane is one widget and draws its own frame: a change of focus repaints two borders, a step in a
list two lines, and no widget needs a style sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.strip import Strip

from milatui.tui.text.cells import cut, width
from milatui.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.widget import Widget

    from milatui.tui.theme.theme import Theme
    from milatui.tui.widgets.text_field import TextField


class _FieldLayout(Layout):
    """Places the text field, the only child of a pane, on the pane's first line."""

    name = "field"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        region = Region(4, 1, max(1, size.width - 6), 1)
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for child in children]


class Pane(LineWidget):
    """A framed, scrolled view of lines; subclasses draw the lines.

    The screen sets ``theme``, ``tabs`` and ``active``; messages go up to it.  Only text fields
    take Textual's focus, which repaints and restyles whole widgets; the screen knows which pane
    is active.
    """

    class Activated(Message):
        """The pane was clicked and becomes the active one."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

    class TabClicked(Message):
        """The tab of another pane in this pane's border was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    pane_name = ""
    number = 0
    has_field = False
    populated = True
    """Whether the pane has received its content."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(id=self.pane_name)
        self.theme = theme
        self.tabs: tuple[tuple[str, str], ...] = ()
        """``(pane name, label)`` of all panes that share this place on the screen."""
        self.active = False
        self.top = 0
        """The first line of content in view."""
        self.field: TextField | None = None
        self.field_text = ""
        self._pane_layout = _FieldLayout()
        self._tab_ends: list[tuple[int, str]] = []

    # Content, given by subclasses --------------------------------------------------------

    def heading(self) -> str:
        """The pane's name in the interface language."""
        raise NotImplementedError

    def info(self) -> str:
        """How much the pane contains and how it is sorted."""
        return ""

    def title_right(self, cells: int) -> list[Segment]:
        """The right end of the upper border, at most ``cells`` cells."""
        return []

    def footer_right(self) -> str:
        """The text in the lower right corner."""
        return ""

    def placeholder(self) -> str:
        """The text of the text field while it is empty."""
        return ""

    def line_count(self) -> int:
        """Number of lines of content, in view or not."""
        return 0

    @property
    def pinned_height(self) -> int:
        """Lines between the text field and the content that do not scroll."""
        return 0

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        """Draw line ``row`` of what does not scroll, in exactly ``cells`` cells."""
        raise NotImplementedError

    def draw(self, line: int, cells: int) -> list[Segment]:
        """Draw line ``line`` of the content in exactly ``cells`` cells."""
        raise NotImplementedError

    def ticks(self) -> frozenset[int]:
        """Rows of the scrollbar (from 0) with a tick."""
        return frozenset()

    def active_changed(self) -> None:
        """Repaint what looks different in the active pane."""

    def clicked(self, column: int, row: int) -> None:
        """Handle a click on ``column`` and ``row`` of the content; the text field is row -1."""

    # Geometry ----------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._pane_layout

    @property
    def header_height(self) -> int:
        """Lines above the content: the border, the text field, and what does not scroll."""
        return 1 + self.has_field + self.pinned_height

    @property
    def page_height(self) -> int:
        """Lines of content in view."""
        return max(1, self.size.height - self.header_height - 1)

    @property
    def content_width(self) -> int:
        """Cells between the borders."""
        return max(1, self.size.width - 2)

    def clamp_top(self, top: int) -> int:
        """The valid value of ``top`` nearest to ``top``."""
        return max(0, min(top, self.line_count() - self.page_height))

    def scroll_by(self, lines: int) -> None:
        """Scroll the view; the cursor of a list stays."""
        top = self.clamp_top(self.top + lines)
        if top != self.top:
            self.top = top
            self.refresh()

    # Repainting --------------------------------------------------------------------------

    def refresh_lines(self, first: int, count: int = 1) -> None:
        """Repaint lines of the content, as far as they are in view."""
        low = max(0, first - self.top)
        high = min(self.page_height, first + count - self.top)
        if high > low:
            self.refresh(Region(1, self.header_height + low, self.content_width, high - low))

    def refresh_frame(self) -> None:
        """Repaint the four borders."""
        wide, high = self.size
        if wide and high:
            self.refresh(
                Region(0, 0, wide, 1),
                Region(0, high - 1, wide, 1),
                Region(0, 1, 1, high - 2),
                Region(wide - 1, 1, 1, high - 2),
            )

    def refresh_footer(self) -> None:
        """Repaint the lower border."""
        self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    def set_active(self, active: bool) -> None:
        """Mark the pane as the active one, or not."""
        if active != self.active:
            self.active = active
            self.refresh_frame()
            self.active_changed()

    # Drawing -----------------------------------------------------------------------------

    def line(self, y: int, cells: int) -> Strip:
        high = self.size.height
        if y == 0:
            return Strip(self._top_border(cells), cells)
        if y == high - 1:
            return Strip(self._bottom_border(cells), cells)
        side = Segment(self.theme.glyphs.down, self._frame_style)
        if y <= self.has_field:
            return Strip([side, *self._field_line(cells - 2), side], cells)
        if y < self.header_height:
            pinned = self.draw_pinned(y - 1 - self.has_field, cells - 2)
            return Strip([side, *pinned, side], cells)
        row = y - self.header_height
        content = self.draw(self.top + row, cells - 2)
        return Strip([side, *content, self._scrollbar(row, side)], cells)

    @property
    def _frame_style(self) -> Style:
        return self.theme["frame-focus" if self.active else "frame"]

    def _top_border(self, wide: int) -> list[Segment]:
        glyphs, frame = self.theme.glyphs, self._frame_style
        parts = [Segment(glyphs.top_left + " ", frame)]
        parts += self._tab_labels(wide - 4, frame)
        used = sum(width(part.text) for part in parts)
        info = self.info() if self.populated and len(self.tabs) < 2 else ""
        if info and wide - used > 8:
            info = _shorten_info(info, wide - used - 5, glyphs.dot)
            parts += [
                Segment(glyphs.across * 2 + " ", frame),
                Segment(info + " ", self.theme["dim"]),
            ]
            used += width(info) + 4
        right = self.title_right(wide - used - 4)
        taken = sum(width(part.text) for part in right)
        rest = wide - used - taken - (3 if right else 1)
        gap = " " if right else ""
        parts.append(Segment(glyphs.across * max(0, rest) + gap, frame))
        parts += right
        parts.append(Segment(gap + glyphs.top_right, frame))
        return parts

    def _tab_labels(self, cells: int, frame: Style) -> list[Segment]:
        """The pane's name, or the names of all panes that share its place."""
        theme = self.theme
        tabs = self.tabs or ((self.pane_name, f"{self.number} {self.heading()}"),)
        parts: list[Segment] = []
        self._tab_ends = []
        at = 2
        for name, label in _fit_tabs(tabs, self.pane_name, cells):
            own = name == self.pane_name
            focus = own and (self.active or len(tabs) > 1)
            style = theme["name-focus" if focus else "text" if own else "name"]
            parts.append(Segment(label + " ", style))
            at += width(label) + 1
            self._tab_ends.append((at, name))
            if name != tabs[-1][0]:
                parts.append(Segment(" ", frame))
                at += 1
        return parts

    def _bottom_border(self, wide: int) -> list[Segment]:
        glyphs, frame, dim = self.theme.glyphs, self._frame_style, self.theme["dim"]
        footer = self.footer_right()
        room = wide - 8 - width(footer)
        info = self.info() if self.populated and len(self.tabs) > 1 else ""
        info = _shorten_info(info, room, glyphs.dot)
        left = f" {info} " if info else ""
        right = f" {footer} " if footer else ""
        rest = wide - 4 - width(left) - width(right)
        if rest < 0:
            left, right, rest = "", "", wide - 4
        return [
            Segment(glyphs.bottom_left + glyphs.across, frame),
            Segment(left, dim),
            Segment(glyphs.across * rest, frame),
            Segment(right, dim),
            Segment(glyphs.across + glyphs.bottom_right, frame),
        ]

    def _scrollbar(self, row: int, side: Segment) -> Segment:
        """The cell of the right border beside ``row``: tick, thumb or border."""
        if row in self.ticks():
            return Segment(self.theme.glyphs.tick, self.theme["accent"])
        total, page = self.line_count(), self.page_height
        if total <= page:
            return side
        size = max(1, page * page // total)
        first = round(self.top * (page - size) / max(1, total - page))
        if first <= row < first + size:
            return Segment(self.theme.glyphs.thumb, self.theme["accent" if self.active else "dim"])
        return side

    def _field_line(self, cells: int) -> list[Segment]:
        text = self.field_text or self.placeholder()
        style = self.theme["text" if self.field_text else "dim"]
        prompt = Segment(
            f" {self.theme.glyphs.prompt} ", self.theme["accent" if self.active else "dim"]
        )
        shown = cut(text, cells - 4)
        return [prompt, Segment(shown + " " * (cells - 3 - width(shown)), style)]

    # The text field ----------------------------------------------------------------------

    async def open_field(self) -> None:
        """Focus the pane's text field; it is created when first opened."""
        if self.field is None:
            from milatui.tui.widgets.text_field import TextField

            self.field = TextField(self.field_text, self.placeholder(), self.theme)
            await self.mount(self.field)
        self.screen.set_focus(self.field)

    def underline(self, spans: Sequence[tuple[int, int]]) -> None:
        """Underline ``(start, end)`` spans of the text in the text field."""
        if self.field is not None and self.field.underlined != spans:
            self.field.underlined = spans
            self.field.refresh()

    def write_field(self, text: str) -> None:
        """Set the text of the text field without acting on it."""
        self.field_text = text
        if self.field is not None and self.field.value != text:
            self.field.value = text
            self.field.cursor_position = len(text)

    # The mouse ---------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Activate the pane, or the one whose tab was clicked."""
        event.stop()
        if event.y == 0 and len(self._tab_ends) > 1:
            for end, name in self._tab_ends:
                if event.x < end:
                    self.post_message(self.TabClicked(name))
                    return
        self.post_message(self.Activated(self))
        self.clicked(event.x - 1, event.y - self.header_height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-3)


def _shorten_info(info: str, room: int, dot: str) -> str:
    """``info``, or only its part before the dot if the whole does not fit into ``room`` cells."""
    return info if width(info) <= room else cut(info.partition(f" {dot} ")[0], room)


def _fit_tabs(tabs: Sequence[tuple[str, str]], own: str, cells: int) -> list[tuple[str, str]]:
    """Shorten the labels of ``tabs``, except that of pane ``own``, until all fit."""
    gaps = 2 * (len(tabs) - 1)
    room = cells - gaps - sum(width(label) for name, label in tabs if name == own)
    others = [label for name, label in tabs if name != own]
    if sum(map(width, others)) <= room:
        return [(name, cut(label, cells)) for name, label in tabs]
    each = room // max(1, len(others))
    short = each if each >= 5 else 1
    return [
        (name, cut(label, cells) if name == own else label[:1] if short == 1 else cut(label, short))
        for name, label in tabs
    ]
