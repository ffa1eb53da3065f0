"""Lays out tables: columns aligned by terminal cells; wide ones row by row."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.rendered_text import RenderedText

if TYPE_CHECKING:
    from milatui.archive.markdown.text_builder import TextBuilder

_GAP: Final = 2
_WIDEST_CELL: Final = 60
"""Terminal cells of a cell up to which columns are aligned; others hold paragraphs."""
_MOST_PADDED: Final = 1_000_000
"""Cells of a table whose columns are aligned; spaces would make a larger one huge."""
_EMPTY: Final = RenderedText("")


@dataclass(slots=True)
class TextCell:
    """A cell of a table: its text in one line, and how it is aligned."""

    content: RenderedText
    align: str = ""

    @property
    def width(self) -> int:
        """Terminal cells of its text."""
        return cell_width(self.content.text)


@dataclass(slots=True)
class TextTable:
    """Rows of cells.

    Attributes:
        rows: The rows; the last one is being filled.
        heads: Number of rows at the top that are its header.
    """

    rows: list[list[TextCell]] = field(default_factory=list)
    heads: int = 0

    def write(self, out: TextBuilder) -> None:
        """Writes the table; a rule stands under its header."""
        shown = [number for number, row in enumerate(self.rows) if any(c.content.text for c in row)]
        rows = [self.rows[number] for number in shown]
        if not rows:
            return
        heads = sum(number < self.heads for number in shown)
        widths = _column_widths(rows)
        if max(widths) > _WIDEST_CELL or sum(widths) * len(rows) > _MOST_PADDED:
            _write_rows(rows, out)
            return
        start = -1
        for number, row in enumerate(rows):
            out.open_line()
            start = out.at if start < 0 else start
            _write_row(row, widths, out)
            if number + 1 == heads < len(rows):
                out.write((" " * _GAP).join("─" * width for width in widths))
                out.end_line()
        out.span_from(start, "table")


def cell_width(text: str) -> int:
    """Returns the number of terminal cells that a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _column_widths(rows: list[list[TextCell]]) -> list[int]:
    columns = max(len(row) for row in rows)
    widths = [1] * columns
    for row in rows:
        for number, cell in enumerate(row):
            widths[number] = max(widths[number], cell.width)
    return widths


def _write_row(row: list[TextCell], widths: list[int], out: TextBuilder) -> None:
    last = max((n for n, cell in enumerate(row) if cell.content.text), default=-1)
    for number, (cell, width) in enumerate(zip_longest(row[: last + 1], widths)):
        if cell is None:
            break
        free = width - cell.width
        before = free if cell.align == "right" else free // 2 if cell.align == "center" else 0
        out.insert(cell.content, free - before + _GAP if number < last else 0, before)
    out.end_line()


def _write_rows(rows: list[list[TextCell]], out: TextBuilder) -> None:
    """Writes each cell as a line of its own: the cells of a layout table are paragraphs."""
    for row in rows:
        for cell in row:
            if cell.content.text:
                out.insert(cell.content, 0, 0)
                out.end_line()
        out.blank()
