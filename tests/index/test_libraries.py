"""NumPy and Whoosh are imported through ``milatui.index.libraries``, whichever module is first.

Threads of a session import parts of the search at once: two ways into Whoosh, which has circular
imports, would meet in half of a module.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING

from tools.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = ROOT / "src"
LIBRARIES = "milatui.index.libraries"
COMMANDS = "milatui.ingest."
"""What one thread of a command imports."""
CODEC = "milatui.index.codec."
"""What could be a package of its own: its importers import ``libraries`` before."""


@functools.cache
def modules() -> dict[str, Path]:
    """All modules of the program by name."""
    found = {}
    for path in SOURCE.rglob("*.py"):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@functools.cache
def imports(name: str) -> list[str]:
    """What a module imports when it is imported itself, in that order."""
    found = []
    for node in ast.parse(modules()[name].read_text()).body:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def first_way(name: str, seen: set[str]) -> list[str]:
    """Lists the modules on the way to Whoosh or NumPy if ``libraries`` is not imported before."""
    parts = name.split(".")
    if LIBRARIES in seen or parts[0] in ("whoosh", "numpy"):
        return [] if LIBRARIES in seen else [name]
    for size in range(1, len(parts) + 1):
        module = ".".join(parts[:size])
        if module in modules() and module not in seen and not module.startswith(COMMANDS):
            seen.add(module)
            for imported in imports(module):
                way = first_way(imported, seen)
                if way:
                    return [module, *way]
    return []


def test_every_way_to_whoosh_leads_through_libraries() -> None:
    names = [name for name in modules() if not name.startswith((COMMANDS, CODEC))]
    ways = {name: way for name in names if (way := first_way(name, set()))}
    assert ways == {}


def test_the_search_does_import_whoosh() -> None:
    seen: set[str] = set()
    assert first_way("milatui.catalogue.search.search_records", seen) == []
    assert LIBRARIES in seen
