"""The one rule for contradictions, and the figures inside events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.figures.contradictions import (
    claim_of,
    contradicted,
    contradicting,
    contradicts,
    same_subject,
    series,
)
from milatui.archive.figures.event_figures import figures_of
from milatui.archive.records import Event, Figure, Measurement, Source


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
        (figure("5", unit="year", as_of="2021"), figure("6"), False),
        (figure("7", "at-most"), figure("8", "at-least"), True),
    ],
)
def test_which_values_disagree(one: Figure, other: Figure, expected: bool) -> None:
    claims = claim_of(one), claim_of(other)
    assert contradicts(*claims) is expected
    assert contradicts(*claims[::-1]) is expected
    assert contradicted(claims) == [expected] * 2


def given_for(*partners: str, event: str = "", measure: str = "m") -> Figure:
    return Figure("x", measure, "5", "years", as_of="2022", partners=partners, event=event)


OWN = replace(figure("6", unit="years", as_of="2022"), partner="google")
PART = replace(given_for("google", "intel", "mila", event="a"), partner="intel")
"""Of all who take part only one is meant."""


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (given_for("google", "mila", event="a"), given_for("intel", "mila", event="b"), False),
        (given_for("google", "mila", event="a"), given_for("mila", "google", event="b"), True),
        (given_for("google", "mila", event="a"), given_for("intel", event="a"), True),
        (given_for("google", event="a"), given_for("google", event="a", measure="n"), False),
        (given_for("google", "mila", event="a"), OWN, True),
        (given_for("intel", "mila", event="a"), OWN, False),
        (PART, replace(PART, partner="google"), False),
        (PART, OWN, False),
        (PART, replace(OWN, partner="intel"), True),
        (PART, given_for("google", "intel", "mila", event="a"), True),
        (PART, given_for("google", "mila", event="b"), False),
        (given_for(), given_for(), True),
        (given_for("mila"), given_for(), True),
        (given_for("google"), given_for(), False),
    ],
)
def test_which_figures_are_about_the_same(one: Figure, other: Figure, expected: bool) -> None:
    claims = claim_of(one, "mila"), claim_of(other, "mila")
    assert same_subject(*claims) is expected
    assert same_subject(*claims[::-1]) is expected
    assert (len(series(claims)) == 1) is expected


FIGURES = st.builds(
    Figure,
    id=st.just("x"),
    measure=st.sampled_from("mn"),
    value=st.sampled_from(["90", "100", "110", "2020", "many"]),
    unit=st.sampled_from(["count", "year"]),
    qualifier=st.sampled_from(["exact", "about", "nearly", "over", "at-least", "at-most"]),
    as_of=st.sampled_from(["", "2020", "2020-05", "2021/..", "202X", "2021"]),
    partner=st.sampled_from(["", "mila", "google"]),
    partners=st.lists(st.sampled_from(["mila", "google", "intel"]), max_size=2, unique=True),
    event=st.sampled_from(["", "a", "b"]),
)


@given(st.lists(FIGURES, max_size=8))
def test_all_at_once_and_pair_by_pair_agree(figures: list[Figure]) -> None:
    claims = [claim_of(each, "mila") for each in figures]
    numbers = range(len(claims))
    pairs = [
        [at for at in numbers if at != number and contradicts(claims[number], claims[at])]
        for number in numbers
    ]
    assert contradicted(claims) == [bool(others) for others in pairs]
    opponents = contradicting(claims, numbers)
    assert [opponents.get(number, []) for number in numbers] == pairs


def test_figures_of_an_event_have_its_partners_and_its_date() -> None:
    source = Source("page", "5 years")
    parts = (
        Measurement("term", "5", "years", source=source),
        Measurement("m", "1", "", as_of="1999"),
        Measurement("m", "2", "", partner="mila"),
    )
    event = Event("gift", "2017-01", "Gift", "grant", partners=("google", "mila"), figures=parts)
    term, other, part = figures_of(event)
    assert (term.id, term.measure, term.value, term.unit) == ("gift:1", "term", "5", "years")
    assert (term.as_of, term.partners, term.event) == ("2017-01", ("google", "mila"), "gift")
    assert term.source is source
    assert (other.id, other.as_of) == ("gift:2", "1999")
    assert (part.partner, part.partners) == ("mila", ("google", "mila"))
    assert (term.partner, other.partner) == ("", "")
