"""The pane of the candidates of a document, with a text field in the place of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message

from milatui.i18n import _
from milatui.ingest.confidence import Confidence
from milatui.tui.review.candidate_rows import (
    SIGNS,
    confidence_word,
    hue,
    keys_in_order,
)
from milatui.tui.text.cells import cut, fit, fit_right, width
from milatui.tui.widgets.pane import Pane
from milatui.tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget

    from milatui.tui.review.candidate_rows import CandidateRow
    from milatui.tui.theme.theme import Theme

_BOLD: Final = Style(bold=True)
_SIGN: Final = 3
"""Cells of the sign before a candidate."""
_WORD: Final = 10
"""Cells of the word for its confidence."""
_RECORD: Final = 28
"""Cells of what it makes, at most."""
_WIDE: Final = 76
"""Cells from which there is a column for it."""
_INDENT: Final = 6
"""Cells before the name of a value."""


class _InlineLayout(Layout):
    """Places the text field on the row of the value that is edited."""

    name = "inline"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        if not isinstance(parent, CandidatesPane):
            return []
        region = parent.field_region
        if region is None:
            return []
        return [WidgetPlacement(region, NULL_OFFSET, NULL_SPACING, child) for child in children]


class CandidatesPane(Pane):
    """Lists the candidates of a document by kind."""

    pane_name = "candidates"

    class Chosen(Message):
        """The candidate with ``key`` was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows: Sequence[CandidateRow] = ()
        self.current = ""
        self.left = 0
        self.filtered = ""
        self.edited = ""
        """The name of the value that the text field stands for; empty if it is closed."""
        self._inline_layout = _InlineLayout()

    def show(self, rows: Sequence[CandidateRow], current: str, left: int, filtered: str) -> None:
        """Shows rows with the candidate ``current`` in view.

        Args:
            rows: The rows.
            current: The key of the candidate under the cursor.
            left: How many candidates of the document are undecided.
            filtered: The heading of the only kind that is shown; empty for all.
        """
        self.rows, self.current, self.left, self.filtered = rows, current, left, filtered
        own = [number for number, row in enumerate(rows) if self._is_current(row)]
        if own:
            first, last = own[0], own[-1]
            above = first - 1 if first and rows[first - 1].shape == "heading" else first
            if above < self.top:
                self.top = above
            if last >= self.top + self.page_height:
                self.top = min(above, last - self.page_height + 1)
        self.top = self.clamp_top(self.top)
        self.refresh(layout=True)

    def _is_current(self, row: CandidateRow) -> bool:
        return row.shape != "heading" and row.candidate.key == self.current

    @property
    def keys(self) -> list[str]:
        """The keys of the candidates in their order."""
        return keys_in_order(self.rows)

    def heading(self) -> str:
        return self.filtered or _("Proposals")

    def info(self) -> str:
        if not self.rows:
            return _("nothing recognised")
        return _("{n} undecided").format(n=self.left) if self.left else _("all decided")

    def line_count(self) -> int:
        return len(self.rows)

    @property
    def layout(self) -> Layout:
        return self._inline_layout

    @property
    def field_region(self) -> Region | None:
        """Where the text field is; None if it is closed."""
        for number, row in enumerate(self.rows):
            if self.edited and row.value == self.edited and self._is_current(row):
                left = _INDENT + self._label_width()
                y = number - self.top + self.header_height
                return Region(left, y, max(4, self.content_width - left - 1), 1)
        return None

    async def edit(self, value: str, text: str) -> None:
        """Opens the text field in the place of a value."""
        self.edited = value
        if self.field is None:
            self.field = TextField(text, "", self.theme)
            await self.mount(self.field)
        self.field.value = text
        self.field.cursor_position = len(text)
        self.field.display = True
        self.refresh(layout=True)
        self.screen.set_focus(self.field)

    def close_field(self) -> None:
        """Closes the text field without a change."""
        self.edited = ""
        if self.field is not None:
            self.field.display = False
        self.screen.set_focus(None)
        self.refresh(layout=True)

    # Drawing -----------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        if line >= len(self.rows):
            return [Segment(" " * cells, self.theme["text"])]
        row = self.rows[line]
        if row.shape == "heading":
            return self._draw_heading(row, cells)
        if row.shape == "candidate":
            return self._draw_candidate(row, cells)
        if row.shape in ("value", "makes"):
            return self._draw_value(row, cells)
        text = " " * _INDENT + "! " + row.label
        return [Segment(fit(text, cells), self.theme["flag"])]

    def _draw_heading(self, row: CandidateRow, cells: int) -> list[Segment]:
        label = cut(row.label, cells - 2)
        room = cells - 1 - width(label)
        return [
            Segment(" " + label, self.theme[hue(row.candidate.kind)] + _BOLD),
            Segment(fit_right(row.text, room), self.theme["dim"]),
        ]

    def _draw_candidate(self, row: CandidateRow, cells: int) -> list[Segment]:
        theme = self.theme
        current = self._is_current(row)
        role = "cursor" if current else ""
        candidate = row.candidate
        bar = theme.glyphs.cursor if current else " "
        sign = SIGNS[row.verdict]
        record = row.text if cells >= _WIDE else ""
        room = cells - _SIGN - 1 - _WORD - (_RECORD if record else 0)
        faded = row.verdict == "rejected"
        plain = "dim" if faded else "strong" if row.verdict is None else "text"
        return [
            Segment(bar, theme.on("accent", role)),
            Segment(f"{sign} ", theme.on("dim" if faded else "accent", role)),
            Segment(fit(row.label, room), theme.on(plain, role)),
            Segment(" ", theme.on("text", role)),
            Segment(fit(record, _RECORD) if record else "", theme.on("dim", role)),
            Segment(
                fit_right(confidence_word(candidate.confidence), _WORD),
                theme.on("text" if candidate.confidence is Confidence.CERTAIN else "dim", role),
            ),
        ]

    def _draw_value(self, row: CandidateRow, cells: int) -> list[Segment]:
        label = fit(row.label, self._label_width() - 2)
        text = row.text or self.theme.glyphs.dot
        room = cells - _INDENT - self._label_width()
        return [
            Segment(" " * _INDENT + label + "  ", self.theme["dim"]),
            Segment(
                fit(text, room),
                self.theme["text" if row.text and row.shape == "value" else "dim"],
            ),
        ]

    def _label_width(self) -> int:
        labels = [width(row.label) for row in self.rows if row.shape in ("value", "makes")]
        return max(labels, default=6) + 2

    # The mouse ---------------------------------------------------------------------------

    def clicked(self, column: int, row: int) -> None:
        line = self.top + row
        if 0 <= line < len(self.rows):
            self.post_message(self.Chosen(self.rows[line].candidate.key))
