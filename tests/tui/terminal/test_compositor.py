"""A partial update never cuts a wide character, of which a half would be left blank."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from milatui.tui.terminal.compositor import CroppedUpdate


@pytest.mark.parametrize(
    ("first", "last", "drawn"),
    [
        (0, 8, "\x1b[1;1Ha한국b  "),
        (2, 4, "\x1b[1;2H한국"),
        (1, 3, "\x1b[1;2H한"),
        (3, 5, "\x1b[1;4H국"),
        (5, 7, "\x1b[1;6Hb "),
        (0, 2, "\x1b[1;1Ha한"),
    ],
)
def test_a_cut_is_moved_to_the_edge_of_a_wide_character(first: int, last: int, drawn: str) -> None:
    strip = Strip([Segment("a한국b  ")])
    update = CroppedUpdate([{0: strip}], [(0, first, last)], [[8]])
    assert update.render_segments(Console()) == drawn
