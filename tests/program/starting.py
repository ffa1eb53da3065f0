"""Starts the explorer in a terminal, and knows what is lit on its screen."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping

from milatui.tui.theme.theme import DARK
from tests.fork_server import fork
from tests.terminal import MILATUI, Terminal, spawn

INSTALLED = shlex.split(os.environ.get("MILATUI_PROGRAM", ""))
"""An installed program that is to be tested instead of this checkout's."""
PROGRAM = tuple(INSTALLED) or MILATUI
LIT = frozenset(colour.lstrip("#") for colour in (DARK.highlight_back, DARK.current_back))
POWERLESS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""Before a command: root, too, is then held to the permissions of files."""
FILLED = r"\d of [1-9]|\d partners|\d partenaires|\d+ – \d+"


def explorer(
    env: Mapping[str, str],
    *words: str,
    size: tuple[int, int] = (80, 24),
    before: tuple[str, ...] = (),
    fresh: bool = False,
) -> Terminal:
    """``milatui WORDS`` in a terminal of ``size`` (columns, rows).

    It is forked unless it is to be ``fresh``, an installed program, or started by a command.
    """
    columns, rows = size
    if INSTALLED:
        env = {**env, "PYTHONPATH": ""}
    start = spawn if fresh or before or INSTALLED else fork
    return Terminal((*before, *PROGRAM, *words), columns=columns, rows=rows, env=env, start=start)


def lit_words(terminal: Terminal) -> str:
    """All words that stand lit on the screen, under the dark theme."""
    return terminal.on_background(LIT)


def wait_until_lit(terminal: Terminal, words: str) -> None:
    """Wait until all of ``words`` stand lit."""
    wanted = words.split()
    terminal.wait_until(
        lambda: all(word in lit_words(terminal) for word in wanted), f"{words!r} lit"
    )
