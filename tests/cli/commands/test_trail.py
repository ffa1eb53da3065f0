"""The research trail on the command line: memos, and what differs from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import Location, parse_location
from milatui.catalogue.trail.steps import OpenStep, SearchStep
from milatui.catalogue.trail.trail_store import TrailStore, trail_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended

AT = "2026-11-28T11:54:00+00:00"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def store(sample: Path) -> TrailStore:
    store = TrailStore(trail_file(sample))
    search = SearchStep(AT, parse_location("search?q=xylophone"), 0)
    store.add("one", "", OpenStep(AT, Location("partner", "amgen"), "", "Amgen"))
    store.add("two", "", search)
    return store


@pytest.mark.usefixtures("store")
def test_a_memo_is_written_and_run_again(run: Callable[..., Ended], tmp_path: Path) -> None:
    target = tmp_path / "memo.md"
    assert run("trail", "--output", str(target)).code == 0
    assert "xylophone" in target.read_text("utf-8")
    again = run("rerun", str(target))
    assert (again.code, again.out) == (0, "same: “xylophone”: 0 found\n")
    assert "the archive is the same" in again.err
    text = target.read_text("utf-8").replace("xylophone#found=0", "denso#found=1")
    target.write_text(text, "utf-8")
    again = run("rerun", str(target), "--json")
    assert again.code == 1
    assert again.json["differs"]
    assert again.json["searches"][0]["then"] == 1
    assert run("rerun", str(target)).out.startswith("differs: “denso”: 1 found then, ")


@pytest.mark.usefixtures("store")
def test_visits_are_chosen_and_listed(run: Callable[..., Ended]) -> None:
    assert "Amgen" in run("trail", "--visit", "2").out
    both = run("trail", "--all").out
    assert both.index("Amgen") < both.index("xylophone")
    rows = run("trail", "--list").out.splitlines()
    assert [row.split()[0] for row in rows] == ["1", "2"]
    visits = run("trail", "--all", "--json").json["visits"]
    assert [len(visit["opened"]) for visit in visits] == [0, 1]
    missing = run("trail", "--visit", "3")
    assert (missing.code, missing.err) == (1, "2 visits are recorded\n")


def test_it_is_switched_off_and_deleted(run: Callable[..., Ended], store: TrailStore) -> None:
    assert run("trail", "--delete").code == 0
    assert store.visits() == []
    assert "search and open records" in run("trail").err
    run("trail", "--off")
    assert "the trail is off" in run("trail").err
    run("trail", "--on")
    assert run("trail").code == 1


def test_mistakes_are_explained(run: Callable[..., Ended], tmp_path: Path) -> None:
    text = tmp_path / "text.md"
    text.write_text("milatui:event/x", "utf-8")
    ended = run("rerun", str(text))
    assert ended.code == 2
    assert "milatui trail --output FILE" in ended.err
    assert run("rerun", str(tmp_path / "none")).code == 2


def test_a_no_can_be_quoted(run: Callable[..., Ended]) -> None:
    found = run("search", "xylophone", "--kind", "event", "--absence")
    assert found.code == 1
    assert found.out.startswith("Nothing found for “xylophone”.\nSearched: ")
    assert found.out.endswith("<milatui:search?q=xylophone&kind=event#found=0>\n")
    assert run("search", "amgen", "--absence").code == 0
    assert run("search", "xylophone", "--absence", "--json").code == 2
