"""What the panes look like beside each other: titles, whole lines, focus, and the edge between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milatui.i18n import set_language
from milatui.tui.state.preferences import read_split
from milatui.tui.widgets import partners_pane
from tests.tui.piloting import SIZE, lines, screen_of, settle, text

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.widget import Widget

    from tests.tui.conftest import MakeApp


async def test_the_list_in_use_has_the_room_and_shows_whole_titles(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        main = screen_of(app)
        for key, pane in (("1", main.partners), ("2", main.timeline), ("3", main.results)):
            await pilot.press(key)
            await settle(pilot)
            assert pane.expanded
            others = {main.partners, main.timeline, main.results} - {pane}
            assert not any(other.expanded for other in others)
            place = pane.region
            rows = lines(app)[place.y + pane.header_height : place.bottom]
            assert not any("…" in line[: place.right] for line in rows)
        await pilot.press("4")
        await settle(pilot)
        assert main.results.expanded


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_title_of_a_list_carries_the_names_of_the_others_whole(
    make_app: MakeApp, language: str
) -> None:
    set_language(language)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        main = screen_of(app)
        title = lines(app)[main.partners.region.y]
        for pane in (main.partners, main.timeline, main.results):
            assert f"{pane.number} {pane.heading()} " in title


async def test_the_edge_moves_and_stays_where_it_was_moved_to(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        edge = screen_of(app).reader.region.x
        await pilot.press("ctrl+right", "right_parenthesis", "ctrl+left")
        await settle(pilot)
        assert screen_of(app).reader.region.x == edge + 4
        assert read_split() == 4
    again = make_app()
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert screen_of(again).reader.region.x == edge + 4
        for _press in range(40):
            await pilot.press("ctrl+left")
        await settle(pilot)
        assert "cannot be resized" in lines(again)[-1]
        assert screen_of(again).partners.region.width == 30


async def test_the_active_pane_is_clear_without_colour(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2")
        await settle(pilot)
        titles = [line for line in lines(app) if "━━" in line]
        assert len(titles) == 1
        assert titles[0].startswith("▌ 2 Timeline ━━")


async def test_undated_records_are_folded_and_u_shows_them(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("2", "d", "end")
        await settle(pilot)
        main = screen_of(app)
        assert "? 1 undated" in text(app)
        assert "u shows them" in text(app)
        last, items = main.timeline.cursor, main.timeline.item_count()
        await pilot.press("u")
        await settle(pilot)
        assert main.timeline.item_count() == items + 1
        assert main.timeline.cursor > last
        await pilot.press("u", "2", "d", "u")
        await settle(pilot)
        assert "Nothing in the timeline is undated." in lines(app)[-1]


async def test_a_partner_among_hits_shows_its_sector_and_since_when(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"nordic")
        await settle(pilot)
        hit = next(line for line in lines(app) if "Nordic Robotics" in line and "■" in line)
        assert "■ company" in hit
        assert "since 2023" in hit


async def test_sectors_are_whole_where_the_partners_have_room(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partners_pane, "sector_label", lambda _id: "international organisations")
    app = make_app()
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        pane = screen_of(app).partners
        item = next(n for n, row in enumerate(pane.partners) if row.id == "institute")
        rows = [row for row, (at, _part) in enumerate(pane.rows) if at == item]
        drawn = ["".join(s.text for s in pane.draw_row(row, pane.content_width)) for row in rows]
        assert len(drawn) == 2
        assert "Example Institute" in drawn[0]
        assert "international" in drawn[0]
        assert "organisations" in drawn[1]
        assert not any("…" in line for line in drawn)


async def test_the_title_says_how_much_a_list_holds_beside_the_names_of_the_others(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert re.search(r"3 Search ━+ 4 ━┯", text(app))
        await pilot.press("2")
        await settle(pilot)
        assert re.search(r"3 Search ━+ (6|. of 6) ━┯", text(app))


async def test_a_field_asks_for_its_place_again_when_its_line_goes(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Textual keeps the places of children; only a child that asks makes it look again."""
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", *"ocean")
        await settle(pilot)
        pane = screen_of(app).partners
        assert pane.field is not None
        asked: list[bool] = []
        refresh = pane.field.refresh

        def spy(*regions: Region, layout: bool = False, **more: bool) -> Widget:
            asked.append(layout)
            return refresh(*regions, layout=layout, **more)

        screen_of(app).set_focus(None)
        pane.field.value = ""
        monkeypatch.setattr(pane.field, "refresh", spy)
        pane.write_field("")
        assert asked == [True]


async def test_panes_look_the_same_in_a_size_that_the_screen_had_before(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        seen = lines(app)
        for size in ((80, 24), (120, 40), (60, 20), (120, 40)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
        assert lines(app) == seen
