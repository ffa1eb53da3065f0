"""Every size of terminal is filled without gaps or overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.tui.actions import PANES
from milatui.tui.screen.screen_layout import arrange


@given(st.integers(20, 400), st.integers(8, 150), st.sampled_from(PANES), st.booleans())
def test_the_panes_fill_the_screen(width: int, height: int, pane: str, zoomed: bool) -> None:
    shown_list = "timeline" if pane == "reader" else pane
    boxes = arrange(width, height, pane, shown_list, zoomed).boxes
    cells = [
        (x, y)
        for box in boxes.values()
        for x in range(box.x, box.x + box.width)
        for y in range(box.y, box.y + box.height)
    ]
    assert pane in boxes
    assert len(cells) == len(set(cells))
    assert set(cells) == {(x, y) for x in range(width) for y in range(1, height - 1)}


@pytest.mark.parametrize(
    ("width", "names"),
    [(60, {"timeline"}), (80, {"timeline", "reader"}), (120, set(PANES)), (200, set(PANES))],
)
def test_what_is_in_view(width: int, names: set[str]) -> None:
    assert set(arrange(width, 24, "timeline", "timeline", False).boxes) - {"band"} == names
