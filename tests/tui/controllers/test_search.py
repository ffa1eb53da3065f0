"""What one can do with a search: narrow it, follow advice, ask why, recall and save it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from milatui.catalogue.location import parse_location
from milatui.catalogue.search import hits, search_records
from milatui.catalogue.search.query_gate import run_query
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.controllers import search_controller
from milatui.tui.keymap import Keymap
from milatui.tui.state.query_history import QueryHistory
from milatui.tui.widgets.results_pane import ResultsPane
from tests.tui.agreement import disagreement
from tests.tui.piloting import SIZE, lines, screen_of, settle, strike, text, wait_for_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.strip import Strip

    from milatui.index.search.searcher import Matches
    from tests.tui.conftest import MakeApp


async def test_t_narrows_by_what_is_found(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots")
        await settle(pilot)
        await pilot.press("escape", "t")
        await settle(pilot)
        shown = text(app)
        assert "[ ] event " in shown
        assert "[ ] 2023 " in shown
        await pilot.press(*"2022", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert main.session is not None
        assert (main.session.scope.since, main.session.scope.until) == ("2022", "2022")
        assert {hit.row.id for hit in main.results.hits} == {"robotics", "grant"}


async def test_t_narrows_to_a_publisher_and_x_widens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"laboratory")
        await settle(pilot)
        await pilot.press("escape", "t", *"publisher", "enter")
        await settle(pilot)
        main = screen_of(app)
        assert "Nordic Robotics ×" in lines(app)[0]
        assert [hit.row.id for hit in main.results.hits] == ["robot-news"]
        assert main.session is not None
        assert str(main.session.search_location()).endswith("&publisher=Nordic%20Robotics")
        await pilot.press("x")
        await settle(pilot)
        assert len(main.results.hits) > 1


async def test_an_empty_answer_offers_what_would_match(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"ocean", "enter", "slash", *"walrus")
        await settle(pilot)
        main = screen_of(app)
        assert "Without “Océan Santé” 1 record matches." in text(app)
        assert main.results.current_suggestion is not None
        await pilot.press("enter")
        await settle(pilot)
        assert "Océan Santé ×" not in lines(app)[0]
        assert [hit.row.id for hit in main.results.hits] == ["long"]
        assert main.results.field_text == "walrus"


async def test_a_search_that_is_cut_short_says_so(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[bool] = []

    def evaluated(*args: Any, **options: Any) -> Matches:
        found = run_query(*args, **options)
        late.append(True)
        return found

    def limit_time(*_seconds: float) -> Callable[[], bool]:
        late.clear()
        return lambda: bool(late)

    monkeypatch.setattr(search_records, "run_query", evaluated)
    monkeypatch.setattr(search_records, "limit_time", limit_time)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots lang:xx", "enter")
        await settle(pilot)
        assert screen_of(app).results.hits
        assert "The search took too long" in lines(app)[-1]


async def test_what_was_not_understood_is_underlined_and_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots lang:xx")
        await settle(pilot)
        main = screen_of(app)
        assert "No document is in the language “xx”" in lines(app)[-1]
        field = main.results.field
        assert field is not None
        assert [field.value[start:end] for start, end in field.underlined] == ["lang:xx"]
        underlined = [
            segment.text
            for segment in field.render_lines(field.size.region)[0]
            if segment.style and segment.style.underline
        ]
        assert "".join(underlined) == "lang:xx"
        await pilot.press(*["backspace"] * 8)
        await settle(pilot)
        assert field.underlined == []
        assert "No document" not in lines(app)[-1]


async def test_a_word_only_begun_stays_begun_when_it_is_used(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walru")
        await settle(pilot)
        main = screen_of(app)
        assert [hit.row.id for hit in main.results.hits] == ["long"]
        await pilot.press("escape", "s")
        await settle(pilot)
        assert main.results.field_text == "walru*"
        assert [hit.row.id for hit in main.results.hits] == ["long"]
        assert main.session is not None
        assert str(main.session.search_location()) == "search?q=walru%2A&sort=newest".replace(
            "%2A", "*"
        )


async def test_enter_ends_the_typing_and_stays_on_the_record(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *'"robots that')
        await settle(pilot)
        main = screen_of(app)
        assert "quotation mark" not in lines(app)[-1]
        await pilot.press("down", "enter")
        await settle(pilot)
        assert main.session is not None
        assert not main.session.typing
        assert "The other quotation mark is missing." in lines(app)[-1]
        assert main.results.current is not None
        assert main.reader.page is not None
        assert main.reader.page.location.id == main.results.current.id
        assert main.results.cursor > 0
        store = QueryHistory(persistent=True).store
        assert store is not None
        assert [search.get("q") for search in store.history()] == ['"robots that']


async def test_a_link_to_a_search_keeps_its_order(make_app: MakeApp) -> None:
    app = make_app("search?q=robots&sort=oldest")
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        assert "oldest first" in text(app)
        assert main.session is not None
        wanted = main.session.catalogue.search("robots", main.session.scope, sort="oldest")
        assert [hit.row.id for hit in main.results.hits] == [hit.row.id for hit in wanted.hits]


async def test_w_says_why_a_hit_was_found(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        await pilot.press("escape", "w")
        await settle(pilot)
        main = screen_of(app)
        assert "Why “A long report” was found" in text(app)
        assert "“walrus…”: 200 times · 1 record has it" in text(app)
        explained = main.reader.page
        assert explained is not None
        assert explained.title == "A long report"
        assert "A long report" in "\n".join(line[60:] for line in lines(app))
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen is main
        assert main.reader.page == explained


async def test_translations_stand_under_one_hit_and_are_counted(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        main = screen_of(app)
        session = main.session
        assert session is not None
        other = session.catalogue.find("document", "long")
        assert other is not None
        monkeypatch.setattr(hits, "other_editions", lambda *_: (other,))
        await pilot.press("slash", *"institut kind:document", "escape")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "+1 edition" in text(app)
        assert "Other editions of this text (1)" in text(app)
        await pilot.press("l", "enter")
        await settle(pilot)
        assert str(main.reader.page.location) == "document/long"  # type: ignore[union-attr]


async def test_up_in_the_empty_field_recalls_the_last_searches(make_app: MakeApp) -> None:
    for query in ("walrus", "robots"):
        app = make_app()
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("slash", *query)
            await settle(pilot)
            await pilot.press("enter")
    async with (app := make_app()).run_test(size=SIZE) as pilot:
        await pilot.press("slash", "up")
        await settle(pilot)
        search = screen_of(app).results
        assert search.field_text == "robots"
        assert search.hits
        await pilot.press("up", "up")
        await settle(pilot)
        assert search.field_text == "walrus"
        await pilot.press("down")
        assert search.field_text == "robots"
        await pilot.press("s")
        await settle(pilot)
        assert screen_of(app).session.query == "robotss"  # type: ignore[union-attr]


async def test_searches_are_saved_found_again_and_dropped(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus", "escape", "S", "enter")
        await settle(pilot)
        store = QueryHistory(persistent=True).store
        assert store is not None
        assert store.saved() == {"“walrus”": parse_location("search?q=walrus")}
        await pilot.press("slash", *["backspace"] * 6, "escape", "S", "enter")
        await settle(pilot)
        assert [hit.row.id for hit in screen_of(app).results.hits] == ["long"]
        await pilot.press("S", "x")
        await settle(pilot)
        assert store.saved() == {}


async def test_a_session_for_others_keeps_nothing(archive: Path, index: Path) -> None:
    options = Options(archive, index, read_only=True, theme="dark", language="en")
    app = MilatuiApp(options, Keymap())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        await pilot.press("enter", "S")
        assert "read-only" in lines(app)[-1]
        await pilot.press("slash", *["backspace"] * 6, "up")
        await settle(pilot)
        assert screen_of(app).results.field_text == "walrus"
    store = QueryHistory(persistent=True).store
    assert store is not None
    assert store.history() == []


def test_a_disk_that_takes_nothing_stops_no_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    history = QueryHistory(persistent=True)
    history.record(parse_location("search?q=walrus"))
    assert history.previous() == "walrus"


async def test_drawing_makes_no_hit(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hits are made in the search's thread: first those in view."""
    making: list[tuple[bool, int]] = []
    drawing: list[int] = []
    line, make = ResultsPane.line, hits.Hits._make

    def draw(pane: ResultsPane, y: int, cells: int) -> Strip:
        drawing.append(y)
        try:
            return line(pane, y, cells)
        finally:
            drawing.pop()

    def count(made: hits.Hits, ranked: Sequence[tuple[int, float]]) -> None:
        in_loop = threading.current_thread() is threading.main_thread()
        making.append((bool(in_loop and drawing), len(ranked)))
        make(made, ranked)

    monkeypatch.setattr(ResultsPane, "line", draw)
    monkeypatch.setattr(hits.Hits, "_make", count)
    app = make_app()
    async with app.run_test(size=(80, 16)) as pilot:
        await pilot.press("slash", *"kind:event,document", "escape")
        await settle(pilot)
        pane = screen_of(app).results
        assert len(pane.hits) > pane.hits_per_page
        assert pane.result is not None
        assert pane.result.hits.is_prepared(0, pane.hits_per_page)
        await pilot.press("end")
        await settle(pilot)
        assert pane.result.hits.is_prepared(*pane.hits_in_view)
        assert pane.hits[-1].row.label[:12] in text(app)
        assert making
        assert not any(in_drawing for in_drawing, _count in making)


async def test_every_pane_shows_what_the_query_found_until_it_is_lifted(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        assert main.timeline.timeline is not None
        await pilot.press("slash", *"swim")
        await settle(pilot)
        assert "“swim” ×" in lines(app)[0]
        assert "1 of 6 events" in lines(app)[0]
        assert {row.id for row in main.partners.partners} == {"ocean", "robotics", "institute"}
        assert len(main.timeline.timeline.items) == 1
        assert main.band.counts is not None
        assert main.band.counts.scoped.total == 1
        await pilot.press("escape", "2", "x")
        await settle(pilot)
        assert "×" not in lines(app)[0]
        assert len(main.timeline.timeline.items) == 6
        assert main.results.field_text == ""
        assert len(main.partners.partners) == 4


async def test_a_key_of_the_query_fills_only_the_results(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other lists follow once, when the typing rests."""
    shown: list[str] = []
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        show = main.show_lists

        def watched() -> None:
            shown.append(main.session.standing_query if main.session else "")
            show()

        monkeypatch.setattr(main, "show_lists", watched)
        monkeypatch.setattr("milatui.tui.controllers.search_controller.REST_SECONDS", 3600.0)
        await pilot.press("slash", *"swim")
        result = main.results
        while not result.result or result.result.query != "swim":
            await pilot.pause()
        assert shown == []
        main.search_controller.finish_lists()
        assert shown == ["swim"]
        await pilot.press(*["backspace"] * 2, *"eep")
        while not result.result or result.result.query != "sweep":
            await pilot.pause()
        await pilot.press("escape", "2")
        await settle(pilot)
        assert shown == ["swim", "sweep"]


async def test_years_narrow_what_the_query_found(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots", "escape")
        await settle(pilot)
        await pilot.press("2", "plus")
        await settle(pilot)
        main = screen_of(app)
        timeline, session = main.timeline.timeline, main.session
        assert timeline is not None
        assert session is not None
        result = main.results.result
        assert result is not None
        assert len(timeline.items) == result.facets["kind"].get("event", 0)
        assert "“robots” ×" in lines(app)[0]
        await pilot.press("X")
        await settle(pilot)
        assert session.full_scope.is_empty
        assert session.query == ""


async def test_a_step_down_before_the_result_arrives_counts_in_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash")
        await settle(pilot)
        strike(app, *"robot", "down")
        await settle(pilot)
        main = screen_of(app)
        assert main.results.cursor == 1
        assert not disagreement(app, moved=True, cited=False)
        # The next letter begins at the best hit again.
        strike(app, "s")
        await settle(pilot)
        assert main.results.cursor == 0


async def test_what_was_not_understood_stays_on_the_screen_if_nothing_is_found(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"kind:foo", "escape")
        await settle(pilot)
        shown = " ".join(text(app).split())
        assert "There is no kind “foo”; there are document, event," in shown
        assert "food" not in shown


async def test_a_corrected_word_is_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robotcs")
        await settle(pilot)
        assert screen_of(app).results.hits
        assert "This looked for “robotics”." in lines(app)[-1]


async def test_enter_on_a_suggestion_is_named_and_not_counted(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("f", *"ocean", "enter", "slash", *"walrus")
        await settle(pilot)
        assert "Enter search this" in lines(app)[-1]
        assert "2 of 2" not in text(app)


async def test_a_search_that_is_not_saved_says_that_enter_saves_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"walrus")
        await settle(pilot)
        await pilot.press("escape", "S")
        await settle(pilot)
        shown = text(app)
        assert "not saved yet" in shown
        assert "Enter saves it" in shown
        await pilot.press("enter")
        await settle(pilot)
        shown = text(app)
        assert "Enter saves it" not in shown
        assert shown.count("Enter runs it, x deletes it") == 2


@pytest.mark.parametrize("key", ["F", "P"])
async def test_the_reader_shows_what_a_view_holds_once_it_follows_the_query(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(search_controller, "REST_SECONDS", 3600)
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        main = screen_of(app)
        strike(app, "slash", *"xyzzyq")
        while main.results.result is None or main.results.result.query != "xyzzyq":
            await wait_for_messages()
        strike(app, "escape", key)
        await wait_for_messages()
        main.search_controller.finish_lists()
        await settle(pilot)
        assert main.view_pane is not None
        assert main.view_pane.current is None
        assert main.reader.page is not None
        assert main.view_pane.empty_lines()[0] in main.reader.page.text
