"""The interface starts without Textual's command palette, which can be imported afterwards."""

from __future__ import annotations

import subprocess
import sys

_START = """
import sys
import milatui.tui.app
print("textual.command" in sys.modules, "textual.widgets._option_list" in sys.modules)
from textual.command import CommandPalette
print(CommandPalette.__module__, bool(CommandPalette.BINDINGS))
"""


def test_the_palette_of_textual_is_not_loaded_and_can_be() -> None:
    command = [sys.executable, "-c", _START]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["False False", "textual.command True"]
