"""The frame all four panes share: border, title, tabs, text field and scrollbar, drawn by line.

A pane is one widget: it draws its own frame, so that a change of focus repaints two borders and
a step in a list two lines, and no widget needs a style sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.strip import Strip

from milatui.tui.frame import bottom_border, top_border
from milatui.tui.lines import LineWidget
from milatui.tui.text.cells import cut, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.widget import Widget

    from milatui.tui.field import TextField
    from milatui.tui.theme.theme import Theme


class _FieldLayout(Layout):
    """Puts the text field, the only child a pane can have, on the pane's first line."""

    name = "field"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        region = Region(4, 1, max(1, size.width - 6), 1)
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for child in children]


class Pane(LineWidget):
    """A framed view on lines; subclasses say what a line holds.

    The screen sets ``theme``, ``tabs`` and ``active`` (attributes down); messages go up.
    Only text fields take Textual's focus, for it repaints and restyles whole widgets; which
    pane is active, the screen knows.
    """

    class Activated(Message):
        """The pane was clicked and becomes the one that keys go to."""

        def __init__(self, pane: Pane) -> None:
            super().__init__()
            self.pane = pane

    class TabClicked(Message):
        """The name of another pane in this pane's frame was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    pane_name = ""
    number = 0
    has_field = False
    filled = True
    """Whether it has been told what to hold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(id=self.pane_name)
        self.theme = theme
        self.tabs: tuple[tuple[str, str], ...] = ()
        self.active = False
        self.top = 0
        self.field: TextField | None = None
        self.field_text = ""
        self._pane_layout = _FieldLayout()
        self.tab_ends: list[tuple[int, str]] = []

    # What subclasses say ---------------------------------------------------------------

    def heading(self) -> str:
        """The pane's name in the language spoken."""
        raise NotImplementedError

    def info(self) -> str:
        """How much it holds and how it is sorted."""
        return ""

    def ornament(self, cells: int) -> list[Segment]:
        """What stands at the right end of the title, in at most ``cells`` cells."""
        return []

    def corner(self) -> str:
        """What stands in the lower right corner."""
        return ""

    def placeholder(self) -> str:
        """What the text field says while it is empty."""
        return ""

    def line_count(self) -> int:
        """Lines the pane could show if it were tall enough."""
        return 0

    def draw(self, line: int, cells: int) -> list[Segment]:
        """Line ``line`` of the content, in exactly ``cells`` cells."""
        raise NotImplementedError

    def ticks(self) -> frozenset[int]:
        """Rows of the scrollbar (from 0) that carry a tick."""
        return frozenset()

    # Geometry --------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._pane_layout

    @property
    def head(self) -> int:
        """Lines above the content, the border included."""
        return 2 if self.has_field else 1

    @property
    def page_height(self) -> int:
        """Lines of content in view."""
        return max(1, self.size.height - self.head - 1)

    @property
    def content_width(self) -> int:
        """Cells between the borders."""
        return max(1, self.size.width - 2)

    def clamp_top(self, top: int) -> int:
        """The nearest possible first line in view."""
        return max(0, min(top, self.line_count() - self.page_height))

    def refresh_lines(self, first: int, count: int = 1) -> None:
        """Repaint lines of the content, given by number; those out of view cost nothing."""
        low = max(0, first - self.top)
        high = min(self.page_height, first + count - self.top)
        if high > low:
            self.refresh(Region(1, self.head + low, self.content_width, high - low))

    def refresh_frame(self) -> None:
        """Repaint the border only."""
        wide, high = self.size
        if wide and high:
            self.refresh(
                Region(0, 0, wide, 1),
                Region(0, high - 1, wide, 1),
                Region(0, 1, 1, high - 2),
                Region(wide - 1, 1, 1, high - 2),
            )

    def refresh_edge(self) -> None:
        """Repaint the lower border, where the place in the list stands."""
        self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    def set_active(self, active: bool) -> None:
        """Show or hide that this pane has the focus."""
        if active != self.active:
            self.active = active
            self.refresh_frame()
            self.focus_changed()

    def focus_changed(self) -> None:
        """Repaint what looks different with the focus."""

    # Drawing ---------------------------------------------------------------------------

    def line(self, y: int, cells: int) -> Strip:
        high = self.size.height
        if y == 0:
            return Strip(top_border(self, cells), cells)
        if y == high - 1:
            return Strip(bottom_border(self, cells), cells)
        frame = self.theme["frame-focus" if self.active else "frame"]
        side = Segment(self.theme.glyphs.down, frame)
        if y < self.head:
            return Strip([side, *self._field_line(cells - 2), side], cells)
        row = y - self.head
        content = self.draw(self.top + row, cells - 2)
        return Strip([side, *content, self._bar(row, side)], cells)

    def _bar(self, row: int, side: Segment) -> Segment:
        """The cell of the right border that doubles as the scrollbar."""
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

    # The text field --------------------------------------------------------------------

    async def open_field(self) -> None:
        """Give the focus to the pane's text field; it is made when first wanted."""
        if self.field is None:
            from milatui.tui.field import TextField

            self.field = TextField(self.field_text, self.placeholder(), self.theme)
            await self.mount(self.field)
        self.screen.set_focus(self.field)

    def underline(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Underline parts of what stands in the text field."""
        if self.field is not None and self.field.underlined != stretches:
            self.field.underlined = stretches
            self.field.refresh()

    def write_field(self, text: str) -> None:
        """Put ``text`` into the text field, as if nobody had typed it."""
        self.field_text = text
        if self.field is not None and self.field.value != text:
            self.field.value = text
            self.field.cursor_position = len(text)

    def on_click(self, event: events.Click) -> None:
        """Take the focus; a click on the name of another pane asks for that one."""
        event.stop()
        if event.y == 0 and len(self.tab_ends) > 1:
            for end, name in self.tab_ends:
                if event.x < end:
                    self.post_message(self.TabClicked(name))
                    return
        self.post_message(self.Activated(self))
        self.clicked(event.x - 1, event.y - self.head)

    def clicked(self, column: int, row: int) -> None:
        """A click on content ``row`` (from 0, the field is -1) at ``column``."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_by(-3)

    def scroll_by(self, lines: int) -> None:
        """Move the view without moving the cursor."""
        top = self.clamp_top(self.top + lines)
        if top != self.top:
            self.top = top
            self.refresh()
