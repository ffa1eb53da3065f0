"""What the terminal shows stays the same when only the cells that differ are sent."""

from __future__ import annotations

import re

import pyte
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.labels.labels import kind_symbol, signed_kinds
from milatui.tui.terminal.cell_diff import ScreenDiffer, sgr_transition, style_of_blanks

COLUMNS, ROWS = 30, 3
STYLES = st.sampled_from(
    ["", "1", "4;38;2;1;2;3", "38;2;9;9;9;48;2;0;0;0", "48;5;7", "31", "91;102", "1;31", "7", "3;4"]
)
RUNS = st.lists(st.tuples(STYLES, st.text("ab │c○☺", max_size=4) | st.just("漢")), max_size=6)
LINES = st.tuples(st.integers(1, ROWS), st.integers(1, 5), RUNS)
FRAMES = st.lists(st.tuples(st.lists(LINES, min_size=1, max_size=3), st.booleans()), max_size=6)


def frame(lines: list[tuple[int, int, list[tuple[str, str]]]]) -> str:
    """One update as the compositor and Rich write it."""
    parts = []
    for row, column, runs in lines:
        parts.append(f"\x1b[{row};{column}H")
        for style, text in runs:
            parts.append(f"\x1b[{style}m{text}\x1b[0m" if style else text)
    return "".join([*parts, "\x1b[1;1H"])


class Shown:
    """A terminal, and what can be seen of it."""

    def __init__(self) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.Stream(self.screen)

    def feed(self, data: str) -> None:
        self._stream.feed(data)

    @property
    def cursor(self) -> tuple[int, int]:
        return self.screen.cursor.x, self.screen.cursor.y

    def picture(self) -> list[object]:
        return [_visible(self.screen.buffer[y][x]) for y in range(ROWS) for x in range(COLUMNS)]


def _visible(cell: pyte.screens.Char) -> object:
    plain = not (cell.underscore or cell.reverse or cell.strikethrough)
    return (" ", cell.bg) if cell.data == " " and plain else cell


@given(FRAMES)
def test_the_picture_stays_the_same(
    frames: list[tuple[list[tuple[int, int, list[tuple[str, str]]]], bool]],
) -> None:
    plain, painted, differ = Shown(), Shown(), ScreenDiffer()
    for lines, park in frames:
        data = frame(lines)
        plain.feed(data)
        painted.feed(differ.diff(data, (COLUMNS, ROWS), park=park))
        assert painted.picture() == plain.picture()
        if park:
            assert painted.cursor == plain.cursor


def test_what_stands_there_is_not_sent_again() -> None:
    differ = ScreenDiffer()
    data = "\x1b[1;1H\x1b[31mhello\x1b[0m\x1b[1;1H"
    assert "hello" in differ.diff(data, (30, 3))
    assert differ.diff(data, (30, 3)) == ""


def test_the_cursor_is_moved_where_a_text_field_wants_it_only() -> None:
    differ = ScreenDiffer()
    assert differ.diff("\x1b[1;1Hone\x1b[2;5H", (30, 3)) == "\x1b[1;1Hone\x1b[2;5H"
    assert differ.diff("\x1b[1;1Hone\x1b[2;5H", (30, 3)) == ""
    assert differ.diff("\x1b[1;1Hone\x1b[2;6H", (30, 3)) == "\x1b[2;6H"
    assert differ.diff("\x1b[1;1Htwo\x1b[1;1H", (30, 3), park=False) == "\x1b[1;1Htwo"
    assert differ.diff("\x1b[1;1Htwo\x1b[2;6H", (30, 3)) == "\x1b[2;6H"


def test_only_what_differs_is_sent() -> None:
    differ = ScreenDiffer()
    differ.diff("\x1b[1;1H\x1b[31mone two three\x1b[0m\x1b[1;1H", (30, 3))
    sent = differ.diff("\x1b[1;1H\x1b[31mone six three\x1b[0m\x1b[1;1H", (30, 3))
    assert sent == "\x1b[1;5H\x1b[31msix\x1b[0m\x1b[1;1H"


def test_the_colour_of_blanks_is_not_sent() -> None:
    data = "\x1b[1;1H\x1b[31ma\x1b[0m\x1b[32m \x1b[0m\x1b[31mb\x1b[0m\x1b[1;1H"
    assert ScreenDiffer().diff(data, (30, 3)) == "\x1b[1;1H\x1b[31ma b\x1b[0m\x1b[1;1H"


def test_what_is_in_one_style_is_drawn_together() -> None:
    # A style takes more bytes than a move of the cursor.
    link, text, dim = "4;38;2;9;9;9", "38;2;8;8;8", "38;2;7;7;7"
    lines = [[(text, "one"), (link, "two"), (dim, "six")]] * 2
    sent = ScreenDiffer().diff(frame([(y + 1, 1, runs) for y, runs in enumerate(lines)]), (30, 3))
    assert sent == (
        "\x1b[1;1H\x1b[38;2;8;8;8mone\r\none\x1b[1;7H\x1b[38;2;7;7;7msix\x1b[2;7Hsix"
        "\x1b[1;4H\x1b[4;38;2;9;9;9mtwo\x1b[2;4Htwo\x1b[0m\x1b[1;1H"
    )
    short = [(1, 1, [("", "one"), ("1", "two"), ("", "six"), ("3", "ten"), ("1", "two")])]
    plain, sent = frame(short), ScreenDiffer().diff(frame(short), (30, 3))
    assert sent == plain.replace("\x1b[0m\x1b[1m", "\x1b[23;1m")


def test_a_text_right_of_a_sign_of_doubtful_width_is_drawn_after_it() -> None:
    signs = [("38;2;9;9;9", "○"), ("38;2;8;8;8", "one "), ("38;2;7;7;7", "six ")] * 3
    sent = ScreenDiffer().diff(frame([(1, 1, signs)]), (60, 3))
    assert re.sub("\x1b[^A-Zm]*[A-Zm]", "", sent) == "○one six " * 3


def test_a_full_repaint_is_sent_in_full() -> None:
    # It is what tidies the terminal up after another program has written to it.
    differ = ScreenDiffer()
    data = "\x1b[1;1Hone\n\x1b[2;1Htwo\n\x1b[3;1Hsix\x1b[1;1H"
    first = differ.diff(data, (30, 3))
    assert "two" in first
    assert differ.diff(data, (30, 3)) == first


def test_another_size_or_a_mode_forgets_the_picture() -> None:
    differ = ScreenDiffer()
    data = "\x1b[1;1Hone\x1b[1;1H"
    differ.diff(data, (30, 3))
    assert "one" in differ.diff(data, (31, 3))
    assert differ.diff("\x1b[?1049h", (31, 3)) == "\x1b[?1049h"
    assert "one" in differ.diff(data, (31, 3))


def test_the_clipboard_and_the_title_pass_and_forget_nothing() -> None:
    differ = ScreenDiffer()
    data = "\x1b[1;1Hone\x1b[1;1H"
    differ.diff(data, (30, 3))
    for sequence in ("\x1b]52;c;b25l\a", "\x1b[?2026h"):
        assert differ.diff(sequence, (30, 3)) == sequence
    assert "one" not in differ.diff(data, (30, 3))


def test_a_line_with_wide_letters_is_sent_as_it_comes() -> None:
    # Terminals do not agree how wide they are, so nothing behind them is where it seems.
    differ = ScreenDiffer()
    data = "\x1b[1;1H漢字 one\x1b[1;1H"
    assert differ.diff(data, (30, 3)) == data
    assert differ.diff(data, (30, 3)) == data


def test_only_what_changes_of_a_style_is_sent() -> None:
    assert (
        sgr_transition("1;38;2;1;1;1;48;2;2;2;2", "1;38;2;3;3;3;48;2;2;2;2") == "\x1b[38;2;3;3;3m"
    )
    assert sgr_transition("1;2;31", "2;31") == "\x1b[22;2m"
    assert sgr_transition("31;44", "") == "\x1b[0m"


def test_only_the_background_of_blanks_is_sent() -> None:
    differ = ScreenDiffer()
    old, new = "1;31;44", "32;45"
    differ.diff(f"\x1b[1;1H\x1b[{old}mab\x1b[0m\x1b[1;1H", (30, 3))
    sent = differ.diff(f"\x1b[1;1H\x1b[{old}mx\x1b[0m\x1b[{new}m \x1b[0m\x1b[1;1H", (30, 3))
    assert sent == "\x1b[1;1H\x1b[1;31;44mx\x1b[45m \x1b[0m\x1b[1;1H"
    assert style_of_blanks("7;31", "32;45") == "32;45"


def test_what_follows_a_sign_of_doubtful_width_is_put_in_its_place() -> None:
    differ = ScreenDiffer()
    differ.diff("\x1b[2;1H│ ○ one │\x1b[1;1H", (COLUMNS, ROWS))
    assert differ.diff("\x1b[2;1H│ ○ two │\x1b[1;1H", (COLUMNS, ROWS)) == ("\x1b[2;5Htwo\x1b[1;1H")
    # Nor is a sign sent again to get over a narrow gap.
    sent = differ.diff("\x1b[2;1H┃ ● ten │\x1b[1;1H", (COLUMNS, ROWS))
    assert sent == "\x1b[2;1H┃ ●\x1b[2;6Hen\x1b[1;1H"
    sent = differ.diff("\x1b[2;1H│ ● hen │\x1b[1;1H", (COLUMNS, ROWS))
    assert sent == "\x1b[2;1H│\x1b[3Ch\x1b[1;1H"


def test_every_sign_of_a_kind_takes_one_cell() -> None:
    differ = ScreenDiffer()
    signs = "".join(kind_symbol(kind) for kind in signed_kinds())
    differ.diff(f"\x1b[1;1H{signs}\x1b[1;1H", (COLUMNS * 2, ROWS))
    again = differ.diff(f"\x1b[1;1H{signs}x\x1b[1;1H", (COLUMNS * 2, ROWS))
    assert not set(signs) & set(again)
