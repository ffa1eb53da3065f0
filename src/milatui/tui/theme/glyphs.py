"""Drawing characters of the interface, each with an ASCII fallback."""

from __future__ import annotations

import codecs
import locale
import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A set of drawing characters, each one cell wide; ``bars`` are sorted from low to high."""

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

ASCII_FALLBACKS = str.maketrans(
    "‘’‚“”„«»–—‒−…·•×→←↑↓↗≠≈≤≥━─╸█░¶§\u00a0\u202f",
    "''" + "'" + '"""""' + "----~-*x><^v>!~<>==-#.PS  ",
)
"""Translates one-cell characters of texts to ASCII, one to one."""


def choose_glyphs() -> Glyphs:
    """Return ASCII glyphs if MILATUI_ASCII is set or the locale is not UTF-8, else Unicode ones."""
    # Not the encoding of the streams: the program always writes UTF-8.
    encoding = codecs.lookup(locale.getpreferredencoding(False)).name
    return ASCII if os.environ.get("MILATUI_ASCII") or encoding != "utf-8" else UNICODE
