"""The chart of a series: its scale, its marks, and dates as wide as they are vague."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.chart import (
    ChartPoint,
    can_draw,
    scale_label,
    scale_step,
    write_chart,
)
from milatui.i18n import set_language


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


def _point(year: int, value: float, qualifier: str = "exact", **more: bool) -> ChartPoint:
    days = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return ChartPoint(*days, value, qualifier, **more)


def _chart(*points: ChartPoint) -> list[str]:
    page = PageBuilder()
    write_chart(page, points)
    return page.build(Location("figure", "f"), "").text.splitlines()


def test_marks_stand_at_their_value_and_are_as_wide_as_their_date_is_vague() -> None:
    day = date(2022, 7, 1).toordinal()
    lines = _chart(
        _point(2020, 300),
        ChartPoint(day, day, 600, "over", third_party=True),
        _point(2023, 1500, "nearly"),
    )
    assert lines[:8] == [
        "1,500 ┤                     ╌╌╌◐╌╌╌",
        "      │",
        "1,000 ┤",
        "      │",
        "  500 ┤                 △",
        "      │╌╌╌●╌╌╌",
        "    0 ┼────────────────────────────",
        "       2020   2021   2022   2023",
    ]
    assert lines[8] == "●\u00a0exact  ◐\u00a0about, nearly  △\u00a0over  hollow: by others"


def test_a_contradiction_is_drawn_over_what_agrees() -> None:
    page = PageBuilder()
    write_chart(page, [_point(2020, 100), _point(2021, 100), _point(2021, 100, conflict=True)])
    shown = page.build(Location("figure", "f"), "")
    flags = [shown.text[s.start : s.end] for s in shown.spans if s.role == "flag"]
    assert "●" in flags
    assert sum(line.count("●") for line in shown.text.splitlines()[:7]) == 2


def test_a_chart_needs_three_values_of_different_times() -> None:
    assert not can_draw([_point(2020, 1), _point(2021, 2)])
    assert not can_draw([_point(2020, 1), _point(2020, 2), _point(2020, 3)])
    assert can_draw([_point(2020, 1), _point(2020, 2), _point(2021, 3)])


def test_the_scale_counts_in_millions_and_in_the_language_of_the_interface() -> None:
    assert scale_label(4_500_000, 1_500_000) == "4.5\u00a0M"
    assert scale_label(0, 1_500_000) == "0"
    set_language("fr")
    assert scale_label(4_500_000, 1_500_000) == "4,5\u00a0M"
    assert scale_label(1500, 500) == "1\u202f500"


@given(st.lists(st.floats(0, 1e12), min_size=1, max_size=20))
def test_every_value_is_within_the_plot(values: list[float]) -> None:
    assert max(values) <= 3 * scale_step(max(values)) * (1 + 1e-6)
    lines = _chart(*(_point(2000 + at, value) for at, value in enumerate(values)))
    assert max(map(len, lines[:8])) <= PageBuilder().columns
    assert "●" in "".join(lines[:7])
