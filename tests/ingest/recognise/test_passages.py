"""Tests passages apart from the announcement, fields of the document, and its event."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise
from tests.ingest.recognise.texts import ENGLISH, FRENCH, INLINE, PARTNERS, document


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        (ENGLISH, [("about", "Northlight"), ("contact", "")]),
        (FRENCH, [("about", "Mila"), ("about", "Sanofi"), ("contact", "")]),
        (INLINE, [("about", "Tindra"), ("about", "Brightwater Labs"), ("contact", "")]),
    ],
)
def test_boilerplate_is_recognised(text: str, passages: list[tuple[str, str]]) -> None:
    found = recognise(document(text), NameIndex()).boilerplate
    assert [(each.kind, each.subject) for each in found] == passages
    assert found[-1].span.end == len(text.rstrip())


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("MONTREAL, QC, (January 18, 2023) - Amgen announced", "MONTREAL, QC"),
        ("MONTREAL and TORONTO – September 20, 2021 – Mila announced", "MONTREAL; TORONTO"),
        ("MONTRÉAL, le 8 avril 2022 /CNW Telbec/ - La deuxième", "MONTRÉAL"),
        ("Québec, 5 mai 2022. La Ville annonce", "Québec"),
        ("COMMUNIQUÉ DE PRESSE – POUR DIFFUSION IMMÉDIATE\n\nMONTRÉAL – Mila annonce", "MONTRÉAL"),
        ("Amgen announced on January 18, 2023 a partnership", ""),
    ],
)
def test_the_dateline_is_recognised(text: str, places: str) -> None:
    found = recognise(document(text), NameIndex()).fields
    assert [each.value for each in found if each.field == "dateline"] == [places] * bool(places)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Mila and Amgen announce partnership", "partnership"),
        ("Mila et Sanofi s'associent", "partnership"),
        ("Amgen Expands Partnership with Mila", "expansion"),
        ("Northlight acquires Tindra", "acquisition"),
        ("Tindra raises $5 million", "funding"),
        ("Tindra appoints a new CEO", "appointment"),
        ("Tindra ouvre un laboratoire à Montréal", "lab-opening"),
    ],
)
def test_the_announced_event_is_recognised(title: str, kind: str) -> None:
    text = "Today we announce it. It was said in Oslo."
    found = recognise(document(text, title=title, date="2021-05-04"), NameIndex()).events
    assert [(each.kind, each.date, each.title) for each in found] == [(kind, "2021-05-04", title)]


def test_event_has_those_who_take_part() -> None:
    found = recognise(document(FRENCH, title="Mila et Sanofi s'associent"), NameIndex(PARTNERS))
    assert found.events[0].partners == ("mila", "sanofi")
    assert found.events[0].confidence is Confidence.LIKELY


def test_text_that_announces_nothing_has_no_event() -> None:
    assert recognise(document("It rains in Oslo.", title="Weather"), NameIndex()).events == ()


def test_events_that_the_text_dates_apart() -> None:
    text = (
        "Tindra announces a partnership with Brightwater Labs. In March 2021, Tindra acquired "
        "Oslo Systems Inc. for little. It will open its laboratory in June 2029.\n\n"
        "About Tindra\n\nFounded in 1998 by Ana Diaz, Tindra is a software company.\n\n"
        "Forward-Looking Statements\n\nReports were released on May 3, 2020."
    )
    found = recognise(document(text, title="Tindra announces a partnership"), NameIndex()).events
    assert [(each.kind, each.date, each.confidence.word) for each in found[1:]] == [
        ("acquisition", "2021-03", "unsure"),
        ("founding", "1998", "unsure"),
    ]
    assert found[1].title == "In March 2021, Tindra acquired Oslo Systems Inc. for little."
    assert found[1].organisations == ("Tindra", "Oslo Systems Inc.")
    assert found[2].title.startswith("Founded in 1998")


def test_type_and_publisher() -> None:
    fields = {each.field: each for each in recognise(document(INLINE), NameIndex()).fields}
    assert fields["type"].value == "press-release"
    assert fields["publisher"].value == "Tindra"
