"""How far a terminal is behind: counted from its answers, and believed of those that answer."""

from __future__ import annotations

from milatui.tui.pacing import ASK_EVERY, BEHIND, QUESTION, Pace


def test_it_asks_now_and_then() -> None:
    pace = Pace()
    assert pace.sent(ASK_EVERY - 1) == ""
    assert pace.sent(1) == QUESTION
    assert pace.sent(ASK_EVERY - 1) == ""


def test_a_terminal_that_never_answers_is_never_behind() -> None:
    pace = Pace()
    for _ in range(20):
        pace.sent(BEHIND)
    assert not pace.behind


def test_one_that_answers_is_behind_until_it_has_drawn() -> None:
    pace, behind = Pace(), []
    pace.sent(ASK_EVERY)
    pace.answered()
    pace.sent(BEHIND)
    behind.append(pace.behind)
    pace.sent(1)
    behind.append(pace.behind)
    pace.sent(ASK_EVERY)
    pace.answered()
    behind.append(pace.behind)
    assert behind == [False, True, False]


def test_answers_nobody_asked_for_count_for_nothing() -> None:
    pace = Pace()
    for _ in range(9):
        pace.answered()
    pace.sent(ASK_EVERY)
    pace.answered()
    pace.sent(2 * BEHIND)
    assert pace.behind


def test_lost_answers_are_forgotten_until_the_next_comes() -> None:
    pace, behind = Pace(), []
    pace.sent(ASK_EVERY)
    pace.answered()
    pace.sent(2 * BEHIND)
    pace.forget()
    behind.append(pace.behind)
    pace.sent(2 * BEHIND)
    behind.append(pace.behind)
    pace.answered()
    pace.sent(2 * BEHIND)
    behind.append(pace.behind)
    assert behind == [False, False, True]
