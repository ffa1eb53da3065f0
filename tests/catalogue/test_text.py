"""Dates in words, numbers in words, lit words, and Markdown of any kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.syntax.markdown import write_markdown
from milatui.catalogue.labels.dates import format_date, format_day
from milatui.catalogue.labels.labels import (
    align_decimals,
    format_number,
    format_value,
    kind_symbol,
    short_value,
)
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.search.highlight import best_snippet, find_matches
from milatui.i18n import set_language
from milatui.tui.text.wrap import wrap_page


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
        ("2020/..", "2020–", "2020–", "2020–"),
        ("../2014", "until 2014", "until 2014", "until 2014"),
        ("/2014", "before 2014", "before 2014", "before 2014"),
        ("202X", "2020s", "2020s", "2020s"),
        ("2021-05-XX", "May 2021", "May", "May 2021"),
        ("soon", "soon", "soon", "soon"),
        ("", "", "", ""),
    ],
)
def test_dates(text: str, short: str, in_year: str, long: str) -> None:
    assert format_date(text) == short
    assert format_day(text) == in_year
    assert format_date(text, short=False) == long


def test_values() -> None:
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


@given(st.text(alphabet="ab *_`[]()<>#|-\n\\!1.~=:/http", max_size=200))
def test_any_markdown_is_written(text: str) -> None:
    writer = PageBuilder()
    starts = write_markdown(writer, text)
    page = writer.build(Location("document", "x"), "")
    assert starts == sorted(starts)
    assert all(0 <= s.start < s.end <= len(page.text) for s in page.spans)


@pytest.mark.parametrize("text", ["```\n\n```", "a\n\n~~~\n~~~\n", "```", "# \n\n```\n"])
def test_nothing_is_marked_beyond_the_end_of_a_page(text: str) -> None:
    writer = PageBuilder()
    starts = write_markdown(writer, text)
    page = writer.build(Location("document", "x"), "", focus=starts[-1])
    assert all(0 <= s.start < s.end <= len(page.text) for s in page.spans)
    assert page.focus <= len(page.text)
    assert wrap_page(page, 40)


def written(text: str) -> str:
    writer = PageBuilder()
    write_markdown(writer, text)
    return writer.text_from(0)


def test_markdown() -> None:
    assert written("one\ntwo\n\nthree  \nfour") == "one two\n\nthree\nfour\n\n"
    assert written("# A\ntext") == "A\ntext\n\n"
    assert written("Title\n=====\n\ntext") == "Title\n\ntext\n\n"
    assert written("1. one\n   more\n2. two") == "1. one more\n2. two\n\n"
    assert written("a *b* **c** `d` \\*e\\* [f](g) snake_case_word 2 * 3 * 4") == (
        "a b c d *e* f snake_case_word 2 * 3 * 4\n\n"
    )
    assert written("<https://a.b/c> and https://d.e/f.") == "https://a.b/c and https://d.e/f.\n\n"


@pytest.mark.parametrize(
    "piece", ["**a ", "*a ", "[a](", "`a ", "_a ", "[[", "https://", "| a ", "> ", "- a\n"]
)
def test_no_markdown_takes_forever(piece: str) -> None:
    # Quadratic behaviour would take hours.
    assert len(written(piece * (200_000 // len(piece)))) > 50_000


WIDE = 400_000


@pytest.mark.parametrize(
    "text",
    [
        *("a" + " " * WIDE + "b\nc", "# a" + " " * WIDE + "b", "# a" + "#" * WIDE + "b"),
        *("a\n" + "`" * WIDE, "a\n" + "~" * WIDE, "a\n" + " " * WIDE + "b"),
        "|" + "a|" * (WIDE // 8) + "\n" + "|x\n" * (WIDE // 8),
        "|" + "a" * WIDE + "|b|\n" + "|c|d|\n" * (WIDE // 8),
        "https://x.ex " * (WIDE // 8),
    ],
    ids=[
        "spaces",
        "heading",
        "hashes",
        "backticks",
        "tildes",
        "indent",
        "columns",
        "cell",
        "links",
    ],
)
def test_no_long_line_takes_forever(text: str) -> None:
    # Quadratic work would take hours, and a quadratic table all memory.
    assert WIDE // 10 < len(written(text)) < 3 * WIDE


def test_a_table_is_aligned() -> None:
    assert written("| a | bb |\n|---|----|\n| ccc |\n| d | e | f |\n") == (
        "a    bb\n───  ──  ─\nccc\nd    e   f\n\n"
    )
