"""Sectors in queries, scopes, facets and lists; names in the interface's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.location import parse_location, view_location
from milatui.catalogue.scope import Scope
from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Collection

SECTORS = {"amgen": "biotech", "deep-genomics": "pharmaceuticals", "mila": "ai-research"}
DRUG_MAKERS = Scope(sectors=frozenset({"biotech", "pharmaceuticals"}))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A sample archive whose partners have sectors, one of them a French name."""
    root = tmp_path_factory.mktemp("sectors")
    archive = write_sample(root / "archive")
    for path in (archive / "partners").iterdir():
        text = path.read_text(encoding="utf-8")
        for partner, sector in SECTORS.items():
            text = text.replace(f"{{id: {partner}, ", f"{{id: {partner}, sector: {sector}, ")
        text = text.replace(
            "Opened a laboratory in 2019.",
            "Opened a laboratory., names: [{value: Denso Japon, language: fr, kind: label}]",
        )
        path.write_text(text, encoding="utf-8")
    build(archive, root / "index")
    return Catalogue.open(root / "index")


def _found(catalogue: Catalogue, query: str, scope: Scope | None = None) -> set[str]:
    answer = catalogue.search(query, scope or Scope(), limit=99)
    assert not answer.warnings
    return {f"{hit.row.kind}/{hit.row.id}" for hit in answer.hits}


def _partners(catalogue: Catalogue, scope: Scope, text: str = "") -> Collection[str]:
    return {row.id for row in catalogue.partners(scope, filter_text=text)}


def test_a_query_and_a_scope_find_what_is_about_partners_of_a_sector(ours: Catalogue) -> None:
    inside = _found(ours, "", DRUG_MAKERS)
    assert {"partner/amgen", "event/amgen-lab-opens", "event/deep-partner"} <= inside
    assert inside.isdisjoint({"partner/google", "event/google-grant", "partner/mila"})
    for query in ("sector:pharma", 'sector:"drug maker"', "secteur:biotechnologie,pharmaceuticals"):
        assert _found(ours, query) == inside
    assert "event/deep-partner" not in _found(ours, "sector:biotech")
    # Nearly all records name the archive's own organisation: they are not of its sector.
    assert _found(ours, "sector:ai-research") == {"partner/mila"}


def test_a_sector_that_does_not_exist_is_said_with_the_nearest(ours: Catalogue) -> None:
    (warning,) = ours.search("sector:biotehc", Scope()).warnings
    assert "biotech" in warning.message.partition("similar: ")[2]


def test_facets_count_the_records_of_each_sector(ours: Catalogue) -> None:
    facets = ours.search("", Scope(), limit=1).facets["sector"]
    assert set(facets) == {"biotech", "pharmaceuticals", "ai-research"}
    for sector, count in facets.items():
        assert ours.search(f"sector:{sector}", Scope(), limit=1).total == count


def test_partners_are_listed_by_sector_and_the_filter_means_it_too(ours: Catalogue) -> None:
    assert _partners(ours, DRUG_MAKERS) == {"amgen", "deep-genomics"}
    assert _partners(ours, Scope(), "drug") == {"amgen", "deep-genomics"}
    row = ours.partners(Scope(), filter_text="pharmac")[0]
    # The sector has a column: it is not told once more beside the name.
    assert (row.id, row.sector, row.matched) == ("deep-genomics", "pharmaceuticals", "")
    # A name goes first.
    assert ours.partners(Scope(), filter_text="deep")[0].matched == ""


def test_the_location_of_a_view_keeps_its_sectors(ours: Catalogue) -> None:
    location = view_location("search", DRUG_MAKERS)
    assert str(location) == "search?sector=biotech,pharmaceuticals"
    assert parse_location(str(location)).scope == DRUG_MAKERS
    assert DRUG_MAKERS.without("sectors").is_empty
    (chip,) = DRUG_MAKERS.chips()
    assert (chip.field, chip.label) == ("sectors", "biotechnology, pharmaceuticals")


def test_a_partner_has_its_name_in_the_language_of_the_interface(ours: Catalogue) -> None:
    number = ours.find("partner", "denso")
    assert number is not None
    for spoken, name in (("en", "Denso"), ("fr", "Denso Japon")):
        set_language(spoken)
        row = next(row for row in ours.partners(Scope()) if row.id == "denso")
        assert (row.title, row.name) == ("Denso", name)
        assert (ours.row(number).title, ours.row(number).label) == ("Denso", name)
        assert ours.partner_name("denso") == name
        # A name that is not a label of this language is not taken.
        assert ours.partner_name("universite-de-montreal") == "Université de Montréal"


def test_partners_stand_by_what_their_line_says_of_their_sector(ours: Catalogue) -> None:
    def said(scope: Scope) -> list[str]:
        rows = ours.partners(scope, "sector")
        return [sector_label(row.sector) or kind_label(row.kind) for row in rows]

    for scope in (Scope(), Scope(since="2019", until="2023")):
        others = said(scope)[:-1]
        assert len(set(others)) > 2
        assert others == sorted(others, key=str.casefold)
    ids = [row.id for row in ours.partners(Scope(), "sector")]
    assert ids.index("amgen") < ids.index("deep-genomics")
    assert ids[-1] == "mila"  # the archive's own organisation, whatever its sector
