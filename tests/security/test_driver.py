"""The driver and the guard in a real terminal, with a small program behind them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fork_server import fork
from tests.terminal import PATIENCE, Start, Terminal, spawn

STAND_IN = str(Path(__file__).with_name("testbed") / "ssh_stand_in.py")
LEFT = b"\x1b[?1049l"


@contextmanager
def running(
    *arguments: str, env: dict[str, str] | None = None, start: Start = fork
) -> Iterator[Terminal]:
    command = [sys.executable, STAND_IN, *arguments]
    with Terminal(command, env=env, start=start) as terminal:
        terminal.wait_for("size ")
        yield terminal


def after_the_screen(terminal: Terminal) -> str:
    """What was printed once the main screen was back."""
    return bytes(terminal.raw).rpartition(LEFT)[2].decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (signal.SIGTERM, "The server is ending this session"),
        (signal.SIGINT, ""),
        (signal.SIGQUIT, ""),
        (signal.SIGHUP, ""),
    ],
)
def test_signals_end_it_in_order(number: signal.Signals, words: str) -> None:
    with running("closed") as terminal:
        terminal.process.send_signal(number)
        assert terminal.wait_exit() == 128 + number
        assert LEFT in terminal.raw
        assert words in after_the_screen(terminal)
        assert "Traceback" not in after_the_screen(terminal)


def test_a_session_for_others_is_not_suspended() -> None:
    with running("closed") as terminal:
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.send("x")
        terminal.wait_for("last x")


def test_an_error_shows_others_one_line_and_no_path() -> None:
    with running("closed") as terminal:
        terminal.send("\x1b[17~")
        assert terminal.wait_exit() == 70
        said = after_the_screen(terminal)
        assert "unexpected error" in said
        assert len(said.strip().splitlines()) == 1
        assert "ssh_stand_in" not in terminal.raw.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("open", "the index is damaged: columns.bin. To rebuild it: milatui index --rebuild"),
        ("closed", "The archive cannot be shown. Please come back later."),
    ],
)
def test_damage_of_the_index_is_said_in_a_sentence(how: str, words: str) -> None:
    with running(how) as terminal:
        terminal.send("\x1b[18~")
        assert terminal.wait_exit() == 4
        assert after_the_screen(terminal).strip().endswith(f"milatui: {words}")


def test_an_error_shows_oneself_where_it_was() -> None:
    with running("open") as terminal:
        terminal.send("\x1b[17~")
        assert terminal.wait_exit() == 70
        assert "ssh_stand_in.py" in after_the_screen(terminal)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((0, 0), "80x24"),
        ((60, 20), "60x20"),
        pytest.param((1000, 1000), "500x200", marks=pytest.mark.long),
    ],
)
def test_sizes_are_bounded_from_the_start(size: tuple[int, int], shown: str) -> None:
    command = [sys.executable, STAND_IN, "closed"]
    with Terminal(command, columns=size[0], rows=size[1], start=fork) as terminal:
        terminal.screen.resize(max(size[1], 24), max(size[0], 80))
        terminal.wait_for(f"size {shown}")


def test_a_typed_size_is_no_size() -> None:
    with running("closed") as terminal:
        terminal.send("\x1b[48;300;300;1;1t", "x")
        terminal.wait_for("last x")
        assert "size 80x24" in terminal.text


def test_a_thousand_times_the_same_key_are_not_all_handled() -> None:
    with running("closed") as terminal:
        terminal.send("j" * 4000, "x")
        terminal.settle()
        terminal.send("z")
        text = terminal.wait_for(r"keys \d+ last z")
        assert int(text.split("keys ")[1].split()[0]) < 3000


def test_a_few_dozen_keys_are_all_handled() -> None:
    with running("closed") as terminal:
        terminal.send("j" * 50, "z")
        terminal.wait_for("keys 51 last z")


def test_a_paste_arrives_cleaned() -> None:
    with running("closed") as terminal:
        terminal.send("\x1b[15~")
        terminal.wait_for("last f5")
        terminal.send("\x1b[200~ab\x1b]52;c;eA==\x07\x1b[2J\x1b[201~")
        terminal.wait_for("length 18")
        assert b"\x1b]52" not in terminal.raw
        assert b"\x1b[2J" not in terminal.raw


def test_no_mouse_motion_is_asked_for() -> None:
    with running("closed") as terminal:
        terminal.settle()
        assert b"\x1b[?1003h" not in terminal.raw
        assert b"\x1b[?1016h" not in terminal.raw


def test_the_toolkits_variables_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text("raise SystemExit('evil ran')\n", encoding="utf-8")
    settings = {
        "TEXTUAL_DRIVER": "evil:Driver",
        "TEXTUAL_LOG": str(tmp_path / "log"),
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(tmp_path),
        "TEXTUAL_PRESS": "f6",
    }
    # Textual reads them as it is imported.
    with running("closed", env=settings, start=spawn) as terminal:
        terminal.settle()
        assert terminal.process.poll() is None
    assert [path.name for path in tmp_path.iterdir()] == ["evil.py"]


@pytest.mark.parametrize(
    ("limits", "warning", "exit_message"),
    [(("3", "0"), "Idle: this session closes", "was idle"), (("0", "3"), "ends in", "longest")],
)
def test_limits_are_announced_and_kept(
    limits: tuple[str, str], warning: str, exit_message: str
) -> None:
    with running("closed", *limits) as terminal:
        terminal.wait_for(warning)
        assert terminal.wait_exit() == 0
        assert exit_message in after_the_screen(terminal)


def test_a_terminal_that_goes_away_ends_the_program() -> None:
    with running("closed") as terminal:
        process = terminal.process
        os.close(terminal._master)
        assert process.wait(PATIENCE) is not None
        terminal._master = os.open(os.devnull, os.O_RDWR)
