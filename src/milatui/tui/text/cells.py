"""Measures, truncates and pads text in terminal cells.

Wide characters (CJK, emoji) take two cells and combining marks none, so ``len`` is not enough.
Plain ASCII is measured without looking up a single width.

For texts of millions of characters ``cell_widths`` works on UTF-8: the first byte of a character
shows its block, and in most blocks all characters are equally wide.  Only the others are looked
up.

``fit`` and ``cut`` also sanitize: no control character of an archive reaches the terminal.  They
remember what they returned last: a step in a list draws what was drawn before.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size

from milatui.archive.sanitize import sanitize

_NARROW: Final = re.compile(
    r"[\n\x20-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf]*"
)
"""Text of one-cell characters only: Latin, Greek, Cyrillic, usual punctuation."""

_CONTINUATION: Final = bytes(range(0x80, 0xC0))
"""The bytes of UTF-8 that do not begin a character."""

_WIDE_BLOCKS: Final = (*range(0xE3, 0xEE), 0xEF)
"""First bytes of the blocks whose characters take two cells."""

_WIDTH_BY_BLOCK: Final = bytes(2 if first in _WIDE_BLOCKS else 1 for first in range(256))

_EXCEPTIONS: Final = re.compile(
    "[^\t\n\x20-\xac\xae-\u02ff\u0370-\u0482\u1e00-\u1eff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf"
    "\u3001-\u3029\u3030-\u303e\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff60]+"
)
"""Characters whose block does not determine their width."""


class _WidthCache(dict[str, int]):
    """Widths by character, each looked up once."""

    def __missing__(self, character: str) -> int:
        size = self[character] = max(0, get_character_cell_size(character))
        return size


_widths = _WidthCache()


def is_narrow(text: str) -> bool:
    """Returns whether every character of ``text`` certainly takes one cell."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def width(text: str) -> int:
    """Returns the number of cells that ``text`` takes."""
    return len(text) if is_narrow(text) else cell_len(text)


@lru_cache(maxsize=512)
def fit(text: str, cells: int, ellipsis: str = "…") -> str:
    """Pads sanitized ``text``, or truncates it with an ellipsis, to exactly ``cells`` cells."""
    if cells <= 0:
        return ""
    text = sanitize(text, multiline=False)
    if not is_narrow(text):
        return _fit_wide(text, cells, ellipsis)
    if len(text) > cells:
        text = text[: cells - 1].rstrip() + ellipsis
    return text.ljust(cells)


@lru_cache(maxsize=512)
def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """Sanitizes ``text`` and truncates it with an ellipsis to at most ``cells`` cells."""
    if cells <= 0:
        return ""
    text = sanitize(text, multiline=False)
    return text if width(text) <= cells else fit(text, cells, ellipsis).rstrip()


def fit_right(text: str, cells: int) -> str:
    """Right-aligns ``text`` in exactly ``cells`` cells, truncated if it is longer."""
    cropped = cut(text, cells)
    return " " * (cells - width(cropped)) + cropped


def _fit_wide(text: str, cells: int, ellipsis: str) -> str:
    size = cell_len(text)
    if size <= cells:
        return text + " " * (cells - size)
    end = taken = 0
    for index, character in enumerate(text):
        taken += get_character_cell_size(character)
        if taken > cells - 1:
            break
        end = index + 1
    short = text[:end].rstrip()
    return short + ellipsis + " " * (cells - 1 - cell_len(short))


def cells_before(text: str, cells: int) -> int:
    """Returns the number of characters of ``text`` that end within its first ``cells`` cells.

    That is the offset of the character in column ``cells``, or the text's length.  A wide
    character across the boundary does not count.
    """
    if cells <= 0:
        return 0
    widths = cell_widths(text)
    return fitting(widths, 0, len(text), cells) if widths and widths[0] <= cells else 0


def cell_widths(text: str) -> bytes:
    """Returns the width of each character of ``text``: one byte each, 0, 1 or 2."""
    # A lone surrogate is encoded in three bytes, like any character of its block.
    blocks = text.encode("utf-8", "surrogatepass").translate(None, _CONTINUATION)
    widths = blocks.translate(_WIDTH_BY_BLOCK)
    exceptions = [match.span() for match in _EXCEPTIONS.finditer(text)]
    if not exceptions:
        return widths
    patched = bytearray(widths)
    for start, end in exceptions:
        patched[start:end] = map(_widths.__getitem__, text[start:end])
    return bytes(patched)


def fitting(widths: bytes, start: int, end: int, cells: int) -> int:
    """Returns the number of characters in ``[start, end)`` that take at most ``cells`` cells.

    Args:
        widths: What ``cell_widths`` returns for the text.
        start, end: Offsets into the text.
        cells: Cells there are.

    Returns:
        The number of characters, at least one, so that wrapping terminates.
    """
    count, most = widths.count, min(cells, end - start)
    stop = start + most
    taken = most + count(2, start, stop) - count(0, start, stop)
    if taken > cells:
        # First guess: the average width so far holds for the rest.
        stop = start + most * cells // taken
        taken = stop - start + count(2, start, stop) - count(0, start, stop)
    while taken > cells:
        # All characters taken back may be wide: never take back more than necessary.
        stop -= (taken - cells + 1) // 2
        taken = stop - start + count(2, start, stop) - count(0, start, stop)
    while stop < end and taken + widths[stop] <= cells:
        taken += widths[stop]
        stop += 1
    return max(1, stop - start)
