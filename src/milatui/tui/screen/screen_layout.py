"""Computes the place of each pane from the size of the screen; knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milatui.tui.actions import PANES
from milatui.tui.text.wrap import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection

WIDE = 112
"""Minimum columns for all four panes, if there are ``TALL`` rows."""
TALL = 18
PAIR = 70
"""Minimum columns for a list and the reader side by side."""
STACK = 100
_BAND_HEIGHTS = ((30, 2), (22, 1))
"""Height of the screen from which the band has two rows, and one."""


class Box(NamedTuple):
    """A rectangle of cells; ``x`` and ``y`` from 0."""

    x: int
    y: int
    width: int
    height: int


class Arrangement(NamedTuple):
    """``boxes`` of the panes in view, by name; ``tabs``: names of the panes that share a place."""

    boxes: dict[str, Box]
    tabs: tuple[str, ...]


def arrange(
    width: int,
    height: int,
    pane: str,
    shown_list: str,
    zoomed: bool,
    panes: Collection[str] = PANES,
) -> Arrangement:
    """Place the panes between the top and the bottom bar.

    Args:
        width, height: Size of the terminal in cells.
        pane: Name of the active pane.
        shown_list: Name of the list to show where only one has room.
        zoomed: Whether the active pane fills the screen.
        panes: The panes to show where all have room; the partners may be left out.
    """
    band = 0 if width < PAIR else next((h for least, h in _BAND_HEIGHTS if height >= least), 0)
    if width < STACK:
        band = min(band, 1)
    top, room = 1 + band, max(3, height - 2 - band)
    boxes = {"band": Box(0, 1, width, band)} if band else {}
    if zoomed or width < PAIR:
        return Arrangement({**boxes, pane: Box(0, top, width, room)}, PANES)
    if width < WIDE or height < TALL:
        left = max(37, min(52, width * 44 // 100))
        return Arrangement(
            boxes
            | {shown_list: Box(0, top, left, room), "reader": Box(left, top, width - left, room)},
            PANES[:3],
        )
    return Arrangement(boxes | _all(width, top, room, "partners" in panes), ())


def _all(width: int, top: int, room: int, with_partners: bool) -> dict[str, Box]:
    reader = max(44, min(TEXT_WIDTH + 4, width * 40 // 100))
    left = width - reader
    partners = max(30, min(54, left * 42 // 100))
    below = max(8, min(room * 42 // 100, 24))
    above = room - below
    if not with_partners:
        partners = 0
    boxes = {
        "partners": Box(0, top, partners, above),
        "timeline": Box(partners, top, left - partners, above),
        "search": Box(0, top + above, left, below),
        "reader": Box(left, top, reader, room),
    }
    return {name: box for name, box in boxes.items() if box.width}
