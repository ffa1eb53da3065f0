"""A line of one-cell characters that is drawn in layers, then turned into a strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

if TYPE_CHECKING:
    from milatui.tui.theme.theme import Theme


class CellCanvas:
    """Cells with a character and the role of its style; later layers cover earlier ones."""

    def __init__(self, theme: Theme, cells: int) -> None:
        self._theme, self.cells = theme, cells
        self.signs = [" "] * cells
        self.roles = ["text"] * cells

    @property
    def used(self) -> int:
        """The cell after the last one that is not blank."""
        return next((n + 1 for n in range(self.cells - 1, -1, -1) if self.signs[n] != " "), 0)

    def copy(self) -> CellCanvas:
        """Returns a canvas with the same cells, which can be drawn on alone."""
        other = CellCanvas(self._theme, self.cells)
        other.signs, other.roles = self.signs[:], self.roles[:]
        return other

    def write(self, at: int, text: str, role: str) -> None:
        """Writes one-cell characters from cell ``at`` on; what is out of the line is left out."""
        for cell, sign in enumerate(text, at):
            if 0 <= cell < self.cells:
                self.signs[cell], self.roles[cell] = sign, role

    def restyle(self, at: int, role: str) -> None:
        """Gives a cell another style; the character stays."""
        if 0 <= at < self.cells:
            self.roles[at] = role

    def clear_word(self, at: int) -> None:
        """Blanks the word that cell ``at`` is part of."""
        for step in (-1, 1):
            cell = at if step < 0 else at + 1
            while 0 <= cell < self.cells and self.signs[cell] != " ":
                self.signs[cell] = " "
                cell += step

    def segments(self, row_role: str = "") -> list[Segment]:
        """Returns the line, neighbouring cells of one style together.

        Args:
            row_role: Role of the list row that the line is part of, see ``Theme``.
        """
        parts: list[Segment] = []
        start = 0
        for cell in range(1, self.cells + 1):
            if cell == self.cells or self.roles[cell] != self.roles[start]:
                text = "".join(self.signs[start:cell])
                parts.append(Segment(text, self._theme.on(self.roles[start], row_role)))
                start = cell
        return parts
