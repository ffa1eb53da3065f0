"""A widget that draws by line and caches its lines until they are refreshed.

The compositor asks for all lines of a widget at every repaint, however small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.segment import Segment
from textual.geometry import NULL_SIZE, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from milatui.index.errors import IndexUnusable
from milatui.tui.theme.glyphs import ASCII, ASCII_FALLBACKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.tui.theme.theme import Theme


def with_glyphs(strip: Strip, theme: Theme) -> Strip:
    """Replaces characters that the terminal cannot show, if the theme is limited to ASCII."""
    if theme.glyphs is not ASCII:
        return strip
    parts = (Segment(part.text.translate(ASCII_FALLBACKS), part.style) for part in strip)
    return Strip(parts, strip.cell_length)


class LineWidget(Widget):
    """Base of the panes and bars.  Subclasses draw single lines; ``refresh`` says which changed."""

    class Damaged(Message):
        """Damage of the index was found while a line was drawn; the line is left blank."""

        def __init__(self, error: IndexUnusable) -> None:
            super().__init__()
            self.error = error

    # Textual places all widgets a second time when the size of one changes; ours do not scroll.
    virtual_size: Reactive[Size] = Reactive(NULL_SIZE, repaint=False)
    theme: Theme
    _strips: dict[int, Strip] | None = None
    _drawn_size: Size | None = None

    @property
    def size(self) -> Size:
        """The size; Textual would look for borders and padding at every call."""
        return self.outer_size

    def line(self, y: int, cells: int) -> Strip:
        """Draws line ``y`` of the widget in exactly ``cells`` cells."""
        raise NotImplementedError

    def _draw(self, y: int, cells: int) -> Strip:
        try:
            return with_glyphs(self.line(y, cells), self.theme)
        except IndexUnusable as error:
            # An exception during painting would end the program.
            self.post_message(self.Damaged(error))
            return Strip.blank(cells, self.theme["text"])

    def resized(self) -> None:
        """Adapts to a new size; called before the first line is drawn."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaints the lines of ``regions``; without regions, the lines that have changed.

        Textual would repaint the whole widget at every change of focus.
        """
        strips = self._strips
        if strips and regions:
            for region in regions:
                for y in range(region.y, region.bottom):
                    strips.pop(y, None)
        elif strips and not layout and self._drawn_size == self.size:
            regions = tuple(self._redrawn(strips))
            if not regions:
                return self
        elif strips:
            strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def drop_lines(self, *, resized: bool = False) -> None:
        """Forgets the lines drawn: the layout that is being computed repaints the widget.

        Args:
            resized: Whether to call ``resized`` before the next line is drawn.
        """
        if self._strips is not None:
            self._strips.clear()
        if resized:
            self._drawn_size = None

    def _redrawn(self, strips: dict[int, Strip]) -> Iterator[Region]:
        """Draws all lines again; yields regions of adjacent lines that have changed."""
        wide, high = self.size
        first = -1
        for y in range(high + 1):
            strip = self._draw(y, wide) if y < high else None
            # Of a line that is not cached perhaps only a part is due for a repaint.
            if strip is not None and strips.get(y) != strip:
                strips[y] = strip
                first = y if first < 0 else first
            elif first >= 0:
                yield Region(0, first, wide, y - first)
                first = -1

    def render_lines(self, crop: Region) -> list[Strip]:
        size = self.size
        if self._strips is None or size != self._drawn_size:
            self._strips, self._drawn_size = {}, size
            self.resized()
        strips, wide, lines = self._strips, size.width, []
        for y in range(crop.y, crop.bottom):
            strip = strips.get(y)
            if strip is None:
                strip = strips[y] = self._draw(y, wide)
            lines.append(strip)
        if crop.x == 0 and crop.width == wide:
            return lines
        return [strip.crop(crop.x, crop.right) for strip in lines]
