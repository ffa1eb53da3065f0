"""A date in words leads to the first event of that time, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from milatui.archive.edtf import DateError
from milatui.catalogue.timeline.date_words import find_date, newest_day, understood_forms
from milatui.i18n import set_language
from tests.catalogue.timeline.dated import index_of

DATES = ("2018-05", "2019-03-12", "2019-03-02", "2019", "2020-10-05", "2021-06-01", "2022-01-09")
INDEX = index_of(DATES)
ITEMS = range(INDEX.size)
BY_DAYS = sorted(DATES, key=lambda text: text)


def found(text: str) -> tuple[str, int, str]:
    """The first day of the event that is found, how many may be of that time, and the label."""
    target = find_date(INDEX, ITEMS, text, newest_day(INDEX, ITEMS))
    day = date.fromordinal(INDEX.columns.first_day[target.number]).isoformat()
    return day, target.count, target.label


@pytest.mark.parametrize(
    ("text", "day", "count", "label"),
    [
        ("2021", "2021-06-01", 1, "2021"),
        ("march 2019", "2019-03-12", 3, "Mar 2019"),
        ("mars 2019", "2019-03-12", 3, "Mar 2019"),
        ("automne 2020", "2020-10-05", 1, "autumn 2020"),
        ("2 March 2019", "2019-03-02", 2, "2 Mar 2019"),
        ("Q2 2021", "2021-06-01", 1, "2nd quarter 2021"),
        ("2020-2021", "2021-06-01", 2, "2020–2021"),
        ("july 2018", "2018-05-01", 0, "Jul 2018"),  # the nearest
        ("since 2022", "2022-01-09", 1, "since 2022"),
        ("1950", "2018-05-01", 0, "1950"),
    ],
)
def test_a_date_in_words(text: str, day: str, count: int, label: str) -> None:
    assert found(text) == (day, count, label)


@pytest.mark.parametrize("text", ["last year", "l’an dernier"])
def test_last_year_counts_from_the_newest_date_of_the_archive(text: str) -> None:
    assert found(text)[:2] == ("2021-06-01", 1)


@pytest.mark.parametrize("text", ["", "soon", "the day the music died", "2019-13"])
def test_other_words_are_no_date(text: str) -> None:
    with pytest.raises(DateError):
        found(text)


def test_nothing_dated_is_an_error_and_not_a_day() -> None:
    index = index_of(["", "20XX"])
    with pytest.raises(DateError, match="no record has a date"):
        find_date(index, range(2), "2021", newest_day(index, range(2)))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_example_is_understood(language: str) -> None:
    set_language(language)
    for text in understood_forms().split(", "):
        assert found(text)
