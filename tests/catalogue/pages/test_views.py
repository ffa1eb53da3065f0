"""Views that are pages: figures over time, who said what, two partners compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.records import Figure
from milatui.catalogue.location import parse_location
from milatui.catalogue.pages.figures import bar, contradicts
from milatui.catalogue.store import NotFound

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
    assert lines[1] == "10 figures · 5 measures"
    start = lines.index("researchers (4)")
    assert lines[start + 1 : start + 5] == [
        "2017         150         ━╸",
        "20 Sep 2021  over 700    ━━━━━━━",
        "Feb 2022     nearly 900  ━━━━━━━━━",
        "18 Jan 2023  over 1,000  ━━━━━━━━━━",
    ]
    assert len([link for link in links(shown) if link.startswith("figure/")]) == 10
    assert [heading.title for heading in shown.outline][-1] == "Given once"


def test_what_cannot_both_be_true_is_marked(catalogue: Catalogue) -> None:
    lines = page(catalogue, "figures").text.splitlines()
    start = lines.index("founding year (2)")
    assert lines[start + 1] == "2 values do not agree with others for the same time."
    assert any("1993  ≠\u00a02009" in line for line in lines[start + 2 : start + 4])


def test_figures_keep_to_the_scope(catalogue: Catalogue) -> None:
    shown = page(catalogue, "figures?partner=google")
    assert shown.text.splitlines()[1] == "2 figures · 1 measure · Google"
    assert "No figure has been recorded" in page(catalogue, "figures?partner=denso").text


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
    assert "Kind       company         company" in shown.text
    assert "No record names both." in shown.text
    both = page(catalogue, "compare?a=amgen&b=mila")
    assert "Amgen hosted by Mila  since 18 Jan 2023" in both.text
    assert "Events of both (2)" in both.text
    assert "event/amgen-lab-opens" in links(both)


def test_a_comparison_needs_two_partners(catalogue: Catalogue) -> None:
    assert "compare?a=ID&b=ID" in page(catalogue, "compare?a=amgen").text
    with pytest.raises(NotFound) as missing:
        page(catalogue, "compare?a=amgen&b=samsun")
    assert "samsung" in missing.value.near


def figure(
    value: str, qualifier: str = "exact", as_of: str = "2020", unit: str = "count"
) -> Figure:
    return Figure("x", "m", value, unit, qualifier, as_of)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (figure("500", "over"), figure("519"), False),
        (figure("500", "over"), figure("450"), True),
        (figure("900", "nearly"), figure("1000", "over"), True),
        (figure("900", "about"), figure("950"), False),
        (figure("900", as_of="2020"), figure("950", as_of="2021"), False),
        (figure("900", as_of="2020"), figure("950", as_of="2020-05"), True),
        (figure("900", as_of="202X"), figure("950", as_of="2020"), False),
        (figure("900", as_of=""), figure("950", as_of=""), False),
        (figure("1993", unit="year"), figure("2009", unit="year", as_of="2021"), True),
        (figure("199X", unit="year"), figure("1993", unit="year", as_of="2021"), False),
        (figure("5", unit="CAD"), figure("6", unit="USD"), False),
        (figure("many"), figure("few"), False),
        (figure("7", "at-most"), figure("8", "at-least"), True),
    ],
)
def test_which_values_disagree(one: Figure, other: Figure, expected: bool) -> None:
    assert contradicts(one, other) is expected
    assert contradicts(other, one) is expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_bars_grow_with_their_values(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert len(bar(low)) <= len(bar(high)) <= 10
    assert bool(bar(high)) is (high > 0)
