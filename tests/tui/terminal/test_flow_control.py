"""How far a terminal is behind: counted from its answers, and believed of those that answer."""

from __future__ import annotations

from milatui.tui.terminal.flow_control import (
    DSR_QUERY,
    MAX_UNACKNOWLEDGED,
    QUERY_EVERY,
    OutputFlowControl,
)


def test_it_asks_now_and_then() -> None:
    flow = OutputFlowControl()
    assert flow.sent(QUERY_EVERY - 1) == ""
    assert flow.sent(1) == DSR_QUERY
    assert flow.sent(QUERY_EVERY - 1) == ""


def test_a_terminal_that_never_answers_is_never_behind() -> None:
    flow = OutputFlowControl()
    for _ in range(20):
        flow.sent(MAX_UNACKNOWLEDGED)
    assert not flow.behind


def test_one_that_answers_is_behind_until_it_has_drawn() -> None:
    flow, behind = OutputFlowControl(), []
    flow.sent(QUERY_EVERY)
    flow.acknowledge()
    flow.sent(MAX_UNACKNOWLEDGED)
    behind.append(flow.behind)
    flow.sent(1)
    behind.append(flow.behind)
    flow.sent(QUERY_EVERY)
    flow.acknowledge()
    behind.append(flow.behind)
    assert behind == [False, True, False]


def test_answers_nobody_asked_for_count_for_nothing() -> None:
    flow = OutputFlowControl()
    for _ in range(9):
        flow.acknowledge()
    flow.sent(QUERY_EVERY)
    flow.acknowledge()
    flow.sent(2 * MAX_UNACKNOWLEDGED)
    assert flow.behind


def test_lost_answers_are_forgotten_until_the_next_comes() -> None:
    flow, behind = OutputFlowControl(), []
    flow.sent(QUERY_EVERY)
    flow.acknowledge()
    flow.sent(2 * MAX_UNACKNOWLEDGED)
    flow.reset()
    behind.append(flow.behind)
    flow.sent(2 * MAX_UNACKNOWLEDGED)
    behind.append(flow.behind)
    flow.acknowledge()
    flow.sent(2 * MAX_UNACKNOWLEDGED)
    behind.append(flow.behind)
    assert behind == [False, False, True]
