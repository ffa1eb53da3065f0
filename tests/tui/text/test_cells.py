"""Measuring, cutting and wrapping in terminal cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from milatui.tui.text.cells import (
    cell_widths,
    cut,
    fit,
    fit_right,
    fitting,
    is_narrow,
    width,
)
from milatui.tui.text.wrap import wrap_narrow, wrap_wide

TEXT = st.text(alphabet="abc é한日e\u0301’—🤖", max_size=60)


@given(TEXT, st.integers(1, 40))
def test_a_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(fit(text, cells)) == cells


@given(TEXT, st.integers(1, 40))
def test_a_cut_text_says_that_something_is_missing(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert cell_len(short) <= cells
    assert short == text or short.endswith("…")


@given(TEXT, st.integers(2, 30), st.integers(0, 4))
def test_wrapped_lines_fit_and_lose_only_spaces(text: str, cells: int, hanging: int) -> None:
    lines: list[tuple[int, int, int]] = []
    wrap_wide(text, cell_widths(text), 0, len(text), cells, min(hanging, cells // 2), lines)
    kept = "".join(text[start:end] for start, end, _indent in lines)
    assert kept.replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(text[s:e].rstrip()) + i <= max(cells, i + 2) for s, e, i in lines)


@given(st.text("ab .", max_size=60), st.integers(8, 30), st.integers(0, 4))
def test_narrow_and_wide_texts_are_wrapped_alike(text: str, cells: int, hanging: int) -> None:
    narrow: list[tuple[int, int, int]] = []
    wide: list[tuple[int, int, int]] = []
    wrap_narrow(text, 0, len(text), cells, min(hanging, cells // 2), narrow)
    wrap_wide(text, cell_widths(text), 0, len(text), cells, min(hanging, cells // 2), wide)
    assert narrow == wide


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40))
def test_narrow_texts_are_as_wide_as_they_are_long(text: str) -> None:
    if is_narrow(text):
        assert width(text) == len(text)
        assert cell_len(text.replace("\n", "")) == len(text.replace("\n", ""))


@pytest.mark.parametrize(("text", "cells"), [("한국", 4), ("e\u0301te", 3), ("abc", 3), ("", 0)])
def test_wide_and_combining_characters_are_measured(text: str, cells: int) -> None:
    assert width(text) == cells


def test_numbers_stand_at_the_right() -> None:
    assert fit_right("12", 5) == "   12"
    assert fit_right("123456", 4) == "123…"


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60))
def test_the_widths_of_all_characters_are_those_of_each(text: str) -> None:
    assert list(cell_widths(text)) == [max(0, get_character_cell_size(c)) for c in text]


@given(TEXT.filter(bool), st.integers(1, 30))
def test_as_much_fits_as_there_is_room(text: str, cells: int) -> None:
    widths = cell_widths(text)
    kept = fitting(widths, 0, len(text), cells)
    assert kept == 1 or sum(widths[:kept]) <= cells
    assert kept == len(text) or sum(widths[: kept + 1]) > cells


def test_scripts_without_spaces_fill_their_lines() -> None:
    lines: list[tuple[int, int, int]] = []
    text = "AI 日本語日本語日本語日本語"
    wrap_wide(text, cell_widths(text), 0, len(text), 12, 0, lines)
    assert lines[0] == (0, 7, 0)
