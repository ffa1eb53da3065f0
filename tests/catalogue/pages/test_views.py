"""Views that are pages: figures over time, who said what, two partners compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.location import parse_location
from milatui.catalogue.pages.compare import cut_words
from milatui.catalogue.scope import Scope
from milatui.catalogue.store import NotFound
from milatui.i18n import set_language

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pages.model import Page


def page(catalogue: Catalogue, location: str) -> Page:
    return catalogue.page(parse_location(location))


def links(shown: Page) -> list[str]:
    return [str(link.target) for link in shown.links]


def test_figures_stand_under_their_measures_in_time(catalogue: Catalogue) -> None:
    shown = page(catalogue, "figures")
    lines = shown.text.splitlines()
    assert lines[1] == "12 figures · 5 measures · 2 contradicted figures"
    start = lines.index("researchers (5)")
    assert lines[start + 1 : start + 6] == [
        "2017                  150",
        "20 Sep 2021    over   700  Mila",
        "Feb 2022     nearly   900  Mila",
        "18 Jan 2023    over 1,000  Amgen Canada",
        "18 Jan 2023    over 1,000",
    ]
    assert len([link for link in links(shown) if link.startswith("figure/")]) == 12
    assert [heading.title for heading in shown.outline][-1] == "Given once"


def test_what_cannot_both_be_true_is_marked(catalogue: Catalogue) -> None:
    lines = page(catalogue, "figures").text.splitlines()
    start = lines.index("founding year (2)")
    assert lines[start + 1] == "The sources do not agree for the same time."
    assert any("1993  ≠\u00a02009" in line for line in lines[start + 2 : start + 4])


def test_figures_keep_to_the_scope(catalogue: Catalogue) -> None:
    shown = page(catalogue, "figures?partner=google")
    assert shown.text.splitlines()[1] == "3 figures · 1 measure · Google"
    assert "No figure has been recorded" in page(catalogue, "figures?partner=denso").text


def test_figures_inside_events_are_figures_of_their_partners(catalogue: Catalogue) -> None:
    card = page(catalogue, "event/google-grant")
    assert "figure/google-grant:1" in links(card)
    figure = page(catalogue, "figure/google-grant:1")
    assert {"event/google-grant", "partner/google", "partner/mila"} <= set(links(figure))
    assert "figure/google-grant:1" in links(page(catalogue, "partner/google"))
    compared = page(catalogue, "compare?a=google&b=amgen").text
    assert re.search(r"(?m)^Figures +3 +1$", compared)


def test_one_rule_decides_what_is_contradicted(catalogue: Catalogue) -> None:
    rows = catalogue.rows(catalogue.list_records("figure", Scope()))
    flagged = {row.id for row in rows if "contradicted" in row.flags}
    assert flagged == {"founded-1993", "founded-2009"}
    assert page(catalogue, "figures").text.splitlines()[1].endswith("2 contradicted figures")
    for row in rows:
        said = "The sources do not agree" in page(catalogue, f"figure/{row.id}").text
        assert said == (row.id in flagged)
    compared = page(catalogue, "compare?a=mila&b=google").text
    assert re.search(r"(?m)^Contradicted +2 +0$", compared)


def test_people_with_what_they_said(catalogue: Catalogue) -> None:
    shown = page(catalogue, "people")
    text = shown.text
    assert text.splitlines()[1].endswith("8 statements")
    first = text.index("Yoshua Bengio")
    assert first < text.index("Expects much from learning machines") < text.index("Asks for open")
    assert text.index("Others named") < text.index("Jean Boulet")
    assert {"person/yoshua-bengio", "statement/st-6", "person/jean-boulet"} <= set(links(shown))
    assert "Yoshua" not in page(catalogue, "people?partner=amgen").text


def test_two_partners_side_by_side(catalogue: Catalogue) -> None:
    shown = page(catalogue, "compare?a=amgen&b=samsung")
    assert shown.title == "Amgen and Samsung"
    assert re.search(r"(?m)^Kind +company +company$", shown.text)
    assert "No record names both." in shown.text
    # One axis for both: what is known to the year is as wide as the year.
    axis = shown.text.splitlines().index("        2018    2020    2022")
    assert shown.text.splitlines()[axis + 1 : axis + 4] == [
        "Amgen               ●━━━━━━━◆",
        "Samsung ░◆░░",
        "◆\xa0laboratory  ●\xa0partnership  ▭\xa0premises",
    ]
    both = page(catalogue, "compare?a=amgen&b=mila")
    assert "Amgen hosted by Mila  since 18 Jan 2023" in both.text
    assert "Events of both (2)" in both.text
    assert "event/amgen-lab-opens" in links(both)


def test_a_comparison_needs_two_partners(catalogue: Catalogue) -> None:
    assert "compare?a=ID&b=ID" in page(catalogue, "compare?a=amgen").text
    with pytest.raises(NotFound) as missing:
        page(catalogue, "compare?a=amgen&b=samsun")
    assert "samsung" in missing.value.near


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_columns_of_a_comparison_fit_into_a_narrow_reader(
    catalogue: Catalogue, language: str
) -> None:
    set_language(language)
    shown = page(catalogue, "compare?a=mila&b=google")
    begin = shown.text.index("État" if language == "fr" else "Status")
    spans = [span for span in shown.spans if span.role == "table" and span.start >= begin]
    table = [shown.text[span.start : span.end] for span in spans]
    assert len(table) > 5
    assert max(len(line) for part in table for line in part.splitlines()) <= 35


@pytest.mark.parametrize("columns", [0, 50, 80])
def test_tables_and_lanes_of_a_comparison_take_the_columns_that_there_are(
    catalogue: Catalogue, columns: int
) -> None:
    shown = catalogue.page(parse_location("compare?a=google&b=amgen"), columns=columns)
    assert shown.columns == max(36, columns)
    tables = [shown.text[s.start : s.end] for s in shown.spans if s.role == "table"]
    widest = max(len(line) for table in tables for line in table.splitlines())
    assert widest <= max(40, columns)
    whole = bool(re.search(r"(?m)^First together  ", shown.text))
    assert whole == (columns >= 80)
    # A longer axis tells more days apart.
    assert (len(tables[0].splitlines()[0]) > 40) == (columns > 0)


def test_words_longer_than_a_column_of_a_comparison_are_cut_not_broken() -> None:
    assert cut_words("Samsung Electronics", 10) == "Samsung Electroni…"
    assert cut_words("health care", 10) == "health care"
