"""Draws figures over time as a chart of text; a vague date is as wide as what is not known."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.labels.labels import format_number
from milatui.catalogue.timeline.axis import TimeUnit, fit_axis, ticks
from milatui.i18n import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.pages.model import Role
    from milatui.catalogue.timeline.axis import TimeAxis

_PLOT_CELLS: Final = (24, 64)
"""Least and most columns of the plot."""
_STEPS: Final = 3
"""Steps of the scale, each two rows high."""
_ROWS: Final = 2 * _STEPS + 1
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_MAGNITUDES: Final = ((1e9, "G"), (1e6, "M"))
"""Numbers from which the scale counts in larger units."""
_SPAN: Final = "╌"
_SIGNS: Final = {
    "exact": "●○",
    "about": "◐◌",
    "nearly": "◐◌",
    "over": "▲△",
    "at-least": "▲△",
    "at-most": "▼▽",
}
"""Signs of values by qualifier: given by the subject itself, given by others."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value of a chart.

    Attributes:
        first_day: First day that it is given for.
        last_day: Last day.
        value: Its number, not negative.
        qualifier: ``exact``, ``about``, ...
        third_party: Whether somebody else than its subject gives it.
        conflict: Whether other values contradict it.
        current: Whether it is the one that the chart is shown for.
    """

    first_day: int
    last_day: int
    value: float
    qualifier: str
    third_party: bool = False
    conflict: bool = False
    current: bool = False

    @property
    def sign(self) -> str:
        """The sign that stands for it."""
        return _SIGNS.get(self.qualifier, _SIGNS["exact"])[self.third_party]


class _Cell(NamedTuple):
    """A sign of the plot; its role is ``flag`` in conflict, ``strong`` if current, or ``bar``."""

    sign: str
    role: Role


def can_draw(points: Sequence[ChartPoint]) -> bool:
    """Returns whether a chart says more than the values: at least three, at different times."""
    return len(points) >= 3 and len({point.first_day for point in points}) > 1


def write_chart(page: PageBuilder, points: Sequence[ChartPoint]) -> None:
    """Writes the chart of some values, and a line that explains its signs.

    Args:
        page: The page.
        points: The values, at least one.
    """
    days = min(p.first_day for p in points), max(p.last_day for p in points)
    step = scale_step(max(point.value for point in points))
    labels = [scale_label(step * n, step) for n in range(_STEPS + 1)]
    width = max(map(len, labels))
    least, most = _PLOT_CELLS
    axis = fit_axis(TimeUnit.YEAR, days, max(least, min(most, page.columns - width - 2)))
    plot = _plot(points, axis, step)
    page.blank()
    start = page.at
    for row in range(_ROWS - 1, -1, -1):
        label = "" if row % 2 else labels[row // 2]
        begin = page.at
        page.add(f"{label:>{width}} {'┤' if row and not row % 2 else '│' if row else '┼'}")
        page.add_span(begin, page.at, "dim")
        last = max((n for n, cell in enumerate(plot[row], 1) if cell.sign != " "), default=0)
        for cell in plot[row][: last if row else None]:
            page.add(cell.sign if row or cell.sign != " " else "─", cell.role)
        page.end_line()
    begin = page.at
    page.add(" " * (width + 2) + _axis_labels(axis), "dim")
    page.end_line()
    page.add_span(start, page.at, "table")
    _write_legend(page, points)


def scale_step(highest: float) -> float:
    """Returns the round number of which three make the scale of values up to ``highest``."""
    least = highest / _STEPS
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    return next(power * each for each in _ROUND if power * each >= least * (1 - 1e-9))


def scale_label(value: float, step: float) -> str:
    """Formats a number of the scale: ``1,500``, ``2.5 M``."""
    for least, sign in _MAGNITUDES:
        if step >= least / 10 and value:
            return f"{_plain(value / least)}\u00a0{sign}"
    return _plain(value)


def _plain(value: float) -> str:
    return format_number(f"{value:.6f}".rstrip("0").rstrip("."))


def _plot(points: Iterable[ChartPoint], axis: TimeAxis, step: float) -> list[list[_Cell]]:
    """Returns the rows of the plot, the lowest first; conflicts and the current value on top."""
    rows = [[_Cell(" ", "dim")] * axis.cells for _row in range(_ROWS)]
    ordered = sorted(points, key=lambda each: (each.current, each.conflict, each.first_day))
    for point in ordered:
        row = rows[min(_ROWS - 1, round(point.value / step * 2))]
        role: Role = "flag" if point.conflict else "strong" if point.current else "bar"
        cells = axis.cells_of(point.first_day, point.last_day)
        for cell in cells:
            if row[cell].sign == " ":
                row[cell] = _Cell(_SPAN, role)
        row[(cells.start + cells.stop - 1) // 2] = _Cell(point.sign, role)
    return rows


def _axis_labels(axis: TimeAxis) -> str:
    line = ""
    for tick in ticks(axis, max(axis.cells, 4)):
        line = line.ljust(tick.cell) + tick.label
    return line


def _write_legend(page: PageBuilder, points: Sequence[ChartPoint]) -> None:
    """Writes what the signs that occur mean."""
    notes = {
        "exact": pgettext("qualifier", "exact"),
        "about": pgettext("qualifier", "about, nearly"),
        "over": pgettext("qualifier", "over"),
        "at-most": pgettext("qualifier", "at most"),
    }
    signs = {point.sign for point in points}
    words: list[str] = []
    for qualifier, label in notes.items():
        found = [sign for sign in _SIGNS[qualifier] if sign in signs]
        words += [f"{found[0]}\u00a0{label}"] if found else []
    if any(point.third_party for point in points):
        words.append(_("hollow: by others"))
    page.line("  ".join(words), "dim")
