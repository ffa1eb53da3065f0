"""Drawing characters of the interface, each with an ASCII fallback."""

from __future__ import annotations

import codecs
import locale
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import kind_symbol, signed_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A set of drawing characters, each one cell wide.

    Attributes:
        bars: From low to high.
        across, across_focus: The rule over a pane, and over the active one.
        joins, joins_focus: Where a rule ends at the line to its right: at the top, across it,
            from the left only, from the right only.
        relation, unsaid: A relation of a partner while it is known to hold, and after the last
            record of it if nobody says that it ended.
    """

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
    across_focus: str = "━"
    joins: str = "┬┼┤├"
    joins_focus: str = "┯┿┥├"
    ascending: str = "▴"
    descending: str = "▾"
    passage: str = "▎"
    thin_bars: str = " ⡀⡄⡆⡇"
    period: str = "▐▌"
    vague: str = "░"
    lasting: str = "━"
    relation: str = "═"
    unsaid: str = "┄"
    open_ends: str = "◂▸"
    beyond: str = "‹›"
    era: str = "┊"


UNICODE = Glyphs()
ASCII = Glyphs(
    top_left="+",
    top_right="+",
    bottom_left="+",
    bottom_right="+",
    across="-",
    down="|",
    thumb="#",
    tick="=",
    cursor=">",
    ellipsis="~",
    dot="-",
    remove="x",
    prompt=">",
    bars=" .:-=+*#%",
    across_focus="=",
    joins="+++|",
    joins_focus="+++|",
    ascending="+",
    descending="-",
    passage="|",
    thin_bars=" .:!|",
    period="[]",
    vague=".",
    lasting="=",
    relation="_",
    unsaid=",",
    open_ends="<>",
    beyond="()",
    era=":",
)

ASCII_FALLBACKS = str.maketrans(
    "‘’‚“”„«»–—‒−…·•×→←↑↓↗≠≈≤≥━─╸█░¶§●○◐◌▲△▼▽┤┼│╌\u00a0\u202f",
    "''" + "'" + '"""""' + "----~-*x><^v>!~<>==-#.PS*o~?^Av/|+|.  ",
) | str.maketrans(
    {
        sign: plain
        for kind in signed_kinds()
        for sign, plain in [(kind_symbol(kind), kind_symbol(kind, ascii_only=True))]
        if not sign.isascii()
    }
)
"""Translates one-cell characters of texts to ASCII, one to one."""


def choose_glyphs() -> Glyphs:
    """Chooses ASCII glyphs if MILATUI_ASCII is set or the locale is not UTF-8, else Unicode."""
    # Not the encoding of the streams: the program always writes UTF-8.
    encoding = codecs.lookup(locale.getpreferredencoding(False)).name
    return ASCII if os.environ.get("MILATUI_ASCII") or encoding != "utf-8" else UNICODE


def group_counts(counts: Sequence[int], groups: int) -> list[int]:
    """Sums neighbouring ``counts`` into ``groups`` groups at most; only the first is smaller."""
    if not counts or groups <= 0:
        return []
    size = -(-len(counts) // groups)
    first = len(counts) % size
    merged = [sum(counts[:first])] if first else []
    return merged + [sum(counts[n : n + size]) for n in range(first, len(counts), size)]


def bar(count: int, highest: int, glyphs: Glyphs) -> str:
    """Returns the bar character for ``count`` of ``highest``; counts above 0 are visible."""
    steps = len(glyphs.bars) - 1
    return glyphs.bars[0 if not count else max(1, round(count * steps / max(1, highest)))]


def sparkline(counts: Sequence[int], cells: int, glyphs: Glyphs) -> str:
    """Returns a bar chart of ``counts`` in exactly ``cells`` cells, right-aligned."""
    grouped = group_counts(counts, cells)
    highest = max(grouped, default=0)
    return "".join(bar(count, highest, glyphs) for count in grouped).rjust(cells)
