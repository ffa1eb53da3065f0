"""What stands behind a partner's card: gathered by source, addresses in a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.records import FieldSource, Name, Partner, Relation
from milatui.catalogue.labels.labels import locator_label, locators_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.partner import relation_facts, site, write_provenance
from milatui.i18n import set_language

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

RECORD = "https://github.com/ror-community/ror-records/blob/abc/v1/03g03ge92.json"


def written(catalogue: Catalogue, **fields: object) -> PageBuilder:
    writer = PageBuilder()
    partner = Partner("amgen", "Amgen", "company", "partner", **fields)  # type: ignore[arg-type]
    write_provenance(catalogue.store(), writer, partner)
    return writer


def test_fields_are_gathered_by_their_source(catalogue: Catalogue) -> None:
    verified = {
        "city": FieldSource("general knowledge"),
        "name": FieldSource("page", "amgen-lab", "Amgen"),
        "founded": FieldSource("page", RECORD),
        "ror": FieldSource("page", RECORD),
    }
    names = (Name("AMG", source=RECORD),)
    writer = written(catalogue, verified=verified, names=names)
    assert writer.text_from(0).splitlines()[1:] == [
        "name “Amgen” — Amgen establishes a corporate lab at Mila",
        "founded, ROR, other names “AMG” — ROR record ↗  github.com",
        "city — general knowledge, no source recorded",
    ]
    targets = [link.target for link in writer.build(Location("partner", "amgen"), "").links]
    assert targets == [Location("document", "amgen-lab"), RECORD]


def test_a_card_without_bases_says_nothing(catalogue: Catalogue) -> None:
    assert written(catalogue).text_from(0) == ""


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://ror.org/03g03ge92", ("ROR record", "ror.org")),
        ("https://www.wikidata.org/wiki/Q1", ("Wikidata record", "wikidata.org")),
        ("https://fr.m.wikipedia.org/wiki/Mila", ("Wikipedia", "fr.m.wikipedia.org")),
        ("https://github.com/osmlab/x", ("GitHub record", "github.com")),
        ("https://www.newswire.ca/fr/a", ("newswire.ca", "newswire.ca")),
        ("https://[bad", ("[bad", "[bad")),
    ],
)
def test_addresses_in_a_few_words(address: str, words: tuple[str, str]) -> None:
    assert site(address) == words


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("excerpt", "as excerpted"),
        ("text", "in the text"),
        ("item of 2026-04-29", "item of 29 Apr 2026"),
        ("¶5", "¶5"),
        ("“On January 28, Mila …”", "begins “On January 28, Mila …”"),
        ("", ""),
    ],
)
def test_locators_as_a_reader_understands_them(locator: str, words: str) -> None:
    assert locator_label(locator) == words


def test_first_words_of_a_passage_stand_in_the_marks_of_the_language() -> None:
    set_language("fr")
    assert locator_label("“Neuf …”") == "commence par «\N{NO-BREAK SPACE}Neuf …\N{NO-BREAK SPACE}»"


def test_places_of_several_passages_are_told_once_and_first_words_together() -> None:
    locators = ["title", "“On …”", "¶3", "“Its …”", "title", ""]
    assert locators_label(locators) == "in the title, ¶3, passages that begin “On …”, “Its …”"
    assert locators_label(["“On …”", "“On …”"]) == "begins “On …”"
    assert locators_label([]) == ""


def test_partners_and_people_open_at_their_cards(catalogue: Catalogue) -> None:
    page = catalogue.page(Location("partner", "amgen"))
    assert page.highlights
    assert page.focus == 0
    assert catalogue.page(Location("person", "peter-grandsard")).focus == 0


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "  since 2017  CAD 44,000,000"), ("fr", "  depuis 2017  44\u00a0M$\u00a0CA")],
)
def test_a_relation_says_the_money_that_goes_with_it(language: str, words: str) -> None:
    set_language(language)
    relation = Relation("cifar", "funder", start="2017", amount="44000000", currency="CAD")
    assert "".join(run.text for run in relation_facts(relation)) == words
    assert relation_facts(Relation("cifar", "funder"))[0].text == ""
