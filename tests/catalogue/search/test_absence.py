"""That nothing was found can be quoted, with all that was searched."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.citations.find_citations import find_citations
from milatui.catalogue.scope import Scope
from milatui.catalogue.trail.memo_text import read_memo
from milatui.i18n import set_language

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue

TODAY = date(2026, 11, 28)


def test_it_says_what_was_searched(catalogue: Catalogue) -> None:
    absence = catalogue.absence("grants +xylophones", Scope())
    assert absence is not None
    text = absence.text(TODAY)
    info = catalogue.info
    assert "Nothing found for “grants +xylophones”." in text
    assert f"{info.counts['document']} documents" in text
    assert f"SHA-256 {catalogue.fingerprint}" in text
    spellings = re.search(r"“grants”: searched in these spellings: (.*)\.\n", text)
    assert spellings is not None
    assert {"grant", "grants"} <= set(spellings[1].split(", "))
    assert "“xylophones”: no text has it" in text
    assert sum(absence.languages.values()) == info.counts["document"]
    assert "English" in text
    assert "French" in text
    months = absence.months
    assert 0 < months.covered <= months.spanned
    dated = len(catalogue.list_records("document", Scope(since="1000", until="2999")))
    assert months.undated == info.counts["document"] - dated
    (search,) = read_memo(text).searches
    assert (search.location.get("q"), search.found) == ("grants +xylophones", 0)
    assert find_citations(text) == []


def test_restrictions_are_named_and_counted(catalogue: Catalogue) -> None:
    scope = Scope(partners=frozenset({"amgen"}), since="2023", languages=frozenset({"en"}))
    absence = catalogue.absence("xylophone", scope)
    assert absence is not None
    assert absence.counts["document"] == len(catalogue.list_records("document", scope))
    assert "Scope: Amgen · since 2023 · English." in absence.text(TODAY)
    assert absence.location.scope.without("query") == scope


def test_a_correction_that_does_not_help_is_named(catalogue: Catalogue) -> None:
    absence = catalogue.absence("+labratory +xylophone", Scope())
    assert absence is not None
    assert "“labratory”: no text has it; searched as laboratory" in absence.text(TODAY)


def test_what_was_not_understood_is_named(catalogue: Catalogue) -> None:
    absence = catalogue.absence("lang:xx +xylophone", Scope())
    assert absence is not None
    assert "Searched as words: “lang:xx”" in absence.text(TODAY)


@pytest.mark.parametrize("query", ["amgen", "", "   "])
def test_there_is_none_where_something_is_found(catalogue: Catalogue, query: str) -> None:
    assert catalogue.absence(query, Scope()) is None


def test_nothing_in_the_scope_is_said(catalogue: Catalogue) -> None:
    absence = catalogue.absence("xylophone", Scope(since="2999"))
    assert absence is not None
    assert "nothing is in this scope" in absence.text(TODAY)


def test_it_is_in_french(catalogue: Catalogue) -> None:
    set_language("fr")
    absence = catalogue.absence("xylophone", Scope())
    assert absence is not None
    assert absence.lines(TODAY)[0] == "Rien trouvé pour «\xa0xylophone\xa0»."
