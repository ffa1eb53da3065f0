"""Counts add up: while typing, after Enter, in the list, the corner, the facets and the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import found_label
from milatui.catalogue.scope import Scope
from milatui.cli.main import main as run_command
from milatui.i18n import set_language
from milatui.index.builder.build import build
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from milatui.tui.sheets.facet_sheet import FacetPane
from tests.sample import write_sample
from tests.tui.piloting import SIZE, lines, screen_of, settle

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.search.results import SearchResult

QUERIES = (
    "lab",
    "amgen",
    "laboratory",
    "corporate lab",
    "m",
    "universit",
    "udem",
    "kind:event",
    "-x",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("counts")
    build(write_sample(root / "archive"), root / "index")
    return root


def _adds_up(result: SearchResult) -> bool:
    hits = list(result.hits)[: result.listed]
    return (
        len(hits) == result.texts
        and sum(1 + len(hit.same) for hit in hits) == result.total
        and sum(result.facets["kind"].values()) == result.total
    )


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_typed_counts_as_what_is_asked(root: Path, query: str) -> None:
    catalogue = Catalogue.open(root / "index")
    typed = catalogue.search(query, Scope(), limit=1000, typing=True)
    asked = catalogue.search(catalogue.complete_query(query), Scope(), limit=1000)
    assert (typed.total, typed.texts) == (asked.total, asked.texts)
    assert _adds_up(typed)
    assert _adds_up(asked)
    assert dict(typed.facets["kind"]) == dict(asked.facets["kind"])


async def test_the_explorer_and_the_command_say_the_same(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places = ("--archive", str(root / "archive"), "--index", str(root / "index"))
    app = MilatuiApp(Options(root / "archive", root / "index", language="en"), Keymap())
    queries = ("lab", "amgen", "sweden")
    editions, said = 0, dict[str, str]()
    async with app.run_test(size=SIZE) as pilot:
        main = screen_of(app)
        for query in queries:
            await pilot.press("slash", *query)
            await settle(pilot)
            result, typed = main.results.result, main.results.info()
            assert result is not None
            words = found_label(result.total, result.texts)
            editions += result.total - result.texts
            assert typed.startswith(words)
            assert typed in "\n".join(lines(app))
            await pilot.press("down", "enter")
            await settle(pilot)
            assert main.results.info() == typed
            assert main.results.position() == f"2 of {result.texts}"
            await pilot.press("3", "t")
            await settle(pilot)
            sheet = app.screen.query_one(FacetPane)
            values = [item for item in sheet._items if not isinstance(item, str)]
            assert sum(each.count for each in values if each.facet == "kind") == result.total
            await pilot.press("escape")
            await settle(pilot)
            assert main.session is not None
            totals = main.session.catalogue.totals(main.session.full_scope)
            assert sum(inside for inside, _all in totals.values()) == result.total
            said[main.session.query] = words
            await pilot.press("escape")
            await settle(pilot)
    assert editions
    for query, words in said.items():
        run_command(["search", *places, query])
        set_language("en")
        assert capsys.readouterr().err.startswith(words)
