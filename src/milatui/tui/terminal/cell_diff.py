"""Sends only the cells that differ from what the terminal already shows.

Over SSH every byte of a step in a list adds to the delay.  A preview repaints all of its
lines, but most of their cells (blanks, frames) have not changed.

A style is the parameters of one "select graphic rendition" (SGR) sequence as Rich sends it,
starting from no style, such as ``1;38;5;231;48;5;16``; "" is the terminal's default style.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import is_not, itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([0-9;]+)m|([^\x00-\x1f\x7f-\x9f]++)|\n")
"""A move of the cursor, a style, text, or the end of a line of a full repaint."""
_TWO_IN_SOME = r"\u2194-\u21ff\u2211\u2302\u25b2-\u25fc\u2605\u263a\u263b"
_ONE_CELL = re.compile(
    r"[\x20-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2193"
    rf"\u2500-\u25ad\u2800-\u28ff{_TWO_IN_SOME}]*"
)
"""Text of characters that take one cell in every terminal, or are handled as ambiguous.  A line
with any other character is sent unchanged, because terminals disagree about its width."""
_AMBIGUOUS = re.compile(f"[{_TWO_IN_SOME}]")
"""One-cell characters that some terminals draw in two: the cursor is moved after each."""
_UP_TO_AMBIGUOUS = re.compile(f"[^{_TWO_IN_SOME}]*[{_TWO_IN_SOME}]|[^{_TWO_IN_SOME}]+")
_GAP = 4
"""Unchanged cells up to which sending them again is shorter than moving the cursor."""

Cell = tuple[str, str]
Run = tuple[str, str]
"""A style and the text drawn in it."""
_FOREGROUND, _BACKGROUND = re.compile(r"(3[0-9]|9[0-7])(;|$)"), re.compile(r"(4[0-9]|10[0-7])(;|$)")
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
_UNSEEN_ON_BLANK = frozenset({"1", "2", "3"})
"""Bold, dim and italic, which do not change a blank."""


class _StyledCells(dict[str, Cell]):
    """The cells of one style by character; equal cells of all styles are one object.

    Args:
        style: The style.
        interned: Each cell that there is.
    """

    def __init__(self, style: str, interned: dict[Cell, Cell]) -> None:
        super().__init__()
        self.style, self.blank = style, blank_background(style)
        self._interned = interned

    def __missing__(self, character: str) -> Cell:
        blank = self.blank if character == " " else None
        cell = (character, self.style if blank is None else blank)
        found = self[character] = self._interned.setdefault(cell, cell)
        return found


Piece = tuple[int, int, str, _StyledCells]
"""Adjacent cells to send: row and column of the first one, their text, and their style.  Blanks
may come from a run in another style that looks the same on them."""


class ScreenDiffer:
    """Keeps the cells one terminal shows; ``diff`` reduces output to the cells that change."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._interned: dict[Cell, Cell] = {}
        self._styles: dict[str, _StyledCells] = {}
        self._size = (0, 0)
        self._parked: tuple[int, int] | None = None

    def reset(self) -> None:
        """Assumes nothing about what the terminal shows."""
        self._rows.clear()
        self._styles.clear()
        self._interned.clear()
        self._parked = None

    def diff(self, data: str, size: tuple[int, int], *, park: bool = True) -> str:
        """Removes from ``data`` the cells that the terminal already shows.

        Args:
            data: Output of the compositor.  Other sequences (modes, titles, the clipboard)
                are returned unchanged.
            size: Columns and rows of the terminal.
            park: Whether the cursor must end where ``data`` leaves it.
        """
        strokes = _parsed_drawing(data)
        if strokes is None:
            if not data.startswith("\x1b[?2026") and not data.startswith("\x1b]"):
                self.reset()
            return data
        # A full repaint is sent whole: it cleans up after output of other programs.
        if size != self._size or "\n" in data:
            self.reset()
        self._size = size
        out, pieces = _Output(self._rows), list[Piece]()
        for position, runs in strokes:
            self._draw(out, pieces, position, runs)
        out.send(pieces)
        out.set_style("")
        position, runs = strokes[-1]
        parks = park and not runs
        if parks and (out.parts or position != self._parked):
            out.move_to(position)
        self._parked = position if parks else None
        return "".join(out.parts)

    def _draw(
        self, out: _Output, pieces: list[Piece], position: tuple[int, int], runs: list[Run]
    ) -> None:
        """Collects the cells of ``runs`` that differ; the first one is at ``position``."""
        if not runs:
            return
        row, column = position
        columns, rows = self._size
        whole = "".join([text for _, text in runs])
        all_one_cell = whole.isascii() or _ONE_CELL.fullmatch(whole)
        if not all_one_cell or row > rows or column + len(whole) - 1 > columns:
            out.send(pieces)
            self._rows.pop(row, None)
            out.move_to(position)
            for style, text in runs:
                out.set_style(style)
                out.parts.append(text)
            out.cursor = None
            return
        shown = self._rows.setdefault(row, [None] * (columns + 1))
        for style, text in runs:
            cells = self._styles.get(style)
            if cells is None:
                cells = self._styles[style] = _StyledCells(style, self._interned)
            end = column + len(text)
            old, new = shown[column:end], list(map(cells.__getitem__, text))
            if old != new:
                shown[column:end] = new
                for first, last in _changed_spans(bytes(map(is_not, old, new)), text):
                    _add(pieces, row, column + first, text[first:last], cells)
            column = end


def _parsed_drawing(data: str) -> list[tuple[tuple[int, int], list[Run]]] | None:
    """Splits the output of the compositor into runs, by the position of the first cell.

    Returns:
        The last position has no runs if the output ends with a move.  None if the output is not a
        drawing: it contains something else, or text without a position.
    """
    strokes: list[tuple[tuple[int, int], list[Run]]] = []
    runs, style, parsed = list[Run](), "", 0
    for row, column, codes, text in _TOKEN.findall(data):
        if text:
            if not strokes:
                return None
            runs.append((style, text))
            parsed += len(text)
        elif codes:
            # Rich resets after every segment, so a style never adds to the one before.
            style = "" if codes == "0" else codes
            parsed += len(codes) + 3
        elif row:
            runs = []
            strokes.append(((int(row), int(column)), runs))
            parsed += len(row) + len(column) + 4
        else:
            parsed += 1
    return strokes if strokes and parsed == len(data) else None


def _changed_spans(changed: bytes, text: str) -> Iterator[tuple[int, int]]:
    """Yields the spans of ``text`` to send; those with a narrow gap between them are one.

    Args:
        changed: For each character of ``text`` 1 if its cell changes, or 0.
    """
    first = changed.find(1)
    while first >= 0:
        last = changed.find(0, first)
        after = changed.find(1, last) if last >= 0 else -1
        while 0 <= after <= last + _GAP and not _has_ambiguous(text[last - 1 : after]):
            last = changed.find(0, after)
            after = changed.find(1, last) if last >= 0 else -1
        yield first, last if last >= 0 else len(text)
        first = after


def _add(pieces: list[Piece], row: int, column: int, text: str, cells: _StyledCells) -> None:
    """Adds changed cells to ``pieces``; blanks join a neighbour on the same background.

    A character that some terminals draw in two cells ends a piece.
    """
    for part in (text,) if text.isascii() else _UP_TO_AMBIGUOUS.findall(text):
        if pieces and cells.blank is not None:
            before = pieces[-1]
            adjacent = before[0] == row and before[1] + len(before[2]) == column
            if adjacent and before[3].blank == cells.blank and not _has_ambiguous(before[2][-1]):
                if _is_blank(part):
                    pieces[-1] = (row, before[1], before[2] + part, before[3])
                    continue
                if _is_blank(before[2]):
                    pieces[-1] = (row, before[1], before[2] + part, cells)
                    column += len(part)
                    continue
        pieces.append((row, column, part, cells))
        column += len(part)


class _Output:
    """The output so far, and the cursor position and style it leaves.

    Args:
        shown: By row, the cells that the terminal will show after the output.
    """

    def __init__(self, shown: Mapping[int, Sequence[Cell | None]]) -> None:
        self.parts: list[str] = []
        self.cursor: tuple[int, int] | None = None
        self.style = ""
        self._shown = shown

    def send(self, pieces: list[Piece]) -> None:
        """Sends ``pieces``, in the order that takes the fewest bytes of two; empties the list.

        A change of style takes up to 40 bytes, a move of the cursor up to 8: mostly it is shorter
        to draw all that is in one style, then all in the next.
        """
        if not pieces:
            return
        others = _by_style(pieces, self.style) if self._can_reorder(pieces) else None
        if others is None:
            self.write(pieces)
        else:
            outputs = []
            for order in (pieces, others):
                output = _Output(self._shown)
                output.cursor, output.style = self.cursor, self.style
                output.write(order)
                outputs.append((sum(map(len, output.parts)), output))
            best = min(outputs, key=itemgetter(0))[1]
            self.parts += best.parts
            self.cursor, self.style = best.cursor, best.style
        pieces.clear()

    def _can_reorder(self, pieces: list[Piece]) -> bool:
        """Returns whether another order gives the same picture.

        No cell may be there twice, and only blanks right of characters that may take two cells.
        """
        end = (0, 0)
        for row, column, text, cells in pieces:
            if (row, column) < end:
                return False
            end = (row, column + len(text))
            if _has_ambiguous(text[-1]):
                after = self._shown[row][column + len(text) : column + len(text) + 1]
                if after and after[0] != cells[" "]:
                    return False
        return True

    def write(self, pieces: list[Piece]) -> None:
        for row, column, text, cells in pieces:
            self._cross_gap(row, column)
            self.move_to((row, column))
            inked = text
            if cells.blank is not None:
                inked = text.lstrip(" ")
                if not inked and blank_background(self.style) != cells.blank:
                    self.set_style(style_of_blanks(self.style, cells.style))
                if blank_background(self.style) == cells.blank:
                    self.parts.append(text[: len(text) - len(inked)])
                else:
                    inked = text
            if inked:
                self.set_style(cells.style)
                self.parts.append(inked)
            self.cursor = None if _has_ambiguous(text[-1]) else (row, column + len(text))

    def _cross_gap(self, row: int, column: int) -> None:
        """Sends the few cells before ``column`` again instead of moving the cursor, if possible."""
        cursor = self.cursor
        if cursor is None or cursor[0] != row or not 0 < column - cursor[1] <= _GAP:
            return
        gap = self._shown[row][cursor[1] : column]
        if all(
            cell and _looks_same(cell, self.style) and not _has_ambiguous(cell[0]) for cell in gap
        ):
            self.parts.extend(cell[0] for cell in gap if cell is not None)
            self.cursor = (row, column)

    def move_to(self, position: tuple[int, int]) -> None:
        """Moves the cursor to ``position`` (row, column, from 1)."""
        if self.cursor != position:
            self.parts.append(_movement(self.cursor, position))
            self.cursor = position

    def set_style(self, style: str) -> None:
        """Draws what follows in ``style``."""
        if style != self.style:
            self.parts.append(sgr_transition(self.style, style))
            self.style = style


def _movement(before: tuple[int, int] | None, after: tuple[int, int]) -> str:
    """Returns the shortest sequence that moves the cursor (row, column) to ``after``."""
    row, column = after
    shortest = f"\x1b[{row};{column}H"
    if before is not None and before[0] == row and before[1] < column:
        right = column - before[1]
        return f"\x1b[{right}C" if right > 1 else "\x1b[C"
    if before is not None and before[0] == row - 1:
        begin = "\r\n" if column == 1 else f"\r\n\x1b[{column - 1}C"
        if len(begin) < len(shortest):
            return begin
    return shortest


def _by_style(pieces: list[Piece], style: str) -> list[Piece] | None:
    """Orders ``pieces`` by style, each followed by one that takes few bytes to change to.

    Args:
        style: The style at the beginning.

    Returns:
        None if there are less than three styles.
    """
    groups: dict[str, list[Piece]] = {}
    blank: list[Piece] = []
    inked: dict[str | None, str] = {}
    for piece in pieces:
        cells = piece[3]
        if cells.blank is not None and _is_blank(piece[2]):
            blank.append(piece)
        else:
            groups.setdefault(cells.style, []).append(piece)
            inked.setdefault(cells.blank, cells.style)
    for piece in blank:
        groups.setdefault(inked.get(piece[3].blank, piece[3].style), []).append(piece)
    if len(groups) < 3:
        return None
    ordered: list[Piece] = []
    while groups:
        style = min(groups, key=lambda after: len(sgr_transition(style, after)))
        ordered += sorted(groups.pop(style), key=itemgetter(0, 1))
    return ordered


def _is_blank(text: str) -> bool:
    return not text.strip(" ")


def _has_ambiguous(text: str) -> bool:
    return not text.isascii() and _AMBIGUOUS.search(text) is not None


def _looks_same(cell: Cell, style: str) -> bool:
    """Returns whether ``cell`` looks the same when it is drawn in ``style``."""
    return cell[1] == (style if cell[0] != " " else blank_background(style) or style)


@lru_cache(maxsize=4096)
def sgr_transition(before: str, after: str) -> str:
    """Returns the shortest SGR sequence that changes style ``before`` to ``after``."""
    if not after:
        return "\x1b[0m"
    if not before:
        return f"\x1b[{after}m"
    old, new = _parsed(before), _parsed(after)
    lost = old[2] - new[2]
    if not lost <= _ENDS.keys():
        return f"\x1b[0;{after}m"
    ends = {_ENDS[code] for code in lost}
    kept = {code for code in old[2] & new[2] if _ENDS.get(code) not in ends}
    wanted = sorted(ends) + sorted(new[2] - kept)
    if old[0] != new[0]:
        wanted.append(new[0] or "39")
    if old[1] != new[1]:
        wanted.append(new[1] or "49")
    return f"\x1b[{';'.join(wanted)}m"


@lru_cache(maxsize=4096)
def blank_background(style: str) -> str | None:
    """Returns the background of ``style``, as a blank shows it; None if it shows more."""
    _text, back, attributes = _parsed(style)
    return f"blank {back}" if attributes <= _UNSEEN_ON_BLANK else None


@lru_cache(maxsize=4096)
def style_of_blanks(before: str, after: str) -> str:
    """Returns the style nearest to ``before`` in which blanks look as they do in ``after``."""
    text, _back, attributes = _parsed(before)
    if not attributes <= _UNSEEN_ON_BLANK:
        return after
    return ";".join(part for part in (*sorted(attributes), text, _parsed(after)[1]) if part)


def _parsed(style: str) -> tuple[str, str, frozenset[str]]:
    """Splits a style into text colour, background and attributes."""
    text = back = ""
    attributes: set[str] = set()
    codes = style.split(";") if style else []
    while codes:
        code = codes.pop(0)
        if code in ("38", "48") and codes:
            size = 4 if codes[0] == "2" else 2
            code, codes = ";".join([code, *codes[:size]]), codes[size:]
        if _FOREGROUND.match(code):
            text = code
        elif _BACKGROUND.match(code):
            back = code
        else:
            attributes.add(code)
    return text, back, frozenset(attributes)
