"""Parts of other packages that are never used are not loaded, and can be loaded afterwards."""

from __future__ import annotations

import subprocess
import sys

import pytest

from milatui.stand_in import stand_in

_INTERFACE = """
import sys
import milatui.tui.app
print("textual.command" in sys.modules, "textual.widgets._option_list" in sys.modules)
from textual.command import CommandPalette
print(CommandPalette.__module__, bool(CommandPalette.BINDINGS))
"""
_SEARCH = """
import sys
import milatui.index.search.searcher
print("urllib.request" in sys.modules, "http.client" in sys.modules)
from urllib.request import urlopen
print(urlopen.__module__, callable(urlopen))
"""


@pytest.mark.parametrize(
    ("source", "afterwards"),
    [(_INTERFACE, "textual.command True"), (_SEARCH, "urllib.request True")],
    ids=["palette", "http"],
)
def test_what_is_not_used_is_not_loaded_and_can_be(source: str, afterwards: str) -> None:
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", afterwards]


def test_a_module_that_is_loaded_stays() -> None:
    with stand_in("subprocess"):
        assert sys.modules["subprocess"] is subprocess
    assert sys.modules["subprocess"] is subprocess
