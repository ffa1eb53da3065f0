"""Widths of characters, in cells, for texts of millions of them.

UTF-8 says nearly all: the first byte of a character tells its block, and in the blocks that
people write in, all characters are equally wide.  Only the odd ones are looked up.
"""

from __future__ import annotations

import re
from typing import Final

from rich.cells import get_character_cell_size

_FOLLOWING: Final = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that do not begin a character."""

_BY_BLOCK: Final = bytes(
    2 if first in (*range(0xE3, 0xEE), 0xEF) else 1 for first in range(256)
)  # fmt: skip

_ODD: Final = re.compile(
    "[^\t\n\x20-\xac\xae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf"
    "\u3001-\u3029\u3030-\u303e\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff60]+"
)
"""What its block does not tell the width of."""


class _Sizes(dict[str, int]):
    """Widths by character, each looked up once."""

    def __missing__(self, character: str) -> int:
        size = self[character] = max(0, get_character_cell_size(character))
        return size


_sizes = _Sizes()


def cell_widths(text: str) -> bytes:
    """The width of each character of ``text``: 0, 1 or 2."""
    # A lone surrogate is three bytes, one of them a first byte, as any character there.
    blocks = text.encode("utf-8", "surrogatepass").translate(None, _FOLLOWING)
    widths = blocks.translate(_BY_BLOCK)
    odd = [match.span() for match in _ODD.finditer(text)]
    if not odd:
        return widths
    patched = bytearray(widths)
    for start, end in odd:
        patched[start:end] = map(_sizes.__getitem__, text[start:end])
    return bytes(patched)


def fitting(widths: bytes, start: int, end: int, cells: int) -> int:
    """How many characters from ``start`` on, before ``end``, take at most ``cells`` cells.

    At least one, so that wrapping comes to an end.
    """
    count, most = widths.count, min(cells, end - start)
    stop = start + most
    taken = most + count(2, start, stop) - count(0, start, stop)
    if taken > cells:
        # A first guess: what comes is about as wide as what was looked at.
        stop = start + most * cells // taken
        taken = stop - start + count(2, start, stop) - count(0, start, stop)
    while taken > cells:
        # Of so many characters all may be wide: no more than needed is taken back.
        stop -= (taken - cells + 1) // 2
        taken = stop - start + count(2, start, stop) - count(0, start, stop)
    while stop < end and taken + widths[stop] <= cells:
        taken += widths[stop]
        stop += 1
    return max(1, stop - start)
