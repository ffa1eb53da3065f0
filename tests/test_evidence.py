"""Every fact of the originals is found by search, and its words stand lit where it is opened."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import Document, Event, Figure, Partner, Person, Source, Statement
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.location import parse_location
from milatui.catalogue.scope import Scope
from milatui.i18n import set_language
from tests.evidence import FACTS

SHIPPED = Path(__file__).parents[1] / "data"
COUNTS = {"partner": 152, "person": 123, "event": 194, "figure": 146, "statement": 96}
ALL_FACTS = [
    pytest.param(document, *fact, id=f"{document}: {fact[0]}")
    for document, facts in FACTS.items()
    for fact in facts
]


@pytest.fixture(scope="module")
def catalogue(shipped_index: Path) -> Iterator[Catalogue]:
    """The shipped archive."""
    catalogue = Catalogue.open(shipped_index)
    yield catalogue
    catalogue.close()


@pytest.fixture(scope="module")
def loaded() -> LoadedArchive:
    """The shipped archive as its files say it."""
    return load_archive(SHIPPED)


def test_each_original_has_at_least_ten_facts() -> None:
    assert all(len(set(facts)) >= 10 for facts in FACTS.values())


@pytest.mark.parametrize(("document", "query", "place", "words"), ALL_FACTS)
def test_a_fact_is_found_and_its_words_are_lit(
    catalogue: Catalogue, document: str, query: str, place: str, words: str
) -> None:
    answer = catalogue.search(query, Scope())
    first = [f"{hit.row.kind}/{hit.row.id}" for hit in answer.hits[:3]]
    assert place in first
    location = parse_location(place)
    page = catalogue.page(location, answer.terms)
    lit = [" ".join(page.text[start:end].split()) for start, end in page.highlights]
    assert any(words in stretch for stretch in lit), lit
    # What is lit is evidence from that document, or the document itself.
    assert location.id == document or any(document in str(link.target) for link in page.links)


def _sources(record: object) -> Iterator[Source]:
    """Every source in a record, however deep."""
    if isinstance(record, Source):
        yield record
    elif isinstance(record, (list, tuple)):
        for item in record:
            yield from _sources(item)
    elif dataclasses.is_dataclass(record):
        for field in dataclasses.fields(record):
            yield from _sources(getattr(record, field.name))


def _claims(loaded: LoadedArchive) -> Iterator[tuple[str, object]]:
    """Everything that must be proved: name, and what carries its sources."""
    for kind, found in loaded.records.items():
        for located in found:
            record = located.record
            name = f"{kind}/{record.id}"
            if isinstance(record, (Event, Figure, Statement)):
                yield name, record
            if isinstance(record, Event):
                yield from ((f"{name} figure", figure) for figure in record.figures)
            if isinstance(record, Person):
                yield from ((f"{name} role", role) for role in record.roles)
            if isinstance(record, Partner):
                yield from ((f"{name} relation", relation) for relation in record.relations)
                yield from ((f"{name} fact", fact) for fact in record.facts)


def test_every_claim_names_document_words_and_place(loaded: LoadedArchive) -> None:
    documents = {located.record.id for located in loaded.records["document"]}
    claims = list(_claims(loaded))
    assert len(claims) > 500
    unproved = [
        name
        for name, claim in claims
        if not any(s.document in documents and s.exact and s.locator for s in _sources(claim))
    ]
    assert unproved == []
    partial = [
        name
        for name, claim in claims
        if not all(s.document in documents and s.exact and s.locator for s in _sources(claim))
    ]
    assert partial == []


def test_the_passage_of_an_event_reaches_to_its_day(loaded: LoadedArchive) -> None:
    """Where the sentence that is quoted goes on to the day of the event, the day is quoted too."""
    bodies = {r.record.id: r.record for r in loaded.records["document"]}
    cut_off, reaching = [], 0
    for located in loaded.records["event"]:
        event = located.record
        assert isinstance(event, Event)
        days = _days(event.date)
        passages = [(" ".join(s.exact.split()), s.document) for s in event.sources]
        if any(day in exact for day in days for exact, _document in passages):
            reaching += 1
            continue
        for exact, identifier in passages:
            document = bodies[identifier]
            assert isinstance(document, Document)
            rest = " ".join(document.body.split()).partition(exact)[2].partition(". ")[0]
            cut_off += [f"{event.id}: {identifier}" for day in days if day in rest]
    assert cut_off == []
    assert reaching > 100


def _days(date: str) -> tuple[str, ...]:
    """A day as the documents write it in English and French; none of a vaguer date."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", date) is None:
        return ()
    days = []
    for language in ("en", "fr"):
        set_language(language)
        days.append(" ".join(format_date(date, short=False).split()))
    set_language("en")
    return tuple(days)


def test_the_archive_is_complete(loaded: LoadedArchive) -> None:
    assert {kind: len(loaded.records[kind]) for kind in COUNTS} == COUNTS  # type: ignore[index]
    assert len(loaded.records["document"]) == 318


@pytest.mark.parametrize("document", FACTS)
def test_every_paragraph_of_an_original_carries_a_record(
    loaded: LoadedArchive, document: str
) -> None:
    (found,) = [each for each in loaded.records["document"] if each.record.id == document]
    body = str(getattr(found.record, "body"))  # noqa: B009 - the union of records has no body
    quoted = {
        source.exact
        for records in loaded.records.values()
        for located in records
        for source in _sources(located.record)
        if source.document == document
    }
    folded = " ".join(body.split())
    paragraphs = [p for p in body.split("(¶") if len(p) > 80]
    carrying = [p for p in paragraphs if any(q in " ".join(p.split()) for q in quoted)]
    assert all(exact in folded for exact in quoted)
    # All but the menu of one page carry a record.
    assert len(paragraphs) - len(carrying) <= 1, set(paragraphs) - set(carrying)
