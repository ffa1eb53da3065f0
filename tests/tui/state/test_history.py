"""Back and forward, as in a browser."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.location import Location
from milatui.tui.state.history import HistoryEntry, NavigationHistory

if TYPE_CHECKING:
    from collections.abc import Iterable


def _entry(name: str, pane: str = "reader", source: str = "") -> HistoryEntry:
    return HistoryEntry(Location("event", name), pane=pane, source=source)


def _names(entries: Iterable[HistoryEntry | None]) -> list[str]:
    return [entry.location.id if entry else "" for entry in entries]


def _preview(history: NavigationHistory, name: str, source: str = "timeline") -> None:
    history.preview(_entry(name, source, source))


def test_the_history_goes_back_and_forward() -> None:
    history = NavigationHistory()
    assert history.back() is None
    for name in ("a", "b", "b", "c"):
        history.push(_entry(name))
    assert _names((history.back(), history.back(), history.back())) == ["b", "a", ""]
    assert _names((history.forward(),)) == ["b"]
    history.push(_entry("d"))
    assert not history.can_go_forward
    assert _names((history.back(),)) == ["b"]


def test_the_history_forgets_the_oldest() -> None:
    history = NavigationHistory(limit=3)
    for number in range(10):
        history.push(_entry(str(number)))
    steps = [history.current, history.back(), history.back(), history.back()]
    assert _names(steps) == ["9", "8", "7", ""]


def test_a_preview_replaces_the_one_before_of_the_same_list() -> None:
    history = NavigationHistory()
    history.push(_entry("a"))
    for name in ("b", "c", "d"):
        _preview(history, name)
    _preview(history, "e", "search")
    assert _names((history.current, history.back(), history.back())) == ["e", "d", "a"]


def test_a_preview_that_was_left_is_kept() -> None:
    history = NavigationHistory()
    history.push(_entry("a"))
    _preview(history, "b")
    history.push(_entry("b"))
    history.push(_entry("c"))
    assert _names((history.back(),)) == ["b"]
    assert history.current == _entry("b")
    _preview(history, "d")
    assert _names((history.back(), history.back(), history.back())) == ["b", "b", "a"]


def test_the_same_preview_again_is_no_step() -> None:
    history = NavigationHistory()
    history.push(_entry("a"))
    history.push(_entry("b"))
    _preview(history, "c")
    _preview(history, "b")
    assert _names((history.current, history.back())) == ["b", "a"]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["push", "preview", "keep", "replace", "back", "forward"]),
        st.sampled_from("abcd"),
        st.sampled_from(["reader", "timeline", "search"]),
    ),
    max_size=60,
)


@given(_STEPS, st.integers(min_value=2, max_value=8))
def test_what_was_read_is_where_back_returns_to(
    steps: list[tuple[str, str, str]], limit: int
) -> None:
    """Against a list of what was read: nothing else is there, nothing is missing."""
    history = NavigationHistory(limit=limit)
    for step, name, pane in steps:
        before = history.current
        if step == "push":
            history.push(_entry(name, pane))
            assert history.current == _entry(name, pane)
            assert not history._preview
        elif step == "preview" and pane != "reader":
            was_preview, source = history._preview, before.source if before else ""
            _preview(history, name, pane)
            current = history.current
            assert current is not None
            assert current.location.id == name
            if before and current != before and not (was_preview and source == pane):
                # What was read before is one step away.
                assert history.back() == before
                history.forward()
                continue
        elif step == "keep":
            history.keep_preview()
        elif step == "replace" and before is not None:
            history.replace_current(_entry(before.location.id, pane))
        elif step == "back":
            could = history.can_go_back
            came = history.back()
            assert could == (came is not None)
            if came is not None:
                assert history.forward() == before
                history.back()
        elif step == "forward":
            could = history.can_go_forward
            went = history.forward()
            assert could == (went is not None)
            if went is not None:
                assert history.back() == before
                history.forward()
        _check(history, limit)


def _check(history: NavigationHistory, limit: int) -> None:
    """Each step changes the screen; only the last entry is a preview."""
    entries = history._entries
    assert len(entries) <= limit
    assert history._at < len(entries)
    assert (history._at >= 0) == bool(entries)
    assert not (history._preview and history.can_go_forward)
    for one, other in pairwise(entries):
        assert (one.location, one.pane) != (other.location, other.pane)
