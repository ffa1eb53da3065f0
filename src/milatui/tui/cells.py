"""Text in terminal cells: measuring, cutting with an ellipsis, padding, wrapping.

Everything an archive's words are drawn through in a list cleans them as well: whatever they
hold, no control character reaches the terminal.

Wide characters (CJK, emoji) take two cells and combining marks none, so character counts
will not do; plain ASCII is answered without looking a single width up.
"""

from __future__ import annotations

import re

from rich.cells import cell_len, get_character_cell_size

from milatui.archive.sanitize import sanitize
from milatui.tui.widths import cell_widths, fitting

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
    text = sanitize(text, multiline=False)
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
    text = sanitize(text, multiline=False)
    return text if width(text) <= cells else fit(text, cells, ellipsis).rstrip()


def fit_right(text: str, cells: int) -> str:
    """``text`` at the right end of ``cells`` cells."""
    cropped = cut(text, cells)
    return " " * (cells - width(cropped)) + cropped


def cells_before(text: str, cells: int) -> int:
    """How many characters of ``text`` end within its first ``cells`` cells, those cut in two not.

    It is the offset of the character that stands in column ``cells``, or the text's end.
    """
    if cells <= 0:
        return 0
    widths = cell_widths(text)
    return fitting(widths, 0, len(text), cells) if widths and widths[0] <= cells else 0


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


def wrap_narrow(
    text: str, start: int, end: int, cells: int, hanging: int, lines: list[tuple[int, int, int]]
) -> None:
    """Break ``text[start:end]``, all of one cell a character, at spaces into lines of ``cells``.

    Appends ``(start, end, indent)`` for each: offsets into ``text`` and the columns the line is
    moved in, 0 for the first and ``hanging`` for the others.
    """
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


def wrap_wide(
    text: str,
    widths: bytes,
    start: int,
    end: int,
    cells: int,
    hanging: int,
    lines: list[tuple[int, int, int]],
) -> None:
    """``wrap_narrow`` for any text, of which ``widths`` are the ``cell_widths``."""
    add, rfind, indent = lines.append, text.rfind, 0
    while (stop := start + fitting(widths, start, end, cells)) < end:
        space = rfind(" ", start, stop + 1)
        # Scripts without spaces may be broken anywhere, and are, rather than half a line lost.
        if space <= start or (widths[stop - 1] == 2 and stop - space > cells // 4):
            add((start, stop, indent))
            start = stop
        else:
            add((start, space, indent))
            start = space + 1
        if indent != hanging:
            indent, cells = hanging, max(2, cells - hanging)
    add((start, end, indent))
