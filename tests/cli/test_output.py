"""Tables, JSON and CSV: aligned, complete, and safe to show in a terminal."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.cli.output import columns, json_text, table_lines, write_csv, write_table

HOSTILE = "a\x1b]0;owned\x07b\x9bc\x7fd\u202ee\ud800f"


@given(st.text(alphabet=st.characters()))
def test_json_keeps_every_character_and_shows_none_a_terminal_obeys(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in written)
    assert not any(0xD800 <= ord(c) < 0xE000 for c in written)
    written.encode()


def test_json_escapes_what_stands_outside_the_first_plane() -> None:
    written = json_text(["\U000e0041 Montréal \x7f"])
    assert written.isprintable()
    assert json.loads(written) == ["\U000e0041 Montréal \x7f"]


def test_csv_reads_back_and_holds_no_controls(capsys: pytest.CaptureFixture[str]) -> None:
    write_csv(("id", "n"), [('say "hi", all', 3), (HOSTILE, 4)])
    out = capsys.readouterr().out
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[:2] == [["id", "n"], ['say "hi", all', "3"]]
    assert not any(c in out for c in "\x1b\x07\x9b\x7f\u202e\ud800")


def test_a_table_shows_hostile_cells_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    write_table([("title\nsecond", HOSTILE)])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert not any(c in out for c in "\x1b\x07\x9b\x7f\u202e\ud800")


def test_columns_count_wide_and_combining_characters() -> None:
    assert columns("삼성") == 4
    assert columns("e\u0301te\u0301") == 3


@given(
    st.lists(st.tuples(st.text("ab é삼", max_size=30), st.text("xyz", max_size=30)), max_size=5),
    st.integers(10, 80),
)
def test_a_table_in_a_terminal_never_exceeds_its_width(
    rows: list[tuple[str, str]], width: int
) -> None:
    lines = list(table_lines(rows, width))
    assert len(lines) == len(rows)
    assert all(columns(line) <= width for line in lines)


def test_a_cut_cell_ends_in_an_ellipsis_and_numbers_stand_right() -> None:
    rows = [("A very long title of an event", "5"), ("Short", "123")]
    assert list(table_lines(rows, 16, frozenset({1}))) == ["A very lon…    5", "Short        123"]


def test_without_a_terminal_nothing_is_cut() -> None:
    title = "long " * 40
    assert title.strip() in next(iter(table_lines([(title, "id")], None)))
