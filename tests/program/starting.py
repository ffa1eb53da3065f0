"""Starts the explorer in a terminal, and knows what is lit on its screen."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping

from milatui.tui.theme.theme import DARK
from tests.terminal import Terminal

INSTALLED = shlex.split(os.environ.get("MILATUI_PROGRAM", ""))
"""An installed program that is to be tested instead of this checkout's."""
PROGRAM = tuple(INSTALLED) or (sys.executable, "-m", "milatui")
LIT = frozenset(colour.lstrip("#") for colour in (DARK.highlight_back, DARK.current_back))
POWERLESS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""Before a command: root, too, is then held to the permissions of files."""
FILLED = r"\d of [1-9]|\d partners|\d partenaires|\d+ – \d+"


def explorer(
    env: Mapping[str, str],
    *words: str,
    size: tuple[int, int] = (80, 24),
    before: tuple[str, ...] = (),
) -> Terminal:
    """``milatui WORDS`` in a terminal of ``size`` (columns, rows)."""
    columns, rows = size
    if INSTALLED:
        env = {**env, "PYTHONPATH": ""}
    return Terminal((*before, *PROGRAM, *words), columns=columns, rows=rows, env=env)


def lit_words(terminal: Terminal) -> str:
    """All words that stand lit on the screen, under the dark theme."""
    return terminal.on_background(LIT)


def wait_until_lit(terminal: Terminal, words: str) -> None:
    """Wait until all of ``words`` stand lit."""
    wanted = words.split()
    terminal.wait_until(
        lambda: all(word in lit_words(terminal) for word in wanted), f"{words!r} lit"
    )
