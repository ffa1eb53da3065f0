"""What the README claims is true of the program and the bundled archive."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from milatui.cli import registry
from milatui.cli.main import main
from milatui.tui.actions import actions
from milatui.tui.keymap import read_keymap
from tests.fork_server import run_text
from tests.program.starting import explorer, lit_words
from tests.terminal import MILATUI
from tools.generated import README
from tools.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.program.conftest import Folders

TEXT = README.read_text(encoding="utf-8")


def _run(env: Folders, cwd: Path, *words: str) -> str:
    ended = run_text([*MILATUI, *words], os.environ | env, folder=cwd)
    assert ended.returncode == 0
    return ended.stdout


def test_it_is_short() -> None:
    assert len(TEXT.splitlines()) < 150


def test_its_links_lead_to_files() -> None:
    links = re.findall(r"\]\(([^):]+)\)", TEXT)
    assert len(links) >= 10
    assert [link for link in links if not _leads_somewhere(*link.partition("#")[::2])] == []


def _leads_somewhere(path: str, heading: str) -> bool:
    """Returns whether there is a file, and in it the heading that a link names, if any."""
    if not heading:
        return (ROOT / path).exists()
    lines = (ROOT / path).read_text(encoding="utf-8").lower().splitlines()
    return any(line.lstrip("#").strip().replace(" ", "-") == heading for line in lines)


def test_its_options_and_commands_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("", *registry.COMMANDS, "ssh config", "ssh check"):
        assert main([*name.split(), "--help"]) == 0
    helps = capsys.readouterr().out
    ours = re.sub(r"pip install .*", "", TEXT)
    options = set(re.findall(r"--[a-z][a-z-]+", ours))
    assert len(options) >= 15
    assert {option for option in options if option not in helps} == set()
    called = set(re.findall(r"(?:^|`)milatui ([a-z]+)\b", ours, re.MULTILINE))
    assert called <= set(registry.COMMANDS)


def test_its_keymap_is_understood(tmp_path: Path) -> None:
    found = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert found
    path = tmp_path / "keymap.toml"
    path.write_text(found[1], encoding="utf-8")
    assert read_keymap(path, actions()).errors == ()


def test_an_archive_of_ones_own_is_made_as_it_says(folders: Folders, tmp_path: Path) -> None:
    for words in ("milatui new press", "milatui add --archive press FOLDER", "--accept likely"):
        assert words in TEXT
    given = tmp_path / "FOLDER"
    given.mkdir()
    body = "---\ntitle: A text\nlanguage: en\n---\n\nPlain words about a bridge.\n"
    (given / "text.md").write_text(body, encoding="utf-8")
    release = (
        "MONTREAL, March 5, 2024 - Amgen Inc. today announced a partnership with Mila Institute."
    )
    (given / "release.txt").write_text(f"A new partnership\n\n{release}\n", encoding="utf-8")
    page = "<html lang=en><title>A page</title><h1>A page</h1><p>A ferry crossed the river.</html>"
    (given / "page.html").write_text(page, encoding="utf-8")
    line = {"id": "r1", "title": "Release", "text": "A tunnel.", "date": "2024", "publisher": "Us"}
    (given / "releases.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    _run(folders, tmp_path, "new", "press")
    dry = ("add", "--archive", "press", "FOLDER")
    before = sorted((tmp_path / "press").rglob("*"))
    _run(folders, tmp_path, *dry)
    assert sorted((tmp_path / "press").rglob("*")) == before
    _run(folders, tmp_path, *dry, "--accept", "likely")
    _run(folders, tmp_path, "check", "--archive", "press")
    for word in ("bridge", "ferry", "tunnel", "kind:partner amgen"):
        found = _run(folders, tmp_path, "search", word, "--archive", "press", "--json")
        assert json.loads(found)["total"] == 1


def test_the_first_look_goes_as_it_says(indexed: Folders) -> None:
    steps = [line for line in TEXT.splitlines() if re.match(r"\d\. ", line)]
    assert [re.findall(r"`([^`]+)`", step) for step in steps] == [
        ["f", "amgen", "Enter"],
        ["2", "↓", "Enter"],
        ["x", "/", "researchers"],
        ["Esc", "F"],
        ["0", "Esc", "2", "v", "Esc"],
        ["y", "[", "?", "Esc", "q"],
    ]
    with explorer(indexed, size=(120, 40)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("f")
        terminal.wait_for("↓ choose|Esc leave|filter…")
        terminal.send("amgen", "enter")
        terminal.wait_for("Amgen ×")
        terminal.settle()
        terminal.send("2", "down")
        terminal.wait_for("(?i)where it is written")
        assert " 2023" in terminal.text
        terminal.send("enter")
        terminal.wait_until(lambda: lit_words(terminal) != "", "quoted words highlighted")
        terminal.send("x")
        terminal.wait_until(lambda: "Amgen ×" not in terminal.text, "the whole archive")
        terminal.send("/", "researchers")
        terminal.wait_for(r"\d+ found")
        terminal.wait_for("Esc leave")
        terminal.settle()
        terminal.send("esc")
        terminal.wait_until(lambda: "Esc leave" not in terminal.text, "the text field left")
        terminal.send("F")
        for value in ("1,000", "900", "1,300"):
            terminal.wait_for(value)
        terminal.send("0", "left")
        terminal.wait_for("2026 ×")
        terminal.send("esc")
        terminal.wait_until(lambda: "2026 ×" not in terminal.text, "the whole archive")
        terminal.send("2", "v")
        terminal.wait_for("by partner")
        terminal.send("esc")
        terminal.wait_until(lambda: "by partner" not in terminal.text, "the list of events")
        terminal.send("?")
        terminal.wait_for("move.down")
        terminal.send("esc")
        terminal.wait_until(lambda: "move.down" not in terminal.text, "the keys closed")
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("name", ["NO_COLOR", "MILATUI_ASCII"])
def test_its_variables_change_the_screen(indexed: Folders, name: str) -> None:
    assert name in TEXT
    with explorer({**indexed, name: "1"}, size=(80, 24)) as terminal:
        terminal.wait_for("Inria")
        terminal.settle()
        if name == "NO_COLOR":
            assert not re.search(rb"\x1b\[[0-9;]*[34]8;", terminal.raw)
        else:
            assert re.search("[\u2500-\u259f]", terminal.text) is None
