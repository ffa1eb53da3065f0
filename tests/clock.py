"""A clock that tests set forward."""

from __future__ import annotations


class ManualClock:
    """Seconds, as ``time.monotonic`` returns them, that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
