"""Another name of a partner also finds the texts that use its main name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path

PARTNERS = """\
- {id: bank, name: Royal Bank of Canada, kind: company, names: [{value: RBC}, {value: Royal Bank}]}
- {id: other, name: Institut Nord, kind: company, names: [{value: The}, {value: Northern Lights}]}
"""
DOCUMENTS = {
    "short": "RBC opens a laboratory.",
    "long": "The Royal Bank of Canada hires people.",
    "apart": "A bank in Canada that is royal.",
    "north": "The Institut Nord hires people.",
}


@pytest.fixture(scope="module")
def banks(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root: Path = tmp_path_factory.mktemp("aliases")
    for folder in ("partners", "documents"):
        (root / "archive" / folder).mkdir(parents=True)
    (root / "archive/archive.yaml").write_text("title: Banks\nlanguages: [en]\n")
    (root / "archive/partners/all.yaml").write_text(PARTNERS)
    for name, text in DOCUMENTS.items():
        front = f"title: Text {name}\ndate: 2020-01-01\nlanguage: en"
        (root / f"archive/documents/{name}.md").write_text(f"---\n{front}\n---\n\n{text}\n")
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


def found(catalogue: Catalogue, query: str, scope: Scope | None = None) -> list[str]:
    return [hit.row.id for hit in catalogue.search(query, scope or Scope()).hits]


def test_an_alias_finds_the_main_name_after_itself(banks: Catalogue) -> None:
    assert found(banks, "rbc") == ["bank", "short", "long"]
    assert found(banks, "rbc laboratory") == ["short", "bank", "long"]
    assert found(banks, "northern lights") == ["other", "north"]


def test_it_is_counted_and_lit(banks: Catalogue) -> None:
    answer = banks.search("RBC", Scope(kinds=frozenset({"document"})))
    assert (answer.total, answer.facets["kind"]) == (2, {"document": 2})
    snippet = answer.hits[1].snippet
    lit = [snippet.text[start:end] for start, end in snippet.highlights]
    assert lit == ["Royal", "Bank", "Canada"]


def test_the_scope_and_what_must_hold_still_do(banks: Catalogue) -> None:
    assert found(banks, "rbc", Scope(kinds=frozenset({"partner"}))) == ["bank"]
    assert "long" not in found(banks, '"rbc"')
    assert "long" not in found(banks, "rbc -laboratory")


@pytest.mark.parametrize("query", ["the people", "lights", "royal"])
def test_function_words_and_parts_of_names_are_no_aliases(banks: Catalogue, query: str) -> None:
    terms = banks.search(query, Scope()).terms
    assert not {"nord", "canada"} & set(terms)
