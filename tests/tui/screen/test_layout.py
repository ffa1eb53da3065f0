"""Every size of terminal is filled without gaps or overlaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.tui.actions import PANES
from milatui.tui.screen.screen_layout import LEAST_ROWS, Box, arrange, right_rules

LISTS = PANES[:3]


@given(
    width=st.integers(20, 400),
    height=st.integers(8, 150),
    pane=st.sampled_from(PANES),
    shown_list=st.sampled_from(LISTS),
    zoomed=st.booleans(),
    wanted=st.dictionaries(st.sampled_from(LISTS), st.integers(1, 200)),
    split=st.integers(-200, 200),
    partners=st.booleans(),
)
def test_band_and_panes_fill_the_screen(
    width: int,
    height: int,
    pane: str,
    shown_list: str,
    zoomed: bool,
    wanted: dict[str, int],
    split: int,
    partners: bool,
) -> None:
    shown_list = shown_list if pane == "reader" else pane
    panes = PANES if partners or "partners" in (pane, shown_list) else PANES[1:]
    boxes = arrange(width, height, pane, shown_list, zoomed, panes, wanted, split).boxes
    cells = [
        (x, y)
        for box in boxes.values()
        for x in range(box.x, box.x + box.width)
        for y in range(box.y, box.y + box.height)
    ]
    assert pane in boxes
    assert len(cells) == len(set(cells))
    assert set(cells) == {(x, y) for x in range(width) for y in range(1, height - 1)}
    assert all(box.height >= LEAST_ROWS for name, box in boxes.items() if name != "band")


@pytest.mark.parametrize(
    ("width", "names"),
    [(60, {"timeline"}), (80, {"timeline", "reader"}), (100, set(PANES)), (200, set(PANES))],
)
def test_what_is_in_view(width: int, names: set[str]) -> None:
    shown = arrange(width, 24, "timeline", "timeline", False).boxes
    assert set(shown) - {"band"} == names


@pytest.mark.parametrize(
    ("size", "rows"), [((120, 40), 2), ((100, 24), 1), ((80, 24), 1), ((60, 20), 0), ((120, 21), 0)]
)
def test_the_band_has_rows_where_there_is_room(size: tuple[int, int], rows: int) -> None:
    boxes = arrange(*size, "reader", "timeline", False).boxes
    assert (boxes["band"].height if "band" in boxes else 0) == rows


@pytest.mark.parametrize("shown_list", LISTS)
def test_the_list_in_use_has_the_room_and_short_lists_give_it_back(shown_list: str) -> None:
    boxes = arrange(120, 40, "reader", shown_list, False).boxes
    heights = {name: boxes[name].height for name in LISTS}
    assert heights.pop(shown_list) >= 20
    assert set(heights.values()) == {5} or min(heights.values()) >= LEAST_ROWS
    short = arrange(120, 40, "reader", shown_list, False, wanted={shown_list: 7}).boxes
    assert short[shown_list].height == 7
    brief = arrange(120, 40, "reader", shown_list, False, wanted=dict.fromkeys(heights, 3)).boxes
    assert {brief[name].height for name in heights} == {3}


def test_with_three_columns_the_reader_has_a_whole_line_of_text() -> None:
    arrangement = arrange(170, 40, "partners", "partners", False)
    assert arrangement.boxes["reader"].width >= 84
    assert arrangement.expanded == set(LISTS)


def test_a_rule_knows_where_its_neighbours_begin() -> None:
    boxes = {"one": Box(0, 1, 9, 20), "two": Box(9, 1, 9, 8), "three": Box(9, 9, 9, 12)}
    assert right_rules(boxes, "one") == frozenset({0, 8})
    assert right_rules(boxes, "two") is None
