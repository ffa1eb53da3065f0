"""Wraps the text of a page into screen lines, and finds typed words in it.

A line is ``(start, end, indent)``: offsets into the page's text, and the columns it is indented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.folding import fold, fold_with_offsets
from milatui.tui.text.cells import cell_widths, fitting, is_narrow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.pages.model import MarginNote, Page

Line = tuple[int, int, int]

TEXT_WIDTH: Final = 80
"""Maximum cells of a line of text: longer lines are hard to read."""

_MAX_OFFSET: Final = 1 << 60
_UNWRAPPED: Final = -1
"""The ``hanging`` of preformatted text: its lines are cropped at the edge, not wrapped."""
_LEAST_CELLS: Final = 16
"""Cells that a hanging indent of more than half a line leaves."""
_APOSTROPHES: Final = "'’ʼ‘`′"

# The page stays the same while a word is typed.
_folded_page = lru_cache(maxsize=1)(fold_with_offsets)


def wrap_page(page: Page, cells: int, *, margin: bool = False) -> list[Line]:
    """Wraps ``page`` into lines of at most ``cells`` cells.

    Args:
        page: The page.
        cells: Width of its text.
        margin: Leave its notes out: they are for the margin.
    """
    lines = _wrap_whole(page, cells)
    return _without_notes(lines, page.notes) if margin and page.notes else lines


def _without_notes(lines: list[Line], notes: Sequence[MarginNote]) -> list[Line]:
    """Leaves out the lines of notes, and the second of two empty lines that they leave."""
    own: list[Line] = []
    starts = [note.start for note in notes]
    for line in lines:
        at = bisect_right(starts, line[0]) - 1
        if at >= 0 and line[0] < notes[at].end:
            continue
        if line[0] == line[1] and own and own[-1][0] == own[-1][1]:
            continue
        own.append(line)
    return own


def _wrap_whole(page: Page, cells: int) -> list[Line]:
    text, lines = page.text, list[Line]()
    widths = b"" if is_narrow(text) else cell_widths(text)
    position = 0
    for start, end, hanging, first in _blocks(page):
        if start < position:
            continue
        if start > position:
            _wrap_block(text, position, start - 1, cells, 0, 0, widths, lines)
        _wrap_block(text, start, end, cells, hanging, first, widths, lines)
        position = end + 1
    if position <= len(text):
        _wrap_block(text, position, len(text), cells, 0, 0, widths, lines)
    return lines


def wrap_block(
    text: str, block: tuple[int, int], cells: int, hanging: int, first: int, lines: list[Line]
) -> None:
    """Appends the lines of a span of a text, which may have any characters.

    Args:
        text: The text.
        block: The span: start, end.
        cells: Cells of a line.
        hanging: Cells by which all lines but the first are moved in.
        first: Cells by which the first line is moved in.
        lines: The lines so far.
    """
    start, stop = block
    narrow = is_narrow(text[start:stop])
    widths = b"" if narrow else bytes(start) + cell_widths(text[start:stop])
    _wrap_block(text, start, stop, cells, hanging, first, widths, lines)


def line_at(lines: Sequence[Line], offset: int) -> int:
    """Returns the number of the line that contains ``offset``."""
    return max(0, bisect_right(lines, (offset, _MAX_OFFSET, 0)) - 1)


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Finds every occurrence of ``words`` in ``text``, also inside its words.

    Case, accents, composition, apostrophes and line breaks do not matter.

    Returns:
        Sorted ``(start, end)`` offsets into ``text``.
    """
    pattern = "".join(map(_char_pattern, " ".join(fold(words).split())))
    if not pattern:
        return ()
    page = _folded_page(text)
    found = (match.span() for match in re.finditer(pattern, page.text))
    return tuple((page.starts[start], page.ends[end - 1]) for start, end in found)


def _char_pattern(char: str) -> str:
    if char.isspace():
        return r"\s+"
    return f"[{_APOSTROPHES}]" if char in _APOSTROPHES else re.escape(char)


def _blocks(page: Page) -> list[tuple[int, int, int, int]]:
    """Returns the blocks of whole lines with an indent, or unwrapped, sorted.

    Each is ``(start, end, hanging, first)``, see ``Indent``.
    """
    text, size = page.text, len(page.text)
    found: list[tuple[int, int, int, int]] = []
    for start, end, role in page.spans:
        if role in ("code", "table"):
            end -= end > start and text[end - 1] == "\n"
            starts = start == 0 or text[start - 1] == "\n"
            if role == "table" or (starts and (end == size or text[end] == "\n")):
                found.append((start, end, _UNWRAPPED, 0))
    found += page.indents
    whole: list[tuple[int, int, int, int]] = []
    for start, end, hanging, first in sorted(found):
        stop = text.find("\n", max(start, end - 1))
        whole.append((text.rfind("\n", 0, start) + 1, size if stop < 0 else stop, hanging, first))
    return whole


def _wrap_block(
    text: str,
    position: int,
    stop: int,
    cells: int,
    hanging: int,
    first: int,
    widths: bytes,
    lines: list[Line],
) -> None:
    """Appends the lines of ``text[position:stop]``; empty ``widths``: all characters are narrow."""
    find, add = text.find, lines.append
    most = max(cells // 2, cells - _LEAST_CELLS)
    hanging, first = min(hanging, most), min(first, most)
    while position <= stop:
        end = find("\n", position, stop)
        if end < 0:
            end = stop
        if hanging == _UNWRAPPED or (not widths and end - position <= cells - first):
            add((position, end, first))
        elif widths:
            wrap_wide(text, widths, position, end, cells, hanging, lines, first)
        else:
            wrap_narrow(text, position, end, cells, hanging, lines, first)
        position = end + 1


def wrap_narrow(
    text: str, start: int, end: int, cells: int, hanging: int, lines: list[Line], first: int = 0
) -> None:
    """Breaks ``text[start:end]``, all of one-cell characters, at spaces; appends the lines.

    The first line is indented by ``first`` columns, the others by ``hanging``.
    """
    add, rfind, indent = lines.append, text.rfind, first
    room, cells = cells, max(1, cells - first)
    while end - start > cells:
        space = rfind(" ", start, start + cells + 1)
        if space > start:
            add((start, space, indent))
            start = space + 1
        else:
            add((start, start + cells, indent))
            start += cells
        if indent != hanging:
            indent, cells = hanging, max(1, room - hanging)
    add((start, end, indent))


def wrap_wide(
    text: str,
    widths: bytes,
    start: int,
    end: int,
    cells: int,
    hanging: int,
    lines: list[Line],
    first: int = 0,
) -> None:
    """Breaks ``text[start:end]`` of any characters, with ``widths`` from ``cell_widths``."""
    add, rfind, indent = lines.append, text.rfind, first
    room, cells = cells, max(2, cells - first)
    while (stop := start + fitting(widths, start, end, cells)) < end:
        space = rfind(" ", start, stop + 1)
        # Scripts without spaces break anywhere, rather than lose half a line.
        if space <= start or (widths[stop - 1] == 2 and stop - space > cells // 4):
            add((start, stop, indent))
            start = stop
        else:
            add((start, space, indent))
            start = space + 1
        if indent != hanging:
            indent, cells = hanging, max(2, room - hanging)
    add((start, end, indent))
