"""Text in terminal cells: measuring, cutting with an ellipsis, padding, wrapping.

Everything an archive's words are drawn through in a list cleans them as well: whatever they
hold, no control character reaches the terminal.

Wide characters (CJK, emoji) take two cells and combining marks none, so character counts
will not do; plain ASCII is answered without looking a single width up.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size

from milatui.archive.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_NARROW = re.compile(
    r"[\n\x20-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf]*"
)
"""Stretches whose every character takes one cell: Latin, Greek, Cyrillic, usual punctuation."""


def is_narrow(text: str) -> bool:
    """Whether every character of ``text`` surely takes one cell."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


def width(text: str) -> int:
    """Cells that ``text`` takes."""
    return len(text) if is_narrow(text) else cell_len(text)


def fit(text: str, cells: int, ellipsis: str = "…") -> str:
    """``text``, cleaned, in exactly ``cells`` cells: padded, or cut with an ellipsis."""
    if cells <= 0:
        return ""
    text = clean(text, multiline=False)
    if is_narrow(text):
        size = len(text)
        if size <= cells:
            return text + " " * (cells - size)
        return (
            text[: cells - 1].rstrip()
            + ellipsis
            + " " * (cells - 1 - len(text[: cells - 1].rstrip()))
        )
    return _fit_wide(text, cells, ellipsis)


def cut(text: str, cells: int, ellipsis: str = "…") -> str:
    """``text``, cleaned, in at most ``cells`` cells, an ellipsis where something is missing."""
    if cells <= 0:
        return ""
    text = clean(text, multiline=False)
    return text if width(text) <= cells else fit(text, cells, ellipsis).rstrip()


def fit_right(text: str, cells: int) -> str:
    """``text`` at the right end of ``cells`` cells."""
    cropped = cut(text, cells)
    return " " * (cells - width(cropped)) + cropped


def _fit_wide(text: str, cells: int, ellipsis: str) -> str:
    size = cell_len(text)
    if size <= cells:
        return text + " " * (cells - size)
    kept = taken = 0
    for index, character in enumerate(text):
        taken += get_character_cell_size(character)
        if taken > cells - 1:
            break
        kept = index + 1
    short = text[:kept].rstrip()
    return short + ellipsis + " " * (cells - 1 - cell_len(short))


def wrap_line(
    text: str, start: int, end: int, cells: int, hanging: int, lines: list[tuple[int, int, int]]
) -> None:
    """Break ``text[start:end]`` at spaces into lines of at most ``cells`` cells.

    Appends ``(start, end, indent)`` for each: offsets into ``text`` and the columns the line is
    moved in, 0 for the first and ``hanging`` for the others.
    """
    if is_narrow(text[start:end]):
        wrap_narrow(text, start, end, cells, hanging, lines)
    else:
        _wrap_wide(text, start, end, cells, hanging, lines)


def wrap_narrow(
    text: str, start: int, end: int, cells: int, hanging: int, lines: list[tuple[int, int, int]]
) -> None:
    """``wrap_line`` for text in which every character surely takes one cell."""
    add, rfind, indent = lines.append, text.rfind, 0
    while end - start > cells:
        space = rfind(" ", start, start + cells + 1)
        if space > start:
            add((start, space, indent))
            start = space + 1
        else:
            add((start, start + cells, indent))
            start += cells
        if indent != hanging:
            indent, cells = hanging, max(1, cells - hanging)
    add((start, end, indent))


def _wrap_wide(
    text: str, start: int, end: int, cells: int, hanging: int, lines: list[tuple[int, int, int]]
) -> None:
    """The same with a running sum of widths, one look at each character."""
    sums = [0, *accumulate(map(get_character_cell_size, text[start:end]))]
    position, last, room, indent = 0, end - start, cells, 0
    while sums[last] - sums[position] > room:
        stop = position + _fits(sums, position, room)
        space = text.rfind(" ", start + position, start + stop + 1) - start
        if space <= position:
            lines.append((start + position, start + stop, indent))
            position = stop
        else:
            lines.append((start + position, start + space, indent))
            position = space + 1
        indent, room = hanging, max(2, cells - hanging)
    lines.append((start + position, end, indent))


def _fits(sums: Sequence[int], position: int, room: int) -> int:
    """How many characters from ``position`` on take at most ``room`` cells (at least one)."""
    limit, count, rest = sums[position] + room, 0, len(sums) - 1 - position
    while count < rest and sums[position + count + 1] <= limit:
        count += 1
    return max(1, count)
