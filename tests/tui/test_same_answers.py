"""One query language: the same ids in the same order, however a query is asked."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import parse_location, view_location
from milatui.catalogue.saved_searches import SearchStore
from milatui.catalogue.scope import Scope
from milatui.cli.main import main
from milatui.i18n import set_language
from milatui.index.builder.build import build
from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.rounds import some, with_ci, with_long
from tests.sample import write_sample
from tests.tui.piloting import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Ids = list[str]

QUERIES = (
    *("amgen", "corporate laboratory", "laboratoire", "chercheurs", "chercheuses Mila", "bengio"),
    *("université de montréal", "udem", "Applied Molecular Genetics", "robots", "1,000", "1 000"),
    *('"corporate laboratory"', "«un laboratoire»", '"not there at all"', "amgen -samsung"),
    *("+amgen laboratory", "samsung OR denso", "(samsung OR amgen) lab*", "amgen AND mila"),
    *("NOT amgen", "laboratory near/5 mila", "corporate NEAR/1 laboratory", "labo*", "/lab.*/"),
    *(
        "/[a-z/ mila",
        "/(a+)+b/ mila",
        "partner:amgen",
        'partner:"ai sweden" mila',
        "partner:nobody x",
    ),
    *("person:bengio", "said-by:bengio", "said-by:amgen", "kind:event amgen", "genre:communiqué"),
    *(
        "lang:fr",
        "langue:français mila",
        "publisher:mila",
        "title:laboratory",
        "measure:researchers",
    ),
    *("date:2021..2023", "date:2021-09 mila", "date:..2019 lab", "since:2022 mila", "avant:2019"),
    *('date:"last year" mila', "date:autumn 2021", "samsng", "amgne labratory", "qwertz"),
    *('"unbalanced mila', "mila)", "((", "OR", "the of", "le la les", "", "😀", "mila\x07\x1b[31m"),
)
SCOPES = (
    Scope(),
    Scope(partners=frozenset({"amgen"})),
    Scope(since="2021", until="2023-06", kinds=frozenset({"event", "document"})),
    Scope(languages=frozenset({"fr"})),
    Scope(publishers=frozenset({"Mila"})),
    Scope(partners=frozenset({"amgen", "samsung"}), languages=frozenset({"en", "fr"})),
)
LIMIT = 200
STEPS = pytest.mark.parametrize("step", with_ci([6], [1]))
"""Of three queries one, or all."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_sample(tmp_path_factory.mktemp("same") / "archive")
    build(root, root.parent / "index")
    return root


@pytest.fixture
def catalogue(sample: Path) -> Catalogue:
    return Catalogue.open(sample.parent / "index")


@pytest.fixture
def run(sample: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command line on the sample archive; gives what it prints."""
    monkeypatch.setenv("XDG_DATA_HOME", str(sample.parent / "data"))

    def run_line(*words: str, stdin: str = "") -> str:
        printed = io.StringIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", printed)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            places = ("--archive", str(sample), "--index", str(sample.parent / "index"))
            main([*places, *words])
        set_language("en")
        return printed.getvalue()

    return run_line


def flags(scope: Scope) -> list[str]:
    pairs = (
        *(("--partner", partner) for partner in sorted(scope.partners)),
        ("--from", scope.since),
        ("--to", scope.until),
        ("--kind", ",".join(sorted(scope.kinds))),
        ("--lang", ",".join(sorted(scope.languages))),
        *(("--publisher", publisher) for publisher in sorted(scope.publishers)),
    )
    return ["--limit", str(LIMIT), *(word for pair in pairs if pair[1] for word in pair)]


def wanted(
    catalogue: Catalogue, scope: Scope, *, step: int = 1, typing: bool = False
) -> dict[str, Ids]:
    """The ids of every query's hits in order, or of one query of ``step``."""
    return {
        query: [
            f"{hit.row.kind}/{hit.row.id}"
            for hit in catalogue.search(query, scope, limit=LIMIT, typing=typing).hits
        ]
        for query in QUERIES[::step]
    }


def ids(answer: dict[str, list[dict[str, str]]]) -> Ids:
    return [f"{hit['kind']}/{hit['id']}" for hit in answer["hits"]]


def test_the_table_asks_for_something(catalogue: Catalogue) -> None:
    found = wanted(catalogue, Scope())
    assert sum(map(bool, found.values())) > len(QUERIES) * 0.8
    assert len({tuple(hits) for hits in found.values()}) > len(QUERIES) / 2


def restrictions(scope: Scope) -> str:
    """A scope as the name of a test: its fields, in an order that does not change."""
    return " ".join(chip.field for chip in scope.chips()) or "everything"


@STEPS
@pytest.mark.parametrize("scope", some(SCOPES, 2), ids=restrictions)
def test_commands_streams_links_and_saved_searches_agree(
    catalogue: Catalogue, run: Callable[..., str], sample: Path, scope: Scope, step: int
) -> None:
    expected = wanted(catalogue, scope, step=step)
    store = SearchStore(sample.parent / "data" / "milatui")
    lines = "".join(json.dumps({"id": q, "query": q}) + "\n" for q in expected)
    printed = run("search", "--stdin", *flags(scope), stdin=lines)
    streamed = map(json.loads, printed.splitlines())
    assert {answer["id"]: ids(answer) for answer in streamed} == expected
    for number, (query, found) in enumerate(expected.items()):
        place = view_location("search", scope._replace(query=query))
        linked = parse_location(str(place))
        answer = catalogue.search(linked.get("q"), linked.scope, limit=LIMIT)
        assert [f"{hit.row.kind}/{hit.row.id}" for hit in answer.hits] == found
        store.save(f"q{number}", place)
        if query or not scope.is_empty:
            asked = ("search", f"@q{number}", "--limit", str(LIMIT), "--json")
            assert ids(json.loads(run(*asked))) == found


@STEPS
@pytest.mark.parametrize("language", with_ci(["fr"], ["en"]))
def test_text_json_and_lines_agree_in_both_languages(
    catalogue: Catalogue, run: Callable[..., str], language: str, step: int
) -> None:
    amgen = Scope(partners=frozenset({"amgen"}))
    for query, found in wanted(catalogue, amgen, step=step).items():
        asked = (
            "--lang",
            language,
            "search",
            *flags(amgen),
            "--",
            query,
        )
        assert ids(json.loads(run(*asked[:3], "--json", *asked[3:]))) == found
        rows = run(*asked[:3], "--jsonl", *asked[3:]).splitlines()
        assert [json.loads(line)["location"] for line in rows] == found
        printed = run(*asked).splitlines()
        assert [line.strip() for line in printed if line.strip() in found] == found


@STEPS
@pytest.mark.parametrize("scope", with_long([SCOPES[2]], [SCOPES[0]]), ids=restrictions)
async def test_the_pane_agrees_typed_linked_and_used(
    catalogue: Catalogue, sample: Path, scope: Scope, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(sample.parent / "pane"))
    options = Options(sample, sample.parent / "index", theme="dark", language="en")
    app = MilatuiApp(options, Keymap())
    typed = wanted(catalogue, scope, step=step, typing=True)
    finished = wanted(catalogue, scope, step=step)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        controller, session = app.main.search_controller, app.main.session
        assert session is not None

        def shown() -> Ids:
            return [f"{hit.row.kind}/{hit.row.id}" for hit in app.main.results.hits]

        for query in filter(str.strip, finished):
            app.main.navigation.visit(view_location("search", scope._replace(query=query)))
            await settle(pilot)
            assert shown() == finished[query]
            session.query = query
            controller.search(typing=True)
            await settle(pilot)
            assert shown() == typed[query]
            place = session.search_location()
            controller.search(typing=False)
            await settle(pilot)
            answer = catalogue.search(place.get("q"), place.scope, limit=LIMIT)
            assert shown() == [f"{hit.row.kind}/{hit.row.id}" for hit in answer.hits]
