"""How much longer a build takes, told from what it has done."""

from __future__ import annotations

import pytest

from milatui.index.eta import READ_SHARE, estimate_seconds_left


@pytest.mark.parametrize(
    ("stage", "done", "seconds", "left"),
    [
        ("read", 500, 44.0, 56),
        ("read", 1000, 88.0, 12),
        ("write", 0, 88.0, 12),
        ("write", 500, 94.0, 6),
        ("write", 1000, 100.0, 1),
        ("read", 2000, 88.0, 12),
    ],
)
def test_time_left_of_a_hundred_seconds(stage: str, done: int, seconds: float, left: int) -> None:
    assert pytest.approx(0.88) == READ_SHARE
    assert estimate_seconds_left(stage, done, 1000, seconds) == left


def test_what_has_not_begun_takes_its_time() -> None:
    assert estimate_seconds_left("read", 0, 1000, 1.0) > 1000
    assert estimate_seconds_left("read", 0, 0, 0.0) == 1
