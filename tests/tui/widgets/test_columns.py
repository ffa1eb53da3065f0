"""Columns of lists fill their line exactly, and titles break without loss."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milatui.tui.text.cells import width
from milatui.tui.theme.glyphs import UNICODE
from milatui.tui.theme.theme import mono_theme
from milatui.tui.widgets.list_columns import (
    GAP,
    Cell,
    PaneColumn,
    cell_line,
    fit_columns,
    heading_line,
    wrap_title,
    wrap_words,
)

THEME = mono_theme(UNICODE)
COLUMNS = (
    PaneColumn("name", "name"),
    PaneColumn("sector", "sector", 12, 3),
    PaneColumn("last", "last", 5, 1, right=True),
    PaneColumn("count", "sources", 3, 2, right=True),
)
WORDS = st.lists(st.sampled_from(["a", "laboratory", "한국", "e\u0301tude", "of"]), max_size=20)


@given(st.integers(20, 200), st.integers(1, 60))
def test_columns_fill_a_line_whichever_have_room(cells: int, least: int) -> None:
    columns = fit_columns(COLUMNS, cells, least)
    assert columns[0].name == "name"
    assert sum(column.cells + GAP for column in columns) == cells
    drawn = heading_line(columns, cells, "last", False, THEME)
    assert sum(width(part.text) for part in drawn) == cells
    line = cell_line(columns, {"name": Cell("한국 로봇 연구소" * 9), "count": Cell("1")}, THEME, "")
    assert sum(width(part.text) for part in line) == cells


def test_the_least_important_column_goes_first() -> None:
    assert [c.name for c in fit_columns(COLUMNS, 40, 15)] == ["name", "sector", "last", "count"]
    assert [c.name for c in fit_columns(COLUMNS, 34, 15)] == ["name", "last", "count"]
    assert [c.name for c in fit_columns(COLUMNS, 24, 15)] == ["name", "last"]


def test_the_sorted_column_has_a_mark_and_a_long_heading_takes_the_blank_to_its_left() -> None:
    columns = fit_columns(COLUMNS, 34, 15)
    text = "".join(part.text for part in heading_line(columns, 34, "last", False, THEME))
    assert "last▾" in text
    blank = fit_columns((COLUMNS[0], COLUMNS[3]), 24, 15)
    wide = "".join(part.text for part in heading_line(blank, 24, "name", True, THEME))
    assert wide.split() == ["name▴", "sources"]
    assert wide.endswith("sources ")


@given(WORDS, st.integers(2, 30), st.integers(2, 30), st.integers(1, 8))
def test_a_title_breaks_at_spaces_and_loses_no_word(
    words: list[str], first: int, rest: int, most: int
) -> None:
    title = " ".join(words)
    lines = wrap_title(title, first, rest, most)
    assert 1 <= len(lines) <= most
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(width(line) <= (rest if number else first) for number, line in enumerate(lines[:-1]))
    assert len(lines) == most or width(lines[-1]) <= (rest if len(lines) > 1 else first)


def test_a_heading_that_is_cut_keeps_its_sort_mark() -> None:
    columns = [PaneColumn("year", "date", 4, 1, right=True), PaneColumn("title", "what", 20)]
    drawn = "".join(part.text for part in heading_line(columns, 26, "year", False, THEME))
    assert drawn.startswith("dat▾ what")
    assert len(drawn) == 26


def test_a_word_longer_than_its_column_is_cut_not_broken() -> None:
    assert wrap_words("telecommunications", 15, 3, "…") == ["telecommunicat…"]
    assert wrap_words("long telecommunications", 9, 3, "…") == ["long", "telecomm…"]
    assert wrap_words("research funding", 13, 3, "…") == ["research", "funding"]
