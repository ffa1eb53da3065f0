"""What each command and each layer loads, seen in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import write_sample

SCREEN = ("textual", "rich")
TEXT_ONLY = (*SCREEN, "yaml", "whoosh", "numpy")
NOTHING = (*TEXT_ONLY, "milatui.catalogue", "milatui.archive", "milatui.ingest", "milatui.tui")
COMMANDS = (
    (("--version",), NOTHING),
    (("--help",), (*TEXT_ONLY, "milatui.catalogue", "milatui.ingest")),
    (("search", "--help"), TEXT_ONLY),
    (("list", "--help"), TEXT_ONLY),
    (("search", "laboratory", "--json"), (*SCREEN, "yaml")),
    (("search", "laboratory"), (*SCREEN, "yaml")),
    (("list", "partners", "--json"), TEXT_ONLY),
    (("list", "events", "--csv"), TEXT_ONLY),
    (("show", "partner/amgen"), TEXT_ONLY),
    (("show", "partner/amgen", "--json"), TEXT_ONLY),
    (("export", "--help"), TEXT_ONLY),
    (("export", "--format", "csv"), TEXT_ONLY),
    (("check",), (*SCREEN, "whoosh", "numpy")),
    (("index",), SCREEN),
)
FREE_OF_YAML = ("records", "serialize", "edtf", "quotes.text_quote", "sanitize", "diagnostics")
LAYERS = (
    (("milatui.i18n",), NOTHING),
    (tuple(f"milatui.archive.{name}" for name in FREE_OF_YAML), (*TEXT_ONLY, "difflib")),
    (
        tuple(f"milatui.archive.{name}" for name in ("loader", "checks", "writer")),
        ("whoosh", "difflib", "milatui.index", "milatui.catalogue", *SCREEN),
    ),
    (
        ("milatui.index.builder.build", "milatui.index.builder.worker"),
        ("milatui.catalogue", *SCREEN),
    ),
    (("milatui.index.codec.arrayfile",), (*TEXT_ONLY, "milatui.i18n")),
    (("milatui.index.index_reader",), (*TEXT_ONLY, "milatui.catalogue")),
    (("milatui.catalogue.catalogue",), (*TEXT_ONLY, "milatui.cli", "milatui.tui")),
    (("milatui.catalogue.pages.render",), ("yaml", "milatui.cli", "milatui.tui", *SCREEN)),
    (("milatui.ingest.importer",), ("whoosh", "milatui.cli", "milatui.tui", *SCREEN)),
    (
        ("milatui.tui.app",),
        (
            "yaml",
            "whoosh",
            "numpy",
            "hashlib",
            "milatui.archive.records",
            "milatui.cli",
            "milatui.ssh",
        ),
    ),
)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample archive with its index made."""
    top = tmp_path_factory.mktemp("layers")
    archive = write_sample(top / "archive")
    env = os.environ | {"MILATUI_ARCHIVE": str(archive), "XDG_CACHE_HOME": str(top / "cache")}
    command = [sys.executable, "-m", "milatui", "index"]
    subprocess.run(command, check=True, env=env, capture_output=True)
    return env


def loaded(script: str, env: dict[str, str] | None = None) -> set[str]:
    """The modules a process has loaded at the end of ``script``."""
    script = f"import sys\n{script}\nprint('\\n' + ' '.join(sys.modules), file=sys.stderr)"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env
    )
    return set(ended.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(("words", "unwanted"), COMMANDS, ids=lambda words: " ".join(words)[:30])
def test_a_command_loads_no_layer_it_does_not_need(
    environment: dict[str, str], words: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    script = f"from milatui.cli.main import main\nassert main({list(words)!r}) in (0, 1)"
    modules = loaded(script, environment)
    assert "milatui.cli.main" in modules
    assert modules.isdisjoint(unwanted), modules & set(unwanted)


@pytest.mark.parametrize(("names", "unwanted"), LAYERS, ids=lambda names: names[0])
def test_a_layer_loads_nothing_above_it(names: tuple[str, ...], unwanted: tuple[str, ...]) -> None:
    modules = loaded("\n".join(f"import {name}" for name in names))
    assert modules.issuperset(names)
    assert modules.isdisjoint(unwanted), modules & set(unwanted)


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
