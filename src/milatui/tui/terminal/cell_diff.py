"""Sends only the cells that differ from what the terminal already shows.

Over SSH every byte of a step in a list adds to the delay.  A preview repaints all of its
lines, but most of their cells (blanks, frames) have not changed.

A style is the parameters of one "select graphic rendition" (SGR) sequence as Rich sends it,
starting from no style, such as ``1;38;5;231;48;5;16``; "" is the terminal's default style.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import is_not

_MOVE, _STYLE, _TEXT = r"\x1b\[(\d+);(\d+)H", r"\x1b\[([0-9;]*)m", r"[^\x00-\x1f\x7f-\x9f]++"
_OTHER = r"\n|\x1b\[\?(?:25|2026)[hl]"
_TOKEN = re.compile(f"{_MOVE}|{_STYLE}|({_TEXT})|{_OTHER}")
_DRAWING = re.compile(f"(?:{_OTHER})*{_MOVE}(?:{_MOVE}|{_STYLE}|{_TEXT}|{_OTHER})*")
_ONE_CELL = re.compile(
    r"[\x20-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2193"
    r"\u2500-\u25ad\u2800-\u28ff]*"
)
"""Text of characters that take one cell in every terminal.  A line with any other character is
sent unchanged, because terminals disagree about its width."""
_TWO_IN_SOME = r"\u2194-\u21ff\u2211\u2302\u25b2-\u25fc\u2605\u263a\u263b"
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


class ScreenDiffer:
    """Keeps the cells one terminal shows; ``diff`` reduces output to the cells that change."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._interned: dict[Cell, Cell] = {}
        self._styles: dict[str, _StyledCells] = {}
        self._size = (0, 0)

    def reset(self) -> None:
        """Assumes nothing about what the terminal shows."""
        self._rows.clear()
        self._styles.clear()
        self._interned.clear()

    def diff(self, data: str, size: tuple[int, int]) -> str:
        """Removes from ``data`` the cells that the terminal already shows.

        Args:
            data: Output of the compositor.  Other sequences (modes, titles, the clipboard)
                are returned unchanged.
            size: Columns and rows of the terminal.
        """
        if not _DRAWING.fullmatch(data):
            if not data.startswith("\x1b[?2026") and not data.startswith("\x1b]"):
                self.reset()
            return data
        # A full repaint is sent whole: it cleans up after output of other programs.
        if size != self._size or len(re.findall(_MOVE, data)) > size[1]:
            self.reset()
        self._size = size
        out = _Output()
        position, runs, style = (1, 1), list[Run](), ""
        for token in _TOKEN.finditer(data):
            row, column, codes, text = token.groups()
            if text is not None:
                runs.append((style, text))
            elif codes is not None:
                # Rich resets after every segment, so a style never adds to the one before.
                style = "" if codes == "0" else codes
            elif row is not None:
                self._draw(out, position, runs)
                position, runs = (int(row), int(column)), []
            elif token[0] != "\n":
                self._draw(out, position, runs)
                position, runs = (position[0], position[1] + sum(len(text) for _, text in runs)), []
                out.parts.append(token[0])
        self._draw(out, position, runs)
        out.finish(position if not runs else None)
        return "".join(out.parts)

    def _draw(self, out: _Output, position: tuple[int, int], runs: list[Run]) -> None:
        """Sends the cells of ``runs`` that differ; the first one is at ``position``."""
        if not runs:
            return
        row, column = position
        columns, rows = self._size
        size = sum(len(text) for _, text in runs)
        all_one_cell = all(text.isascii() or _is_one_cell(text) for _, text in runs)
        if not all_one_cell or row > rows or column + size - 1 > columns:
            self._rows.pop(row, None)
            out.move(position)
            for style, text in runs:
                out.write(style, text)
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
                changed = bytes(map(is_not, old, new)) + b"\0"
                first = changed.find(1)
                while first >= 0:
                    last = changed.find(0, first)
                    self._send(out, shown, (row, column + first), text[first:last], cells)
                    first = changed.find(1, last)
            column = end

    def _send(
        self,
        out: _Output,
        shown: list[Cell | None],
        position: tuple[int, int],
        text: str,
        cells: _StyledCells,
    ) -> None:
        """Sends adjacent cells of one style; the first one is at ``position``."""
        row, column = position
        for part in (text,) if text.isascii() else _UP_TO_AMBIGUOUS.findall(text):
            self._move_to(out, shown, row, column)
            column += len(part)
            inked = part
            if cells.blank is not None:
                inked = part.lstrip(" ")
                if not inked and blank_background(out.style) != cells.blank:
                    out.set_style(style_of_blanks(out.style, cells.style))
                if blank_background(out.style) == cells.blank:
                    out.parts.append(" " * (len(part) - len(inked)))
                else:
                    inked = part
            if inked:
                out.set_style(cells.style)
                out.parts.append(inked)
            out.cursor = None if _AMBIGUOUS.match(part[-1]) else (row, column)

    def _move_to(self, out: _Output, shown: list[Cell | None], row: int, column: int) -> None:
        """Moves the cursor to a cell; a narrow gap is crossed by sending its cells again."""
        if out.cursor == (row, column):
            return
        if out.cursor is not None and out.cursor[0] == row and 0 < column - out.cursor[1] <= _GAP:
            gap = shown[out.cursor[1] : column]
            if all(
                cell and _looks_same(cell, out.style) and not _AMBIGUOUS.match(cell[0])
                for cell in gap
            ):
                out.parts.extend(cell[0] for cell in gap if cell is not None)
                return
        out.move((row, column))


class _Output:
    """The output so far, and the cursor position and style it leaves."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.cursor: tuple[int, int] | None = None
        self.style = ""

    def move(self, position: tuple[int, int]) -> None:
        """Moves the cursor to ``position`` (row, column, from 1)."""
        if self.cursor == position:
            return
        if (
            self.cursor is not None
            and self.cursor[0] == position[0]
            and self.cursor[1] < position[1]
        ):
            self.parts.append(f"\x1b[{position[1] - self.cursor[1]}C")
        else:
            self.parts.append(f"\x1b[{position[0]};{position[1]}H")
        self.cursor = position

    def set_style(self, style: str) -> None:
        """Draws what follows in ``style``."""
        if style != self.style:
            self.parts.append(sgr_transition(self.style, style))
            self.style = style

    def write(self, style: str, text: str) -> None:
        """Sends ``text``, of any width, in ``style``."""
        self.set_style(style)
        self.parts.append(text)

    def finish(self, position: tuple[int, int] | None) -> None:
        """Resets the style and leaves the cursor at ``position`` (None: where it is)."""
        self.set_style("")
        if position is not None:
            self.parts.append(f"\x1b[{position[0]};{position[1]}H")


def _is_one_cell(text: str) -> bool:
    return _ONE_CELL.fullmatch(_AMBIGUOUS.sub(" ", text)) is not None


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
