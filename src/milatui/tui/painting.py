"""Knows what the terminal shows, and sends only the cells that look different.

Over SSH every byte of a step in a list is waited for.  A preview repaints all its lines,
but most of their cells are blank, or frame, as they were before.
"""

from __future__ import annotations

import re

from milatui.tui.styles import change, looks_blank

_MOVE, _STYLE, _TEXT = r"\x1b\[(\d+);(\d+)H", r"\x1b\[([0-9;]*)m", r"[^\x00-\x1f\x7f-\x9f]++"
_PASSING = r"\n|\x1b\[\?(?:25|2026)[hl]"
_TOKEN = re.compile(f"{_MOVE}|{_STYLE}|({_TEXT})|{_PASSING}")
_PAINTING = re.compile(f"(?:{_PASSING})*{_MOVE}(?:{_MOVE}|{_STYLE}|{_TEXT}|{_PASSING})*")
_SAFE = re.compile(
    r"[\x20-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u2193"
    r"\u2500-\u25ad]*"
)
"""Text whose every character takes one cell in every terminal; where others stand, a line is
sent as it comes, for terminals do not agree on how wide it is."""
_DOUBTFUL = re.compile(r"[\u2194-\u21ff\u25b2-\u25fc\u263a]")
"""Signs of one cell that some terminals draw in two: what follows one is put in its place."""
_GAP = 4
"""Cells as before that cost less to send again than to be skipped."""

Cell = tuple[str, str]
Run = tuple[str, str]
"""A style's codes and the text in it."""


class Painter:
    """The picture of one terminal; ``paint`` turns what would be sent into what has to be."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._cells: dict[Cell, Cell] = {}
        self._size = (0, 0)

    def forget(self) -> None:
        """Take nothing for granted about what the terminal shows."""
        self._rows.clear()
        self._cells.clear()

    def paint(self, data: str, size: tuple[int, int]) -> str:
        """``data`` without what the terminal of ``size`` (columns, rows) shows already.

        What is no picture (modes, titles, the clipboard) goes through as it is.
        """
        if not _PAINTING.fullmatch(data):
            if not data.startswith("\x1b[?2026") and not data.startswith("\x1b]"):
                self.forget()
            return data
        # Who repaints everything wants it sent: it is what tidies up after other programs.
        if size != self._size or len(re.findall(_MOVE, data)) > size[1]:
            self.forget()
        self._size = size
        out = _Output()
        place, runs, style = (1, 1), list[Run](), ""
        for token in _TOKEN.finditer(data):
            row, column, codes, text = token.groups()
            if text is not None:
                runs.append((style, text))
            elif codes is not None:
                # Rich ends every stretch with a reset, so a style stands for itself.
                style = "" if codes == "0" else codes
            elif row is not None:
                self._draw(out, place, runs)
                place, runs = (int(row), int(column)), []
            elif token[0] != "\n":
                self._draw(out, place, runs)
                place, runs = (place[0], place[1] + sum(len(text) for _, text in runs)), []
                out.parts.append(token[0])
        self._draw(out, place, runs)
        out.finish(place if not runs else None)
        return "".join(out.parts)

    def _draw(self, out: _Output, place: tuple[int, int], runs: list[Run]) -> None:
        """Send the cells of ``runs``, which begin at ``place``, as far as they are new."""
        if not runs:
            return
        row, column = place
        columns, rows = self._size
        size = sum(len(text) for _, text in runs)
        surely = all(_SAFE.fullmatch(_DOUBTFUL.sub(" ", text)) for _, text in runs)
        if not surely or row > rows or column + size - 1 > columns:
            self._rows.pop(row, None)
            out.move(place)
            for style, text in runs:
                out.put(style, text)
            out.place = None
            return
        shown = self._rows.setdefault(row, [None] * (columns + 1))
        for style, text in runs:
            blank = looks_blank(style)
            for character in text:
                cell = (character, style if blank is None or character != " " else blank)
                if shown[column] != cell:
                    shown[column] = self._cells.setdefault(cell, cell)
                    self._go(out, shown, row, column)
                    if character != " " or blank is None or looks_blank(out.style) != blank:
                        out.wear(style)
                    out.parts.append(character)
                    out.place = None if _DOUBTFUL.match(character) else (row, column + 1)
                column += 1

    def _go(self, out: _Output, shown: list[Cell | None], row: int, column: int) -> None:
        """Bring the cursor to a cell, over a narrow gap by sending what stands there."""
        if out.place == (row, column):
            return
        if out.place is not None and out.place[0] == row and 0 < column - out.place[1] <= _GAP:
            gap = shown[out.place[1] : column]
            if all(
                cell and _fits(cell, out.style) and not _DOUBTFUL.match(cell[0]) for cell in gap
            ):
                out.parts.extend(cell[0] for cell in gap if cell is not None)
                return
        out.move((row, column))


class _Output:
    """What is sent, and where and in which style the terminal is then."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.place: tuple[int, int] | None = None
        self.style = ""

    def move(self, place: tuple[int, int]) -> None:
        """Bring the cursor to ``place`` (row, column, from 1)."""
        if self.place == place:
            return
        if self.place is not None and self.place[0] == place[0] and self.place[1] < place[1]:
            self.parts.append(f"\x1b[{place[1] - self.place[1]}C")
        else:
            self.parts.append(f"\x1b[{place[0]};{place[1]}H")
        self.place = place

    def wear(self, style: str) -> None:
        """What follows is drawn in ``style``."""
        if style != self.style:
            self.parts.append(change(self.style, style))
            self.style = style

    def put(self, style: str, text: str) -> None:
        """Send ``text`` in ``style``; it may be of any width."""
        self.wear(style)
        self.parts.append(text)

    def finish(self, place: tuple[int, int] | None) -> None:
        """End in no style, with the cursor at ``place``, or where it is."""
        self.wear("")
        if place is not None:
            self.parts.append(f"\x1b[{place[0]};{place[1]}H")


def _fits(cell: Cell, style: str) -> bool:
    """Whether ``cell`` looks the same when drawn in ``style``."""
    return cell[1] == (style if cell[0] != " " else looks_blank(style) or style)
