"""A widget drawn line by line whose lines are kept until they are refreshed.

The compositor asks for all lines of a widget at every repaint, however small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region, Size
    from textual.strip import Strip


class LineWidget(Widget):
    """Subclasses give line ``y`` of the whole widget; ``refresh`` says which have changed."""

    _strips: dict[int, Strip] | None = None
    _drawn_size: Size | None = None

    def line(self, y: int, cells: int) -> Strip:
        """Line ``y`` of the widget, in exactly ``cells`` cells."""
        raise NotImplementedError

    def resized(self) -> None:
        """The size has changed: fit what depends on it, before the first line is drawn."""

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Repaint the lines of ``regions``, or everything."""
        strips = self._strips
        if strips:
            if regions:
                for region in regions:
                    for y in range(region.y, region.bottom):
                        strips.pop(y, None)
            else:
                strips.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        size = self.size
        if self._strips is None or size != self._drawn_size:
            self._strips, self._drawn_size = {}, size
            self.resized()
        strips, wide, lines = self._strips, size.width, []
        for y in range(crop.y, crop.bottom):
            strip = strips.get(y)
            if strip is None:
                strip = strips[y] = self.line(y, wide)
            lines.append(strip)
        if crop.x == 0 and crop.width == wide:
            return lines
        return [strip.crop(crop.x, crop.right) for strip in lines]
