"""Wraps a page into the lines that stand on the screen; knows neither Textual nor Rich.

A line is ``(start, end, indent)``: offsets into the page's text and columns it is moved in.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from milatui.tui.cells import is_narrow, wrap_narrow, wrap_wide
from milatui.tui.widths import cell_widths

if TYPE_CHECKING:
    from milatui.catalogue.page import Page

Line = tuple[int, int, int]
_FAR = 1 << 60
_AS_IS = -1
"""The ``hanging`` of preformatted text: its lines are cut by the edge, not wrapped."""


def wrap_page(page: Page, cells: int) -> list[Line]:
    """The lines of ``page`` in a column of ``cells`` cells."""
    text, lines = page.text, list[Line]()
    widths = b"" if is_narrow(text) else cell_widths(text)
    position = 0
    for start, end, hanging in _blocks(page):
        if start < position:
            continue
        if start > position:
            _wrap_block(text, position, start - 1, cells, 0, widths, lines)
        _wrap_block(text, start, end, cells, hanging, widths, lines)
        position = end + 1
    if position <= len(text):
        _wrap_block(text, position, len(text), cells, 0, widths, lines)
    return lines


def _blocks(page: Page) -> list[tuple[int, int, int]]:
    """Stretches of whole lines that are not simply wrapped: (start, end, hanging), sorted."""
    text, size = page.text, len(page.text)
    found: list[tuple[int, int, int]] = []
    for start, end, role in page.spans:
        if role in ("code", "table"):
            end -= end > start and text[end - 1] == "\n"
            starts = start == 0 or text[start - 1] == "\n"
            if role == "table" or (starts and (end == size or text[end] == "\n")):
                found.append((start, end, _AS_IS))
    found += [(indent.start, indent.end, indent.hanging) for indent in page.indents]
    whole: list[tuple[int, int, int]] = []
    for start, end, hanging in sorted(found):
        stop = text.find("\n", max(start, end - 1))
        whole.append((text.rfind("\n", 0, start) + 1, size if stop < 0 else stop, hanging))
    return whole


def _wrap_block(
    text: str, position: int, stop: int, cells: int, hanging: int, widths: bytes, lines: list[Line]
) -> None:
    """Append the lines of ``text[position:stop]``; no ``widths``: all characters take one cell."""
    find, add = text.find, lines.append
    hanging = min(hanging, cells // 2)
    while position <= stop:
        end = find("\n", position, stop)
        if end < 0:
            end = stop
        if hanging == _AS_IS or (not widths and end - position <= cells):
            add((position, end, 0))
        elif widths:
            wrap_wide(text, widths, position, end, cells, hanging, lines)
        else:
            wrap_narrow(text, position, end, cells, hanging, lines)
        position = end + 1


def line_at(lines: list[Line], offset: int) -> int:
    """The number of the line that holds ``offset``."""
    return max(0, bisect_right(lines, (offset, _FAR, 0)) - 1)
