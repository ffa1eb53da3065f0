"""Draws the events of a few partners as lanes on one time axis, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.labels.labels import format_count, kind_label, kind_symbol
from milatui.catalogue.lists.comparison import known_years
from milatui.catalogue.timeline.axis import TimeUnit, fit_axis, ticks
from milatui.i18n import _
from milatui.index.sort_order import date_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.timeline.axis import TimeAxis

_LEAST_AXIS: Final = 25
"""Columns of the axis where there is least room: beside a list on 80 columns."""
_NAME: Final = 10
"""Columns for names where there is least room; where there is more they have a third of it."""
_BAR: Final = "━"
_UNKNOWN: Final = "░"


class _DatedSign(NamedTuple):
    """An event of a lane: its days and its sign."""

    first: int
    last: int
    sign: str


def write_lanes(page: PageBuilder, lanes: Sequence[tuple[str, Sequence[RecordRow]]]) -> None:
    """Writes an axis and under it a lane for each partner; nothing if no event is dated.

    A bar leads from the first event to the last. A date that is known to the year only is as wide
    as the year. A legend names the signs that occur.

    Args:
        page: The page.
        lanes: Pairs of a name and the rows of events.
    """
    signs = [[_dated_sign(row) for row in known_years(rows)] for _name, rows in lanes]
    days = [day for lane in signs for sign in lane for day in (sign.first, sign.last)]
    if not days:
        return
    most = max(_NAME, min(page.columns // 3, page.columns - _LEAST_AXIS - 1))
    width = min(most, max(len(name) for name, _rows in lanes))
    ends = [_undated(len(rows) - len(lane)) for (_n, rows), lane in zip(lanes, signs, strict=True)]
    room = page.columns - width - 1 - max(map(len, ends))
    axis = fit_axis(TimeUnit.YEAR, (min(days), max(days)), max(_LEAST_AXIS, room))
    page.blank()
    start = page.at
    line = ""
    for tick in ticks(axis, max(axis.cells, 4)):
        line = line.ljust(tick.cell) + tick.label
    page.line(f"{'':{width}} {line}", "dim")
    for (name, _rows), lane, end in zip(lanes, signs, ends, strict=True):
        shown = name if len(name) <= width else name[: width - 1] + "…"
        page.add(f"{shown:{width}}", "label")
        page.add(f" {_lane(lane, axis)}".rstrip())
        page.add(end, "dim")
        page.end_line()
    page.add_span(start, page.at, "table")
    kinds = dict.fromkeys(row.detail for _name, rows in lanes for row in known_years(rows))
    page.line("  ".join(f"{kind_symbol(kind)}\u00a0{kind_label(kind)}" for kind in kinds), "dim")


def _undated(count: int) -> str:
    """Returns what stands at the end of a lane that leaves undated events out."""
    words = _("undated")
    return f"  {words} {format_count(count)}" if count else ""


def _dated_sign(row: RecordRow) -> _DatedSign:
    moment = date_sort(row.date)
    return _DatedSign(moment.first, moment.last, kind_symbol(row.detail))


def _lane(signs: Sequence[_DatedSign], axis: TimeAxis) -> str:
    cells = [" "] * axis.cells
    if len(signs) > 1:
        span = axis.cells_of(min(m.first for m in signs), max(m.first for m in signs))
        cells[span.start : span.stop] = _BAR * len(span)
    for sign in sorted(signs):
        covered = axis.cells_of(sign.first, sign.last)
        if len(covered) > 1:
            cells[covered.start : covered.stop] = _UNKNOWN * len(covered)
    for sign in sorted(signs):
        covered = axis.cells_of(sign.first, sign.last)
        cells[(covered.start + covered.stop - 1) // 2] = sign.sign
    return "".join(cells)
