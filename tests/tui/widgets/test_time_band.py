"""The time band: bars, labels and the marked period, in every theme and height."""

from __future__ import annotations

import re

import pytest
from textual.geometry import Size
from textual.strip import Strip

from milatui.catalogue.timeline.axis import TimeUnit, bin_days, fit_axis
from milatui.catalogue.timeline.band import BandCounts, BinCounts
from milatui.i18n import set_language
from milatui.tui.theme.glyphs import ASCII, UNICODE
from milatui.tui.theme.theme import DARK, Theme, mono_theme, rgb_theme
from milatui.tui.widgets.time_band import TimeBand

COLOURS = rgb_theme("dark", DARK, UNICODE)
EVERY = BinCounts({2010: 1, 2019: 4, 2020: 8, 2021: 2}, wide=3, undated=13)
SOME = BinCounts({2019: 1, 2020: 2}, undated=1)


def drawn(
    theme: Theme,
    *,
    height: int = 2,
    scoped: BinCounts = EVERY,
    period: tuple[int, int] | None = None,
    active: bool = False,
) -> list[Strip]:
    """The lines of a band from 2010 to 2021, two cells a year, in 60 columns."""
    width = 60

    class Sized(TimeBand):
        @property
        def size(self) -> Size:
            return Size(width, height)

    band = Sized(theme)
    band.active = active
    days = bin_days(2010, TimeUnit.YEAR)[0], bin_days(2021, TimeUnit.YEAR)[1]
    band.counts = BandCounts(TimeUnit.YEAR, EVERY, scoped)
    axis = fit_axis(TimeUnit.YEAR, days, min(band.axis_width(), 24))
    band.set_counts(axis, band.counts, period, 2021)
    return [band.line(y, width) for y in range(height)]


def texts(
    theme: Theme,
    *,
    height: int = 2,
    scoped: BinCounts = EVERY,
    period: tuple[int, int] | None = None,
    active: bool = False,
) -> list[str]:
    """The same lines as text."""
    strips = drawn(theme, height=height, scoped=scoped, period=period, active=active)
    return [strip.text for strip in strips]


def test_bars_stand_over_their_years() -> None:
    bars, labels = texts(COLOURS)
    assert bars.startswith("  ▁▁                ▄▄██▂▂")
    assert labels.startswith("  2010      2015      2020")


def test_undated_and_vague_events_are_in_no_year_and_told() -> None:
    bars, labels = texts(COLOURS)
    assert bars.endswith(" undated 13 ")
    assert labels.endswith(" vaguer 3 ")


def test_brackets_stand_around_the_period() -> None:
    _bars, labels = texts(COLOURS, period=(2012, 2018))
    assert labels.startswith("     ▐2012      2018▌")


def test_no_label_touches_that_of_a_narrow_period() -> None:
    class Sized(TimeBand):
        @property
        def size(self) -> Size:
            return Size(120, 2)

    band = Sized(COLOURS)
    unit = TimeUnit.QUARTER
    first, last = 4 * 2018 + 2, 4 * 2026 + 3
    days = bin_days(first, unit)[0], bin_days(last, unit)[1]
    axis = fit_axis(unit, days, band.axis_width())
    counts = BinCounts(dict.fromkeys(range(first, last + 1), 2))
    band.counts = BandCounts(unit, counts, counts)
    for number in range(first, last + 1):
        band.set_counts(axis, band.counts, (number, number), number)
        assert not re.search(r"\d{5}|\dQ", band.line(1, 120).text)


def test_a_narrow_period_has_its_label_beside_it() -> None:
    _bars, labels = texts(COLOURS, period=(2019, 2019))
    assert labels[14:24] == " 2019▐  ▌ "


@pytest.mark.parametrize(
    ("theme", "inside", "outside"),
    [
        (mono_theme(UNICODE), "▂▂", "⡀⡀"),
        (mono_theme(ASCII), "::", ".."),
    ],
    ids=["mono", "ascii"],
)
def test_without_colours_the_scope_has_another_shape(
    theme: Theme, inside: str, outside: str
) -> None:
    bars = texts(theme, scoped=SOME)[0]
    assert bars[22:24] == inside
    assert bars[2:4] == outside


def test_without_colours_years_out_of_the_period_have_another_shape() -> None:
    bars, labels = texts(mono_theme(ASCII), period=(2020, 2021))
    assert bars[20:26] == "::%%::"
    assert "[" in labels
    assert "]" in labels


def test_with_colours_the_period_is_brighter() -> None:
    bars = drawn(COLOURS, period=(2020, 2021))[0]
    parts = [(part.text.strip(), part.style) for part in bars]
    assert ("▄▄", COLOURS["dim"]) in parts
    assert ("██▂▂", COLOURS["accent"]) in parts


def test_one_row_has_the_first_and_last_year_at_its_ends() -> None:
    (line,) = texts(COLOURS, height=1, period=(2020, 2020))
    assert line.startswith(" 2010 ▁▁                ▄▐██▌▂ 2021 ")
    assert line.endswith(" undated 13 ")


def test_higher_bands_have_higher_bars() -> None:
    upper, lower, _labels = texts(COLOURS, height=3)
    assert upper[22:24] == "██"
    assert lower[22:24] == "██"
    assert upper[20:22] == "  "
    assert lower[20:22] == "██"


def test_the_active_band_tells_of_its_cursor() -> None:
    assert "2021: 2 · undated 13" in texts(COLOURS, active=True)[0]
    assert "2019–2020: 12" in texts(COLOURS, active=True, period=(2019, 2020))[0]


def test_it_speaks_french() -> None:
    set_language("fr")
    assert texts(COLOURS)[0].endswith(" sans date 13 ")
