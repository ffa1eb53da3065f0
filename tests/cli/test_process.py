"""What only a process of its own shows: encodings, pipes, signals, terminals."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from tests.fork_server import fork, popen, run
from tests.terminal import MILATUI

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    "env",
    [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "ascii"}],
)
def test_output_is_utf8_whatever_the_locale(
    spawn: Callable[..., subprocess.CompletedProcess[bytes]], env: dict[str, str]
) -> None:
    ended = spawn("list", "partners", env=env)
    assert ended.returncode == 0
    assert "Université de Montréal" in ended.stdout.decode("utf-8")


def test_arguments_that_are_no_text_do_no_harm(
    spawn: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    odd = "\udcff"
    lines = (
        ("search", odd),
        ("show", f"partner/{odd}"),
        ("list", "events", "--partner", odd, "--lang", odd, "--kind", odd),
        ("list", "events", "--lang", odd, "--from", odd),
        ("check", "--archive", odd),
        ("add", odd),
        (odd,),
        (f"partner/{odd}",),
    )
    for words in lines:
        ended = spawn(*words)
        assert ended.returncode in (0, 1, 2, 3)
        assert b"Traceback" not in ended.stderr
        assert b"internal error" not in ended.stderr


def test_a_reader_that_leaves_is_no_error(
    spawn: Callable[..., subprocess.CompletedProcess[bytes]], sample: Path
) -> None:
    spawn("index")
    process = popen(
        [*MILATUI, "search", "--stdin", "--archive", str(sample)],
        {**os.environ, "XDG_CACHE_HOME": str(sample.parent / "cache")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    try:
        process.stdin.write(b'{"id": 1, "query": "mila"}\n' * 100)
        process.stdin.close()
    except BrokenPipeError:
        pass
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_a_stream_in_a_line(
    spawn: Callable[..., subprocess.CompletedProcess[bytes]], sample: Path
) -> None:
    spawn("index")
    with popen(
        [*MILATUI, "search", "--stdin", "--archive", str(sample)],
        {**os.environ, "XDG_CACHE_HOME": str(sample.parent / "cache")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b'{"id": 1, "query": "mila"}\n')
        process.stdin.flush()
        # The answer comes before stdin ends: each line is flushed.
        assert json.loads(process.stdout.readline())["id"] == 1
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stderr.read() == b"milatui: interrupted\n"


def test_messages_are_in_the_language_asked_for() -> None:
    script = "from milatui.i18n import language; from milatui.cli.main import main; "
    script += "main(['--lang', 'fr', '--version']); print(language())"
    ended = run([sys.executable, "-c", script])
    assert ended.stdout.decode().splitlines()[-1] == "fr"


def _in_terminal(words: list[str], sample: Path, **env: str) -> tuple[int, str]:
    """Exit code and screen output of a command line run in a terminal of 60 columns."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
    environment = {
        **os.environ,
        "MILATUI_ARCHIVE": str(sample),
        "XDG_CACHE_HOME": str(sample.parent / "cache"),
        **env,
    }
    process = fork([*MILATUI, *words], environment, slave)
    os.close(slave)
    said = b""
    try:
        while piece := os.read(master, 65536):
            said += piece
    except OSError:  # Linux reports the end of a terminal so
        pass
    os.close(master)
    return process.wait(60), said.decode().replace("\r\n", "\n")


def test_a_dumb_terminal_is_pointed_to_the_commands(sample: Path) -> None:
    code, said = _in_terminal([], sample, TERM="dumb")
    assert code == 2
    assert "milatui --help" in said
    assert "\x1b" not in said


def test_in_a_terminal_text_is_wrapped_and_weighted_but_never_coloured(sample: Path) -> None:
    code, said = _in_terminal(["show", "partner/amgen"], sample, TERM="xterm", NO_COLOR="1")
    assert code == 0
    assert "\x1b[1m" in said
    plain = said.replace("\x1b[1m", "").replace("\x1b[22m", "")
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 60
    code, said = _in_terminal(["show", "partner/amgen"], sample, TERM="dumb")
    assert code == 0
    assert "\x1b" not in said


def test_in_a_terminal_a_table_takes_one_line_a_row(sample: Path) -> None:
    code, said = _in_terminal(["list", "events"], sample, TERM="xterm")
    assert code == 0
    assert max(map(len, said.splitlines())) <= 60


def test_a_pattern_that_python_warns_of_costs_no_warning(
    spawn: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    ended = spawn("search", "/[[a]x/")
    assert b"nothing found" in ended.stderr
    assert b"Warning" not in ended.stderr


_ENDING = """
import atexit, gc, os, sys, threading, time
from milatui.cli import main

class Freed:
    def __del__(self, write=os.write):
        write(1, b"freed\\n")

def thread():
    time.sleep(0.05)
    print("thread ended")

def command():
    kept.append(Freed())
    atexit.register(print, "callback")
    threading.Thread(target=thread).start()
    print(gc.get_threshold()[0] > 10_000)
    return CODE

kept = []
main.main = command
from milatui.__main__ import run
sys.exit(run())
"""


@pytest.mark.parametrize("code", [0, 3])
def test_a_process_ends_without_freeing_its_memory(code: int) -> None:
    script = _ENDING.replace("CODE", str(code))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == code
    assert done.stdout.split("\n") == ["True", "thread ended", "callback", ""]


def test_an_internal_error_ends_the_process_as_usual() -> None:
    script = _ENDING.replace("return CODE", "raise LookupError('x')")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "milatui: internal error (LookupError: x)\n"
    assert done.stdout.split("\n") == ["True", "thread ended", "callback", "freed", ""]
