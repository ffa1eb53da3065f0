"""Back and forward."""

from __future__ import annotations

from milatui.tui.state.history import NavigationHistory


def test_the_history_goes_back_and_forward() -> None:
    history: NavigationHistory[str] = NavigationHistory()
    assert history.back() is None
    for entry in ("a", "b", "b", "c"):
        history.push(entry)
    assert (history.back(), history.back(), history.back()) == ("b", "a", None)
    assert history.forward() == "b"
    history.push("d")
    assert not history.can_go_forward
    assert history.back() == "b"


def test_the_history_forgets_the_oldest() -> None:
    history: NavigationHistory[int] = NavigationHistory(limit=3)
    for entry in range(10):
        history.push(entry)
    assert [history.current, history.back(), history.back(), history.back()] == [9, 8, 7, None]
