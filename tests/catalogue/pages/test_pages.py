"""Pages: what the reader shows of each kind of record, and which words are lit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milatui.archive.records import Document, Event, Original, Source
from milatui.catalogue.citations.reference import document_citation
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.quotes import quote_words, write_passages
from milatui.catalogue.scope import Scope
from milatui.catalogue.store import NotFound

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pages.model import Page, Role


def lit(page: Page) -> list[str]:
    return [page.text[start:end] for start, end in page.highlights]


def having(page: Page, role: Role) -> list[str]:
    return [page.text[span.start : span.end] for span in page.spans if span.role == role]


def links(page: Page) -> dict[str, str]:
    return {page.text[link.start : link.end]: str(link.target) for link in page.links}


def test_every_record_has_a_sound_page(catalogue: Catalogue) -> None:
    for number in range(catalogue.size):
        row = catalogue.row(number)
        page = catalogue.page(Location(row.kind, row.id))
        size = len(page.text)
        assert page.text.endswith("\n")
        assert catalogue.citation(page.location).endswith(".")
        marked = [
            *((span.start, span.end) for span in page.spans),
            *((link.start, link.end) for link in page.links),
            *((indent.start, indent.end) for indent in page.indents),
        ]
        for start, end in (*marked, *page.highlights):
            assert 0 <= start < end <= size, (row.id, start, end)
        assert list(page.highlights) == sorted(page.highlights)
        assert [span.start for span in page.spans] == sorted(span.start for span in page.spans)
        assert not any(ord(c) < 32 and c not in "\n\t" for c in page.text)
        for link in page.links:
            if isinstance(link.target, Location):
                if link.target.view == "compare":
                    continue
                assert link.target.kind is not None
                assert catalogue.find(link.target.kind, link.target.id) is not None
            else:
                assert link.target.startswith(("http://", "https://"))


def test_a_document_has_its_markdown_and_what_was_recorded(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("document/amgen-lab"))
    assert page.text.startswith("Amgen establishes a corporate lab at Mila\n18 Jan 2023 · ")
    assert having(page, "strong")[0] == "a corporate laboratory"
    assert "Who speaks" in having(page, "heading")
    assert having(page, "bullet") == ["•", "•"]
    assert "unlike anything elsewhere" in page.text
    assert links(page)["the release"] == "https://www.amgen.ca/lab"
    assert links(page)["Amgen sets up a corporate laboratory"] == "event/amgen-lab-opens"
    assert next(o.title for o in page.outline) == "Who speaks"
    assert all(page.text.startswith(o.title, o.offset) for o in page.outline)


def test_from_a_record_its_words_are_lit(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("document/amgen-lab#from=event/amgen-lab-opens"))
    assert lit(page) == [
        "a corporate laboratory in the Mila building",
        "over 1,000 researchers",
    ]
    assert page.focus == page.highlights[0][0]


def test_a_record_found_by_any_words_opens_at_those_that_prove_it(catalogue: Catalogue) -> None:
    terms = catalogue.search("laboratory", Scope()).terms
    page = catalogue.page(parse_location("event/amgen-lab-opens"), hits=terms)
    assert page.highlights[0][0] < page.focus
    assert page.text.startswith("a corporate laboratory in the Mila building", page.focus)
    assert page.focus in {start for start, _end in page.highlights}


def test_hits_are_lit_and_paragraphs_found(catalogue: Catalogue) -> None:
    terms = catalogue.search("researcher", Scope()).terms
    page = catalogue.page(parse_location("document/sweden-en"), hits=terms)
    assert lit(page) == ["researchers"]
    page = catalogue.page(parse_location("document/sweden-en#para=30"))
    assert page.text.startswith("The institute counts nearly 900", page.focus)
    assert catalogue.page(parse_location("document/sweden-en#para=9999")).focus == 0


def head(page: Page) -> tuple[str, str]:
    """The title and the facts of a page's head."""
    assert page.head is not None
    return page.text[: page.head.title_end], page.text[page.head.title_end + 1 : page.head.end]


def test_every_page_has_a_head(catalogue: Catalogue) -> None:
    for number in range(catalogue.size):
        row = catalogue.row(number)
        title, facts = head(catalogue.page(Location(row.kind, row.id)))
        assert title

        assert "\n" not in title + facts
    for view in ("figures", "people", "documents", "compare?a=amgen&b=mila"):
        assert head(catalogue.page(parse_location(view)))[0]


def test_the_head_of_a_figure_has_measure_value_date_and_source(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("figure/researchers-2022"))
    title, facts = head(page)
    assert title == "researchers: nearly 900"
    assert facts == "Feb 2022 · Mila"
    target = "document/sweden-en#from=figure/researchers-2022"
    assert target in [str(link.target) for link in page.links if link.end <= len(title + facts) + 1]


def test_the_head_of_a_figure_says_early_that_it_is_contradicted(catalogue: Catalogue) -> None:
    rows = [catalogue.row(number) for number in range(catalogue.size)]
    flagged = [row for row in rows if row.kind == "figure" and "contradicted" in row.flags]
    assert flagged
    for row in flagged:
        facts = head(catalogue.page(Location("figure", row.id)))[1].split(" · ")
        warnings = len(row.flags)
        assert "contradicted" in facts[: warnings + bool(row.date)]


def test_the_head_of_an_event_has_its_date_kind_and_partners(catalogue: Catalogue) -> None:
    title, facts = head(catalogue.page(parse_location("event/amgen-lab-opens")))
    assert title == "Amgen sets up a corporate laboratory"
    assert facts.startswith("18 Jan 2023 · laboratory · Amgen")


def test_our_words_are_marked_as_ours(catalogue: Catalogue) -> None:
    for number in range(catalogue.size):
        row = catalogue.row(number)
        if row.kind == "statement":
            page = catalogue.page(Location(row.kind, row.id))
            assert "paraphrase" in head(page)[1]
        if row.kind == "event":
            page = catalogue.page(Location(row.kind, row.id))
            record = catalogue.record("event", row.id)
            assert isinstance(record, Event)
            before, _found, after = page.text.partition("Summary in our words\n")
            assert record.summary in after
            assert not record.summary or record.summary not in before


def test_the_quoted_words_follow_the_head_of_an_event(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("event/amgen-lab-opens"))
    assert page.head is not None
    assert page.text[page.head.end :].startswith("\n\nWhere it is written\n")
    for passage in having(page, "passage"):
        assert any(words in passage for words in lit(page))


def test_of_a_long_paragraph_the_sentences_around_the_words_are_quoted() -> None:
    around = "One sentence stands here for its length. " * 12
    body = f"{around}The words that matter are these. {around}"
    page = PageBuilder()
    document = Document("d", "D", body=body)
    write_passages(page, document, [Source("d", "words that matter")])
    text = page.text_from(0)
    assert text.startswith("… One sentence stands here for its length. ")
    assert text.endswith("The words that matter are these. …\n")
    assert "The words that matter are these." in text
    assert len(text) < 420


def test_an_event_shows_its_evidence(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("event/amgen-lab-opens"))
    assert lit(page) == [
        "a corporate laboratory in the Mila building",
        "over 1,000 researchers",
    ]
    assert links(page)["Amgen establishes a corporate lab at Mila"] == (
        "document/amgen-lab#from=event/amgen-lab-opens"
    )
    assert links(page)["Amgen"] == "partner/amgen"
    assert "over 1,000" in having(page, "strong")
    assert "Calls a laboratory inside Mila unlike anything elsewhere." in links(page)


def test_of_a_long_document_only_the_paragraph_is_shown(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("figure/researchers-2022"))
    assert lit(page) == ["nearly 900 researchers"]
    assert "Paragraph 7" not in page.text


def test_contradicting_figures_stand_side_by_side(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("figure/researchers-2023"))
    assert "None contradicts it: they are of other times, or allow for it." in page.text
    found = links(page)
    assert found["over   700"] == "figure/researchers-2021"
    assert found["nearly   900"] == "figure/researchers-2022"
    assert found["150"] == "figure/researchers-2017"
    founded = catalogue.page(parse_location("figure/founded-1993"))
    one = "The sources do not agree: 1 other value is given for the same time."
    assert one in founded.text
    assert "2009  ≠\u00a01993  low confidence  superseded" in founded.text
    alone = catalogue.page(parse_location("figure/area"))
    assert "Other values" not in alone.text


def test_a_statement_gives_the_role_of_that_time(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("statement/st-5"))
    assert "Yoshua Bengio, Scientific director, Mila" in page.text
    assert lit(catalogue.page(parse_location("statement/st-1"))) == ["unlike anything elsewhere"]


def test_a_partner_tells_names_relations_and_what_is_behind(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("partner/amgen"))
    assert "Applied Molecular Genetics  former name" in page.text
    assert links(page)["Q470517"] == "https://www.wikidata.org/wiki/Q470517"
    assert "hosted by  Mila  since 18 Jan 2023" in page.text
    assert "owns       Amgen Canada" in page.text
    assert "general knowledge, no source recorded" in having(page, "flag")
    assert lit(page)
    mila = catalogue.page(parse_location("partner/mila"))
    assert "hosts            Amgen" in mila.text
    assert "gave rise to     Element AI" in mila.text


def test_a_person_has_roles_statements_and_events(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("person/yoshua-bengio"))
    assert page.text.index("Scientific director") < page.text.index("Founder")
    assert links(page)["Asks for open science."] == "statement/st-6"
    assert "low confidence" in catalogue.page(parse_location("person/jean-boulet")).text


def test_tables_code_and_quotes_keep_their_shape(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("document/table"))
    assert having(page, "table") == ["year  people\n────  ──────\n2017  150\n"]
    assert having(page, "code") == ["code *as is*\n"]
    assert having(page, "quote") == ["│ quoted\n"]


def test_hostile_text_is_shown_not_obeyed(catalogue: Catalogue) -> None:
    page = catalogue.page(parse_location("document/hostile"))
    for text in (page.text, page.title):
        assert not set("\x1b\x07\x9b\u202e") & set(text)
    assert "[red]markup[/red]" in page.text


def test_what_is_not_there_is_said(catalogue: Catalogue) -> None:
    with pytest.raises(NotFound) as error:
        catalogue.page(parse_location("partner/amgenn"))
    assert "amgen" in error.value.near
    with pytest.raises(LocationError):
        catalogue.page(parse_location("timeline"))


def test_a_citation_names_document_and_location(catalogue: Catalogue) -> None:
    assert catalogue.citation(parse_location("document/amgen-lab")) == (
        "Amgen Canada, “Amgen establishes a corporate lab at Mila”, 18 January 2023, "
        "https://www.amgen.ca/lab. A sample of announcements, document/amgen-lab."
    )
    event = catalogue.citation(parse_location("event/amgen-lab-opens"))
    assert event.startswith(
        "Amgen sets up a corporate laboratory, 18 January 2023. In: Amgen Canada"
    )


def test_a_citation_puts_only_published_words_into_quotation_marks(catalogue: Catalogue) -> None:
    said = catalogue.citation(parse_location("statement/st-1"))
    assert said.startswith(
        "Peter Grandsard, paraphrased: Calls a laboratory inside Mila unlike anything elsewhere,"
        " 18 January 2023. In: Amgen Canada, “Amgen establishes a corporate lab at Mila”"
    )
    documents = catalogue.rows(catalogue.list_records("document", Scope()))
    titles = {row.title for row in documents}
    for number in range(catalogue.size):
        row = catalogue.row(number)
        citation = catalogue.citation(Location(row.kind, row.id))
        assert set(re.findall("“([^”]*)”", citation)) <= titles


@pytest.mark.parametrize(
    ("original", "cited"),
    [
        (None, "Mila, “Ours”"),
        (Original(title="Theirs"), "Mila, “Theirs”"),
        (Original(title="Ours", title_supplied="true"), "Mila, [Ours]"),
        (Original(), "Mila, [Ours]"),
    ],
)
def test_the_title_and_words_of_a_brief_are_not_quoted(
    original: Original | None, cited: str
) -> None:
    document = Document("x", "Ours", publisher="Mila", original=original)
    assert document_citation(document) == cited
    assert quote_words(document, "so") == ("“so”" if original is None else "so")
