"""A record is opened in the editor at its line, and checked afterwards."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.cli.commands.edit import editor_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended


@pytest.fixture
def ours(run: Callable[..., Ended], tmp_path: Path) -> Path:
    folder = tmp_path / "ours"
    assert run("new", str(folder), "--example").code == 0
    return folder


def _replace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str) -> None:
    """Makes an editor that replaces a text of the file that it opens."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[-1])\n"
        f"path.write_text(path.read_text().replace({old!r}, {new!r}))\n"
    )
    command = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))}"
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)


def test_an_edit_without_faults_ends_well(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ours: Path
) -> None:
    _replace(monkeypatch, tmp_path, "Example Works\n", "Example Labs\n")
    ended = run("edit", "partner/example-works", "--archive", str(ours))
    assert (ended.code, ended.out) == (0, "")
    assert "no fault" in ended.err
    assert "name: Example Labs" in (ours / "partners" / "example-works.yaml").read_text()


def test_faults_are_told_with_their_place_and_nothing_waits_for_a_key(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ours: Path
) -> None:
    _replace(monkeypatch, tmp_path, "date: 2024-03-08", "date: 2024-13-08")
    ended = run("edit", "example-laboratory", "--archive", str(ours))
    assert ended.code == 1
    assert ended.out.startswith("events/2024.yaml:4:14: ")
    again = run("edit", "example-laboratory", "--archive", str(ours))
    assert "Nothing was changed" in again.err  # the record that cannot be read is found, too


def test_an_unknown_record_and_the_shipped_archive_are_refused(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, ours: Path
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    assert run("edit", "nobody", "--archive", str(ours)).code == 1
    assert "code 1" in run("edit", "example-works", "--archive", str(ours)).err
    shipped = Path(__file__).parents[3] / "data"
    refused = run("edit", "partner/amgen", "--archive", str(shipped))
    assert refused.code == 2
    assert "the bundled archive is never changed" in refused.err


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("vim -n", ["vim", "-n", "+7", "a b.yaml"]),
        ("/usr/bin/hx", ["/usr/bin/hx", "a b.yaml:7"]),
        ("code", ["code", "--wait", "--goto", "a b.yaml:7"]),
        ("'my editor' -x", ["my editor", "-x", "a b.yaml"]),
    ],
)
def test_each_editor_gets_the_line_in_its_own_way(
    monkeypatch: pytest.MonkeyPatch, editor: str, words: list[str]
) -> None:
    monkeypatch.setenv("VISUAL", editor)
    assert editor_command(Path("a b.yaml"), 7) == words
