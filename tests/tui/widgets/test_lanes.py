"""The drawn timeline: its lanes, its cursor, its zoom, and the reader that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.timeline.axis import TimeUnit
from milatui.tui.widgets.lanes_pane import LanesPane
from tests.tui.agreement import disagreement
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from milatui.tui.app import MilatuiApp
    from tests.tui.conftest import MakeApp


def lanes_of(app: MilatuiApp) -> LanesPane:
    pane = screen_of(app).dated_list
    assert isinstance(pane, LanesPane)
    return pane


def current_id(app: MilatuiApp) -> str:
    """The id of the event under the cursor."""
    number, session = screen_of(app).dated_list.current, screen_of(app).session
    assert number is not None
    assert session is not None
    return session.catalogue.row(number).id


def lane(app: MilatuiApp, name: str) -> str:
    """The line of a lane."""
    return next(line for line in lines(app) if line.lstrip("▌ ").startswith(name))


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_lanes_draw_what_is_known_of_dates(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        assert "by partner" in text(app)
        assert "░" in lane(app, "Nordic Robotics")  # a grant of 2022
        assert "⌂" in lane(app, "Nordic Robotics") or "◆" in lane(app, "Nordic Robotics")
        assert "?" in lane(app, "Example Institute")  # 2009?
        assert lane(app, "Nordic Robotics").rstrip(" ┃│").endswith("2")


async def test_arrows_go_along_a_lane_and_between_lanes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        lanes_of(app).go_to(screen_of(app).timeline.timeline.items[0])  # type: ignore[union-attr]
        await settle(pilot)
        assert current_id(app) == "robot-lab"
        await press(pilot, "left")
        assert current_id(app) == "grant"
        assert not disagreement(app, moved=True, cited=False)
        await press(pilot, "right")
        assert current_id(app) == "robot-lab"
        await press(pilot, "right")
        assert "no further event" in text(app)
        before = lanes_of(app).cursor
        await press(pilot, "down")
        assert lanes_of(app).cursor == before + 1
        assert not disagreement(app, moved=True, cited=False)


async def test_the_reader_shows_the_event_as_soon_as_the_timeline_is_drawn(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        assert not disagreement(app, moved=True, cited=False)


async def test_the_cursor_stays_on_its_event_in_list_and_lanes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "down")
        identifier = current_id(app)
        await press(pilot, "z")
        assert current_id(app) == identifier
        await press(pilot, "left")
        moved = current_id(app)
        await press(pilot, "escape")
        assert not isinstance(screen_of(app).dated_list, LanesPane)
        assert current_id(app) == moved


@pytest.mark.parametrize(
    ("presses", "names"),
    [
        (1, {"Nordic Robotics", "Océan Santé", "Example Institute"}),
        (2, {"no sector"}),
        (3, {"grant", "partnership", "laboratory", "funding", "programme"}),
    ],
)
async def test_lanes_are_grouped_by_partner_sector_and_kind(
    make_app: MakeApp, presses: int, names: set[str]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", *["v"] * presses)
        assert all(lane(app, name) for name in names)


async def test_lanes_are_sorted_four_ways(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        orders = []
        for _time in range(4):
            assert lanes_of(app).lanes is not None
            orders.append([lane.key for lane in lanes_of(app).lanes.lanes])  # type: ignore[union-attr]
            assert orders[-1][-1] == "institute"  # the archive's own organisation comes last
            await press(pilot, "s")
        assert ["robotics", "ocean", "kaist", "institute"] in orders  # by the newest event
        assert orders[-1].index("robotics") < orders[-1].index("ocean")  # by name


async def test_zoom_shows_quarters_and_months_around_the_cursor(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z", "plus")
        assert lanes_of(app).unit is TimeUnit.QUARTER
        assert "Q3" in text(app)
        await press(pilot, "plus")
        assert lanes_of(app).unit is TimeUnit.MONTH
        identifier = current_id(app)
        await press(pilot, "plus")
        assert "Months are the finest" in text(app)
        assert current_id(app) == identifier
        await press(pilot, "minus", "minus", "minus")
        assert lanes_of(app).unit is TimeUnit.DECADE


async def test_lanes_follow_the_period_of_the_band(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z", "0", "left", "left")
        lanes = lanes_of(app).lanes
        assert lanes is not None
        assert {lane.key for lane in lanes.lanes} == {"ocean", "robotics"}
        assert sum(len(lane.items) for lane in lanes.lanes) == 3


async def test_enter_opens_and_back_returns_to_the_event(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z", "left")
        identifier = current_id(app)
        await press(pilot, "enter")
        assert screen_of(app).pane_name == "reader"
        await press(pilot, "left_square_bracket")
        assert screen_of(app).pane_name == "timeline"
        assert current_id(app) == identifier


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_lanes_fit_every_screen(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        assert "2023" in text(app)
        assert lane(app, "Nordic")
        await press(pilot, "4")
        assert screen_of(app).reader.page is not None
        await press(pilot, "1")
        assert "Nordic Robotics" in text(app)


async def test_the_lane_of_a_partner_shows_since_when_and_how_far_a_relation_is_known(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        shown = lane(app, "한국")
        # Some time in 2019, sure until the partnership of May 2021, and no end is known.
        vague, known, unsaid = shown.index("░"), shown.index("═"), shown.index("┄")
        assert vague < known < shown.index("●") < unsaid < shown.index("▸")
        assert "═" not in lane(app, "Nordic Robotics")


async def test_lanes_begin_at_the_first_one_if_the_cursor_has_not_moved(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        assert lanes_of(app).cursor == 0
        counts = [len(each.items) for each in lanes_of(app).lanes.lanes[:-1]]  # type: ignore[union-attr]
        assert counts == sorted(counts, reverse=True)
        assert not disagreement(app, moved=True, cited=False)


async def test_the_partners_of_a_record_are_shown_when_their_column_comes_into_view(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "partners" not in lines(app)[8]
        await press(pilot, "Z")
        shown = next(line for line in lines(app) if "opens a laboratory at the" in line)
        assert "Nordic Robotics  " in shown[40:]
        # Nearly every event names the archive's own organisation.
        assert "Example Institute" not in shown


async def test_a_scroll_to_a_lane_with_fewer_events_draws_one_of_them(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        pane = lanes_of(app)
        lengths = [len(pane._lane_events(n).keys) for n in range(pane.item_count() - 1)]
        pane.move_to(lengths.index(max(lengths)))
        while pane.move_event(1):
            pass
        monkeypatch.setattr(pane, "_scroll_to_cursor", lambda: True)  # repaints at once
        pane.move_to(lengths.index(min(lengths)))
        assert pane.current is not None
        assert min(lengths) < max(lengths)
