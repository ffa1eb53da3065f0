"""Why a record is found: its words, names, other names, and what it shares with the best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.i18n import set_language
from milatui.index.builder.build import build
from milatui.index.scoring import feedback

if TYPE_CHECKING:
    from pathlib import Path

PARTNERS = """\
- {id: bank, name: Royal Bank of Canada, kind: company, names: [{value: RBC}, {value: Royal Bank}]}
- {id: north, name: Institut Nord, kind: company}
"""
DOCUMENTS = {
    "short": ("RBC opens a lab", "RBC hires for it. The labs are two laboratories."),
    "long": ("Jobs", "The Royal Bank of Canada hires people for walruses and glaciers."),
    "french": ("Emplois", "L’IA et les robots pour les morses et les glaciers, les robots."),
    "far": ("Ice", "Walruses and glaciers."),
    "cold": ("Snow", "Walruses, glaciers and robots."),
    "arctic": ("Robots", "Walruses, glaciers and robots."),
}


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root: Path = tmp_path_factory.mktemp("why")
    for folder in ("partners", "documents"):
        (root / "archive" / folder).mkdir(parents=True)
    (root / "archive/archive.yaml").write_text("title: Banks\nlanguages: [en, fr]\n")
    (root / "archive/synonyms.yaml").write_text("- [walrus, morse]\n- [laboratory, lab]\n")
    (root / "archive/partners/all.yaml").write_text(PARTNERS)
    for name, (title, text) in DOCUMENTS.items():
        tag = "fr" if name == "french" else "en"
        front = f"title: {title}\ndate: 2020-01-01\nlanguage: {tag}"
        (root / f"archive/documents/{name}.md").write_text(f"---\n{front}\n---\n\n{text}\n")
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


def lines(catalogue: Catalogue, query: str, place: str, *, typing: bool = False) -> list[str]:
    kind, _slash, identifier = place.partition("/")
    number = catalogue.find(kind, identifier)  # type: ignore[arg-type]
    assert number is not None
    return list(catalogue.explain(query, number, typing=typing).lines)


@pytest.mark.parametrize(
    ("query", "place", "said"),
    [
        ("glacier", "document/far", "“glacier”: 1 time · as glaciers · 5 records have it"),
        ("robots", "document/french", "“robots”: 2 times · 3 records have it"),
        ("jobs", "document/long", "“jobs”: 1 time · in the title · 1 record has it"),
        ("rbc", "document/short", "“rbc”: 2 times · also in the title · 2 records have it"),
        ("ai", "document/french", "“ai”: 1 time · as a synonym: ia · 1 record has it"),
        ("gla*", "document/far", "“gla…”: 1 time · as glaciers · 5 records have it"),
        ("/gla.*s/", "document/far", "“/gla.*s/”: 1 time · as glaciers · 5 records have it"),
        ("morses", "document/far", "as a synonym: walruses"),
        ("lab", "document/short", "as lab, labs · as a synonym: laboratories"),
        (
            "peopel",
            "document/long",
            "“peopel”, taken for people: 1 time · 1 record has it",
        ),
        (
            "rbc",
            "document/long",
            "“RBC” is another name of Royal Bank of Canada, which it contains",
        ),
        ("rbc", "partner/bank", "“RBC” is another name of it."),
        ("royal bank of canada", "partner/bank", "Its name is what you searched for."),
        ("partner:bank lang:en", "partner/bank", ""),
        ("lang:fr robots", "document/french", "The condition “lang:fr” is met."),
        ('"and glaciers"', "document/far", "It contains “and glaciers” word for word."),
        ("walruses near/3 glaciers", "document/far", "the words are that near each other."),
        ("glaciers -robots", "document/far", "It does not have “robots”."),
    ],
)
def test_a_hit_says_why(banks: Catalogue, query: str, place: str, said: str) -> None:
    text = "\n".join(lines(banks, query, place))
    assert said in text
    assert bool(said) == bool(text)


def test_names_that_are_begun(banks: Catalogue) -> None:
    assert "One of its names begins like this." in lines(
        banks, "insti", "partner/north", typing=True
    )
    assert lines(banks, "insti", "partner/bank", typing=True) == []


def test_synonyms_are_lit_and_told_while_typing_too(banks: Catalogue) -> None:
    said = "“morses…”: 1 time · as a synonym: walruses · 5 records have it"
    assert lines(banks, "morses", "document/far", typing=True) == [said]
    hits = banks.search("morses", Scope(), typing=True).hits
    [snippet] = [hit.snippet for hit in hits if hit.row.id == "far"]
    assert [snippet.text[start:end] for start, end in snippet.highlights] == ["Walruses"]


def test_related_records_name_what_they_share(
    banks: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MIN_INDEX_SIZE", 1)
    answer = banks.search("robots", Scope())
    related = [hit for hit in answer.hits if hit.related]
    assert {hit.row.id for hit in related} >= {"far"}
    said = lines(banks, "robots", "document/far")
    assert said == ["It has none of the words, but others of the best hits: walruses, glaciers."]


def test_every_hit_has_a_reason_in_both_languages(banks: Catalogue) -> None:
    for query in (
        "rbc lab",
        "glaciers AND robots",
        "ai walruses",
        "instituts",
        "lab*",
        "title:jobs",
    ):
        for hit in banks.search(query, Scope()).hits:
            english = banks.explain(query, hit.number).lines
            set_language("fr")
            french = banks.explain(query, hit.number).lines
            set_language("en")
            assert len(english) == len(french) > 0
            assert english != french
