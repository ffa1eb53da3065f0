"""Signs the interface is drawn with, each with an ASCII twin for terminals without Unicode."""

from __future__ import annotations

import codecs
import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of drawing signs; every value is one cell wide, ``bars`` from low to high."""

    top_left: str = "╭"
    top_right: str = "╮"
    bottom_left: str = "╰"
    bottom_right: str = "╯"
    across: str = "─"
    down: str = "│"
    thumb: str = "┃"
    tick: str = "╸"
    cursor: str = "▌"
    ellipsis: str = "…"
    dot: str = "·"
    remove: str = "×"
    prompt: str = "›"
    bars: str = " ▁▂▃▄▅▆▇█"


UNICODE = Glyphs()
ASCII = Glyphs("+", "+", "+", "+", "-", "|", "#", "=", ">", "~", "-", "x", ">", " .:-=+*#%")

TWINS = str.maketrans(
    "‘’‚“”„«»–—‒−…·•×→←↑↓↗≠≈≤≥━─╸█░¶§\u00a0\u202f",
    "''" + "'" + '"""""' + "----~-*x><^v>!~<>==-#.PS  ",
)
"""What stands for the signs of texts, one cell for one."""


def fitting_glyphs() -> Glyphs:
    """The set this terminal can show: ASCII if asked for, or if its locale is not of UTF-8."""
    # Not of the streams: the program writes UTF-8 to them whatever the locale says.
    encoding = codecs.lookup(locale.getpreferredencoding(False)).name
    return ASCII if os.environ.get("MILATUI_ASCII") or encoding != "utf-8" else UNICODE
