"""Estimates how much longer a build takes."""

from __future__ import annotations

from typing import Final

READING: Final = 0.88
"""Share of a build's time that goes into reading the files; the rest goes into writing."""
_LEAST: Final = 0.0001
"""Of less nothing can be told."""


def seconds_left(stage: str, done: int, total: int, seconds: float) -> int:
    """Whole seconds that a build still takes, at least one.

    Args:
        stage: ``read`` or ``write``, as the build tells it.
        done: Files done in this stage.
        total: Files in all.
        seconds: How long the build has taken so far.
    """
    share = min(done, total) / max(total, 1)
    part = READING * share if stage == "read" else READING + (1 - READING) * share
    return max(1, round(seconds * (1 - part) / max(part, _LEAST)))
