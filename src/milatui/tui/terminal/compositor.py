"""Repaints exactly the cells that were refreshed; Textual sends whole parts of lines again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import get_character_cell_size
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

if TYPE_CHECKING:
    from rich.console import Console
    from textual._compositor import CompositorMap
    from textual.geometry import Region
    from textual.strip import Strip


class CroppedUpdate(ChopsUpdate):
    """An update that is cropped at both ends of each span; Textual crops only the right end."""

    def render_segments(self, console: Console) -> str:
        """Returns the escape sequences that draw the spans; the cursor ends behind the last one."""
        parts: list[str] = []
        cursor = (-1, -1)
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(x, first), min(end, last)
                if strip is not None and left < right:
                    if x < left or right < end:
                        left, right = _whole_characters(strip, x, left, right)
                    if cursor != (left, y):
                        parts.append(Control.move_to(left, y).segment.text)
                    cursor = (right, y)
                    parts.append(strip.crop(left - x, right - x).render(console))
        return "".join(parts)


def _whole_characters(strip: Strip, x: int, left: int, right: int) -> tuple[int, int]:
    """Widens a span of columns so that no wide character is cut; a half would be a blank.

    Args:
        strip: What is drawn from column ``x`` on.
        left: The first column of the span.
        right: The column after the last one.
    """
    text = strip.text
    if text.isascii():
        return left, right
    first = last = x
    for character in text:
        if last >= right:
            break
        first, last = last, last + get_character_cell_size(character)
        if first < left < last:
            left = first
    return left, max(right, last)


class PartialUpdateCompositor(Compositor):
    """Textual's compositor with cropped partial updates."""

    def add_dirty(self, region: Region) -> None:
        """Repaints ``region`` of the screen with the next update, without asking for one."""
        self._dirty_regions.add(region)

    @property
    def full_map(self) -> CompositorMap:
        """The places of all widgets; those that it finds changed are repainted.

        Textual computes them again when a hidden widget has been refreshed.  If the layout is about
        to change, it takes the new places for the old ones, and would repaint none.
        """
        before = self._full_map
        found = super().full_map
        if found is not before:
            changed = (place for _widget, place in found.items() ^ before.items())
            regions = (place.clip.intersection(place.region) for place in changed)
            self._dirty_regions.update(region for region in regions if region)
        return found

    def render_partial_update(self) -> ChopsUpdate | None:
        """Returns an update of the refreshed regions, None if there are none."""
        update = super().render_partial_update()
        if update is None:
            return None
        return CroppedUpdate(update.chops, update.spans, update.chop_ends)
