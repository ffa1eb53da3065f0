"""The time band: events by year as bars over a time axis, with the period of the scope marked.

Bars in the scope differ from the others by colour and, where there is none, by shape: they are
solid, the others thin. Brackets around the period show it in any theme.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.timeline.axis import TimeUnit, bin_label, ticks
from milatui.i18n import _
from milatui.tui.text.cells import width
from milatui.tui.theme.theme import MONO
from milatui.tui.widgets.cell_canvas import CellCanvas
from milatui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

    from milatui.catalogue.timeline.axis import TimeAxis
    from milatui.catalogue.timeline.band import BandCounts, BinCounts
    from milatui.tui.theme.theme import Theme

_MARGIN = 2
"""Cells before the first bar: one of them is for the bracket of a period that begins there."""
_YEAR = 4
_LEVELS = 8
"""Levels of a bar in one row."""


class TimeBand(Pane):
    """Shows ``BandCounts`` over a ``TimeAxis``; the controller of the band sets both."""

    class BinClicked(Message):
        """A bin was clicked; ``extend``: up to it, from the period that there is."""

        def __init__(self, number: int, *, extend: bool) -> None:
            super().__init__()
            self.number, self.extend = number, extend

    pane_name = "band"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.fit: Callable[[], None] | None = None
        """Calls ``set_counts`` for the size that the band has."""
        self.axis: TimeAxis | None = None
        self.counts: BandCounts | None = None
        self.period: tuple[int, int] | None = None
        """First and last bin of the scope's period."""
        self.cursor = 0
        """The bin that the next key moves from; drawn where there is no period."""
        self._bars_at = _MARGIN
        self._bars: list[tuple[int, int, int]] = []
        """The bars with events: the first bin, and how many events it has in all and in scope."""
        self._highest = 1

    def set_counts(
        self, axis: TimeAxis, counts: BandCounts, period: tuple[int, int] | None, cursor: int
    ) -> None:
        """Sets what is shown; ``refresh`` repaints the lines that have changed.

        Args:
            period: First and last bin of the scope's period, None if it has none.
            cursor: Bin under the cursor.
        """
        if self.axis != axis or self.counts is not counts:
            bars = range(axis.start, axis.stop, axis.bins_per_cell)
            each = (
                (n, _count(counts.every, n, axis), _count(counts.scoped, n, axis)) for n in bars
            )
            self._bars = [bar for bar in each if bar[1] or bar[2]]
            self._highest = max((every for _bin, every, _scoped in self._bars), default=1) or 1
        self.axis, self.counts, self.period, self.cursor = axis, counts, period, cursor

    def heading(self) -> str:
        return _("Time band")

    def active_changed(self) -> None:
        self.refresh()

    def resized(self) -> None:
        if self.fit is not None:
            self.fit()

    def axis_width(self) -> int:
        """Cells that the axis can take."""
        room = self.size.width - _MARGIN - 1 - width(self._undated()) - 2
        return max(1, room if self.size.height > 1 else room - 2 * (_YEAR + 1))

    def _undated(self) -> str:
        undated = self.counts.scoped.undated if self.counts else 0
        return _("undated {count}").format(count=format_count(undated)) if undated else ""

    # Drawing -----------------------------------------------------------------------------

    def line(self, y: int, cells: int) -> Strip:
        canvas = CellCanvas(self.theme, cells)
        axis, high = self.axis, self.size.height
        if axis is None or self.counts is None:
            return Strip(canvas.segments(), cells)
        if high == 1:
            self._draw_ends(canvas, axis)
        else:
            self._bars_at = _MARGIN
        if y < max(1, high - 1):
            self._draw_bars(canvas, axis, max(1, high - 1) - 1 - y)
        if y == high - 1:
            self._draw_period(canvas, axis, labels=high > 1)
        if y == 0:
            self._draw_right(canvas, self._summary(), self._bars_at + axis.cells + 2)
        elif y == high - 1:
            wide = self.counts.scoped.wide
            text = _("vaguer {count}").format(count=format_count(wide)) if wide else ""
            self._draw_right(canvas, text, canvas.used + 1)
        return Strip(canvas.segments(), cells)

    def _summary(self) -> str:
        """Returns what is written beside the bars: in the active band, of which bin is spoken."""
        undated, counts = self._undated(), self.counts
        if not self.active or self.axis is None or counts is None:
            return undated
        first, last = self.period or (self.cursor, self.cursor)
        first, last = max(first, self.axis.start), min(last, self.axis.stop - 1)
        label = bin_label(first, self.axis.unit)
        if last > first:
            label = f"{label}–{bin_label(last, self.axis.unit)}"
        count = sum(counts.scoped.by_bin.get(number, 0) for number in range(first, last + 1))
        summary = _("{label}: {value}").format(label=label, value=format_count(count))
        return f"{summary} · {undated}" if undated else summary

    def _draw_right(self, canvas: CellCanvas, text: str, least: int) -> None:
        """Writes ``text`` at the right end, or its last part, or nothing if it would touch."""
        for part in (text, text.rpartition(" · ")[0]):
            at = canvas.cells - 1 - width(part)
            if part and at >= least:
                canvas.write(at, part, "dim")
                return

    def _draw_ends(self, canvas: CellCanvas, axis: TimeAxis) -> None:
        """Writes the first and the last year beside the bars."""
        first, last = (f"{n * axis.unit.months // 12:04}" for n in (axis.start, axis.stop - 1))
        self._bars_at = 1 + _YEAR + _MARGIN - 1
        canvas.write(1, first, "dim")
        canvas.write(self._bars_at + axis.cells + 1, last, "dim")

    def _draw_bars(self, canvas: CellCanvas, axis: TimeAxis, row: int) -> None:
        """Draws row ``row`` of the bars, from 0 at the bottom."""
        rows = max(1, self.size.height - 1)
        wide = axis.cells_per_bin
        # A gap between broad bars lets one count them.
        filled = wide - 1 if wide > 2 else wide
        for number, every, scoped in self._bars:
            share = (scoped or every) * _LEVELS * rows / self._highest
            level = max(1, round(share)) - row * _LEVELS
            if level > 0:
                role = self._role(number, scoped)
                sign = self._sign(min(level, _LEVELS), role)
                canvas.write(self._bars_at + axis.cell_of_bin(number), sign * filled, role)

    def _role(self, number: int, scoped: int) -> str:
        """Returns the role of the style of a bar with ``scoped`` events in the scope."""
        if not scoped:
            return "frame"
        if self.period is None:
            whole = self.counts is not None and self.counts.scoped is self.counts.every
            return "text" if whole else "accent"
        return "accent" if self._in_period(number) else "dim"

    def _in_period(self, number: int) -> bool:
        group = self.axis.bins_per_cell if self.axis else 1
        first, last = self.period or (number, number)
        return first < number + group and number <= last

    def _sign(self, level: int, role: str) -> str:
        """Returns the character of a bar; thin out of the scope if there are no colours."""
        glyphs = self.theme.glyphs
        if self.theme.name == MONO and role in ("frame", "dim"):
            thin = glyphs.thin_bars
            return thin[max(1, round(level * (len(thin) - 1) / _LEVELS))]
        return glyphs.bars[level]

    def _draw_period(self, canvas: CellCanvas, axis: TimeAxis, *, labels: bool) -> None:
        """Draws the labels of the axis and the brackets around period or cursor."""
        if labels:
            room = canvas.cells - self._bars_at - 1
            for tick in ticks(axis, min(room, axis.cells + _YEAR)):
                canvas.write(self._bars_at + tick.cell, tick.label, "dim")
        marked = self.period or ((self.cursor, self.cursor) if self.active else None)
        if marked is None:
            return
        first, last = max(marked[0], axis.start), min(marked[1], axis.stop - 1)
        if first > last:
            return
        begin = self._bars_at + axis.cell_of_bin(first)
        end = self._bars_at + axis.cell_of_bin(last) + axis.cells_per_bin
        role = "accent" if self.active else "text"
        if labels:
            self._draw_period_span(canvas, axis, (begin, end), (first, last))
        if marked[0] >= axis.start:
            canvas.write(begin - 1, self.theme.glyphs.period[0], role)
        if marked[1] < axis.stop:
            canvas.write(end, self.theme.glyphs.period[1], role)

    def _draw_period_span(
        self, canvas: CellCanvas, axis: TimeAxis, cells: tuple[int, int], bins: tuple[int, int]
    ) -> None:
        """Marks a span of the axis and writes its first and last year into it."""
        begin, end = cells
        role = "chip" if self.period else "text"
        canvas.clear_word(begin - 1)
        canvas.clear_word(end)
        canvas.write(begin, " " * (end - begin), role)
        first, last = (f"{n * axis.unit.months // 12:04}" for n in bins)
        if axis.unit > TimeUnit.YEAR and end - begin > 2 * _YEAR + 8:
            first, last = (bin_label(number, axis.unit) for number in bins)
        if end - begin >= width(first):
            canvas.write(begin, first, role)
        else:
            self._write_beside(canvas, begin, end, first if first == last else f"{first}–{last}")
            return
        if last != first and end - begin > width(first) + width(last):
            canvas.write(end - width(last), last, role)

    def _write_beside(self, canvas: CellCanvas, begin: int, end: int, label: str) -> None:
        """Writes the label of a span that is too narrow for it: on its left if there is room."""
        at = begin - 1 - width(label)
        if at < 1:
            at = end + 1
        canvas.clear_word(at - 1)
        canvas.clear_word(at + width(label))
        canvas.write(at, label, "text")

    # The mouse ---------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Reports the bin that was clicked."""
        event.stop()
        self.post_message(self.Activated(self))
        axis = self.axis
        cell = event.x - self._bars_at
        if axis is not None and 0 <= cell < axis.cells:
            self.post_message(self.BinClicked(axis.bin_at(cell), extend=event.shift))


def _count(counts: BinCounts, number: int, axis: TimeAxis) -> int:
    """Returns the events of a bar, which begins with bin ``number``."""
    return sum(counts.by_bin.get(n, 0) for n in range(number, number + axis.bins_per_cell))
