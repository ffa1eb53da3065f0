"""Wraps the notes of a page into a column beside its text, each beside the line of its anchor."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.tui.text.wrap import Line, line_at, wrap_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.pages.model import MarginNote, Page

GAP: Final = 3
"""Blank cells between text and margin."""
_INDENT: Final = 2
"""Cells by which all lines of a note but its first are moved in."""
_LEAST_TEXT, _MOST_TEXT = 60, 80
_LEAST_MARGIN, _MOST_MARGIN = 24, 56
_MARGIN_SHARE: Final = 0.28


class Widths(NamedTuple):
    """Cells of a line of text, and of a line of the margin; 0 if there is no margin."""

    text: int
    margin: int


class Margin(NamedTuple):
    """The margin of a page.

    Attributes:
        lines: Its lines by row of the page.
        starts: Their offsets, sorted.
        rows: The row of each of ``starts``.
    """

    lines: dict[int, Line]
    starts: Sequence[int]
    rows: Sequence[int]

    @property
    def height(self) -> int:
        """Rows from the top of the page to the last line."""
        return max(self.lines, default=-1) + 1

    def row_at(self, offset: int, notes: Sequence[MarginNote]) -> int | None:
        """Returns the row of an offset; None if it is not in a note."""
        at = bisect_right(notes, offset, key=lambda note: note.start) - 1
        if at < 0 or offset >= notes[at].end or not self.rows:
            return None
        line = bisect_right(self.starts, offset) - 1
        if notes[at].anchor is None or line < 0 or self.starts[line] < notes[at].start:
            line = min(line + 1, len(self.rows) - 1)
        return self.rows[line]


def share_width(cells: int) -> Widths:
    """Shares the width of a reader among text and margin.

    Args:
        cells: Cells of a row, without the scrollbar.

    Returns:
        No margin if there is no room for one.
    """
    room = cells - GAP - 2
    margin = min(_MOST_MARGIN, max(_LEAST_MARGIN, int(room * _MARGIN_SHARE)))
    if room - margin < _LEAST_TEXT:
        return Widths(max(8, min(_MOST_TEXT, cells - 2)), 0)
    text = min(_MOST_TEXT, room - margin)
    return Widths(text, min(_MOST_MARGIN, room - text))


def arrange_notes(page: Page, lines: Sequence[Line], cells: int) -> Margin:
    """Wraps the notes of a page and places each beside its anchor, or under the note before it.

    Args:
        page: The page.
        lines: The wrapped lines of its text.
        cells: Width of the margin.
    """
    placed: dict[int, Line] = {}
    free = 0
    shown = [note for note in page.notes if note.anchor is not None]
    for note in sorted(shown, key=lambda each: (each.anchor, each.start)):
        row = max(free, line_at(lines, note.anchor or 0))
        for line in _wrap_note(page, note, cells):
            placed[row] = line
            row += 1
        free = row + 1
    ordered = sorted((line[0], row) for row, line in placed.items())
    return Margin(placed, [start for start, _row in ordered], [row for _start, row in ordered])


def _wrap_note(page: Page, note: MarginNote, cells: int) -> list[Line]:
    """Wraps a note: a label stands over what it says, other lines hang by little."""
    text = page.text
    labels = {span.start: span.end for span in page.spans if span.role == "label"}
    lines: list[Line] = []
    at = note.start
    while at < note.end:
        stop = text.find("\n", at, note.end)
        stop = note.end if stop < 0 else stop
        begin = _skip_blanks(text, at, stop)
        if begin in labels:
            lines.append((begin, min(labels[begin], stop), 0))
            begin = _skip_blanks(text, labels[begin], stop)
            wrap_block(text, (begin, stop), cells, _INDENT, _INDENT, lines)
        elif begin < stop:
            after_label = begin > at and bool(lines)
            wrap_block(text, (begin, stop), cells, _INDENT, _INDENT * after_label, lines)
        elif lines:
            lines.append((at, at, 0))
        at = stop + 1
    while lines and lines[-1][0] == lines[-1][1]:
        lines.pop()
    return lines


def _skip_blanks(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] == " ":
        start += 1
    return start
