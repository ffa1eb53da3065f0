"""What the program sends to terminals of all sorts, and how it leaves them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.program.colours import colour_codes
from tests.program.conftest import Folders
from tests.program.starting import PROGRAM, explorer, lit_words
from tests.rounds import with_long
from tests.terminal import Terminal

ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
REVERSED = re.compile(rb"\x1b\[(?:[0-9]+;)*7(?:;[0-9]+)*m")
MOUSE = re.compile(rb"\x1b\[\?(?:1000|1002|1003)h")


def _tour(terminal: Terminal) -> None:
    """Through every pane, a search, the help, the palette and back."""
    terminal.wait_for("Inria")
    terminal.send("/", "amgen", "enter")
    terminal.wait_for("4 Reader ─")
    terminal.wait_for("Amgen Inc")
    for keys, seen in (
        (("?",), "Moving"),
        (("esc",), "4 Reader ━+ partner"),
        (("X", "1"), "152 · newest"),
        (("home", "enter"), "Inria ×"),
        (("2", "enter"), "Inria and Mila strengthen research"),
        (("x", "ctrl+p"), "Go to the next highlighted"),
        (("esc",), r"CIFAR +research"),
        (("4", "Z"), "1 Partners  2 Timeline"),
    ):
        terminal.send(*keys)
        terminal.wait_for(seen)
    terminal.send("q")
    assert terminal.wait_exit() == 0


@pytest.mark.parametrize("value", with_long(["1"], [""]))
def test_no_color_means_not_one_colour_code(indexed: Folders, value: str) -> None:
    with explorer(indexed | {"NO_COLOR": value}, size=(120, 40)) as terminal:
        _tour(terminal)
        assert colour_codes(bytes(terminal.raw)) == []
        # What is lit must show all the same: reversed, bold, underlined.
        assert REVERSED.search(bytes(terminal.raw))


def test_otherwise_there_are_colours(indexed: Folders) -> None:
    """The proof that the test above could fail."""
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("/", "amgen")
        terminal.wait_until(lambda: "Amgen" in lit_words(terminal), "lit words")
        codes = colour_codes(bytes(terminal.raw))
        assert any(code.startswith(b"\x1b[38;2;") or b"48;2;" in code for code in codes)


@pytest.mark.parametrize(
    ("stream", "count"),
    [
        (b"\x1b[1mbold\x1b[0;7mreverse\x1b[m \x1b[4:3mcurly", 0),
        (b"\x1b[31mred \x1b[1;48;5;3m \x1b[39m \x1b[97m \x1b[38:2::1:2:3m", 5),
        (b"\x1b]11;#000000\x07 \x1b]0;title\x07", 1),
    ],
)
def test_colours_are_recognised(stream: bytes, count: int) -> None:
    assert len(colour_codes(stream)) == count


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_is_refused_politely(indexed: Folders, term: str) -> None:
    with explorer(indexed | {"TERM": term}) as terminal:
        assert terminal.wait_exit() == 2
        assert "milatui --help" in " ".join(terminal.text.split())
        assert b"\x1b" not in terminal.raw
        assert "Traceback" not in terminal.text


def test_a_pipe_is_refused_politely(indexed: Folders) -> None:
    ended = subprocess.run(
        PROGRAM, input=b"", capture_output=True, check=False, env=os.environ | indexed
    )
    assert ended.returncode == 2
    assert ended.stdout == b""
    assert b"needs a terminal" in ended.stderr
    assert b"\x1b" not in ended.stderr


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        (signal.SIGTERM, 143, "asked to end"),
        (signal.SIGHUP, 129, ""),
        (signal.SIGINT, 130, ""),
        (signal.SIGQUIT, 131, ""),
    ],
)
def test_a_signal_leaves_the_terminal_as_it_was(
    indexed: Folders, number: int, code: int, said: str
) -> None:
    with explorer(indexed) as terminal:
        terminal.wait_for("Inria")
        assert terminal.settings != terminal.settings_before
        terminal.process.send_signal(number)
        assert terminal.wait_exit() == code
        _assert_left(terminal)
        after = bytes(terminal.raw).rpartition(LEFT)[2]
        assert said.encode() in after
        assert b"Traceback" not in after


def test_leaving_by_key_leaves_the_terminal_as_it_was(indexed: Folders) -> None:
    with explorer(indexed) as terminal:
        terminal.wait_for("Inria")
        terminal.send("ctrl+c")
        terminal.wait_for("Press q to leave")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        _assert_left(terminal)


def _assert_left(terminal: Terminal) -> None:
    """The main screen, the cursor, and no mouse, paste or focus reports any more."""
    raw = bytes(terminal.raw)
    assert raw.count(ENTERED) == raw.count(LEFT) == 1
    assert raw.rindex(b"\x1b[?25h") > raw.rindex(b"\x1b[?25l")
    for mode in (b"1000", b"1002", b"1003", b"1004", b"1006", b"1015", b"2004"):
        on, off = b"\x1b[?" + mode + b"h", b"\x1b[?" + mode + b"l"
        assert on not in raw or raw.rindex(off) > raw.rindex(on), mode
    assert terminal.settings == terminal.settings_before


def test_the_mouse_can_be_left_to_the_terminal(indexed: Folders) -> None:
    for words, wanted in (((), True), (("--no-mouse",), False)):
        with explorer(indexed, *words) as terminal:
            terminal.wait_for("Inria")
            terminal.send("q")
            assert terminal.wait_exit() == 0
            assert bool(MOUSE.search(bytes(terminal.raw))) is wanted


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("serach",), 2, "search"),
        (("--nonsense",), 2, "--nonsense"),
        (("--theme", "mauve"), 2, "mauve"),
        (("--archive", "/nonexistent"), 3, "no such folder"),
        (("show", "partner/amgne"), 1, "amgen"),
    ],
)
def test_a_mistake_is_explained_and_has_its_exit_code(
    indexed: Folders, words: tuple[str, ...], code: int, said: str
) -> None:
    with explorer(indexed, *words) as terminal:
        assert terminal.wait_exit() == code
        assert said in terminal.text
        assert ENTERED not in terminal.raw
        assert "Traceback" not in terminal.text


def test_a_bad_keymap_is_reported_and_harmless(indexed: Folders, tmp_path: Path) -> None:
    config = tmp_path / "milatui"
    config.mkdir()
    faulty = '[keys]\n"find.serach" = "ctrl+s"\n"app.quit" = "z"\n'
    (config / "keymap.toml").write_text(faulty, encoding="utf-8")
    with explorer(indexed | {"XDG_CONFIG_HOME": str(tmp_path)}) as terminal:
        terminal.wait_for("Inria")
        # A while later, and perhaps before the lists are there, the keys stand in its place.
        terminal.wait_until(lambda: b"find.serach" in terminal.raw, "the unknown action")
