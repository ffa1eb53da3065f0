"""Tests what is a figure: value, unit, qualifier; and what only looks like one."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.figures.find_figures import find_figures
from milatui.ingest.recognise.plain_body import PlainBody


def figures(text: str) -> list[tuple[str, str, str, str]]:
    """Returns value, upper end, unit and qualifier of each figure of a text."""
    found = find_figures(PlainBody(text).folded)
    return [(each.value, each.upper, each.unit, each.qualifier) for each in found]


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("brings together over 1,000 researchers in AI", "1000", "people", "over"),
        ("rallies nearly 900 researchers", "900", "people", "nearly"),
        ("Elle compte plus de 7 000 membres.", "7000", "people", "over"),
        ("près de 1 200 chercheurs", "1200", "people", "nearly"),
        ("une quarantaine de panélistes", "40", "people", "about"),
        ("used by 2.5 million Quebecers", "2500000", "people", "exact"),
        ("closed a $180M Series C financing", "180000000", "dollars", "exact"),
        ("a grant of CA$5 million", "5000000", "CAD", "exact"),
        ("un montant de 2,5 M$ sur trois", "2500000", "dollars", "exact"),
        ("un montant de 4,5 M$ CA", "4500000", "CAD", "exact"),
        ("43 milliards d’euros", "43000000000", "EUR", "exact"),
        ("rose to EUR 3.5 million", "3500000", "EUR", "exact"),
        ("grew by 4.66% in a year", "4.66", "percent", "exact"),
        ("une hausse de 12,5 % en un an", "12.5", "percent", "exact"),
        ("welcomes 70+ industry partners", "70", "count", "at-least"),
        ("the 80-plus manufacturers in its network", "80", "count", "at-least"),
        ("has 40+ million users worldwide", "40000000", "people", "at-least"),
        ("acquired a 4.5 megawatt portfolio", "4.5", "MW", "exact"),
        ("at least 12 clinics", "12", "count", "at-least"),
        ("jusqu'à 300 emplois", "300", "people", "at-most"),
        ("environ 30 emplois", "30", "people", "about"),
        ("published 260 scientific articles in 2019", "260", "count", "exact"),
        ("allows nine companies from various sectors", "9", "count", "exact"),
        ("pour trois ans.", "3", "years", "exact"),
        ("hundreds of millions of novel compounds", "hundreds of millions", "count", "about"),
        ("150,000 square feet of offices", "150000", "sq ft", "exact"),
        ("Canada is 4th in the world", "4", "rank", "exact"),
        ("is the number 1 city in North America", "1", "rank", "exact"),
        ("will double the size of its team", "2", "times", "exact"),
    ],
)
def test_a_number_with_its_unit_is_a_figure(
    text: str, value: str, unit: str, qualifier: str
) -> None:
    assert figures(text) == [(value, "", unit, qualifier)]


@pytest.mark.parametrize(
    "text",
    [
        "Founded in 1993 by a professor",
        "on January 18, 2023 in Montreal",
        "le 8 avril 2022 à Québec",
        "from June 4-7, 2025, in Washington",
        "du 10 au 12 avril",
        "opens at 6:00 p.m. and at 9 a.m.",
        "a COVID-19 vaccine in Phase 2",
        "the Form 10-K of Q2 2024",
        "call 505-603-3466 or +1 925-200-1919",
        "located at 821 Canyon Road, Suite 4",
        "Fifty 1 Labs and EnergyHUB 360 agreed",
        "the two organizations and these three firms",
        "the 15-year-old girl",
        "about two-thirds of them and three quarters of us",
        "the Act of 1995, Item 7",
    ],
)
def test_dates_addresses_and_labels_are_not_figures(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("savings of 1% to 3% of concrete", "1", "3"),
        ("réduira de 20 % à 30 % le temps", "20", "30"),
        ("between 10 and 20 engineers", "10", "20"),
        ("ranging from $1 billion to over $160 billion", "1000000000", "160000000000"),
    ],
)
def test_range_is_one_figure(text: str, value: str, upper: str) -> None:
    assert [each[:2] for each in figures(text)] == [(value, upper)]


def test_change_is_two_figures() -> None:
    found = figures("rose from EUR 1.3 million to over EUR 3.5 million")
    assert [each[0] for each in found] == ["1300000", "3500000"]


def test_year_of_the_sentence_goes_with_the_figure() -> None:
    text = "They published 260 articles in 2019. That same year, 154 projects ran. 12 groups ended."
    found = find_figures(PlainBody(text).folded)
    assert [(each.value, each.as_of) for each in found] == [
        ("260", "2019"),
        ("154", "2019"),
        ("12", ""),
    ]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("In 2019, Mila published 260 articles.", "2019"),
        ("Founded in 1993 by a professor, Mila brings together nearly 900 researchers.", ""),
        ("Fondé à Montréal en 1993, Mila rassemble près de 900 chercheurs.", ""),
        ("Founded in 1993, Mila had 260 articles in 2019.", "2019"),
        ("The fund grew in 2019 and gave 260 scholarships in 2021.", ""),
        ("Mila launched a programme in 2016 and published 260 articles in 2019.", "2019"),
    ],
)
def test_a_year_dates_a_number_if_it_is_the_only_one_that_can(text: str, as_of: str) -> None:
    found = [each for each in find_figures(text) if each.value in ("260", "900")]
    assert [each.as_of for each in found] == [as_of]


@pytest.mark.parametrize(
    ("text", "language", "is_sure"),
    [
        ("un fonds de 2 billions de dollars", "fr", False),
        ("un fonds de 1,5 trillion d'euros", "fr", False),
        ("un fonds de 2 milliards de dollars", "fr", True),
        ("a fund of 2 billion dollars", "en", True),
        ("a fund of $1.5 trillion", "en", True),
        ("un fonds de 1.500 euros", "fr", False),
        ("a fund of €1.500 for each", "en", False),
        ("a fund of $1.125 million", "en", True),
        ("a fund of $1.25 for each", "en", True),
        ("a fund of €1.500.000", "en", True),
    ],
)
def test_a_number_that_may_mean_another_is_not_sure(
    text: str, language: str, is_sure: bool
) -> None:
    (found,) = find_figures(text, language)
    assert (found.confidence is not Confidence.UNSURE) == is_sure
