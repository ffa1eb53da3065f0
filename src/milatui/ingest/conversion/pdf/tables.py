"""Finds tables among the lines of a PDF file: by the gaps that their rows have in common."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ingest.conversion.pdf.lines import Line, PositionedWord

_WIDE: Final = 0.9
"""Share of a line's height from which a gap is one between columns, and not between words."""
_LEADING: Final = 3.0
"""Distance of the rows of a table at most, as a share of their height."""
_MIN_ROWS: Final = 3
_MAX_CELL: Final = 25
"""Characters of the cells of a table at most, in the mean; longer ones are columns of text."""
_MAX_WORDS: Final = 100
"""Maximum number of words of a row; longer lines are text."""
_MARK: Final = re.compile(r"[•◦▪●■‣·∙–—-]|\(?(?:\d{1,2}|[a-z])[.)]")
"""What stands before the items of a list."""


class FoundTable(NamedTuple):
    """A table: the numbers of its first line and of the line after it, and its cells by row."""

    start: int
    end: int
    rows: tuple[tuple[tuple[PositionedWord, ...], ...], ...]


class _Gap(NamedTuple):
    """Room between two words, and whether it is wide."""

    left: float
    right: float
    wide: int


def find_tables(lines: Sequence[Line]) -> Iterator[FoundTable]:
    """Yields the tables in lines, in order."""
    start = 0
    while start < len(lines):
        end, gaps = start + 1, _gaps(lines[start])
        while end < len(lines) and _is_next_row(lines[end - 1], lines[end]):
            own = _gaps(lines[end])
            common = _common(gaps, own)
            columns = _columns(common, end + 1 - start)
            if not columns:
                break
            is_wide = any(gap.wide for gap in own)
            if not is_wide and (
                len(columns) < len(_columns(gaps, end - start))
                or not _is_within(lines[end], lines[start:end])
            ):
                break
            end, gaps = end + 1, common
        columns = _without_empty(_columns(gaps, end - start), lines[start:end])
        rows = tuple(_cells(line, columns) for line in lines[start:end])
        if columns and _is_table(rows):
            yield FoundTable(start, end, rows)
            start = end
        else:
            start = max(start + 1, end - 1)


def _is_next_row(above: Line, below: Line) -> bool:
    step = above.top - below.top
    return above.page == below.page and 0 < step <= _LEADING * max(above.size, below.size)


def _is_within(line: Line, rows: Sequence[Line]) -> bool:
    """Returns whether a line is at most as wide as the rows before it."""
    left, right = min(row.left for row in rows), max(row.right for row in rows)
    return line.left > left - line.size and line.right < right + line.size


def _gaps(line: Line) -> list[_Gap]:
    if len(line.words) > _MAX_WORDS:
        return []
    return [
        _Gap(one.right, other.left, int(other.left - one.right >= _WIDE * line.size))
        for one, other in pairwise(line.words)
        if other.left > one.right
    ]


def _common(gaps: Sequence[_Gap], others: Sequence[_Gap]) -> list[_Gap]:
    """Returns the room that gaps of both have in common; ``wide`` counts the wide ones."""
    found = []
    for gap in gaps:
        for other in others:
            left, right = max(gap.left, other.left), min(gap.right, other.right)
            if right - left > 1:
                found.append(_Gap(left, right, gap.wide + other.wide))
    return found


def _columns(gaps: Sequence[_Gap], rows: int) -> list[_Gap]:
    """Returns the gaps between columns: those that are wide in most rows."""
    return [gap for gap in gaps if gap.wide * 2 > rows]


def _without_empty(columns: Sequence[_Gap], rows: Sequence[Line]) -> list[_Gap]:
    """Leaves out gaps behind which most rows have no word: those between words of a wide cell."""
    found: list[_Gap] = []
    for column, following in zip(columns, [*columns, None][1:], strict=True):
        right = float("inf") if following is None else following.left
        full = sum(any(column.left < word.left < right for word in row.words) for row in rows)
        if full * 2 > len(rows):
            found.append(column)
    return found


def _cells(line: Line, columns: Sequence[_Gap]) -> tuple[tuple[PositionedWord, ...], ...]:
    edges = [float("-inf"), *((gap.left + gap.right) / 2 for gap in columns), float("inf")]
    return tuple(
        tuple(word for word in line.words if left <= word.left < right)
        for left, right in pairwise(edges)
    )


def _is_table(rows: Sequence[Sequence[Sequence[PositionedWord]]]) -> bool:
    """Returns whether rows are those of a table: no list, and no text in columns."""
    if len(rows) + len(rows[0]) < _MIN_ROWS + 2 or len(rows) == 1:
        return False
    marked = sum(len(row[0]) == 1 and bool(_MARK.fullmatch(row[0][0].text)) for row in rows)
    cells = [" ".join(word.text for word in cell) for row in rows for cell in row]
    return marked * 2 < len(rows) and sum(map(len, cells)) <= _MAX_CELL * len(cells)
