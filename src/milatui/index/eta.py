"""Estimates how much longer a build takes."""

from __future__ import annotations

from typing import Final

READ_SHARE: Final = 0.88
"""Share of a build's time that goes into reading the files; the rest goes into writing."""
_MIN_PROGRESS: Final = 0.0001
"""Minimum share of the work that counts as done: the estimate stays finite."""


def estimate_seconds_left(stage: str, done: int, total: int, seconds: float) -> int:
    """Returns the whole seconds that a build still takes, at least one.

    Args:
        stage: ``read`` or ``write``, as the build reports it.
        done: Files done in this stage.
        total: Files in all.
        seconds: How long the build has taken so far.
    """
    share = min(done, total) / max(total, 1)
    part = READ_SHARE * share if stage == "read" else READ_SHARE + (1 - READ_SHARE) * share
    return max(1, round(seconds * (1 - part) / max(part, _MIN_PROGRESS)))
