"""Tests people with their titles and organisations."""

from __future__ import annotations

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise
from tests.ingest.recognise.texts import ENGLISH, FRENCH, document


def roles(text: str) -> list[tuple[str, str, str]]:
    """Returns name, title and organisation of each role."""
    found = recognise(document(text), NameIndex()).people
    return [(each.name, role.title, role.organisation) for each in found for role in each.roles]


@pytest.mark.parametrize(
    ("text", "title", "organisation"),
    [
        ("said Ana Diaz, CEO of Tindra.", "CEO", "Tindra"),
        ("said Ana Diaz, President and CEO of Tindra.", "President and CEO", "Tindra"),
        ("said Ana Diaz, SVP of Partnerships at Tindra.", "SVP of Partnerships", "Tindra"),
        ("said Ana Diaz, VP - Global Operations at Tindra.", "VP - Global Operations", "Tindra"),
        ("said Ana Diaz, CEO & Co-Founder, Tindra.", "CEO & Co-Founder", "Tindra"),
        ("said Ana Diaz, PhD, FRSC, Dean of Tindra School.", "Dean", "Tindra School"),
        ("said Ana Diaz, Tindra’s Founder and Director.", "Founder and Director", "Tindra"),
        ("said Tindra CEO Ana Diaz today.", "CEO", "Tindra"),
        ("that Tindra (NASDAQ: TIN) CEO Ana Diaz shared", "CEO", "Tindra"),
        ("Professor Ana Diaz of the University of Oslo", "Professor", "University of Oslo"),
        ("Ana Diaz is Chairman of Tindra Group.", "Chairman", "Tindra Group"),
        ("the Governor of Texas, Ana Diaz, said", "Governor", "Texas"),
        ("selon Ana Diaz, directrice générale de Tindra.", "directrice générale", "Tindra"),
        ("a dit Ana Diaz, vice-présidente chez Tindra.", "vice-présidente", "Tindra"),
        (
            "Tindra, a leader, has promoted Ana Diaz to Chief Financial Officer.",
            "Chief Financial Officer",
            "Tindra",
        ),
        ("Tindra nomme Ana Diaz directrice générale.", "directrice générale", "Tindra"),
        ("Ana Diaz (CEO, Tindra) spoke.", "CEO", "Tindra"),
        (
            "Ana Diaz, Head of Corporate Affairs Tindra Canada",
            "Head of Corporate Affairs",
            "Tindra Canada",
        ),
        (
            "Ana Diaz, Communications Advisor\\\nTindra - Oslo AI Institute",
            "Communications Advisor",
            "Tindra - Oslo AI Institute",
        ),
        ("le maire de Québec, Ana Diaz, a dit", "maire", "Québec"),
        (
            "Ana Diaz, première vice-présidente, Technologie et Opérations de la Banque Nationale",
            "première vice-présidente, Technologie et Opérations",
            "Banque Nationale",
        ),
        (
            "dit Ana Diaz, Président Directeur Général de bioMérieux.",
            "Président Directeur Général",
            "bioMérieux",
        ),
        (
            "Ana Diaz, Head of Corporate Affairs\nTindra Canada",
            "Head of Corporate Affairs",
            "Tindra Canada",
        ),
        ("Ana Diaz, Chief Distribution Officer at Tindra", "Chief Distribution Officer", "Tindra"),
        (
            "Ana Diaz, ministre de l'Économie, de la Science et de l'Innovation.",
            "ministre de l'Économie, de la Science et de l'Innovation",
            "",
        ),
    ],
)
def test_a_person_is_recognised_with_title_and_organisation(
    text: str, title: str, organisation: str
) -> None:
    assert roles(text) == [("Ana Diaz", title, organisation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "said Ana Diaz, Global VP for Events at Tindra.",
            [("Ana Diaz", "Global VP for Events", "Tindra")],
        ),
        (
            "contact: Anna Diaz Marketing Specialist, Tindra a@tindra.example",
            [("Anna Diaz", "Marketing Specialist", "Tindra")],
        ),
        (
            "Anna Diaz, Chief Product & Marketing Officer, Tindra Business said",
            [("Anna Diaz", "Chief Product & Marketing Officer", "Tindra Business")],
        ),
        ("Condor Resources CEO Ana Diaz joined", [("Ana Diaz", "CEO", "Condor Resources")]),
        ("said Ana Diaz, Jr., CEO of Tindra.", [("Ana Diaz, Jr.", "CEO", "Tindra")]),
        ("said Ana Diaz, CEO of tindra.io.", [("Ana Diaz", "CEO", "tindra.io")]),
        (
            "said Ana Diaz, Chief Instigator and CEO of Tindra.",
            [("Ana Diaz", "Chief Instigator and CEO", "Tindra")],
        ),
        (
            "said Ana Diaz, Tindra’s Global Head of Cargo.",
            [("Ana Diaz", "Global Head of Cargo", "Tindra")],
        ),
        ("Tindra Founder Background Joseph Conroy brings it. The background is", []),
        ("said Ana Diaz, Chairman of the Supervisory Board of Tindra Labs.", ["Ana Diaz"]),
        ("Lead Implementer Training at home; training helps", []),
        ("Tindra to Host Fourth Quarter Call", []),
        ("on the executive board of the FIU Law Review", []),
        ("Founded by entrepreneur Ana Diaz, Planet Packaging sells boxes.", ["Ana Diaz"]),
    ],
)
def test_whose_title_it_is(text: str, expected: list[tuple[str, str, str]] | list[str]) -> None:
    found = roles(text)
    if expected and isinstance(expected[0], str):
        assert [name for name, _title, _organisation in found] == expected
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("sentence", "organisation"),
    [
        ("It heard CEO Ana Diaz on Monday.", "Tindra"),
        ("It heard Ana Diaz, CEO of the Company, on Monday.", "Tindra"),
        ("Brightwater Labs Inc. heard CEO Ana Diaz on Monday.", "Brightwater Labs Inc."),
        ("It heard author Ana Diaz on Monday.", ""),
        ("It heard Mayor Ana Diaz on Monday.", ""),
    ],
)
def test_organisation_of_a_title_without_one(sentence: str, organisation: str) -> None:
    text = (
        "Tindra announced a partnership with Brightwater Labs Inc., a maker of sensors.\n\n"
        f"{sentence}\n\nAbout Tindra\n\nTindra is a software company."
    )
    person = recognise(document(text), NameIndex()).people[0]
    assert [role.organisation for role in person.roles] == [organisation]
    assert person.confidence is (Confidence.LIKELY if organisation else Confidence.CERTAIN)


def test_two_roles_of_one_person() -> None:
    text = "said Ana Diaz, Founder & CEO of Tindra and co-founder of the Vector Institute for AI."
    assert roles(text) == [
        ("Ana Diaz", "Founder & CEO", "Tindra"),
        ("Ana Diaz", "co-founder", "Vector Institute for AI"),
    ]


def test_two_people_in_one_sentence() -> None:
    text = (
        "a rencontré John Hastings, président de Citi Canada, et Kristine Braden, cheffe de Citi."
    )
    assert [(name, title) for name, title, _organisation in roles(text)] == [
        ("John Hastings", "président"),
        ("Kristine Braden", "cheffe"),
    ]


def test_list_of_ministers() -> None:
    text = (
        "en présence de l'honorable Marie Roy, ministre de l'Agriculture et de l'Agroalimentaire, "
        "de Jean Blais, ministre du Travail, de l'Emploi et de la Solidarité sociale, et de Lucie "
        "Lecours, députée de Pontiac."
    )
    assert roles(text) == [
        ("Marie Roy", "ministre de l'Agriculture et de l'Agroalimentaire", ""),
        ("Jean Blais", "ministre du Travail, de l'Emploi et de la Solidarité sociale", ""),
        ("Lucie Lecours", "députée", "Pontiac"),
    ]


def test_people_of_the_releases() -> None:
    assert roles(ENGLISH) == [
        ("Ingrid Moe", "Professor and Head of Research", "University of Halden"),
        ("Tom Baker", "Chief Executive Officer", "Northlight"),
        ("Kari Lund", "Mayor", "Halden"),
        ("Nils Berg", "Communications Manager", "Northlight Analytics Inc."),
    ]
    assert roles(FRENCH) == [
        ("Valérie Pisano", "présidente et cheffe de la direction", "Mila"),
        ("Jean-Marc Dubois", "directeur scientifique", "Sanofi Canada"),
        ("Pierre Fitzgibbon", "ministre de l'Économie, de l'Innovation et de l'Énergie", ""),
        ("Yoshua Bengio", "professeur", "Université de Montréal"),
        ("Julie Tremblay", "Conseillère principale, relations médias", "Mila"),
    ]


def test_surname_alone_is_a_mention() -> None:
    text = "Ana Diaz, CEO of Tindra, came. “We like it very much here,” said Diaz."
    findings = recognise(document(text), NameIndex())
    assert len(findings.people[0].mentions) == 2
    assert findings.quotations[0].speaker == "Ana Diaz"


@pytest.mark.parametrize(
    "text",
    [
        "Verdigris Technologies is the global leader in sensors.",
        "our partner Kindeva Drug Delivery, a manufacturer, agreed.",
        "The Canyon Road gallery is open.",
    ],
)
def test_organisation_is_no_person(text: str) -> None:
    assert roles(text) == []
