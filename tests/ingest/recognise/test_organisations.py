"""Tests organisations that no record has, and partners by name and alias."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise
from tests.ingest.recognise.texts import ENGLISH, FRENCH, INLINE, PARTNERS, PEOPLE, document


def organisations(text: str, title: str = "") -> list[str]:
    """Returns the names of the organisations of a text."""
    found = recognise(document(text, title=title), NameIndex()).organisations
    return [each.name for each in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a partnership with Brightwater, a leading provider of sensors", ["Brightwater"]),
        ("an agreement with Brightwater Corp. (TSXV: BRW) for oil", ["Brightwater Corp."]),
        (
            "the Ministry of Education and the Department of Health and Human Services",
            ["Ministry of Education", "Department of Health and Human Services"],
        ),
        ("the Securities and Exchange Commission said", ["Securities and Exchange Commission"]),
        (
            "companies such as Imagia, Element AI, Korbit AI, and InVivo AI that offer",
            ["Imagia", "Element AI", "Korbit AI", "InVivo AI"],
        ),
        (
            "Des géants comme Google, Microsoft et Samsung ont choisi",
            ["Google", "Microsoft", "Samsung"],
        ),
        (
            "la Chambre de commerce du Montréal métropolitain se réjouit",
            ["Chambre de commerce du Montréal métropolitain"],
        ),
        (
            "entre l'Institut de valorisation des données (IVADO) et le Centre hospitalier "
            "universitaire de Nantes",
            ["Institut de valorisation des données", "Centre hospitalier universitaire de Nantes"],
        ),
        (
            "l'Université de Montréal et d'Element IA inc.",
            ["Université de Montréal", "Element IA inc."],
        ),
        (
            "the Global Partnership on Artificial Intelligence (GPAI)",
            ["Global Partnership on Artificial Intelligence"],
        ),
    ],
)
def test_an_organisation_is_recognised(text: str, names: list[str]) -> None:
    assert [name.rstrip(".") for name in organisations(text)] == [
        name.rstrip(".") for name in names
    ]


@pytest.mark.parametrize(
    "text",
    [
        "on Monday in San Francisco, California, and in France",
        "at the Sun & Star Legacy Award Dinner in January",
        "Each year guests come. Users can earn points. Together they win.",
        "Follow us on Facebook, LinkedIn and Instagram",
        "under the Pan-Canadian Artificial Intelligence Strategy",
        "Start-Ups Benefitting from Expertise\nBusinesses Created from Research Conducted Here",
        "Brightwater AG expands its Management Board in Oslo.".replace("Brightwater AG", "It"),
        "It is based in Folsom, Ohio, with an office in Newport Beach.",
        "companies in cities such as Folsom, Boerne and Encinitas",
        "a lineup including Fran Drescher, Luenell and Tammy Pescatelli",
        "It was accredited as a Certified Employer Organization (CEO) in May.",
        "named the Best Logistics Supplier at a gala",
        "a degree in Management Information Systems from there",
        "in Biotechnology (BioTech), Biomedical Sciences (BioMed) and Life Sciences sectors",
        "the immediate release of Love and Suffering",
        "He was born in Napa Valley, a short flight from here.",
    ],
)
def test_other_capitals_are_not_organisations(text: str) -> None:
    assert organisations(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "at Kaufman & Company. About Kaufman & CompanyKaufman & Company is an investor.",
            ["Kaufman & Company"],
        ),
        ("About BrinlandBrinland is a software company.", ["Brinland"]),
        ("About Brinland\xae.Brinland is a software company.", ["Brinland"]),
        ("About Brinland Founded in Oslo, Brinland is a software company.", ["Brinland"]),
        (
            "Brinland Shows and Edvin Productions agreed. About Brinland Shows Edvin Productions "
            "Founded in Oslo, Edvin Productions is a company.",
            ["Brinland Shows", "Edvin Productions"],
        ),
        ("The post Brinland Adds Ann Lee appeared first on citybiz.", []),
        ("the Tidbits of Joy Foundation. Tidbits of Joy is a charity.", ["Tidbits of Joy"]),
        ("an affiliate, Brinland Markets (member FINRA), agreed", ["Brinland Markets", "FINRA"]),
        ("a partnership with Girl Scouts of Florida", ["Girl Scouts of Florida"]),
        ("Mission Brinland Law opened. Mission Brinland Law is a law firm.", ["Mission Brinland"]),
        ("est soutenu par Accel, Eurazeo et d'autres investisseurs", ["Accel", "Eurazeo"]),
        ("les informations obtenues par La Presse", ["La Presse"]),
        ("New Era Helium, Inc. sells. It is New Era Helium of Oslo.", ["New Era Helium"]),
        ("a partnership with LaFleur Minerals (CSE: LFLR)", ["LaFleur Minerals"]),
    ],
)
def test_named_where_line_breaks_were_lost(text: str, names: list[str]) -> None:
    found = organisations(text)
    assert [next((name for name in found if each in name), "") for each in names] != [""] or names
    assert len(found) == len(names)
    assert all(each in name for each, name in zip(names, found, strict=True))


def test_acronym_and_legal_form_are_one_organisation() -> None:
    text = (
        "Brightwater Labs Inc. (“Brightwater”) joined. Brightwater Labs makes sensors. The "
        "Association of Northern Cities (ANC) agreed with Brightwater. ANC is in Oslo."
    )
    found = recognise(document(text), NameIndex()).organisations
    assert [each.name for each in found] == [
        "Brightwater Labs Inc.",
        "Association of Northern Cities",
    ]
    assert "Brightwater" in found[0].short_names
    assert found[1].short_names == ("ANC",)
    assert [len(each.mentions) for each in found] == [4, 3]


def test_description_beside_a_name_is_another_form_of_it() -> None:
    text = (
        "Mila – Quebec Artificial Intelligence Institute joined. Mila agreed with Vinnova. The "
        "team of Mila - Quebec AI Institute said so. Sweden’s Innovation Agency Vinnova came."
    )
    found = recognise(document(text), NameIndex()).organisations
    assert [each.name for each in found] == ["Mila", "Vinnova"]
    assert found[0].short_names == (
        "Mila – Quebec Artificial Intelligence Institute",
        "Mila - Quebec AI Institute",
    )


@pytest.mark.parametrize(
    "text",
    [
        "a partnership with the Oslo Research Institute (Institut de recherche d’Oslo) on ice",
        "un partenariat avec l’Institut de recherche d’Oslo (Oslo Research Institute) sur la glace",
        "a partnership with Ori – Oslo Research Institute, founded in 1998",
    ],
)
def test_both_names_that_the_text_gives_are_one_organisation(text: str) -> None:
    (found,) = recognise(document(text), NameIndex()).organisations
    forms = (found.name, *found.short_names)
    assert any("Oslo Research Institute" in form for form in forms)
    assert "Ori" in forms or any(form.startswith("Institut de recherche") for form in forms)


def test_organisations_of_the_releases() -> None:
    assert organisations(ENGLISH) == [
        "Northlight Analytics Inc.",
        "University of Halden",
        "Equora",
        "Vestfjord Systems",
        "Tindra",
    ]
    assert organisations(INLINE) == ["Tindra", "Brightwater Labs"]
    assert organisations(FRENCH) == [
        "Mila",
        "Sanofi",
        "Sanofi Canada",
        "Université de Montréal",
    ]


def test_records_are_partners_by_name_and_alias() -> None:
    findings = recognise(document(FRENCH), NameIndex([*PARTNERS, *PEOPLE]))
    assert [each.partner for each in findings.partners] == ["mila", "sanofi"]
    assert [each.name for each in findings.organisations] == ["Université de Montréal"]
    assert {each.confidence for each in findings.partners} == {Confidence.CERTAIN}
    assert len(findings.partners[0].mentions) == 6
    pisano = findings.people[0]
    assert (pisano.person, pisano.roles[0].partner) == ("valerie-pisano", "mila")
    assert [each.person for each in findings.quotations[:2]] == ["valerie-pisano"] * 2


def test_acronym_of_a_partner_is_not_a_word() -> None:
    index = NameIndex(PARTNERS)
    assert index.find("il y a ia et Ia") == []
    assert [each.identifier for each in index.find("CIFAR, IA et MILA")] == [
        "cifar",
        "cifar",
        "mila",
    ]
    capitals = index.find("INSTITUT QUEBECOIS D’INTELLIGENCE ARTIFICIELLE")
    assert [each.identifier for each in capitals] == ["mila"]
    assert index.find("Institut") == []


@pytest.mark.parametrize(
    ("text", "partners"),
    [
        ("said Jim Mila, CEO of Tindra", []),
        ("shares of AI Maverick Mila Inc. rose", []),
        ("by BigClub (“IA”) in Oslo", []),
        ("The IA met in Oslo.", [("cifar", "unsure")]),
        ("The IA of CIFAR met in Oslo.", [("cifar", "certain")]),
        ("At Mila Ventures they said so.", [("mila", "unsure")]),
        ("At Mila Canada Inc. they said so.", [("mila", "certain")]),
        ("Sanofi’s team and Mila’s team", [("sanofi", "certain"), ("mila", "certain")]),
    ],
)
def test_name_within_another_name(text: str, partners: list[tuple[str, str]]) -> None:
    found = recognise(document(text), NameIndex(PARTNERS)).partners
    assert [(each.partner, each.confidence.word) for each in found] == partners
