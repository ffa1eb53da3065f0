"""What the terminal shows stays the same when only the cells that differ are sent."""

from __future__ import annotations

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
FRAMES = st.lists(st.lists(LINES, min_size=1, max_size=3), max_size=6)


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

    def picture(self) -> list[object]:
        return [_visible(self.screen.buffer[y][x]) for y in range(ROWS) for x in range(COLUMNS)]


def _visible(cell: pyte.screens.Char) -> object:
    plain = not (cell.underscore or cell.reverse or cell.strikethrough)
    return (" ", cell.bg) if cell.data == " " and plain else cell


@given(FRAMES)
def test_the_picture_stays_the_same(
    frames: list[list[tuple[int, int, list[tuple[str, str]]]]],
) -> None:
    plain, painted, differ = Shown(), Shown(), ScreenDiffer()
    for lines in frames:
        data = frame(lines)
        plain.feed(data)
        painted.feed(differ.diff(data, (COLUMNS, ROWS)))
        assert painted.picture() == plain.picture()


def test_what_stands_there_is_not_sent_again() -> None:
    differ = ScreenDiffer()
    data = "\x1b[1;1H\x1b[31mhello\x1b[0m\x1b[1;1H"
    assert "hello" in differ.diff(data, (30, 3))
    assert differ.diff(data, (30, 3)) == "\x1b[1;1H"


def test_only_what_differs_is_sent() -> None:
    differ = ScreenDiffer()
    differ.diff("\x1b[1;1H\x1b[31mone two three\x1b[0m\x1b[1;1H", (30, 3))
    sent = differ.diff("\x1b[1;1H\x1b[31mone six three\x1b[0m\x1b[1;1H", (30, 3))
    assert sent == "\x1b[1;5H\x1b[31msix\x1b[0m\x1b[1;1H"


def test_the_colour_of_blanks_is_not_sent() -> None:
    data = "\x1b[1;1H\x1b[31ma\x1b[0m\x1b[32m \x1b[0m\x1b[31mb\x1b[0m\x1b[1;1H"
    assert ScreenDiffer().diff(data, (30, 3)) == "\x1b[1;1H\x1b[31ma b\x1b[0m\x1b[1;1H"


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
