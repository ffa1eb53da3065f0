"""How long a session for others may be idle, and may last."""

from __future__ import annotations

import pytest

from milatui.tui.state.session_limits import (
    WARNING_SECONDS,
    LimitState,
    SessionLimits,
    SessionTimer,
)
from tests.clock import ManualClock


def test_without_limits_nothing_ends() -> None:
    clock = ManualClock()
    timer = SessionTimer(SessionLimits(), clock)
    clock.now += 1e9
    assert timer.state() is LimitState.ACTIVE
    assert not SessionLimits().any


def test_an_idle_session_is_warned_and_ended() -> None:
    clock = ManualClock()
    timer = SessionTimer(SessionLimits(idle=900), clock)
    assert timer.next_check() == 900 - WARNING_SECONDS
    clock.now += 900 - WARNING_SECONDS - 1
    assert timer.state() is LimitState.ACTIVE
    clock.now += 1
    assert timer.state() is LimitState.WARN_IDLE
    assert timer.remaining() == WARNING_SECONDS
    clock.now += WARNING_SECONDS
    assert timer.state() is LimitState.END_IDLE


def test_a_key_keeps_it() -> None:
    clock = ManualClock()
    timer = SessionTimer(SessionLimits(idle=900), clock)
    clock.now += 890
    timer.touch()
    assert timer.state() is LimitState.ACTIVE
    assert timer.idle() == 0


def test_no_key_keeps_it_beyond_its_longest() -> None:
    clock = ManualClock()
    timer = SessionTimer(SessionLimits(idle=900, longest=3600), clock)
    for _ in range(3600 - int(WARNING_SECONDS)):
        clock.now += 1
        timer.touch()
    assert timer.state() is LimitState.WARN_DURATION
    clock.now += WARNING_SECONDS
    timer.touch()
    assert timer.state() is LimitState.END_DURATION


@pytest.mark.parametrize("limits", [SessionLimits(idle=3), SessionLimits(longest=3)])
def test_looks_are_never_more_than_one_a_second(limits: SessionLimits) -> None:
    clock = ManualClock()
    timer = SessionTimer(limits, clock)
    clock.now += 2.999
    assert timer.next_check() >= 1.0
