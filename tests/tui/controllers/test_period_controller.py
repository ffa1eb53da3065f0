"""The time band sets the period of the one scope, with keys and the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.timeline.axis import TimeUnit
from tests.rounds import some
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


def period_of(app: MilatuiApp) -> tuple[str, str]:
    session = screen_of(app).session
    assert session is not None
    return session.scope.since, session.scope.until


PERIODS = (
    (("0",), ("", "")),
    (("0", "left"), ("2023", "2023")),  # the year of the timeline's cursor
    (("0", "left", "left"), ("2022", "2022")),
    (("0", "left", "left", "left", "left"), ("2009", "2009")),  # years without events: skipped
    (("0", "left", "shift+left"), ("2022", "2023")),
    (("0", "left", "shift+left", "shift+left", "shift+right"), ("2022", "2023")),
    (("0", "left", "left", "less_than_sign"), ("2022", "2022")),
    (("0", "end", "left", "greater_than_sign"), ("2022", "2022")),
    (("0", "home"), ("2008", "2008")),
    (("0", "left", "plus", "left"), ("2023-33", "2023-33")),
    (("0", "left", "left", "plus", "right"), ("2023-33", "2023-33")),
    (("0", "left", "escape"), ("", "")),
    (("2", "plus"), ("2023", "2023")),
    (("2", "plus", "plus"), ("2023-33", "2023-33")),
    (("2", "plus", "plus", "plus"), ("2023-01", "2023-01")),
    (("2", "plus", "plus", "plus", "minus"), ("2023-33", "2023-33")),
    (("2", "plus", "plus", "minus"), ("2023", "2023")),
    (("2", "plus", "minus"), ("", "")),
    (("1", "plus"), ("2023", "2023")),
)
"""Keys, and the period that they set."""


@pytest.mark.parametrize("case", some(PERIODS, 6, len(PERIODS)), ids=lambda case: " ".join(case[0]))
async def test_keys_set_the_period(
    make_app: MakeApp, case: tuple[tuple[str, ...], tuple[str, str]]
) -> None:
    keys, period = case
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)
        assert period_of(app) == period


async def test_every_list_follows_the_band(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("0", "left", "left")
        await settle(pilot)
        screen = screen_of(app)
        assert screen.timeline.timeline is not None
        assert len(screen.timeline.timeline.items) == 2
        assert {row.id for row in screen.partners.partners} == {"ocean", "robotics"}
        assert "2 of 6 events" in lines(app)[0]
        assert "2022 ×" in lines(app)[0]


async def test_the_band_is_left_as_it_is_entered(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("3", "0", "left", "escape")
        assert screen_of(app).pane_name == "band"
        await pilot.press("escape")
        assert screen_of(app).pane_name == "search"
        await pilot.press("0", "enter")
        assert screen_of(app).pane_name == "timeline"


async def test_a_click_on_a_year_makes_it_the_period(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        axis = screen_of(app).band.axis
        assert axis is not None
        await pilot.click("#band", offset=(2 + axis.cell_of_bin(2022), 0))
        await settle(pilot)
        assert period_of(app) == ("2022", "2022")
        await pilot.click("#band", offset=(2 + axis.cell_of_bin(2023), 0), shift=True)
        await settle(pilot)
        assert period_of(app) == ("2022", "2023")


async def test_an_event_of_a_year_is_not_narrowed_to_a_month(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("2", "down", "down", "plus", "plus", "plus")
        assert period_of(app) == ("2022", "2022")
        assert "not known more precisely" in text(app)


async def test_the_band_shows_the_unit_of_the_period(make_app: MakeApp) -> None:
    app = make_app("search?from=2022-35&to=2022-36")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        axis = screen_of(app).band.axis
        assert axis is not None
        assert axis.unit is TimeUnit.QUARTER


async def test_a_key_for_the_band_says_elsewhere_where_it_works(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("1", "left")
        assert "time band (0)" in text(app)


async def test_a_screen_without_the_band_says_what_goes_to_a_date(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await settle(pilot)
        await pilot.press("0")
        await settle(pilot)
        assert screen_of(app).pane_name == "partners"
        assert "No room for the time band" in lines(app)[-1]


async def test_a_screen_that_becomes_too_small_for_the_band_leaves_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "0 years" in lines(app)[-1]
        await pilot.press("0")
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert screen_of(app).pane_name == "timeline"
        assert "0 years" not in lines(app)[-1]
