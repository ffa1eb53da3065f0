"""Lays out tables: columns aligned by terminal cells; of wide ones each cell is a line."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.text_builder import LinePrefix

if TYPE_CHECKING:
    from milatui.archive.markdown.rendered_text import RenderedText
    from milatui.archive.markdown.text_builder import TextBuilder

_GAP: Final = 2
_WIDEST: Final = 78
"""Terminal cells up to which a table has columns; a reader shows 80 at most, and wraps no table."""
_MOST_PADDED: Final = 1_000_000
"""Characters of a table that spaces and labels may add; more would make a large one huge."""
_BETWEEN_LABELS: Final = " · "
_INDENTED: Final = LinePrefix(" ", written=True)


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
        width = sum(widths) + _GAP * (len(widths) - 1)
        if width > _WIDEST or width * len(rows) > _MOST_PADDED:
            _write_records(rows[:heads], rows[heads:], out)
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


def _write_records(
    heads: list[list[TextCell]], rows: list[list[TextCell]], out: TextBuilder
) -> None:
    """Writes each cell of a wide table as a line of its own, behind the words of its column."""
    labels = heads[0] if heads else []
    if sum(len(label.content.text) for label in labels) * len(rows) > _MOST_PADDED:
        labels = []
    for row in heads:
        shown = [cell for cell in row if cell.content.text]
        for number, cell in enumerate(shown):
            out.insert(cell.content, 0, 0)
            out.write(_BETWEEN_LABELS if number + 1 < len(shown) else "")
        out.blank()
    for row in rows:
        for number, (cell, label) in enumerate(zip_longest(row, labels[: len(row)])):
            if not cell.content.text:
                continue
            if labels and number:
                out.containers.append(_INDENTED)
                if label is not None and label.content.text:
                    out.write(f"{label.content.text}: ")
            out.insert(cell.content, 0, 0)
            out.end_line()
            if labels and number:
                out.containers.pop()
        out.blank()
