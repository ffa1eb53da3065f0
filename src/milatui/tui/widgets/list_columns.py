"""Columns of lists: which have room, their headings, and lines of cells that fill them exactly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from rich.segment import Segment

from milatui.archive.sanitize import sanitize
from milatui.tui.text.cells import cells_before, cut, fit, fit_right, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.tui.theme.theme import Theme

GAP: Final = 1
"""Blank cells behind every column."""


class PaneColumn(NamedTuple):
    """A column of a list.

    Attributes:
        name: What it holds.
        title: Its heading.
        cells: Its width; 0 for the one column that has the rest.
        priority: Columns with a low number have room first.
        right: Whether it is right-aligned.
    """

    name: str
    title: str
    cells: int = 0
    priority: int = 0
    right: bool = False


class Cell(NamedTuple):
    """What a line has in a column: a text and the role of its style."""

    text: str
    role: str = "dim"


def fit_columns(
    columns: Sequence[PaneColumn], cells: int, least: int, sorted_by: str = ""
) -> list[PaneColumn]:
    """Chooses the columns that fit into ``cells`` cells, in the order of their priority.

    Args:
        columns: All columns from left to right, one of them with ``cells`` 0.
        cells: Cells of a line.
        least: Least width of the column that has the rest.
        sorted_by: Name of the column that comes before the others: what the list is sorted by.

    Returns:
        Columns whose widths and gaps are ``cells`` together.
    """
    chosen = [column for column in columns if not column.cells]
    for column in sorted(columns, key=lambda c: (c.name != sorted_by, c.priority)):
        if column.cells and _rest([*chosen, column], cells) >= least:
            chosen.append(column)
    fitting = [column for column in columns if column in chosen]
    rest = max(1, _rest(fitting, cells))
    return [
        column if column.cells else PaneColumn(column.name, column.title, rest)
        for column in fitting
    ]


def _rest(columns: Sequence[PaneColumn], cells: int) -> int:
    return cells - sum(column.cells + GAP for column in columns)


def heading_line(
    columns: Sequence[PaneColumn], cells: int, sorted_by: str, ascending: bool, theme: Theme
) -> list[Segment]:
    """Draws the headings of columns in ``cells`` cells.

    A heading that is wider than its right-aligned column takes blank cells to its left.

    Args:
        columns: The columns in view.
        cells: Cells of the line.
        sorted_by: Name of the column that gets the sort mark.
        ascending: Whether it begins with the least.
        theme: Styles and glyphs.
    """
    arrow = theme.glyphs.ascending if ascending else theme.glyphs.descending
    parts: list[Segment] = []
    drawn = at = 0
    for column in columns:
        end = at + column.cells
        room = end - drawn if column.right else column.cells
        title = column.title
        if column.name == sorted_by:
            # The mark stays whatever is cut.
            title = title[: cells_before(title, room - 1)] + arrow
        title = cut(title, room, theme.glyphs.ellipsis)
        start = end - width(title) if column.right else at
        role = "text" if column.name == sorted_by else "dim"
        parts += [Segment(" " * (start - drawn), theme["dim"]), Segment(title, theme[role])]
        drawn = start + width(title) + (GAP if title else 0)
        if title:
            parts.append(Segment(" " * GAP, theme["dim"]))
        at = end + GAP
    parts.append(Segment(" " * max(0, cells - drawn), theme["dim"]))
    return parts


def cell_line(
    columns: Sequence[PaneColumn],
    values: Mapping[str, Cell],
    theme: Theme,
    row_role: str,
) -> list[Segment]:
    """Draws one line of cells; a column without a value stays blank.

    Args:
        columns: Columns in the order they are drawn.
        values: Text and role of each cell by the name of its column.
        row_role: Style of the gaps and blank cells.
    """
    parts = []
    for name, _title, cells, _priority, right in columns:
        text, role = values.get(name, _BLANK)
        shown = fit_right(text, cells) if right else fit(text, cells, theme.glyphs.ellipsis)
        parts.append(Segment(shown + " ", theme.on(role, row_role)))
    return parts


_BLANK: Final = Cell("", "text")


def wrap_title(title: str, first: int, rest: int, most: int) -> list[str]:
    """Breaks a title at spaces.

    Args:
        title: The title; it is sanitized.
        first: Cells of the first line.
        rest: Cells of the other lines.
        most: Most lines; the last one may be too long then.
    """
    title = sanitize(title, multiline=False)
    lines: list[str] = []
    cells = first
    while len(lines) < most - 1 and width(title) > cells:
        end = max(1, cells_before(title, cells))
        space = title.rfind(" ", 0, end + 1)
        if space > 0:
            lines.append(title[:space])
            title = title[space + 1 :]
        else:
            lines.append(title[:end])
            title = title[end:]
        cells = rest
    return [*lines, title]


def wrap_words(text: str, cells: int, most: int, ellipsis: str) -> list[str]:
    """Breaks a text at spaces; a word that is longer than a line is truncated, not broken.

    Args:
        text: The text; it is sanitized.
        cells: Cells of a line.
        most: Most lines; the last one may be too long then.
        ellipsis: What stands for the rest of a word.
    """
    words = (cut(word, cells, ellipsis) for word in text.split())
    return wrap_title(" ".join(words), cells, cells, most)
