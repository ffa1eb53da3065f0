"""The research trail lies in a plain file of bounded size, whatever else stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import Location, parse_location
from milatui.catalogue.trail import trail_store
from milatui.catalogue.trail.steps import MAX_HITS, OpenStep, SearchStep, parse_line, step_line
from milatui.catalogue.trail.trail_store import (
    TrailStore,
    is_switched_off,
    switch_trail,
    trail_file,
)

if TYPE_CHECKING:
    from pathlib import Path

AT = "2026-11-28T11:54:00+00:00"
SEARCH = SearchStep(
    AT, parse_location("search?q=caf%C3%A9&from=2021"), 2, (Location("event", "a"),)
)
OPENED = OpenStep(AT, Location("document", "an id/with é"), "12ab", "A title")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "trails" / "archive.jsonl"


def test_steps_are_kept_by_visit(path: Path) -> None:
    store = TrailStore(path)
    assert store.visits() == []
    for visit, step in (("one", SEARCH), ("two", OPENED), ("one", OPENED), ("one", OPENED)):
        store.add(visit, "gen-1", step)
    one, two = TrailStore(path).visits()
    assert (one.id, one.generation, one.steps) == ("one", "gen-1", (SEARCH, OPENED, OPENED))
    assert (one.searches, one.opened) == ((SEARCH,), (OPENED,))
    assert two.steps == (OPENED,)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    store.delete()
    store.delete()
    assert not path.exists()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"visit": "x"',
        b'{"visit": "v", "at": "t", "search": "event/x"}',
        b'{"visit": "v", "at": "t", "opened": "search?q=x"}',
        b'{"visit": "v", "at": "t", "opened": 7}',
        b'{"visit": "", "at": "t", "opened": "event/x"}',
        b"\xff\x00",
    ],
)
def test_what_is_not_a_step_is_skipped(path: Path, line: bytes) -> None:
    store = TrailStore(path)
    store.add("one", "", SEARCH)
    with path.open("ab") as file:
        file.write(line)
    store.add("one", "", OPENED)
    assert [visit.steps for visit in store.visits()] == [(SEARCH, OPENED)]


def test_control_characters_and_too_many_hits_do_not_come_back() -> None:
    many = tuple(Location("event", str(n)) for n in range(3 * MAX_HITS))
    line = step_line("v", "g", SearchStep(AT, SEARCH.location, 90, many)).encode()
    found = parse_line(line)
    assert found is not None
    assert isinstance(found[2], SearchStep)
    assert len(found[2].hits) == MAX_HITS
    hostile = parse_line(
        step_line("v", "g", OpenStep(AT, OPENED.location, "", "a\x1b[2J")).encode()
    )
    assert hostile is not None
    assert "\x1b" not in str(hostile)


def test_the_older_half_goes_when_it_is_too_large(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_store, "MAX_BYTES", 4000)
    store = TrailStore(path)
    for number in range(100):
        store.add("v", "g", OpenStep(AT, Location("event", str(number))))
        assert path.stat().st_size <= 4000
    ids = [step.location.id for step in store.visits()[0].steps]
    assert ids == [str(number) for number in range(100)][-len(ids) :]
    assert len(ids) > 10


def test_it_can_be_switched_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert not is_switched_off()
    switch_trail(on=False)
    assert is_switched_off()
    switch_trail(on=True)
    switch_trail(on=True)
    assert not is_switched_off()
    assert trail_file(tmp_path / "a" / "press").name.startswith("press-")
    assert trail_file(tmp_path / "a" / "press") != trail_file(tmp_path / "b" / "press")
