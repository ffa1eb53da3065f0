"""The measure of memory that other tests use."""

from __future__ import annotations

import pytest

from tests.peak_memory import peak_memory


def test_the_most_at_a_time_is_told() -> None:
    def holds_some() -> None:
        for _round in range(3):
            bytearray(5_000_000)

    assert 5_000_000 <= peak_memory(holds_some) < 6_000_000


def test_a_call_that_fails_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise ValueError("no memory was needed")

    with pytest.raises(AssertionError, match="failed"):
        peak_memory(fails)
    assert "no memory was needed" in capfd.readouterr().err
