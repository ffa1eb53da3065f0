"""Computes the place of each pane from the size of the screen; knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.tui.actions import PANES
from milatui.tui.text.wrap import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

COLUMNS: Final = 170
"""Minimum width for three columns: partners, timeline over search, reader."""
STACK: Final = 100
"""Minimum width for the lists in one column beside the reader, if there is ``STACK_ROOM``."""
STACK_ROOM: Final = 15
"""Minimum rows between the bars for more than one list."""
PAIR: Final = 70
"""Minimum width for one list and the reader side by side."""
LEAST_ROWS: Final = 3
"""Minimum rows of a pane."""

_BAND_HEIGHTS: Final = ((30, 2), (22, 1))
"""Height of the screen from which the band has two rows, and one."""
_LEAST_READER: Final = 30
_DRAWN_ROOM: Final = 18
"""Minimum rows between the bars for a drawn timeline over the reader."""
_LEAST_LIST: Final = 30
_READER: Final = (92, TEXT_WIDTH + 42)
"""Least and greatest width of a reader beside two columns: a text with a margin has room."""
_READER_SHARE: Final = 53
"""Percent of the width that it has between them."""
_PARTNERS_SHARE: Final = 53
"""Percent of the rest that the partners have beside timeline and search."""


class Box(NamedTuple):
    """A rectangle of cells; ``x`` and ``y`` from 0."""

    x: int
    y: int
    width: int
    height: int


class Arrangement(NamedTuple):
    """The regions of all panes and bars of a screen.

    Attributes:
        boxes: Places by name, of the panes in view and of the band (``band``), if it has one.
        tabs: Names of the panes that share one place.
        expanded: Names of the lists that show whole titles, on several lines if need be.
    """

    boxes: dict[str, Box]
    tabs: tuple[str, ...]
    expanded: frozenset[str]


def arrange(
    width: int,
    height: int,
    pane: str,
    shown_list: str,
    zoomed: bool,
    panes: Collection[str] = PANES,
    wanted: Mapping[str, int] | None = None,
    split: int = 0,
    *,
    drawn: bool = False,
) -> Arrangement:
    """Places band and panes between the top and the bottom bar.

    Args:
        width, height: Size of the terminal in cells.
        pane: Name of the active pane.
        shown_list: Name of the list that has the room, or is the only one shown.
        zoomed: Whether the active pane fills the screen.
        panes: The panes to show where all have room; the partners may be left out.
        wanted: Rows that a list can fill, by name; a list that is missing can fill any.
        split: Cells that the user has moved the reader's left edge to the right.
        drawn: Whether the timeline is drawn, which takes the whole width over the reader.
    """
    band = 0 if width < PAIR else next((h for least, h in _BAND_HEIGHTS if height >= least), 0)
    if width < STACK:
        band = min(band, 1)
    top, room = 1 + band, max(LEAST_ROWS, height - 2 - band)
    boxes = {"band": Box(0, 1, width, band)} if band else {}
    lists = tuple(name for name in PANES[:3] if name in panes or name == shown_list)
    wanted = wanted or {}
    if zoomed or width < PAIR:
        boxes[pane] = Box(0, top, width, room)
        return Arrangement(boxes, PANES, frozenset({pane}))
    tabs: tuple[str, ...]
    if drawn and shown_list == "timeline" and pane in ("timeline", "reader"):
        above = _drawn_height(room, wanted.get("timeline", room))
        boxes["timeline"] = Box(0, top, width, above)
        if above < room:
            boxes["reader"] = Box(0, top + above, width, room - above)
        elif pane == "reader":
            boxes = boxes | {"reader": boxes.pop("timeline")}
        tabs = () if width >= STACK and room >= STACK_ROOM else PANES[:3]
        return Arrangement(boxes, tabs, frozenset({"timeline"}))
    if width >= COLUMNS and room >= STACK_ROOM:
        reader = max(_READER[0], min(_READER[1], width * _READER_SHARE // 100))
        left = _clamp_split(width - reader + split, width)
        boxes |= _columns(left, top, room, lists, wanted)
        expanded: Collection[str] = lists
        tabs = ()
    elif width >= STACK and room >= STACK_ROOM:
        left = _clamp_split(width * 21 // 40 + split, width)
        boxes |= _stack(Box(0, top, left, room), lists, shown_list, wanted)
        expanded, tabs = {shown_list}, ()
    else:
        left = _clamp_split(width * 27 // 50 + split, width)
        boxes[shown_list] = Box(0, top, left, room)
        expanded, tabs = {shown_list}, PANES[:3]
    boxes["reader"] = Box(left, top, width - left, room)
    return Arrangement(boxes, tabs, frozenset(expanded))


def _drawn_height(room: int, wanted: int) -> int:
    """Returns the rows of a drawn timeline over the reader: all if there is room for one only."""
    if room < _DRAWN_ROOM:
        return room
    return max(room // 3, min(wanted, room * 3 // 5))


def _clamp_split(left: int, width: int) -> int:
    return max(_LEAST_LIST, min(left, width - _LEAST_READER))


def _columns(
    width: int, top: int, room: int, lists: Sequence[str], wanted: Mapping[str, int]
) -> dict[str, Box]:
    """Places the partners beside timeline over search."""
    if "partners" not in lists:
        return _halves(Box(0, top, width, room), wanted)
    partners = max(26, min(80, width * _PARTNERS_SHARE // 100))
    boxes = {"partners": Box(0, top, partners, room)}
    return boxes | _halves(Box(partners, top, width - partners, room), wanted)


def _halves(box: Box, wanted: Mapping[str, int]) -> dict[str, Box]:
    """Places the timeline over the search; either gives rows that it cannot fill to the other."""
    most = box.height - LEAST_ROWS
    least = max(LEAST_ROWS, box.height - wanted.get("search", box.height))
    above = min(box.height * 58 // 100, wanted.get("timeline", box.height))
    above = max(LEAST_ROWS, min(most, max(above, min(least, wanted.get("timeline", most)))))
    return {
        "timeline": Box(box.x, box.y, box.width, above),
        "search": Box(box.x, box.y + above, box.width, box.height - above),
    }


def _stack(
    box: Box, lists: Sequence[str], shown_list: str, wanted: Mapping[str, int]
) -> dict[str, Box]:
    """Places lists one over the other: ``shown_list`` has the room, the others a few rows."""
    few = max(LEAST_ROWS, min(6, box.height // 6))
    rows = {name: max(LEAST_ROWS, min(few, wanted.get(name, few))) for name in lists}
    rows[shown_list] = 0
    spare = box.height - sum(rows.values())
    rows[shown_list] = max(LEAST_ROWS, min(spare, wanted.get(shown_list, spare)))
    spare -= rows[shown_list]
    for name in lists:
        more = max(0, min(spare, wanted.get(name, box.height) - rows[name]))
        rows[name] += more
        spare -= more
    rows[lists[-1]] += spare
    boxes, y = {}, box.y
    for name in lists:
        boxes[name] = Box(box.x, y, box.width, rows[name])
        y += rows[name]
    return boxes


def right_rules(boxes: Mapping[str, Box], name: str) -> frozenset[int] | None:
    """Returns the rows of the box ``name``, from 0, at which a box to its right begins with a rule.

    Args:
        boxes: All boxes of the screen by name.

    Returns:
        None if the box reaches the right edge of the screen.
    """
    box = boxes[name]
    right = box.x + box.width
    if right == max(other.x + other.width for other in boxes.values()):
        return None
    others = (other for key, other in boxes.items() if key != "band" and other.x == right)
    return frozenset(o.y - box.y for o in others if box.y <= o.y < box.y + box.height)
