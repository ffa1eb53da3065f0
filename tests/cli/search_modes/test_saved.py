"""Saved searches on the command line: kept, listed with counts, run, narrowed and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import view_location
from milatui.catalogue.saved_searches import SearchStore
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SearchStore:
    """The user's own searches, none yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return SearchStore(tmp_path / "milatui")


def places(ended: Ended) -> list[str]:
    return [hit["location"] for hit in ended.json["hits"]]


def test_a_search_is_kept_and_run_again(run: Callable[..., Ended], store: SearchStore) -> None:
    words = ("laboratory", "--kind", "event,document", "--sort", "newest")
    first = run("search", *words, "--save", "labs", "--json")
    assert "milatui search @labs" in first.err
    [(name, place)] = store.saved().items()
    assert (name, place.get("sort")) == ("labs", "newest")
    assert place.scope.kinds == {"event", "document"}
    assert places(run("search", "@labs", "--json")) == places(first) != []
    assert places(run("search", "@Labs", "--json")) == places(first)
    assert places(run("search", "@labs", "--sort", "relevance", "--json")) == places(
        run("search", *words[:3], "--json")
    )


def test_what_else_is_given_narrows_it(run: Callable[..., Ended], store: SearchStore) -> None:
    store.save("mila", view_location("search", Scope(query="mila", since="2021", until="2022")))
    narrowed = run("search", "@mila", "--lang", "en", "--to", "2021", "--json")
    asked = ("search", "mila", "--lang", "en", "--from", "2021", "--to", "2021", "--json")
    assert places(narrowed) == places(run(*asked)) != []
    assert places(run("search", "@mila", "amgen", "--json")) == places(
        run("search", "mila", "amgen", "--from", "2021", "--to", "2022", "--json")
    )


def test_they_are_listed_with_counts(run: Callable[..., Ended], store: SearchStore) -> None:
    store.save(
        "“labs” · Amgen", view_location("search", Scope(query="lab", partners=frozenset({"amgen"})))
    )
    store.save("nothing", view_location("search", Scope(query="zzzzzz")))
    total = run("search", "lab", "--partner", "amgen", "--json").json["total"]
    lines = run("search", "--saved").out.splitlines()
    assert [line.split() for line in lines] == [
        ["0", "nothing", "“zzzzzz”"],
        [str(total), "“labs”", "·", "Amgen", "Amgen", "·", "“lab”"],
    ]
    listed = run("search", "--saved", "--json").json
    assert listed["schema"] == "milatui.saved/1"
    assert [(s["name"], s["total"]) for s in listed["searches"]][1] == ("“labs” · Amgen", total)
    assert run("search", "--saved", "--jsonl").lines == listed["searches"]
    assert run("search", "@labs amgen", "--json").json["total"] == total


def test_the_history_is_listed_newest_first(run: Callable[..., Ended], store: SearchStore) -> None:
    for query in ("lab", "amgen"):
        store.add_to_history(view_location("search", Scope(query=query)))
    assert [line.split()[-1] for line in run("search", "--history").out.splitlines()] == [
        "“amgen”",
        "“lab”",
    ]


def test_one_is_dropped(run: Callable[..., Ended], store: SearchStore) -> None:
    store.save("labs", view_location("search", Scope(query="lab")))
    assert run("search", "--forget", "labs").code == 0
    assert store.saved() == {}
    assert run("search", "--saved").code == 1
    assert run("search", "--history").code == 1


def test_a_wrong_name_is_told_the_nearest(run: Callable[..., Ended], store: SearchStore) -> None:
    store.save("labs", view_location("search", Scope(query="lab")))
    ended = run("search", "@lbs")
    assert (ended.code, ended.out) == (2, "")
    assert "labs" in ended.err
    assert run("search", "lab", "--save", " @ ").code == 2
    assert run("search", "--save", "empty").code == 2
    assert list(store.saved()) == ["labs"]


@pytest.mark.parametrize(
    "words",
    [("--saved",), ("--history",), ("@labs",), ("lab", "--save", "x"), ("--forget", "labs")],
)
def test_a_session_for_others_has_none(
    run: Callable[..., Ended], store: SearchStore, words: tuple[str, ...]
) -> None:
    store.save("labs", view_location("search", Scope(query="lab")))
    ended = run("--read-only", "search", *words)
    assert (ended.code, ended.out) == (2, "")
    assert "read-only" in ended.err
    assert list(store.saved()) == ["labs"]
    assert store.history() == []
