"""Only the asked cells are drawn; and the clipboard's sequences."""

from __future__ import annotations

import base64

import pytest
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

from milatui.tui.terminal.clipboard import LIMIT, clipboard_sequence
from milatui.tui.terminal.compositor import CroppedUpdate


def test_text_is_copied_by_the_terminal() -> None:
    sequence = clipboard_sequence("é")
    assert sequence == "\x1b]52;c;" + base64.b64encode("é".encode()).decode() + "\a"


@pytest.mark.parametrize(
    ("name", "value", "wrapped"),
    [
        ("TMUX", "/tmp/tmux", "\x1bPtmux;\x1b\x1b]52;c;YQ==\a\x1b\\"),
        ("TERM", "tmux-256color", "\x1bPtmux;\x1b\x1b]52;c;YQ==\a\x1b\\"),
        ("STY", "1.screen", "\x1bP\x1b]52;c;YQ==\a\x1b\\"),
        ("TERM", "screen", "\x1bP\x1b]52;c;YQ==\a\x1b\\"),
    ],
)
def test_inside_a_multiplexer_the_sequence_is_sent_wrapped_too(
    name: str, value: str, wrapped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert clipboard_sequence("a") == "\x1b]52;c;YQ==\a" + wrapped


def test_too_long_a_text_is_not_sent() -> None:
    assert clipboard_sequence("a" * (LIMIT + 1)) == ""


def test_an_update_sends_the_asked_cells_only() -> None:
    strips = [Strip([Segment("left border "), Segment("content "), Segment("end")], 23)]
    update = CroppedUpdate([{0: strips[0]}, {0: strips[0]}], [(0, 5, 8), (1, 22, 23)], [[23], [23]])
    assert update.render_segments(Console()) == "\x1b[1;6Hbor\x1b[2;23Hd"


def test_neighbours_need_no_move() -> None:
    chops = {0: Strip([Segment("ab")], 2), 2: Strip([Segment("cd")], 2)}
    update = CroppedUpdate([chops], [(0, 0, 4)], [[2, 4]])
    assert update.render_segments(Console()) == "\x1b[1;1Habcd"
