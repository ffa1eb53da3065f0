"""The progress line of a build that takes long."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest

from milatui.cli.index_access import ReadingProgress

if TYPE_CHECKING:
    from collections.abc import Callable


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock to so many seconds after the start."""

    def set_clock(seconds: float) -> None:
        monkeypatch.setattr("milatui.cli.progress_line.time.monotonic", lambda: 1000.0 + seconds)

    set_clock(0.0)
    return set_clock


def test_it_tells_rate_and_time_left(
    at: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "80")
    progress = ReadingProgress()
    progress.report("read", 1, 2000)
    assert screen.getvalue() == ""
    at(44.0)
    progress.report("read", 1000, 2000)
    at(44.01)
    progress.report("read", 1001, 2000)
    at(94.0)
    progress.report("write", 1000, 2000)
    monkeypatch.setenv("COLUMNS", "20")
    at(95.0)
    progress.report("write", 1000, 2000)
    progress.finish()
    assert screen.getvalue().split("\r\x1b[K") == [
        "",
        "1,000 of 2,000 files read, 23 a second, about 56 s left",
        "writing the index, about 6 s left",
        "writing the index, ",
        "",
    ]


def test_who_reads_no_terminal_gets_no_progress(
    at: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    progress = ReadingProgress()
    at(44.0)
    progress.report("read", 1000, 2000)
    progress.finish()
    assert capsys.readouterr().err == ""
