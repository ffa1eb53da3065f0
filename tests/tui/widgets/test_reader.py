"""The reader: what stays in view, and what its lines look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rounds import some
from tests.tui.piloting import lines, screen_of, settle

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_a_figure_keeps_its_value_and_its_words_in_view(
    make_app: MakeApp, size: tuple[int, int]
) -> None:
    app = make_app(location="figure/staff")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        shown = "\n".join(lines(app))
        assert "staff: about 40 people" in shown
        assert "2023 · Nordic Robotics" in shown
        assert "▎ " in shown
        place = screen_of(app).reader.region
        words = " ".join(line[place.x : place.right - 1] for line in lines(app))
        assert "about 40 people," in " ".join(words.replace("▎", "").split())


async def test_the_head_stays_while_the_text_scrolls(make_app: MakeApp) -> None:
    app = make_app(location="document/long")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "G")
        await settle(pilot)
        shown = lines(app)
        reader = screen_of(app).reader
        assert reader.top > 100
        assert "A long report" in shown[3]
        assert "2020 · report" in shown[4]
        assert "walrus number 199" in "\n".join(shown)


async def test_a_title_without_room_is_cut_and_scrolls_whole(make_app: MakeApp) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("4")
        await settle(pilot)
        reader = screen_of(app).reader
        assert len(reader.head_lines) == 3
        assert "Nordic Robotics opens a laboratory at the institute" in " ".join(
            line.strip("│ ") for line in lines(app)[1:4]
        )
        await pilot.resize_terminal(26, 20)
        await settle(pilot)
        assert len(reader.head_lines) == 3
        assert "…" in lines(app)[3]
        start, _end, _indent = reader.lines[0]
        assert start == 0


@pytest.mark.parametrize("wide", some(range(26, 60, 3), 5, 12))
async def test_a_head_that_is_cut_has_one_ellipsis(make_app: MakeApp, wide: int) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=(wide, 20)) as pilot:
        await pilot.press("4")
        await settle(pilot)
        reader = screen_of(app).reader
        for row in range(len(reader.head_lines)):
            drawn = "".join(part.text for part in reader.draw_pinned(row, reader.content_width))
            assert len(drawn) == reader.content_width
            assert drawn.count("…") <= 1


async def test_a_page_opened_where_only_the_list_is_shown_begins_on_top(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("2", "enter")
        await settle(pilot)
        assert screen_of(app).reader.top == 0
        assert "Where it is written" in "\n".join(lines(app))


async def test_sources_and_facts_stand_beside_the_passage_where_there_is_room(
    make_app: MakeApp,
) -> None:
    app = make_app(location="event/robot-lab")
    async with app.run_test(size=(200, 60)) as pilot:
        await settle(pilot)
        place = screen_of(app).reader.region
        shown = [line[place.x :] for line in lines(app)]
        passage = next(line for line in shown if "▎ Nordic Robotics opens" in line)
        assert "Nordic Robotics opens a" in passage.partition("   ")[2]
        assert any("robots that swim" not in line and "  Partners" in line for line in shown)
        assert shown.index(passage) < next(n for n, x in enumerate(shown) if "  Partners" in x)
        # A click in the margin follows the link that is drawn there.
        reader = screen_of(app).reader
        row = shown.index(passage) - place.y - reader.header_height
        column = passage.index("Nordic", 40)
        reader.clicked(column, row)
        await settle(pilot)
        page = reader.page
        assert page is not None
        assert page.location.id == "robot-news"
        # Its record stands beside what it quotes, not in a list under the text.
        shown = [line[place.x :] for line in lines(app)]
        quoted = next(line for line in shown if "opens a laboratory in the house" in line)
        assert "◆" in quoted
        assert "Events recorded from it" not in "\n".join(shown)
        await pilot.resize_terminal(120, 60)
        await settle(pilot)
        assert "Events recorded from it" in "\n".join(lines(app))
