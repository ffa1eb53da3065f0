"""The table for spreadsheets: no cell is run as a formula, numbers stay numbers."""

from __future__ import annotations

import pytest

from milatui.export.csv_table import harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =HYPERLINK(0)",
        "＝1+1",
        "- a list",
    ],
)
def test_what_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert harmless(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-5", "+3.5", "-1,200", "-12%", "4500000", "", "a=b", "2018-05"])
def test_numbers_and_plain_words_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_control_characters_are_shown() -> None:
    assert harmless("a\x1b[31mb\x00\u202ec") == "a␛[31mb␀c"
