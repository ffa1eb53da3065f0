"""Repaints exactly the cells that were asked for; Textual sends whole stretches of lines again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console


class ExactUpdate(ChopsUpdate):
    """An update that is cropped at both ends of each span, not only at the right one."""

    def render_segments(self, console: Console) -> str:
        """The escape sequences that draw the spans; the cursor is left behind the last one."""
        parts: list[str] = []
        cursor = (-1, -1)
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(x, first), min(end, last)
                if strip is not None and left < right:
                    if cursor != (left, y):
                        parts.append(Control.move_to(left, y).segment.text)
                    cursor = (right, y)
                    parts.append(strip.crop(left - x, right - x).render(console))
        return "".join(parts)


class ExactCompositor(Compositor):
    """Textual's compositor with exact partial updates."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What draws the regions that have been refreshed, None if there are none."""
        update = super().render_partial_update()
        if update is None:
            return None
        return ExactUpdate(update.chops, update.spans, update.chop_ends)
