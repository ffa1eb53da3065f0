"""Tests the twin of a document in another language, and the announcement that it follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from milatui.archive.records import Document
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.related import RelatedIndex
from tests.ingest.recognise.texts import PARTNERS

FRENCH = Document(
    "fr",
    "Mila et Sanofi s'associent",
    body="À Montréal, Mila et Sanofi lancent un projet avec Valérie Pisano et Jean Dubois : 40 "
    "chercheurs, 25 projets, dit Dubois.",
    date="2023-10-03",
    language="fr",
)
ENGLISH = Document(
    "en",
    "Mila and Sanofi join forces",
    body="In Montréal, Mila and Sanofi start a project with Valérie Pisano and Jean Dubois: 40 "
    "researchers, 25 projects, says Dubois.",
    date="2023-10-03",
    language="en",
)
OTHER = Document(
    "other",
    "Tindra opens in Oslo",
    body="In Oslo, Tindra and Equora open a house with Kari Lund and Nils Berg for 12 firms.",
    date="2023-10-03",
    language="en",
)
LATER = Document(
    "later",
    "Mila and Sanofi again",
    body="Today Mila and Sanofi announced the expansion of their partnership in Montréal.",
    date="2024-10-03",
    language="en",
)


def index(*documents: Document) -> RelatedIndex:
    """Returns an index of documents."""
    related = RelatedIndex(NameIndex(PARTNERS))
    for document in documents:
        related.add(document)
    return related


def test_twin_is_the_document_of_the_day_with_the_same_names() -> None:
    found = index(OTHER, FRENCH).find(ENGLISH)
    assert [(each.relation, each.document) for each in found] == [("translation_of", "fr")]


def test_no_twin_in_the_same_language_or_on_another_day_or_without_a_day() -> None:
    assert index(replace(FRENCH, language="en")).find(ENGLISH) == ()
    assert index(replace(FRENCH, date="2023-10-04")).find(ENGLISH) == ()
    assert index(FRENCH).find(replace(ENGLISH, date="2023")) == ()
    assert index(FRENCH).find(replace(ENGLISH, language="")) == ()
    assert index(ENGLISH).find(ENGLISH) == ()


def test_expansion_follows_the_newest_announcement_of_the_same_partners() -> None:
    first = replace(ENGLISH, id="first", date="2021-01-01")
    found = index(OTHER, first, FRENCH).find(LATER)
    assert [(each.relation, each.document) for each in found] == [("follows", "fr")]
    assert found[0].span is not None
    start, end = found[0].span
    assert LATER.body[start:end] == "expansion of their partnership"


def test_nothing_follows_what_comes_later_or_is_about_others() -> None:
    assert index(replace(ENGLISH, date="2025-01-01")).find(LATER) == ()
    assert index(OTHER).find(LATER) == ()
    plain = replace(LATER, body="Today Mila and Sanofi met in Montréal.")
    assert index(FRENCH).find(plain) == ()


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milatui.ingest.recognise.related.MAX_COMPARED", 2)
    days = [replace(FRENCH, id=str(day), date=f"2023-10-0{day}") for day in range(1, 5)]
    related = index(*days)
    assert [len(related.find(replace(ENGLISH, date=each.date))) for each in days] == [0, 0, 1, 1]
