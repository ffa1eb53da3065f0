"""What the README and the help show by example works on the archive that ships."""

from __future__ import annotations

import json
import os
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.search.query_help import query_examples
from milatui.cli.main import main
from tests.fork_server import run_text
from tests.terminal import MILATUI
from tools.generated import README

if TYPE_CHECKING:
    from tests.program.conftest import Folders

_BLOCK = re.compile(r"^```sh\n(milatui search.*?)^```", re.MULTILINE | re.DOTALL)


def run(folders: Folders, *words: str, stdin: str = "") -> str:
    """What the program prints; it must end well."""
    done = run_text([*MILATUI, *words], os.environ | folders, stdin)
    assert done.returncode == 0
    return done.stdout


def commands() -> list[str]:
    """The README's examples that need no other program or file."""
    found = _BLOCK.search(README.read_text(encoding="utf-8"))
    assert found is not None
    lines = (line.partition(" #")[0].strip() for line in found[1].splitlines())
    foreign = re.compile(r"[|<>]|\b[A-Z]{3,}\b")  # names in capitals stand for files
    return [line.removeprefix("milatui ") for line in lines if not foreign.search(line)]


@pytest.mark.parametrize("line", commands())
def test_commands_of_the_readme_answer(
    indexed: Folders,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in indexed.items():
        monkeypatch.setenv(name, value)
    assert main(shlex.split(line)) == 0
    assert capsys.readouterr().out or line == "check"


def test_every_form_of_query_finds_something(indexed: Folders) -> None:
    # What "last year" holds depends on the day.
    forms = [form for form, _meaning in query_examples() if "last year" not in form]
    queries = [query for form in forms for query in form.split("  ")]
    lines = "".join(json.dumps({"query": query, "limit": 1}) + "\n" for query in queries)
    answers = run(indexed, "search", "--stdin", stdin=lines).splitlines()
    totals = [json.loads(answer)["total"] for answer in answers]
    assert {q: total for q, total in zip(queries, totals, strict=True) if not total} == {}
