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
    "amgen", "2021", "2023", frozenset({"event", "funding"}), "en", "corporate lab", "The Paper"
)


def test_chips_say_every_restriction() -> None:
    labels = [chip.label for chip in SCOPE.chips("Amgen")]
    assert labels == [
        *("Amgen", "2021–2023", "event, funding", "English", "The Paper", "“corporate lab”"),
    ]


def test_without_every_field_nothing_is_left() -> None:
    scope = SCOPE
    for field in ("partner", "since", "until", "kinds", "language", "publisher", "query"):
        scope = scope.without(field)
    assert scope.is_empty


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
    assert Scope(partner="amgen").chips("Amgen")[0].label == "Amgen"
