"""The progress line of an import."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from milatui.cli.bulk.import_progress import ImportProgress
from tests.cli.test_index_access import Screen

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock to so many seconds after the start."""

    def set_clock(seconds: float) -> None:
        monkeypatch.setattr("milatui.cli.progress_line.time.monotonic", lambda: 1000.0 + seconds)

    set_clock(0.0)
    return set_clock


@pytest.mark.parametrize(
    ("total", "seconds", "expected"),
    [
        (2_000, 10.0, "1,000 of about 2,000 documents, 100 a second, 10 s left"),
        (100_000, 10.0, "1,000 of about 100,000 documents, 100 a second, 16 min 30 s left"),
        (10_000_000, 10.0, "1,000 of about 10,000,000 documents, 100 a second, 27 h 46 min left"),
        (None, 10.0, "1,000 documents, 100 a second"),
        (999, 10.0, "1,000 documents, 100 a second"),
        (2_000, 0.1, ""),
    ],
)
def test_it_tells_number_rate_and_time_left(
    at: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
    total: int | None,
    seconds: float,
    expected: str,
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "80")
    progress = ImportProgress(lambda: total)
    progress.begin()
    for _ in range(999):
        progress.document_taken()
    at(seconds)
    progress.document_taken()
    progress.hide()
    assert screen.getvalue().split("\r\x1b[K") == (["", expected, ""] if expected else [""])


def test_it_is_silent_elsewhere_and_asks_for_no_number(
    at: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    def never() -> int:
        raise AssertionError("nobody looks")

    progress = ImportProgress(never)
    progress.archive_read(1, 2)
    progress.begin()
    at(44.0)
    progress.document_taken()
    progress.hide()
    assert capsys.readouterr().err == ""


def test_it_tells_of_the_files_of_the_archive(
    at: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("COLUMNS", "80")
    progress = ImportProgress(lambda: None)
    at(1.0)
    progress.archive_read(3, 9)
    at(2.0)
    progress.archive_read(9, 9)
    assert screen.getvalue().split("\r\x1b[K") == [
        "",
        "3 of 9 files of the archive read",
        "9 of 9 files of the archive read",
        "",
    ]
