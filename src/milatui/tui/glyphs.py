"""Signs the interface is drawn with, each with an ASCII twin for terminals without Unicode."""

from __future__ import annotations

import os
import sys
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
    up: str = "↑"
    down_arrow: str = "↓"


UNICODE = Glyphs()
ASCII = Glyphs(
    "+", "+", "+", "+", "-", "|", "#", "=", ">", "~", "-", "x", ">", " .:-=+*#%", "^", "v"
)


def fitting_glyphs() -> Glyphs:
    """The set this terminal can show: ASCII when the output's encoding is not UTF-8."""
    encoding = (getattr(sys.__stdout__, "encoding", None) or "utf-8").lower().replace("-", "")
    if os.environ.get("MILATUI_ASCII") or encoding not in ("utf8", "utf8sig"):
        return ASCII
    return UNICODE
