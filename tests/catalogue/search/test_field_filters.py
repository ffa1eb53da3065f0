"""The query language on an archive: fields, dates, facets, reasons, explained zero."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from milatui.archive.edtf import DateError, parse_edtf
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.scope import Scope
from milatui.catalogue.search.date_ranges import parse_date_range
from milatui.i18n import set_language

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

TODAY = date(2024, 3, 15)


def found(catalogue: Catalogue, query: str, scope: Scope | None = None) -> set[str]:
    answer = catalogue.search(query, scope or Scope(), limit=99, today=TODAY)
    assert not answer.warnings
    return {hit.row.id for hit in answer.hits}


def test_fields_restrict_as_the_scope_does(catalogue: Catalogue) -> None:
    for query, scope in (
        ("partner:amgen", Scope(partners=frozenset({"amgen"}))),
        ("kind:document", Scope(kinds=frozenset({"document"}))),
        ("kind:events,figures", Scope(kinds=frozenset({"event", "figure"}))),
        ("lang:fr", Scope(languages=frozenset({"fr"}))),
        ("date:2021..2023", Scope(since="2021", until="2023")),
        ("date:>=2021", Scope(since="2021")),
        ("date:>2021", Scope(since="2022")),
        ("since:2021", Scope(since="2021")),
        ("depuis:2021 until:2022", Scope(since="2021", until="2022")),
        ("avant:2022", Scope(until="2021")),
        ("after:2021-12", Scope(since="2022")),
        ("date:since May 2021", Scope(since="2021-05")),
        ("lang:français", Scope(languages=frozenset({"fr"}))),
        ('type:"press releases"', Scope(kinds=frozenset({"press-release"}))),
        ("kind:Événements", Scope(kinds=frozenset({"event"}))),
        ("kind:communiqué,laboratory", Scope(kinds=frozenset({"press-release", "lab-opening"}))),
        ("publisher:mila", Scope(publishers=frozenset({"Mila"}))),
        ('éditeur:"le journal"', Scope(publishers=frozenset({"Le Journal"}))),
        ('date:"last year"', Scope(since="2023", until="2023")),
    ):
        whole = catalogue.search("mila", scope, limit=99)
        assert found(catalogue, f"mila {query}") == {hit.row.id for hit in whole.hits}
        listed = catalogue.search("", scope, limit=999).total
        assert catalogue.search(query, Scope(), today=TODAY).total == listed


def test_a_partner_may_be_named(catalogue: Catalogue) -> None:
    assert found(catalogue, 'partner:"applied molecular genetics"') == found(
        catalogue, "partner:amgen"
    )


def test_figures_and_statements(catalogue: Catalogue) -> None:
    assert found(catalogue, "measure:researchers") >= {"researchers-2017", "researchers-2023"}
    said = catalogue.search("said-by:bengio", Scope())
    assert said.total
    assert {hit.row.kind for hit in said.hits} == {"statement"}
    assert found(catalogue, "said-by:amgen") == {"st-1"}
    assert found(catalogue, "measure:researcher") == found(catalogue, "measure:researchers")


def test_what_is_no_field_is_searched_and_pointed_at(catalogue: Catalogue) -> None:
    for query in (
        "partner:nobody robots",
        "publisher:nobody robots",
        "date:someday robots",
        "kind:odd robots",
        "x:y robots",
    ):
        answer = catalogue.search(query, Scope())
        assert [query[m.start : m.end] for m in answer.warnings] == [query.split()[0]]
        assert answer.total


@pytest.mark.parametrize(
    ("query", "near"),
    [
        ("partner:amgn", "amgen"),
        ("person:begnio", "bengio"),
        ("kind:evnt", "event"),
        ("publisher:mlia", "mila"),
        ("kind:foo", "document, event, figure, partner, person, statement"),
        ("lang:xx", "de, en, fr, fr-ca"),
        ("prtner:amgen", "partner"),
    ],
)
def test_a_fault_names_what_is_near(catalogue: Catalogue, query: str, near: str) -> None:
    [misread] = catalogue.search(query, Scope()).warnings
    assert misread.message.endswith(near)


def test_a_repair_in_a_field_that_is_none_keeps_its_place(catalogue: Catalogue) -> None:
    answer = catalogue.search('partner:"samsng nobody" laboratory', Scope())
    assert answer.corrected_query == 'partner:"samsung nobody" laboratory'


@pytest.mark.parametrize("query", ["😀", "()", '""', "!?", "-", "*"])
def test_without_a_word_everything_is_shown_and_that_is_said(
    catalogue: Catalogue, query: str
) -> None:
    answer = catalogue.search(query, Scope(partners=frozenset({"amgen"})))
    assert answer.total == catalogue.search("", Scope(partners=frozenset({"amgen"}))).total
    assert [m.start for m in answer.warnings] == [0]
    assert catalogue.search(" \t", Scope()).warnings == ()


def test_a_quote_that_nothing_has_ranks_and_that_is_said(catalogue: Catalogue) -> None:
    answer = catalogue.search('robots "corporate robots"', Scope())
    assert answer.total == catalogue.search("robots corporate robots", Scope()).total
    assert answer.notes == (
        "“corporate robots” is not required: no record has it beside the rest.",
    )
    assert catalogue.search('"corporate robots"', Scope()).total == 0


def test_patterns_need_no_letter(catalogue: Catalogue) -> None:
    everything = catalogue.search("", Scope()).total
    assert 0 < catalogue.search("/......./", Scope()).total < everything
    assert catalogue.search("/.{39}/", Scope()).total == 0


def test_a_name_is_first_whatever_else_is_asked(catalogue: Catalogue) -> None:
    for query in ("amgen kind:partner,document", "amgen since:2020", "amgen -samsung", "amgne"):
        assert catalogue.search(query, Scope()).hits[0].row.id == "amgen"


def test_a_restriction_within_the_query_is_explained(catalogue: Catalogue) -> None:
    answer = catalogue.search("robots date:1950", Scope())
    assert answer.total == 0
    assert "Without “date:1950” 2 records match." in answer.notes


@pytest.mark.parametrize(
    ("query", "without"),
    [
        ("robots partner:cifar", "robots"),
        ('robots partner:"element ai"', "robots"),
        ("amgen -amgen", "amgen"),
        ('+robots +"corporate robots"', "+robots"),
        ("robots (denso AND samsung)", "robots"),
        ("laboratory /zz+/", "laboratory"),
    ],
)
def test_advice_leaves_out_just_what_it_names(
    catalogue: Catalogue, query: str, without: str
) -> None:
    answer = catalogue.search(query, Scope())
    assert answer.total == 0
    assert without in [way.query for way in answer.suggestions if way.text.startswith("Without ")]
    for way in answer.suggestions:
        counted = [int(word) for word in way.text.split() if word.isdigit()]
        if way.query and counted:
            assert catalogue.search(way.query, Scope()).total == counted[0]


@pytest.mark.parametrize("query", ['"laboratory corporate"', "amgen near/1 floor", "+denso +amgen"])
def test_without_signs_the_words_are_counted(catalogue: Catalogue, query: str) -> None:
    [way] = [
        w for w in catalogue.search(query, Scope()).suggestions if w.text.startswith("As plain")
    ]
    assert f" {catalogue.search(way.query, Scope()).total} record" in way.text
    assert not set(way.query) & set('"+/')


def test_reasons_name_the_words_and_their_shares(catalogue: Catalogue) -> None:
    number = catalogue.find("document", "amgen-lab")
    assert number is not None
    why = catalogue.explain("laboratories corporate zzzz", number)
    assert {reason.word for reason in why.words} == {"laboratories", "corporate"}
    assert sum(reason.share for reason in why.words) == pytest.approx(1)
    assert any("laboratory" in reason.forms for reason in why.words)
    assert "% of the score" in why.lines[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last year", ("2023-01-01", "2023-12-31")),
        ("this month", ("2024-03-01", "2024-03-31")),
        ("last 3 months", ("2023-12-01", "2024-02-29")),
        ("last quarter", ("2023-10-01", "2023-12-31")),
        ("last week", ("2024-03-04", "2024-03-10")),
        ("yesterday", ("2024-03-14", "2024-03-14")),
        ("l’an dernier", ("2023-01-01", "2023-12-31")),
        ("2021..", ("2021", "")),
        ("..2021-06", ("", "2021-06")),
        ("2021-09", ("2021-09", "2021-09")),
        ("<2021", ("", "2020-12-31")),
        (">2021", ("2022-01-01", "")),
        ("<=2021", ("", "2021")),
        (">= 2021-05", ("2021-05", "")),
        ("since 2020", ("2020", "")),
        ("Depuis mai 2020", ("2020-05", "")),
        ("avant l’an dernier", ("", "2022-12-31")),
        ("after May 5, 2020", ("2020-05-06", "")),
        ("until 2021..2023", ("", "2023")),
        ("18 janvier 2023", ("2023-01-18", "2023-01-18")),
        ("1er févr. 2023", ("2023-02-01", "2023-02-01")),
        ("January 2023", ("2023-01", "2023-01")),
        ("été 2021", ("2021-22", "2021-22")),
        ("Q3 2021", ("2021-35", "2021-35")),
        ("2021-T4", ("2021-36", "2021-36")),
        ("2021-2023", ("2021", "2023")),
    ],
)
def test_dates_in_words_become_edtf(text: str, expected: tuple[str, str]) -> None:
    assert parse_date_range(text, TODAY) == expected


@pytest.mark.parametrize("spoken", ["en", "fr"])
@pytest.mark.parametrize(
    "edtf",
    [
        *("2023-01-18", "2023-07-01", "2023-09", "2023", "2021-23", "2021-35", "2020-07~", "2018~"),
        *("2023-07?", "2021-05-14?", "2018%", "202X", "19XX", "2017?/..", "2020/..", "../2014"),
        *("2026-03-16/2026-03-23", "2017/2021", "2025-07-04~"),
    ],
)
def test_dates_are_understood_as_they_are_printed(edtf: str, spoken: str) -> None:
    set_language(spoken)
    since, until = parse_date_range(format_date(edtf), TODAY)
    meant = parse_edtf(edtf)
    assert (parse_edtf(since).first if since else None) == meant.first
    assert (parse_edtf(until).last if until else None) == meant.last


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "someday",
        ">",
        "2021-13",
        "last",
        "since",
        "after 2020..",
        "31 Feb 2020",
        "Q5 2021",
    ],
)
def test_other_words_are_refused_as_dates(text: str) -> None:
    with pytest.raises(DateError):
        parse_date_range(text, TODAY)


def test_a_measure_is_found_by_its_label(catalogue: Catalogue) -> None:
    recorded = found(catalogue, "measure:researchers")
    assert recorded
    set_language("fr")
    assert found(catalogue, "measure:chercheurs") == recorded
    assert found(catalogue, "mesure:researchers") == recorded
