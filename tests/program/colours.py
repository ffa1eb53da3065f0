"""Finds the colours in what a program writes to its terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STYLE = re.compile(rb"\x1b\[([0-9;:]*)m")
_PALETTE = re.compile(rb"\x1b\](?:4|10|11|12|17|19);[^\x07\x1b]*")
_COLOURS = frozenset({*range(30, 50), *range(90, 108), 58, 59})
"""Text and background colours, their defaults, and the colour of underlines."""


def colour_codes(stream: bytes) -> list[bytes]:
    """Every sequence of ``stream`` that chooses or defines a colour."""
    return [*_chosen(stream), *_PALETTE.findall(stream)]


def _chosen(stream: bytes) -> Iterator[bytes]:
    for match in _STYLE.finditer(stream):
        codes = (part.split(b":")[0] for part in match[1].split(b";"))
        if any(int(code or 0) in _COLOURS for code in codes):
            yield match[0]
