"""Tests where the lines of a plain text file are kept apart."""

from __future__ import annotations

from milatui.ingest.readers.text_file import _markdown


def test_short_lines_are_no_wrapped_paragraph() -> None:
    lines = ["Natasha Bond, Head of Corporate Affairs", "Amgen Canada"]
    assert _markdown(lines) == "Natasha Bond, Head of Corporate Affairs\\\nAmgen Canada"


def test_long_lines_are_joined() -> None:
    lines = ["We are very glad about this new step in our partnership", "with all of you."]
    assert _markdown(lines) == " ".join(lines)
