"""A passage is copied with its footnote: published words in quotation marks, others marked."""

from __future__ import annotations

import importlib.util
import json
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest

import milatui
from milatui.archive.records import Document, Original
from milatui.catalogue.citations.citation import Chosen, Citation
from milatui.catalogue.citations.citation_formats import format_citation
from milatui.catalogue.citations.cite_styles import (
    CITE_STYLES,
    RENDERED,
    CiteStyle,
    parse_style,
    short_style_label,
    style_label,
)
from milatui.catalogue.citations.csl_styles import StyleUnavailable
from milatui.catalogue.location import parse_location
from milatui.i18n import set_language

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

TODAY = date(2026, 11, 28)
needs_citeproc = pytest.mark.skipif(
    importlib.util.find_spec("citeproc") is None, reason="citeproc-py is not installed"
)


def cited(
    catalogue: Catalogue, location: str, style: CiteStyle = "text", chosen: Chosen | None = None
) -> str:
    citation = catalogue.cite(parse_location(location), chosen)
    assert citation is not None
    return format_citation(citation, style, TODAY)


def test_a_statement_names_its_speaker(catalogue: Catalogue) -> None:
    assert cited(catalogue, "statement/st-1", "markdown") == (
        "Peter Grandsard (Executive director, Amgen): “unlike anything elsewhere”"
        "[^amgen-lab-3-9-11]\n\n"
        "[^amgen-lab-3-9-11]: Amgen Canada, “Amgen establishes a corporate lab at Mila”,"
        " 18 January 2023, <https://www.amgen.ca/lab>. A sample of announcements,"
        " consulted 28 November 2026, <milatui:document/amgen-lab#para=3&words=9-11>,"
        " sha256:7bd69a4ef182."
    )


def test_an_event_is_cited_by_its_first_passage(catalogue: Catalogue) -> None:
    assert cited(catalogue, "event/amgen-lab-opens") == (
        "“a corporate laboratory in the Mila building”\n\n"
        "Source: Amgen Canada, “Amgen establishes a corporate lab at Mila”, 18 January 2023, ¶1,"
        " <https://www.amgen.ca/lab>. A sample of announcements, consulted 28 November 2026,"
        " <milatui:document/amgen-lab#para=1&words=5-11>, sha256:7bd69a4ef182."
    )


def test_without_a_passage_a_record_is_cited_as_a_whole(catalogue: Catalogue) -> None:
    assert cited(catalogue, "partner/amgen", "markdown") == (
        "Amgen. A sample of announcements, consulted 28 November 2026, <milatui:partner/amgen>."
    )
    assert cited(catalogue, "document/about").endswith(
        "<milatui:document/about>, sha256:2c8d8aa7de48."
    )
    assert cited(catalogue, "search?q=lab") == (
        "A sample of announcements, consulted 28 November 2026, <milatui:search?q=lab>."
    )


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("document/amgen-lab#para=3&words=2-5", "Grandsard, executive director at"),
        ("document/amgen-lab#from=statement/st-1", "unlike anything elsewhere"),
        ("document/amgen-lab#para=4", "• first point • second point"),
        ("document/amgen-lab#para=99", ""),
        ("document/amgen-lab", ""),
    ],
)
def test_the_location_of_a_document_says_the_passage(
    catalogue: Catalogue, location: str, words: str
) -> None:
    citation = catalogue.cite(parse_location(location))
    assert citation is not None
    assert citation.words == words


def test_what_is_selected_or_highlighted_is_cited(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("document/amgen-lab"))

    def choose(words: str, *, selected: bool) -> str | None:
        at = page.text.index(words)
        chosen = Chosen.on(page, at, at + len(words), selected=selected)
        citation = catalogue.cite(page.location, chosen)
        return None if citation is None else citation.words

    # A selection is cited by whole words, a highlight of a query by its sentence.
    assert choose("xecutive direct", selected=True) == "executive director"
    assert choose("director", selected=False) == (
        "Peter Grandsard, executive director at Amgen, calls it unlike anything elsewhere."
    )
    assert choose("Partners", selected=True) is None
    assert choose("Partners", selected=False) == ""


def test_on_the_page_of_a_record_its_passages_are_cited(catalogue: Catalogue) -> None:
    location = parse_location("event/amgen-lab-opens")
    for words, selected, wanted in (
        ("over 1,000 researchers", False, "over 1,000 researchers"),
        ("1,000", False, "over 1,000 researchers"),
        ("1,000 res", True, "1,000 researchers"),
        ("Peter Grandsard", True, "Peter Grandsard"),
        ("Scientists of both sides", False, "a corporate laboratory in the Mila building"),
    ):
        citation = catalogue.cite(location, Chosen(words, None, selected))
        assert citation is not None
        assert citation.words == wanted
    assert catalogue.cite(location, Chosen("Scientists of both sides", None, True)) is None


def test_csl_json_carries_passage_and_place(catalogue: Catalogue) -> None:
    item = json.loads(cited(catalogue, "event/amgen-lab-opens", "csl-json"))[0]
    assert item["id"] == "amgen-lab-1-5-11"
    assert item["annote"] == "“a corporate laboratory in the Mila building”"
    assert item["note"].startswith("¶1. A sample of announcements, consulted 28 November 2026, <")
    assert item["issued"] == {"date-parts": [[2023, 1, 18]]}
    assert "accessed" not in item


def brief(accessed: str = "") -> Citation:
    original = Original(title="Un titre", language="fr", accessed=accessed)
    document = Document(
        "b c", "A brief", publisher="Le Journal", date="2018-05?", type="news", original=original
    )
    return Citation(
        "The *archive*",
        parse_location("document/b%20c#para=1&words=1-3"),
        words="Some [paraphrased] words",
        document=document,
        digest="0123456789ab",
        locator="as excerpted",
    )


def test_a_paraphrase_is_marked_and_markdown_is_escaped() -> None:
    label = "b-c-47d8a4-1-1-3"
    assert format_citation(brief(), "markdown", TODAY) == (
        f"Paraphrase: Some \\[paraphrased\\] words[^{label}]\n\n"
        f"[^{label}]: Le Journal, “Un titre”, May 2018?, as excerpted. Brief about it: The"
        " \\*archive\\*, consulted 28 November 2026, <milatui:document/b%20c#para=1&words=1-3>,"
        " sha256:0123456789ab."
    )


def test_the_day_of_access_stands_where_it_is_recorded() -> None:
    assert "as excerpted, accessed 2 November 2026. Brief" in format_citation(
        brief(accessed="2026-11-02"), "text", TODAY
    )


def test_a_citation_is_in_the_language_of_the_interface() -> None:
    set_language("fr")
    assert format_citation(brief(), "text", TODAY) == (
        "Paraphrase\u00a0: Some [paraphrased] words\n\n"
        "Source\u00a0: Le Journal, «\u00a0Un titre\u00a0», mai 2018?, as excerpted. Résumé\u00a0:"
        " The *archive*, consultée le 28 novembre 2026,"
        " <milatui:document/b%20c#para=1&words=1-3>, sha256:0123456789ab."
    )


@needs_citeproc
@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (
            "chicago",
            "“Amgen Establishes a Corporate Lab at Mila,” press release, Amgen Canada,"
            " January 18, 2023, para. 1, https://www.amgen.ca/lab. A sample",
        ),
        (
            "mla",
            "“Amgen Establishes a Corporate Lab at Mila.” Press release. Amgen Canada,"
            " 18 Jan. 2023, https://www.amgen.ca/lab. A sample",
        ),
    ],
)
def test_styles_are_rendered(catalogue: Catalogue, style: CiteStyle, wanted: str) -> None:
    assert f"\n\nSource: {wanted}" in cited(catalogue, "event/amgen-lab-opens", style)


@needs_citeproc
@pytest.mark.parametrize("style", RENDERED)
def test_a_style_leaves_names_and_foreign_titles_as_they_are(style: CiteStyle) -> None:
    text = format_citation(brief(), style, TODAY)
    assert "“Un titre" in text
    assert "Le Journal" in text
    assert text.count("Un titre") == 1
    assert "Edition" not in text
    assert "(as excerpted). Brief" in text


@needs_citeproc
@pytest.mark.parametrize("style", RENDERED)
def test_hostile_titles_are_rendered_as_text(catalogue: Catalogue, style: CiteStyle) -> None:
    text = cited(catalogue, "document/hostile", style)
    assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert "[31m" in text


def test_a_style_that_cannot_be_rendered_is_named(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(StyleUnavailable, match="citeproc-py"):
        cited(catalogue, "event/amgen-lab-opens", "mla")


def test_every_style_has_a_name() -> None:
    assert milatui.CITE_STYLES == CITE_STYLES == get_args(CiteStyle)
    for style in CITE_STYLES:
        assert parse_style(style) == style
        assert style_label(style)
        assert " " not in short_style_label(style)
    assert parse_style("apa") is None
