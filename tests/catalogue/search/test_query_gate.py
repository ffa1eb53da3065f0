"""Every query passes one gate, which bounds its time, wherever it comes from."""

from __future__ import annotations

import ast
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

import milatui
from milatui.catalogue.location import parse_location
from milatui.catalogue.scope import Scope
from milatui.catalogue.search import query_gate
from milatui.index.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from milatui.catalogue.catalogue import Catalogue
    from milatui.index.search.doc_set import DocSet
    from milatui.index.search.searcher import FieldResolver, Matches, SearchRequest

SOURCES = Path(milatui.__file__).parent
GATE = Path(query_gate.__file__)
QUERY = "laboratory mila"


def _searches(path: Path) -> bool:
    """Whether a module calls the searcher itself, or makes requests for it."""
    text = path.read_text("utf-8")
    if "searcher" not in text and "SearchRequest" not in text:
        return False
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr in ("search", "matching"):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if name == "searcher":
                return True
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "SearchRequest":
            return True
    return False


def test_no_other_module_asks_the_searcher() -> None:
    own = SOURCES / "index"
    asking = [p for p in SOURCES.rglob("*.py") if not p.is_relative_to(own) and _searches(p)]
    assert asking == [GATE]


@pytest.fixture
def stops(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each evaluation of a query: whether it is to stop once its time is over."""
    said: list[bool] = []
    clock = count(step=query_gate.TIME_LIMIT + 1)

    def search(_searcher: Searcher, request: SearchRequest) -> Matches:
        said.append(request.stop())
        return evaluate(_searcher, request)

    def matching(
        _searcher: Searcher, text: str, resolve: FieldResolver, stop: Callable[[], bool]
    ) -> DocSet:
        said.append(stop())
        return find(_searcher, text, resolve, stop)

    evaluate, find = Searcher.search, Searcher.matching
    monkeypatch.setattr(Searcher, "search", search)
    monkeypatch.setattr(Searcher, "matching", matching)
    fake = SimpleNamespace(perf_counter=lambda: float(next(clock)), thread_time=lambda: 0.0)
    monkeypatch.setattr(query_gate, "time", fake)
    return said


@pytest.mark.parametrize(
    "ask",
    [
        lambda c, s: c.search(QUERY, Scope()),
        lambda c, s: c.search(QUERY, Scope(), typing=True),
        lambda c, s: c.explain(QUERY, 0),
        lambda c, s: c.timeline(s),
        lambda c, s: c.partners(s),
        lambda c, s: c.publishers(s),
        lambda c, s: c.totals(s),
        lambda c, s: c.list_records("event", s),
        lambda c, s: c.page(parse_location(f"figures?q={s.query}")),
        lambda c, s: c.page(parse_location(f"people?q={s.query}")),
        lambda c, s: c.page(parse_location(f"documents?q={s.query}")),
    ],
)
def test_every_place_a_query_comes_from_is_bounded(
    catalogue: Catalogue, stops: list[bool], ask: Callable[[Catalogue, Scope], object]
) -> None:
    # A query of its own: what was found once is kept.
    scope = Scope(query=f"{QUERY} {id(ask)}")
    ask(catalogue, scope)
    assert stops
    assert all(stops)
