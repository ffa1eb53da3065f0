"""Fewer bytes, the same picture; and the clipboard's sequences."""

from __future__ import annotations

import base64

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from milatui.tui.clipboard import LIMIT, clipboard_sequence
from milatui.tui.repainting import ExactUpdate
from milatui.tui.terminal import shorten

STYLES = st.sampled_from(
    ["1", "4;38;2;1;2;3", "38;2;9;9;9;48;2;0;0;0", "48;5;7", "31", "91;102", "1;31", "7", "3;4"]
)
RUNS = st.lists(st.tuples(STYLES, st.text("ab c", max_size=4)), max_size=12)


def picture(data: str) -> list[object]:
    screen = pyte.Screen(60, 2)
    pyte.Stream(screen).feed(data)
    return [screen.buffer[y][x] for y in range(2) for x in range(60)]


@given(RUNS, RUNS)
def test_the_picture_stays_the_same(
    first: list[tuple[str, str]], second: list[tuple[str, str]]
) -> None:
    rows = [
        "".join(f"\x1b[{style}m{text}\x1b[0m" for style, text in run) for run in (first, second)
    ]
    data = f"\x1b[1;1H{rows[0]}\x1b[2;1H{rows[1]} end"
    assert picture(shorten(data)) == picture(data)


def test_only_what_changes_is_sent() -> None:
    data = "\x1b[1;38;2;1;1;1;48;2;2;2;2ma\x1b[0m\x1b[1;38;2;3;3;3;48;2;2;2;2mb\x1b[0m"
    assert shorten(data) == "\x1b[1;38;2;1;1;1;48;2;2;2;2ma\x1b[38;2;3;3;3mb\x1b[0m"


def test_text_is_copied_by_the_terminal() -> None:
    sequence = clipboard_sequence("é")
    assert sequence == "\x1b]52;c;" + base64.b64encode("é".encode()).decode() + "\a"


def test_inside_tmux_the_sequence_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    sequence = clipboard_sequence("a")
    assert sequence.startswith("\x1bPtmux;\x1b\x1b]52;")
    assert sequence.endswith("\x1b\\")


def test_too_long_a_text_is_not_sent() -> None:
    assert clipboard_sequence("a" * (LIMIT + 1)) == ""


def test_an_update_sends_the_asked_cells_only() -> None:
    strips = [Strip([Segment("left border "), Segment("content "), Segment("end")], 23)]
    update = ExactUpdate([{0: strips[0]}, {0: strips[0]}], [(0, 5, 8), (1, 22, 23)], [[23], [23]])
    assert update.render_segments(Console()) == "\x1b[1;6Hbor\x1b[2;23Hd"


def test_neighbours_need_no_move() -> None:
    chops = {0: Strip([Segment("ab")], 2), 2: Strip([Segment("cd")], 2)}
    update = ExactUpdate([chops], [(0, 0, 4)], [[2, 4]])
    assert update.render_segments(Console()) == "\x1b[1;1Habcd"
