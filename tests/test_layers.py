"""What each command and each layer loads, seen in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.sample import write_sample

SCREEN = ("textual", "rich")
TEXT_ONLY = (*SCREEN, "yaml", "whoosh", "numpy")
NOTHING = (*TEXT_ONLY, "milatui.catalogue", "milatui.archive", "milatui.ingest", "milatui.tui")
Step = tuple[str, tuple[str, ...]]
"""Words of a command, or modules to import, and what must not be loaded after it."""
COMMANDS: tuple[tuple[Step, ...], ...] = (
    (
        ("--version", NOTHING),
        ("--help", (*TEXT_ONLY, "milatui.catalogue", "milatui.ingest")),
        ("search --help", TEXT_ONLY),
        ("list --help", TEXT_ONLY),
        ("export --help", TEXT_ONLY),
        ("list partners --json", TEXT_ONLY),
        ("list events --csv", TEXT_ONLY),
        ("show partner/amgen", TEXT_ONLY),
        ("show partner/amgen --json", TEXT_ONLY),
        ("export --format csv", TEXT_ONLY),
        ("search laboratory --json", (*SCREEN, "yaml")),
        ("search laboratory", (*SCREEN, "yaml")),
        ("index", SCREEN),
    ),
    (("check", (*SCREEN, "whoosh", "numpy")),),
)
"""Commands that one process runs in turn: what none of them has loaded, none alone would."""
FREE_OF_YAML = ("records", "serialize", "edtf", "quotes.text_quote", "sanitize", "diagnostics")
LAYERS: tuple[tuple[Step, ...], ...] = (
    (
        ("milatui.i18n", NOTHING),
        (" ".join(f"milatui.archive.{name}" for name in FREE_OF_YAML), (*TEXT_ONLY, "difflib")),
        ("milatui.index.index_reader", (*TEXT_ONLY, "milatui.catalogue")),
        ("milatui.catalogue.catalogue", (*TEXT_ONLY, "milatui.cli", "milatui.tui")),
        ("milatui.catalogue.pages.render", ("yaml", "milatui.cli", "milatui.tui", *SCREEN)),
    ),
    (
        (
            " ".join(f"milatui.archive.{name}" for name in ("loader", "checks", "writer")),
            ("whoosh", "difflib", "milatui.index", "milatui.catalogue", *SCREEN),
        ),
        (
            "milatui.index.builder.build milatui.index.builder.worker",
            ("milatui.catalogue", *SCREEN),
        ),
    ),
    (("milatui.index.codec.arrayfile", (*TEXT_ONLY, "milatui.i18n")),),
    (("milatui.ingest.importer", ("whoosh", "milatui.cli", "milatui.tui", *SCREEN)),),
    (
        (
            "milatui.tui.app",
            (
                *("yaml", "whoosh", "numpy", "hashlib"),
                *("milatui.archive.records", "milatui.cli", "milatui.ssh"),
            ),
        ),
    ),
)
"""Layers that one process imports in turn."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample archive with its index made."""
    top = tmp_path_factory.mktemp("layers")
    archive = write_sample(top / "archive")
    env = os.environ | {"MILATUI_ARCHIVE": str(archive), "XDG_CACHE_HOME": str(top / "cache")}
    command = [sys.executable, "-m", "milatui", "index"]
    subprocess.run(command, check=True, env=env, capture_output=True)
    return env


def said(script: str, env: dict[str, str] | None = None) -> str:
    """What a fresh process writes to stderr."""
    command = [sys.executable, "-c", f"import sys\n{script}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, env=env)
    return ended.stderr


def loaded(script: str, env: dict[str, str] | None = None) -> set[str]:
    """The modules a process has loaded at the end of ``script``."""
    script += "\nprint('\\n' + ' '.join(sys.modules), file=sys.stderr)"
    return set(said(script, env).splitlines()[-1].split())


def loaded_after(steps: Sequence[tuple[str, Step]], env: dict[str, str] | None = None) -> list[str]:
    """Runs the code of each step in one process; returns what was loaded and must not be."""
    script = "found = []\n"
    for code, (name, unwanted) in steps:
        script += f"{code}\nfound += [{name!r} + ': ' + each for each in {unwanted!r} "
        script += "if each in sys.modules]\n"
    script += "print('\\n' + ', '.join(found), file=sys.stderr)"
    last = said(script, env).split("\n")[-2]
    return last.split(", ") if last else []


@pytest.mark.parametrize("steps", COMMANDS, ids=lambda steps: steps[0][0])
def test_a_command_loads_no_layer_it_does_not_need(
    environment: dict[str, str], steps: tuple[Step, ...]
) -> None:
    begin = "from milatui.cli.main import main\nassert main("
    codes = [f"{begin}{step[0].split()!r}) in (0, 1)" for step in steps]
    assert loaded_after(list(zip(codes, steps, strict=True)), environment) == []


@pytest.mark.parametrize("steps", LAYERS, ids=lambda steps: steps[-1][0].split()[0])
def test_a_layer_loads_nothing_above_it(steps: tuple[Step, ...]) -> None:
    codes = [f"import {step[0].replace(' ', ', ')}" for step in steps]
    assert loaded_after(list(zip(codes, steps, strict=True))) == []


def test_what_is_loaded_is_told() -> None:
    steps = [("import yaml", ("one", ("yaml", "rich"))), ("import rich", ("two", ("rich",)))]
    assert loaded_after(steps) == ["one: yaml", "two: rich"]


def test_the_first_screen_and_a_search_load_only_what_they_use(
    environment: dict[str, str],
) -> None:
    """Opening reads no text; Whoosh and NumPy come with the first search."""
    archive = Path(environment["MILATUI_ARCHIVE"])
    script = f"""
from pathlib import Path
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.store.layout import default_index_dir
catalogue = Catalogue.open(default_index_dir(Path({str(archive)!r})))
catalogue.partners(Scope())
rows = [catalogue.row(number) for number in catalogue.timeline(Scope()).items]
catalogue.totals(Scope())
first = set(sys.modules)
assert first.isdisjoint({(*TEXT_ONLY, "hashlib", "milatui.archive.records")!r})
assert catalogue.record("document", "about")
assert set(sys.modules).isdisjoint(("whoosh", "numpy"))
answer = catalogue.search("mila", Scope())
assert answer.hits[0].snippet.text
"""
    modules = loaded(script, environment)
    assert modules.issuperset(("whoosh", "numpy"))
    assert modules.isdisjoint(("yaml", *SCREEN))
