"""Dates in words, numbers in words, and lit words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.labels.dates import format_date, format_day
from milatui.catalogue.labels.labels import (
    align_decimals,
    format_number,
    format_value,
    kind_symbol,
    short_value,
    value_parts,
)
from milatui.catalogue.search.highlight import best_snippet, find_matches
from milatui.i18n import set_language


@pytest.mark.parametrize(
    ("text", "short", "in_year", "long"),
    [
        ("2023-01-18", "18 Jan 2023", "18 Jan", "18 January 2023"),
        ("2023-01", "Jan 2023", "Jan", "January 2023"),
        ("2021-23", "autumn 2021", "autumn", "autumn 2021"),
        ("2021-34", "2nd quarter 2021", "2nd quarter", "2nd quarter 2021"),
        ("2021", "2021", "(year)", "2021"),
        ("2014~", "c. 2014", "c. (year)", "c. 2014"),
        ("2021?", "2021?", "(year)?", "2021?"),
        ("2021-05%", "c. May 2021?", "c. May?", "c. May 2021?"),
        ("2024/2024", "2024", "2024", "2024"),
        ("2020/..", "2020–", "2020–", "2020–"),
        ("../2014", "until 2014", "until 2014", "until 2014"),
        ("/2014", "before 2014", "before 2014", "before 2014"),
        ("202X", "2020s", "2020s", "2020s"),
        ("2021-05-XX", "May 2021", "May", "May 2021"),
        ("soon", "soon", "soon", "soon"),
        ("", "", "", ""),
    ],
)
def test_dates_are_formatted_as_precisely_as_they_are(
    text: str, short: str, in_year: str, long: str
) -> None:
    assert format_date(text) == short
    assert format_day(text) == in_year
    assert format_date(text, short=False) == long


def test_values_are_formatted_with_qualifier_and_unit() -> None:
    assert format_value("1000", "over", "count") == "over 1,000"
    assert format_value("4500000", "about", "CAD") == "about CAD 4,500,000"
    assert format_value("1993", "exact", "year") == "1993"
    assert format_value("2017-11-07", "exact", "date") == "7 Nov 2017"
    assert format_value("90000.5", "exact", "sq ft") == "90,000.5 sq ft"
    assert format_value("hundreds", "at-least", "count") == "at least hundreds"
    set_language("fr")
    assert format_number("90000.5") == "90\u202f000,5"


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("7000000", "dollars", "7\u00a0M$"),
        ("4500000", "CAD", "4,5\u00a0M$\u00a0CA"),
        ("375000", "USD", "375\u202f000\u00a0$\u00a0US"),
        ("3375000", "USD", "3\u202f375\u202f000\u00a0$\u00a0US"),
        ("7500000000", "CAD", "7,5\u00a0G$\u00a0CA"),
        ("2000000", "EUR", "2\u00a0M€"),
        ("12000", "count", "12\u202f000"),
    ],
)
def test_money_and_numbers_as_french_writes_them(value: str, unit: str, words: str) -> None:
    set_language("fr")
    assert format_value(value, "exact", unit) == words


def test_decimal_marks_stand_under_one_another() -> None:
    assert align_decimals(["7", "1,200.5", "0.25", "many"]) == [
        "    7   ",
        "1,200.5 ",
        "    0.25",
        " many   ",
    ]
    assert short_value("4500000", "about", "CAD") == "≈ 4.5\u00a0M CAD"
    assert short_value("900", "over", "count") == "> 900"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("4500000", "dollars", "4,5\u00a0M$"),
        ("4500000", "CAD", "4,5\u00a0M$\u00a0CA"),
        ("375000", "USD", "375\u202f000\u00a0$\u00a0US"),
        ("4512345", "CAD", "4\u202f512\u202f345\u00a0$\u00a0CA"),
    ],
)
def test_money_is_written_one_way_in_french(value: str, unit: str, written: str) -> None:
    set_language("fr")
    assert format_value(value, "", unit) == written
    parts = value_parts(value, "", unit)
    assert f"{parts.number}\u00a0{parts.unit}" == written
    assert short_value(value, "", unit).replace(" ", "\u00a0") == written


def test_signs_have_ascii_twins() -> None:
    for kind in ("event", "lab-opening", "document", "a kind of its own"):
        assert kind_symbol(kind, ascii_only=True).isascii()
        assert len(kind_symbol(kind)) == 1


@pytest.mark.parametrize(
    ("text", "sought", "expected"),
    [
        ("The Laboratories and a laboratory", "laboratory", ["Laboratories", "laboratory"]),
        ("ÉCOLE, écoles, ecole", "ecole", ["ÉCOLE", "écoles", "ecole"]),
        ("Mila in Mile-Ex", "mila", ["Mila"]),
        ("le cœur des cœurs", "coeur", ["cœur", "cœurs"]),
        ("1,000 and 10,000 and 1 000", "1000", ["1,000", "1 000"]),
        ("collaborate laboured", "labour", ["laboured"]),
        ("roboter robots rob", "rob*", ["roboter", "robots", "rob"]),
        ("l’institut", "institut", ["institut"]),
    ],
)
def test_words_are_found_as_written(text: str, sought: str, expected: list[str]) -> None:
    found = find_matches(text, [sought])
    assert [text[match.start : match.end] for match in found] == expected


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=8), max_size=3))
def test_passages_light_within_themselves(text: str, sought: list[str]) -> None:
    piece, stretches = best_snippet([text], sought, 80)
    end = 0
    for start, stop in stretches:
        assert end <= start < stop <= len(piece)
        end = stop


def test_qualifiers_of_columns_say_in_french_what_the_sentences_say() -> None:
    set_language("fr")
    for qualifier in ("about", "nearly", "over", "at-least", "at-most"):
        said = value_parts("300", qualifier, "people").qualifier
        assert format_value("300", qualifier, "people") == f"{said} 300 personnes"
