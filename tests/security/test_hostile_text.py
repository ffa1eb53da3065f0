"""Hostile text through every pane and every command, judged by the bytes the terminal gets."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import sys
from pathlib import Path

import pytest

from milatui.archive.kinds import FOLDERS, KINDS, Kind
from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import VIEWS, Location, view_location
from milatui.catalogue.scope import Scope
from milatui.cli.registry import COMMANDS
from tests.fork_server import fork, run_text
from tests.rounds import with_ci, with_long
from tests.security.testbed.hostile_archive import LETTERS, hostile_id, quoted, write_archive
from tests.security.testbed.payloads import PAYLOADS, successes
from tests.terminal import Terminal

SOME_VIEWS = ("search", "figures", "people", "compare")
PLURALS = tuple(FOLDERS.values())
HOSTILE_SETTINGS = {
    **dict.fromkeys(("LANG", "EDITOR", "BROWSER", "USER", "XDG_RUNTIME_DIR"), PAYLOADS[0]),
    **dict.fromkeys(("PAGER", "COLORTERM", "TERM_PROGRAM", "TMPDIR"), PAYLOADS[2]),
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, long: bool) -> list[str]:
    """The command line of milatui on the hostile archive, its index made."""
    folder = tmp_path_factory.mktemp("hostile")
    documents = 1000 if long else len(PAYLOADS)
    archive = write_archive(folder / "archive", documents)
    command = [sys.executable, "-m", "milatui", "--archive", str(archive)]
    command += ["--index", str(folder / "index")]
    built = run_text([*command, "index"])
    assert built.returncode == 0, built.stderr
    # Of each of six kinds two a number, and the two figures within each of two events.
    assert f"{16 * documents:,} records" in built.stderr
    assert successes(built.stdout.encode() + built.stderr.encode()) == []
    return command


def in_terminal(command: list[str]) -> Terminal:
    return Terminal(command, columns=140, rows=45, start=fork)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_cleaning_leaves_nothing_to_obey(payload: str) -> None:
    for multiline in (True, False):
        assert successes(sanitize(payload, multiline=multiline).encode("utf-8", "replace")) == []


def test_the_search_for_successes_finds_them() -> None:
    for payload in (*PAYLOADS[:7], *PAYLOADS[8:]):
        assert successes(payload.encode("utf-8", "surrogatepass")), payload


@pytest.mark.parametrize("size", with_long([(140, 45)], [(80, 24)]))
def test_no_pane_lets_a_payload_through(
    hostile: list[str], size: tuple[int, int], long: bool
) -> None:
    command = [*hostile, "--read-only"]
    with Terminal(command, columns=size[0], rows=size[1], start=fork) as terminal:
        terminal.wait_for("word")
        terminal.settle()
        steps = 200 if long else 3
        for pane in "1234":
            terminal.send(pane)
            terminal.settle()
            for _ in range(steps):
                terminal.send("down")
                terminal.settle()
            for key in ("enter", "pgdn", "pgdn", "n", "l", "l", "enter", "o"):
                terminal.send(key)
                terminal.settle()
            terminal.send("kitty esc")
            terminal.settle()
        for query in ("PWN", "word", "plain passage"):
            terminal.send("/", query, "enter")
            terminal.settle()
            terminal.send("n", "enter", "kitty esc")
            terminal.settle()
        for key in (
            "f",
            "P",
            "kitty esc",
            "t",
            "kitty esc",
            "ctrl+p",
            "kitty esc",
            "?",
            "p",
            "y",
            "Y",
            "c",
            "T",
        ):
            terminal.send(key)
            terminal.settle()
        assert terminal.process.poll() is None, terminal.text
        assert successes(terminal.raw) == []
        for copied in re.findall(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", terminal.raw):
            text = base64.b64decode(copied).decode("utf-8")
            assert sanitize(text) == text


@pytest.mark.parametrize("kind", with_ci(KINDS[::2], KINDS[1::2]))
def test_no_page_lets_a_payload_through(hostile: list[str], kind: Kind, long: bool) -> None:
    for number in range(len(PAYLOADS)) if long else (1 + KINDS.index(kind),):
        command = [*hostile, f"{kind}/{LETTERS[kind]}{number}", "--read-only"]
        with in_terminal(command) as terminal:
            terminal.wait_for("word|PWN")
            terminal.settle()
            for _ in range(4):
                terminal.send("4", "pgdn")
                terminal.settle()
            assert terminal.process.poll() is None
            assert successes(terminal.raw) == []


def test_markup_is_shown_as_it_stands(hostile: list[str]) -> None:
    with in_terminal([*hostile, "event/e7", "--read-only"]) as terminal:
        terminal.wait_for(r"\[@click=app\.quit\]PWN8\[/\]")
        terminal.settle()
        assert terminal.process.poll() is None


COMMAND_LINES: dict[str, list[list[str]]] = {
    "list": [["list", kind, form] for kind in PLURALS for form in ("--csv", "--json", "--jsonl")]
    + [["list", kind, *words] for kind in PLURALS for words in ([], ["--partner", "p1"])],
    "search": [
        ["search", word, *form]
        for word in ("word", "PWN", "PWN3", "/.*pwn.*/", "plain passage")
        for form in ([], ["--json"], ["--jsonl"], ["--lang", PAYLOADS[2]], ["--kind", PAYLOADS[4]])
    ],
    "show": [
        ["show", f"{kind}/{letter}{number}", *form]
        for kind, letter in LETTERS.items()
        for number in range(len(PAYLOADS))
        for form in ([], ["--json"])
    ]
    + [
        ["show", str(Location(kind, hostile_id(kind, number))), *form]
        for kind in KINDS
        for number in range(len(PAYLOADS))
        for form in ([], ["--json"])
    ],
    "views": [
        ["show", f"{view}{query}", *form]
        for view in VIEWS
        for query in ("", "?a=p0&b=p3", "?partner=p3")
        for form in ([], ["--json"])
    ],
    "others": [["check"], ["check", "--json"], ["index"], ["index", "--rebuild"], ["--help"]],
}
ERRORS = ["\udcff\udc9b", *PAYLOADS]


def all_lines(group: str, folder: Path) -> list[list[str]]:
    """The command lines of a group; for errors what is hostile is on the line itself."""
    if group == "errors":
        return [
            [*command.split(), *words]
            for command in ("", *COMMANDS, "ssh config --host", "ssh check", "show partner/")
            if command != "new"
            for word in ERRORS
            for words in ([word], ["--json", word], [f"--{word}"], ["--partner", word])
        ]
    if group in COMMAND_LINES:
        return COMMAND_LINES[group]
    names = hostile_files(folder)
    # Without ``--dry-run`` or ``--json`` a terminal shows the review.
    plain = ["add", "--dry-run"]
    if group == "add each":
        return [[*plain, name] for name in names]
    return [[*plain, *names], ["add", "--json", *names]]


def hostile_files(folder: Path) -> list[str]:
    """Writes documents that are hostile from their names on; the last one is not there."""
    names = []
    for number, payload in enumerate(PAYLOADS):
        path = folder / f"{payload.translate(dict.fromkeys(map(ord, '/')))[:40]}{number}.md"
        front = quoted({"title": payload, "date": payload, "language": payload, payload: payload})
        with contextlib.suppress(ValueError):  # no name holds a zero byte
            path.write_text(f"---\n{front}\n---\nword", encoding="utf-8")
            names.append(str(path))
    lines = [{"id": f"{n} {text}", "title": text, text: text} for n, text in enumerate(PAYLOADS)]
    lines += [{"text": text, "source": text, "subject": text} for text in PAYLOADS]
    lines += [{"text": "x", "date": text} for text in PAYLOADS]
    (folder / "all.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return [*names, str(folder / "all.jsonl"), str(folder / PAYLOADS[0])]


@pytest.mark.parametrize("group", with_ci([*COMMAND_LINES, "add", "errors"], ["add each"]))
# Primes have no factor in common with the number of forms: each form is among the lines.
@pytest.mark.parametrize("step", with_ci([29], [13], [1]))
def test_no_command_lets_a_payload_through(
    hostile: list[str], group: str, tmp_path: Path, step: int
) -> None:
    lines = all_lines(group, tmp_path)
    lines = lines[:: step if len(lines) > 50 else 1]
    # One process for all of a group: to start one for each would take minutes.
    given = tmp_path / "lines.json"
    given.write_text(json.dumps([[*hostile[3:], *words] for words in lines]), encoding="utf-8")
    script = (
        "import json, sys\nfrom milatui.cli.main import main\n"
        "for number, words in enumerate(json.load(open(sys.argv[1]))):\n"
        "    code = main(words)\n    print(f'@@{number}@{code}@@', flush=True)\n"
    )
    script = f"import warnings\nwarnings.simplefilter('ignore')\n{script}"
    command = [sys.executable, "-c", script, str(given)]
    with Terminal(command, columns=140, rows=45, env=HOSTILE_SETTINGS, start=fork) as terminal:
        terminal.wait_exit(240)
    said = re.split(rb"@@\d+@\d+@@\r\n", bytes(terminal.raw))
    assert len(said) == len(lines) + 1, said[-1][-500:]
    for words, raw in zip(lines, said, strict=False):
        assert b"Traceback" not in raw, words
        assert b"internal error" not in raw, words
        assert successes(raw.replace(b"\r\n", b"\n")) == [], words


def test_the_review_lets_no_payload_through(hostile: list[str], tmp_path: Path) -> None:
    with in_terminal([*hostile, "add", *hostile_files(tmp_path)]) as terminal:
        terminal.wait_for("Review of")
        for key in ("a", "r", "down", "c", "kitty esc", "n", "?", "kitty esc", "q"):
            terminal.send(key)
            terminal.settle()
        assert successes(terminal.raw) == []


def test_no_setting_lets_a_payload_through(hostile: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "milatui"
    folder.mkdir()
    searches = [str(view_location("search", Scope(query=text))) for text in PAYLOADS]
    (folder / "history.jsonl").write_text("\n".join(map(json.dumps, searches)), "utf-8")
    named = dict(zip(PAYLOADS, searches, strict=True))
    (folder / "searches.json").write_text(json.dumps(named), "utf-8")
    keys = [f"{quoted(text)} = {quoted(text)}\n" for text in PAYLOADS]
    keys += [f'"move.first" = {quoted(PAYLOADS[0])}\n']
    (folder / "keymap.toml").write_text("[keys]\n" + "".join(keys), "utf-8")
    own = dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(tmp_path))
    env = {**HOSTILE_SETTINGS, **own}
    with Terminal(hostile, columns=140, rows=45, env=env) as terminal:
        terminal.wait_for("word")
        terminal.settle()
        assert "no action is called" in terminal.text
        terminal.send("S")
        terminal.wait_for("PWN1")
        terminal.send("down", "down", "enter")
        terminal.settle()
        terminal.send("/", *["up"] * len(PAYLOADS))
        terminal.settle()
        terminal.send("enter", "kitty esc", "?")
        terminal.settle()
        assert terminal.process.poll() is None, terminal.text
        assert successes(terminal.raw) == []


@pytest.mark.parametrize(
    "view", with_ci(SOME_VIEWS[:2], SOME_VIEWS[2:], [v for v in VIEWS if v not in SOME_VIEWS])
)
def test_no_view_lets_a_payload_through(hostile: list[str], view: str) -> None:
    params = (("a", "p1"), ("b", "p4"), ("partner", "p2"), ("q", f"word {PAYLOADS[2]}"))
    where = str(Location(view, params=params))
    with in_terminal([*hostile, where, "--read-only"]) as terminal:
        terminal.wait_for("word|PWN")
        terminal.settle()
        terminal.send("4", "pgdn", "pgdn", "l", "enter", "o", "kitty esc", "/")
        terminal.settle()
        assert terminal.process.poll() is None
        assert successes(terminal.raw) == []


def test_an_archive_with_a_hostile_name_is_refused_safely(tmp_path: Path) -> None:
    folder = tmp_path / "\x1b]0;x\x07\u202e"
    command = [sys.executable, "-m", "milatui", "--archive", os.fspath(folder), "list", "events"]
    with in_terminal(command) as terminal:
        assert terminal.wait_exit() == 3
        assert successes(terminal.raw) == []
