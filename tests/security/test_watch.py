"""How long a session for others may be idle, and may last."""

from __future__ import annotations

import pytest

from milatui.tui.watch import WARNING, Limits, State, Watch
from tests.clock import ManualClock


def test_without_limits_nothing_ends() -> None:
    clock = ManualClock()
    watch = Watch(Limits(), clock)
    clock.now += 1e9
    assert watch.state() is State.GO_ON
    assert not Limits().any


def test_an_idle_session_is_warned_and_ended() -> None:
    clock = ManualClock()
    watch = Watch(Limits(idle=900), clock)
    assert watch.next_look() == 900 - WARNING
    clock.now += 900 - WARNING - 1
    assert watch.state() is State.GO_ON
    clock.now += 1
    assert watch.state() is State.WARN_IDLE
    assert watch.remaining() == WARNING
    clock.now += WARNING
    assert watch.state() is State.END_IDLE


def test_a_key_keeps_it() -> None:
    clock = ManualClock()
    watch = Watch(Limits(idle=900), clock)
    clock.now += 890
    watch.touch()
    assert watch.state() is State.GO_ON
    assert watch.idle() == 0


def test_no_key_keeps_it_beyond_its_longest() -> None:
    clock = ManualClock()
    watch = Watch(Limits(idle=900, longest=3600), clock)
    for _ in range(3600 - int(WARNING)):
        clock.now += 1
        watch.touch()
    assert watch.state() is State.WARN_LONG
    clock.now += WARNING
    watch.touch()
    assert watch.state() is State.END_LONG


@pytest.mark.parametrize("limits", [Limits(idle=3), Limits(longest=3)])
def test_looks_are_never_more_than_one_a_second(limits: Limits) -> None:
    clock = ManualClock()
    watch = Watch(limits, clock)
    clock.now += 2.999
    assert watch.next_look() >= 1.0
