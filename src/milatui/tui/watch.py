"""How long a session for others may last, idle and in all; the clock is the caller's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WARNING = 60.0
"""Seconds between the warning and the end."""


class State(Enum):
    """What is to be said or done now."""

    GO_ON = "go on"
    WARN_IDLE = "warn of the idle end"
    WARN_LONG = "warn of the end of the session"
    END_IDLE = "end, idle"
    END_LONG = "end, long enough"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds a session may be ``idle`` and may last (``longest``); 0 means no limit."""

    idle: float = 0.0
    longest: float = 0.0

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return self.idle > 0 or self.longest > 0


class Watch:
    """Judges one session that began when this was made.  ``clock`` gives seconds, never back."""

    def __init__(self, limits: Limits, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self._began = self._touched = clock()

    def touch(self) -> None:
        """The user has done something."""
        self._touched = self._clock()

    def idle(self) -> float:
        """Seconds since the user last did something."""
        return self._clock() - self._touched

    def state(self) -> State:
        """What the limits say at this moment; an end comes before a warning."""
        idle, whole = self._left()
        if whole <= 0:
            return State.END_LONG
        if idle <= 0:
            return State.END_IDLE
        if min(idle, whole) > WARNING:
            return State.GO_ON
        return State.WARN_IDLE if idle <= whole else State.WARN_LONG

    def remaining(self) -> float:
        """Seconds until the session ends if nothing is done, infinite without limits."""
        return max(0.0, min(self._left()))

    def next_look(self) -> float:
        """Seconds after which ``state`` may say something else, at least one."""
        left = self.remaining()
        return max(1.0, left - WARNING if left > WARNING else left)

    def _left(self) -> tuple[float, float]:
        now = self._clock()
        never = float("inf")
        idle, longest = self._limits.idle, self._limits.longest
        return (
            self._touched + idle - now if idle > 0 else never,
            self._began + longest - now if longest > 0 else never,
        )
