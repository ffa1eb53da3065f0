"""Draws the charts of a report as SVG: events a year, and a measure over time.

Numbers and scale are those of the terminal's charts; colours come from the style sheet.
"""

# untranslated: tags of SVG
from __future__ import annotations

from datetime import date
from html import escape
from typing import TYPE_CHECKING, Final

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.pages.chart import scale_label, scale_step
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.pages.chart import ChartPoint

_WIDTH: Final = 760
_HEIGHT: Final = 180
_LEFT: Final = 56
_TOP: Final = 12
_BOTTOM: Final = 24
_STEPS: Final = 3
_LABEL: Final = 44
"""Least pixels between the years under a chart."""


def draw_years(counts: Mapping[int, int], title: str) -> str:
    """Draws bars of numbers by year.

    Args:
        counts: Number by year, at least one; years between them count as 0.
        title: What is counted, for who cannot see it.

    Returns:
        One ``<svg>`` element.
    """
    first, last = min(counts), max(counts)
    highest = max(counts.values())
    step = max(1.0, scale_step(highest))
    parts = _grid(step)
    room = (_WIDTH - _LEFT) / (last - first + 1)
    for year in range(first, last + 1):
        count = counts.get(year, 0)
        x = _LEFT + (year - first) * room
        if count:
            y = _y(count, step)
            words = _("{label}: {value}").format(label=year, value=format_count(count))
            tip = f"<title>{words}</title>"
            height = _HEIGHT - _BOTTOM - y
            width = max(1.0, room - min(3.0, room / 4))
            parts.append(
                f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                f'height="{height:.1f}">{tip}</rect>'
            )
    every = max(1, round(_LABEL / room + 0.5)) if room < _LABEL else 1
    for year in range(first, last + 1, every):
        x = _LEFT + (year - first + 0.5) * room
        parts.append(_year_label(x, year))
    return _svg(parts, title)


def draw_series(points: Sequence[ChartPoint], title: str) -> str:
    """Draws the values of a measure over time; a vague date is as wide as what is not known.

    Args:
        points: The values, at least two at different times.
        title: What is measured, for who cannot see it.

    Returns:
        One ``<svg>`` element.
    """
    step = scale_step(max(point.value for point in points))
    parts = _grid(step)
    start = date.fromordinal(min(point.first_day for point in points)).year
    stop = date.fromordinal(max(point.last_day for point in points)).year + 1
    first, days = date(start, 1, 1).toordinal(), date(stop, 1, 1).toordinal()
    room = (_WIDTH - _LEFT - 10) / (days - first)

    def x(day: int) -> float:
        return _LEFT + (day - first) * room

    every = max(1, round(_LABEL / (room * 365) + 0.5))
    parts += (_year_label(x(date(y, 7, 1).toordinal()), y) for y in range(start, stop, every))
    for point in sorted(points, key=lambda each: (each.conflict, each.first_day)):
        y = _y(point.value, step)
        left, right = x(point.first_day), x(point.last_day)
        if right - left > 2:
            parts.append(
                f'<line class="span" x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
            )
        middle = (left + right) / 2
        parts.append(f'<circle class="bar" cx="{middle:.1f}" cy="{y:.1f}" r="3.5"/>')
        if point.conflict:
            parts.append(f'<circle class="conflict" cx="{middle:.1f}" cy="{y:.1f}" r="7"/>')
    return _svg(parts, title)


def _y(value: float, step: float) -> float:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - value / (step * _STEPS))


def _grid(step: float) -> list[str]:
    """Draws the lines of the scale with their numbers."""
    parts = []
    for number in range(_STEPS + 1):
        y = _y(step * number, step)
        label = escape(scale_label(step * number, step))
        parts.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    return parts


def _year_label(x: float, year: int) -> str:
    return f'<text x="{x:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">{year}</text>'


def _svg(parts: Sequence[str], title: str) -> str:
    body = "\n".join(parts)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{escape(title)}">\n{body}\n</svg>'
    )
