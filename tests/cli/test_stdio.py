"""Streams that are closed, full or cut, and interrupts: one line and the right exit code."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fork_server import ForkedProcess, Stream, popen, run
from tests.rounds import with_long
from tests.terminal import MILATUI

SOME = (
    ("--version",),
    ("list", "partners"),
    ("search", "laboratory", "--json"),
)
OTHERS = (
    *(("--help",), ("search", "--help"), ("list", "events", "--csv"), ("search", "laboratory")),
    *(
        ("check", "--json"),
        ("show", "partner/amgen"),
        ("show", "partner/amgen", "--json"),
        ("completion", "bash"),
    ),
)
COMMANDS = with_long(SOME, OTHERS)
Started = ForkedProcess | subprocess.Popen[bytes]
Start = Callable[..., Started]


@pytest.fixture(scope="module")
def _indexed(sample: Path) -> None:
    env = {"MILATUI_ARCHIVE": str(sample), "XDG_CACHE_HOME": str(sample.parent / "cache")}
    assert run([*MILATUI, "index"], os.environ | env).returncode == 0


@pytest.fixture
def start(sample: Path, _indexed: None) -> Start:
    """Starts a command line on the indexed sample archive; stdout and stderr as asked for.

    A ``fresh`` one imports what it needs.
    """
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    env |= {"MILATUI_ARCHIVE": str(sample), "XDG_CACHE_HOME": str(sample.parent / "cache")}

    def begin(
        *words: str,
        code: str = "",
        fresh: bool = False,
        stdin: Stream = None,
        stdout: Stream = None,
        stderr: Stream = None,
    ) -> Started:
        before = f"import os, sys, runpy\n{code}\nsys.argv = ['milatui', *sys.argv[1:]]\n"
        then = "runpy.run_module('milatui', run_name='__main__')"
        command = [sys.executable, "-c", before + then] if code else MILATUI
        start_it = subprocess.Popen if fresh else popen
        return start_it([*command, *words], env=env, stdin=stdin, stdout=stdout, stderr=stderr)

    return begin


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_full_disk_is_told_and_fails(start: Start, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(*words, stdout=full, stderr=subprocess.PIPE)
        said = process.communicate()[1]
    assert process.returncode == 1
    # The headings of a list stand before it, on the same stream.
    assert said.decode().splitlines()[-1] == "milatui: No space left on device"
    assert b"Exception" not in said
    assert b"Traceback" not in said


@pytest.mark.parametrize("words", [("list", "partners"), ("list", "nothing"), ("check",)])
def test_messages_nobody_takes_are_lost_in_peace(start: Start, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(*words, stdout=subprocess.DEVNULL, stderr=full)
        assert process.wait(60) in (0, 1, 2)
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*words, stdout=subprocess.DEVNULL, stderr=writing)
    os.close(writing)
    assert process.wait(60) in (0, 2, 141)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_that_has_left_is_told_nothing(start: Start, words: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*words, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    said = process.communicate()[1]
    assert process.returncode == 141
    assert b"Traceback" not in said
    assert b"Exception" not in said


@pytest.mark.parametrize(
    "words",
    [*COMMANDS[1:], ("index", "--rebuild"), ("search", "--stdin"), ("add", "-"), ()],
    ids=" ".join,
)
@pytest.mark.parametrize("closed", with_long([(0, 1, 2)], [(1,), (0,), (2,)]))
def test_streams_that_are_closed_are_as_good_as_empty(
    start: Start, words: tuple[str, ...], closed: tuple[int, ...], tmp_path: Path
) -> None:
    # In Python, which had them at the start, what has been closed is None.
    shut = f"for n in {closed!r}:\n    os.close(n)\n    setattr(sys, "
    shut += "('stdin', 'stdout', 'stderr')[n], None)"
    said = tmp_path / "said"
    with said.open("wb") as stderr:
        process = start(
            *words, code=shut, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr
        )
        assert process.wait(60) in ((0, 1) if words else (2,))
    assert b"internal error" not in said.read_bytes()


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("words", [("check",), ("list", "partners"), ("index", "--rebuild")])
def test_an_interrupt_at_any_moment_is_one_line(
    start: Start, words: tuple[str, ...], long: bool
) -> None:
    # Counted in lines of Python once everything that can answer an interrupt is there; a fresh
    # process runs those of the modules that it loads, too.
    for moment in range(500, 40_000, 900 if long else 20_000):
        trace = f"""
import signal
left = {moment}
def count(frame, event, argument):
    global left
    if left and "milatui" in frame.f_code.co_filename:
        left -= 1
        if not left:
            sys.settrace(None)
            os.kill(os.getpid(), signal.SIGINT)
    return count if left else None
import milatui.cli.main
sys.settrace(count)
"""
        nowhere, pipe = subprocess.DEVNULL, subprocess.PIPE
        process = start(*words, code=trace, fresh=long, stdout=nowhere, stderr=pipe)
        said = process.communicate()[1].decode()
        if process.returncode != 0:  # it was over before the moment came
            assert process.returncode in (130, -signal.SIGINT), said
            # The headings of a list may stand there already.
            assert said.splitlines()[words[0] == "list" :] in ([], ["milatui: interrupted"]) or (
                said == "milatui: interrupted\n"
            ), said


def test_an_interrupt_while_a_class_is_made_is_one_line(start: Start) -> None:
    """Python 3.11 makes an error of it, with the interrupt as its cause."""
    code = """
import milatui.cli.main
class Interrupt:
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt
milatui.cli.main.main = lambda: type("Made", (), {"attribute": Interrupt()})
"""
    process = start(code=code, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.communicate()[1] == b"milatui: interrupted\n"
    assert process.returncode == 130
