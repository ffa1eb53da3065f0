"""Commands on searches that read the index in a thread, so that keys are never held up."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import parse_location
from milatui.tui.state.query_history import QueryHistory
from milatui.tui.widgets.view_lists import ViewRow
from tests.tui.piloting import SIZE, screen_of, settle, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tui.conftest import MakeApp


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[bool]]:
    """For each method of the catalogue that searches: whether the UI thread called it."""
    called: dict[str, set[bool]] = {"search": set(), "explain": set()}

    def watched(name: str) -> Callable[..., object]:
        method = getattr(Catalogue, name)

        def call(*arguments: object, **named: object) -> object:
            called[name].add(threading.current_thread() is threading.main_thread())
            return method(*arguments, **named)

        return call

    for name in called:
        monkeypatch.setattr(Catalogue, name, watched(name))
    return called


async def test_a_hit_is_explained_in_a_thread(
    make_app: MakeApp, threads: dict[str, set[bool]]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"robots")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("w")
        await settle(pilot)
        assert "Why “" in text(app)
    assert threads == {"search": {False}, "explain": {False}}


async def test_saved_searches_are_counted_in_a_thread(
    make_app: MakeApp, threads: dict[str, set[bool]]
) -> None:
    store = QueryHistory(persistent=True).store
    assert store is not None
    store.save("long walks", parse_location("search?q=walrus"))
    store.save("nothing", parse_location("search?q=xyzzyxyzzy"))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        threads["search"].clear()
        await pilot.press("S")
        await settle(pilot)
        pane = screen_of(app).view_pane
        assert pane is not None
        rows = [item for item in pane.view.items if isinstance(item, ViewRow)]
        counts = {row.title: row.cells["count"].text for row in rows}
        assert counts == {"long walks": "1", "nothing": "0"}
    assert threads["search"] == {False}


async def test_facets_of_the_scope_are_counted_in_a_thread(
    make_app: MakeApp, threads: dict[str, set[bool]]
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert "Narrow to" in text(app)
    assert threads["search"] == {False}


async def test_enter_takes_what_was_typed_before_its_message_arrives(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        main = screen_of(app)
        field = main.partners.field
        assert field is not None
        # A loaded machine: the field has the letters, the screen does not know it yet.
        field.set_reactive(type(field).value, "ocean")
        await main.action_command("open.this")
        await settle(pilot)
        assert main.session is not None
        assert main.session.scope.partners == {"ocean"}
