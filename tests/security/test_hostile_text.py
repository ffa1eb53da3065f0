"""Hostile text through every pane and every command, judged by the bytes the terminal gets."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from milatui.archive.cleaning import clean
from tests.security.conftest import LONG
from tests.security.hostile import PAYLOADS, successes, write_archive
from tests.terminal import Terminal

DOCUMENTS = 1000 if LONG else 20
KINDS = ("partner", "person", "event", "figure", "statement", "document")
PLURALS = ("partners", "people", "events", "figures", "statements", "documents")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command line of milatui on the hostile archive, its index made."""
    folder = tmp_path_factory.mktemp("hostile")
    archive = write_archive(folder / "archive", DOCUMENTS)
    command = [sys.executable, "-m", "milatui", "--archive", str(archive)]
    command += ["--index", str(folder / "index")]
    built = subprocess.run([*command, "index"], capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert f"{6 * DOCUMENTS:,} records" in built.stderr
    assert successes(built.stdout.encode() + built.stderr.encode()) == []
    return command


def in_terminal(command: list[str]) -> Terminal:
    return Terminal(command, columns=140, rows=45)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaning_leaves_nothing_to_obey(payload: str) -> None:
    for multiline in (True, False):
        assert successes(clean(payload, multiline=multiline).encode("utf-8", "replace")) == []


def test_the_search_for_successes_finds_them() -> None:
    for payload in (*PAYLOADS[:7], *PAYLOADS[8:]):
        assert successes(payload.encode("utf-8", "surrogatepass")), payload


@pytest.mark.parametrize("size", [(140, 45), (80, 24)] if LONG else [(140, 45)])
def test_no_pane_lets_a_payload_through(hostile: list[str], size: tuple[int, int]) -> None:
    with Terminal([*hostile, "--read-only"], columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("word")
        terminal.settle(0.5)
        steps = 200 if LONG else 12
        for pane in "1234":
            terminal.send(pane)
            terminal.settle(0.2)
            for _ in range(steps):
                terminal.send("down")
                terminal.settle(0.05)
            for key in ("enter", "pgdn", "pgdn", "n", "l", "l", "enter", "o"):
                terminal.send(key)
                terminal.settle(0.1)
            terminal.send("esc")
            terminal.settle(0.2)
        for query in ("PWN", "word", "plain passage"):
            terminal.send("/", query, "enter")
            terminal.settle(0.4)
            terminal.send("n", "enter", "esc")
            terminal.settle(0.3)
        for key in ("f", "P", "esc", "t", "esc", "ctrl+p", "esc", "?", "p", "y", "Y", "c", "T"):
            terminal.send(key)
            terminal.settle(0.2)
        assert terminal.process.poll() is None, terminal.text
        assert successes(terminal.raw) == []
        for copied in re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", terminal.raw):
            text = base64.b64decode(copied).decode("utf-8")
            assert clean(text) == text


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_lets_a_payload_through(hostile: list[str], kind: str) -> None:
    first = {"partner": "p", "person": "h", "document": "d"}.get(kind, kind[0])
    for number in range(len(PAYLOADS)) if LONG else (1, 4, 7):
        command = [*hostile, f"{kind}/{first}{number}", "--read-only"]
        with in_terminal(command) as terminal:
            terminal.wait_for("word|PWN")
            terminal.settle(0.3)
            for _ in range(4):
                terminal.send("4", "pgdn")
                terminal.settle(0.1)
            assert terminal.process.poll() is None
            assert successes(terminal.raw) == []


def test_markup_is_shown_as_it_stands(hostile: list[str]) -> None:
    with in_terminal([*hostile, "event/e7", "--read-only"]) as terminal:
        terminal.wait_for(r"\[@click=app\.quit\]PWN8\[/\]")
        terminal.settle(0.3)
        assert terminal.process.poll() is None


@pytest.mark.parametrize(
    "words",
    [
        *(["list", kind] for kind in PLURALS),
        *(["list", kind, "--csv"] for kind in PLURALS),
        ["search", "word"],
        ["search", "PWN", "--json"],
        ["check"],
        ["check", "--json"],
        *(["show", f"{kind}/{letter}7"] for kind, letter in zip(KINDS, "phefsd", strict=True)),
        *(["show", f"{kind}/{letter}0"] for kind, letter in zip(KINDS, "phefsd", strict=True)),
        ["show", "document/d4", "--json"],
        ["show", "partner/\x1b]0;x\x07"],
        ["search", "\x1b[2J\x1b]0;x\x07", "--kind", "\x1b[2J"],
        ["--lang", "\x1b[2J"],
        ["\x1b[2Jno-such-command"],
    ],
    ids=lambda words: repr(" ".join(words)),
)
def test_no_command_lets_a_payload_through(hostile: list[str], words: list[str]) -> None:
    with in_terminal([*hostile, *words]) as terminal:
        terminal.wait_exit(20)
        assert b"Traceback" not in terminal.raw
        assert b"internal error" not in terminal.raw
        # JSON keeps every letter as it is, also a tower of them, but no control.
        data = ["a tower of marks"] if "--json" in words else []
        assert successes(terminal.raw.replace(b"\r\n", b"\n")) in ([], data)


def test_an_archive_with_a_hostile_name_is_refused_safely(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b]0;x\x07\u202e"
    command = [sys.executable, "-m", "milatui", "--archive", os.fspath(folder), "list", "events"]
    with in_terminal(command) as terminal:
        assert terminal.wait_exit() == 3
        assert successes(terminal.raw) == []
