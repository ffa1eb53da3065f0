"""Scopes and locations as they are written and read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.location import (
    Location,
    LocationError,
    parse_location,
    view_location,
)
from milatui.catalogue.scope import Scope
from milatui.i18n import set_language

SCOPE = Scope(
    partners=frozenset({"amgen", "ubisoft"}),
    since="2021",
    until="2023",
    kinds=frozenset({"event", "funding"}),
    languages=frozenset({"en", "fr"}),
    query="corporate lab",
    publishers=frozenset({"The Paper, Inc.", "A Journal"}),
)


def test_chips_say_every_restriction() -> None:
    labels = [chip.label for chip in SCOPE.chips(str.title)]
    assert labels == [
        "Amgen, Ubisoft",
        "2021–2023",
        "event, funding",
        "English, French",
        "A Journal, The Paper, Inc.",
        "“corporate lab”",
    ]


def test_without_every_field_nothing_is_left() -> None:
    scope = SCOPE
    for field in ("partners", "since", "until", "kinds", "languages", "publishers", "query"):
        scope = scope.without(field)
    assert scope.is_empty


def test_several_values_of_a_field_survive_a_location() -> None:
    written = str(view_location("search", SCOPE))
    assert "partner=amgen&partner=ubisoft" in written
    assert "lang=en,fr" in written
    assert parse_location(written).scope == SCOPE
    assert parse_location("search?kind=event&kind=funding").scope.kinds == SCOPE.kinds
    assert parse_location("search?lang=en&lang=fr").scope.languages == SCOPE.languages


def test_days_take_in_the_whole_of_both_ends() -> None:
    first, last = Scope(since="2021", until="2021").days
    assert last - first == 364


@pytest.mark.parametrize("text", ["search?q=x&from=2021-13", "figures?to=zzz", "timeline?from=x"])
def test_what_has_no_dates_is_no_location(text: str) -> None:
    with pytest.raises(LocationError, match=r"month 13|EDTF"):
        parse_location(text)


@pytest.mark.parametrize(
    "text",
    [
        "partner/amgen",
        "document/amgen-lab#para=3",
        "document/amgen-lab#from=event/amgen-lab-opens",
        "document/odd%20id%2Fwith%20%C3%BCnsafe&chars%23%3F".replace("&", "%26"),
        "search?q=corporate%20lab&partner=amgen&from=2021&to=2023&kind=event&lang=en&publisher=Le%20Devoir",
        "timeline",
    ],
)
def test_locations_round_trip(text: str) -> None:
    assert str(parse_location(text)) == text


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_any_id_and_value_round_trips(identifier: str, key: str, value: str) -> None:
    try:
        (identifier + key + value).encode()
    except UnicodeEncodeError:
        return
    location = Location("document", identifier, ((key, value),))
    assert parse_location(str(location)) == location


def test_a_view_keeps_its_scope() -> None:
    location = view_location("search", SCOPE, sort="newest")
    assert parse_location(str(location)).scope == SCOPE
    assert location.get("sort") == "newest"


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("partnr/amgen", "partner/amgen"),
        ("serch?q=x", "search?q=x"),
        ("partner", "partner/"),
        ("", ""),
        ("/", ""),
        ("what is this", ""),
    ],
)
def test_what_is_no_location_is_said(text: str, suggestion: str) -> None:
    with pytest.raises(LocationError) as error:
        parse_location(text)
    assert error.value.suggestion == suggestion


def test_the_origin_is_the_record_one_came_from() -> None:
    location = parse_location("document/x#from=event/amgen-lab-opens")
    assert location.origin == Location("event", "amgen-lab-opens")
    assert parse_location("document/x#from=nothing").origin is None


def test_chips_speak_french() -> None:
    set_language("fr")
    assert Scope(partners=frozenset({"amgen"})).chips(str.title)[0].label == "Amgen"
