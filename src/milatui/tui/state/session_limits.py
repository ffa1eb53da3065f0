"""Limits of a read-only session: how long it may be idle, and how long it may last."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WARNING_SECONDS = 60.0
"""Seconds between the warning and the end of the session."""


class LimitState(Enum):
    """What the limits demand at a moment."""

    ACTIVE = "go on"
    WARN_IDLE = "warn that the idle limit is near"
    WARN_DURATION = "warn that the longest duration is near"
    END_IDLE = "end: idle too long"
    END_DURATION = "end: longest duration reached"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """Seconds a session may be ``idle`` and may last (``longest``); 0 means no limit."""

    idle: float = 0.0
    longest: float = 0.0

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return self.idle > 0 or self.longest > 0


class SessionTimer:
    """Measures one session against its limits; the session begins when the timer is made.

    Args:
        limits: The limits.
        clock: Returns seconds and never goes backwards.
    """

    def __init__(self, limits: SessionLimits, clock: Callable[[], float]) -> None:
        self._limits, self._clock = limits, clock
        self._began = self._touched = clock()

    def touch(self) -> None:
        """Restarts the idle time: there was input."""
        self._touched = self._clock()

    def idle(self) -> float:
        """Returns the seconds since the last input."""
        return self._clock() - self._touched

    def state(self) -> LimitState:
        """Returns what the limits demand now; an end has priority over a warning."""
        idle, whole = self._seconds_left()
        if whole <= 0:
            return LimitState.END_DURATION
        if idle <= 0:
            return LimitState.END_IDLE
        if min(idle, whole) > WARNING_SECONDS:
            return LimitState.ACTIVE
        return LimitState.WARN_IDLE if idle <= whole else LimitState.WARN_DURATION

    def remaining(self) -> float:
        """Returns the seconds until the session ends without input, infinite without limits."""
        return max(0.0, min(self._seconds_left()))

    def next_check(self) -> float:
        """Returns the seconds after which ``state`` may change, at least one."""
        left = self.remaining()
        return max(1.0, left - WARNING_SECONDS if left > WARNING_SECONDS else left)

    def _seconds_left(self) -> tuple[float, float]:
        """Returns the seconds until the idle limit and until the longest duration."""
        now = self._clock()
        never = float("inf")
        idle, longest = self._limits.idle, self._limits.longest
        return (
            self._touched + idle - now if idle > 0 else never,
            self._began + longest - now if longest > 0 else never,
        )
