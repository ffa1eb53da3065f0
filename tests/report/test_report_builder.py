"""The report of a scope: what is in it, and that every claim has its footnote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.citations.find_citations import find_citations
from milatui.catalogue.citations.verifier import Verifier
from milatui.catalogue.scope import Scope
from milatui.i18n import set_language
from milatui.index.builder.build import build
from milatui.report import report_builder
from milatui.report.blocks import Chart, Heading, Items, NoteReference, Table, Text
from milatui.report.markdown_writer import write_markdown
from milatui.report.report_builder import ReportBuilder
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.report.blocks import Report


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    top = tmp_path_factory.mktemp("report")
    build(write_sample(top / "archive"), top / "index")
    catalogue = Catalogue.open(top / "index")
    yield catalogue
    catalogue.close()


def make(catalogue: Catalogue, scope: Scope | None = None) -> Report:
    return ReportBuilder(catalogue, scope or Scope()).build(["Made by a test."])


def text(report: Report) -> str:
    return "".join(write_markdown(report))


def test_the_whole_archive_is_reported(catalogue: Catalogue) -> None:
    report = make(catalogue)
    headings = [block.words for block in report.blocks if isinstance(block, Heading)]
    assert [words for words in headings if "(" in words and words[0].isupper()][:4] == [
        "Partners (11)",
        "What happened (15)",
        "Figures (12)",
        "Who said what (8)",
    ]
    assert report.title == "A sample of announcements"
    items = [block for block in report.blocks if isinstance(block, Items)]
    assert sum(len(block.items) for block in items) == 15 + 8


def test_counts_add_up(catalogue: Catalogue) -> None:
    report = make(catalogue)
    bars = next(block for block in report.blocks if isinstance(block, Chart))
    cells = [row[1][0] for row in bars.numbers.rows]
    by_year = sum(int(cell.words) for cell in cells if isinstance(cell, Text))
    events = next(block for block in report.blocks if isinstance(block, Items)).items
    assert by_year + 2 == len(events)
    assert bars.caption == "Events by year (2 events of no single year)"


def test_every_mark_has_its_note_and_every_note_its_mark(catalogue: Catalogue) -> None:
    report = make(catalogue)
    marks: set[int] = set()
    for block in report.blocks:
        runs = list(block.items) if isinstance(block, Items) else []
        if isinstance(block, Table):
            runs = [cell for row in block.rows for cell in row]
        if isinstance(block, Chart):
            runs = [cell for row in block.numbers.rows for cell in row]
        marks |= {run.number for line in runs for run in line if isinstance(run, NoteReference)}
    assert marks == {note.number for note in report.notes} == set(range(1, len(report.notes) + 1))


def test_a_passage_has_one_note(catalogue: Catalogue) -> None:
    found = text(make(catalogue))
    note = "“a corporate laboratory in the Mila building” Source: Amgen Canada, [“Amgen establishes"
    assert found.count(note) == 1
    assert "<milatui:document/amgen-lab#para=1&words=5-11>, sha256:" in found


def test_verify_finds_every_passage_of_a_report_again(catalogue: Catalogue) -> None:
    report = make(catalogue)
    found = find_citations(text(report))
    assert len(found) >= len(report.notes)
    verifier = Verifier(catalogue.store())
    assert {verifier.verify(citation).status for citation in found} == {"stands"}


def test_contradictions_stand_side_by_side(catalogue: Catalogue) -> None:
    found = text(make(catalogue))
    assert "Sources disagree on 1 measure: " in found
    assert "| **1993**" in found
    row = next(line for line in found.splitlines() if line.startswith("| **1993**"))
    assert row.endswith("| **2009** |")


def test_a_scope_is_named_and_kept_to(catalogue: Catalogue) -> None:
    report = make(catalogue, Scope(partners=frozenset({"amgen"}), since="2023"))
    assert report.title == "A sample of announcements: Amgen, since 2023"
    found = text(report)
    assert "Amgen sets up a corporate laboratory" in found
    assert "Amgen becomes a partner" not in found
    assert "Brendan Frey" not in found


def test_an_empty_scope_says_so(catalogue: Catalogue) -> None:
    report = make(catalogue, Scope(since="2090"))
    assert "Nothing in the archive is in this scope." in text(report)
    assert not report.notes


def test_the_report_speaks_french(catalogue: Catalogue) -> None:
    set_language("fr")
    try:
        report = make(catalogue)
    finally:
        set_language("en")
    assert report.language == "fr"
    headings = [block.words for block in report.blocks if isinstance(block, Heading)]
    assert "Ce qui s’est passé (15)" in headings


def test_the_newest_are_listed_and_the_rest_is_counted(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = make(catalogue)
    monkeypatch.setattr(report_builder, "MOST_LISTED", 3)
    short = make(catalogue)
    written = text(short)
    assert "**Left out, older: 12 events. Narrow the scope to see them.**" in written
    assert "**Left out, older: 5 statements. Narrow the scope to see them.**" in written
    items = [block for block in short.blocks if isinstance(block, Items)]
    assert sum(len(block.items) for block in items) == 3 + 3
    charts = [
        next(block for block in report.blocks if isinstance(block, Chart))
        for report in (whole, short)
    ]
    assert charts[0].numbers.rows == charts[1].numbers.rows
