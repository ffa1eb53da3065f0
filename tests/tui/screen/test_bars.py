"""The bars fill their line, and no more, however much they have to show."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.strip import Strip

from milatui.catalogue.scope import Chip
from milatui.tui.screen.bars import TopBar
from milatui.tui.theme.glyphs import choose_glyphs
from milatui.tui.theme.theme import choose_theme

CHIPS = [Chip("partners", "Nordic Robotics"), Chip("since", "since 2021"), Chip("kinds", "로봇")]


@pytest.mark.parametrize("chips", [[], CHIPS[:1], CHIPS])
@given(cells=st.integers(1, 130))
def test_the_top_bar_is_as_wide_as_the_screen(chips: list[Chip], cells: int) -> None:
    bar = TopBar(choose_theme("dark", choose_glyphs()))
    bar.title, bar.chips = "Institute and partners", chips
    bar.totals = ("4 partners · 6 events · 4 documents", "4 · 6 · 4")
    assert Strip(list(bar.line(0, cells))).cell_length == cells
