"""The memo of a visit: its searches, what was opened, and that it can be run again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.citations.find_citations import find_citations
from milatui.catalogue.citations.verifier import Verifier
from milatui.catalogue.location import Location, parse_location
from milatui.catalogue.trail.memo_rerun import rerun
from milatui.catalogue.trail.memo_text import read_memo
from milatui.catalogue.trail.steps import OpenStep, SearchStep, Visit
from milatui.i18n import set_language
from milatui.index.builder.build import build
from milatui.report.colophon import memo_colophon
from milatui.report.report_formats import REPORT_FORMATS, report_format, write_report
from milatui.report.research_memo import ResearchMemo
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.report.report_formats import ReportFormat

TODAY = date(2026, 11, 28)
AT = "2026-11-28T11:54:00+00:00"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    top = tmp_path_factory.mktemp("memo")
    build(write_sample(top / "archive"), top / "index")
    set_language("en")
    catalogue = Catalogue.open(top / "index")
    yield catalogue
    catalogue.close()


def visit_of(catalogue: Catalogue, generation: str = "") -> Visit:
    location = parse_location("search?q=laboratory&from=2019")
    answer = catalogue.search("laboratory", location.scope.without("query"))
    hits = tuple(Location(hit.row.kind, hit.row.id) for hit in answer.hits)
    opened = [Location("event", "denso-lab"), Location("document", "amgen-lab")]
    return Visit(
        "v",
        generation or catalogue.folder.name,
        (
            OpenStep(AT, Location("partner", "gone"), "12ab34cd56ef", "A partner that was"),
            SearchStep(AT, location, answer.total, hits),
            *(
                OpenStep(AT, each, catalogue.record_digest(each.kind, each.id))
                for each in opened
                if each.kind
            ),
            OpenStep(AT, Location("partner", "amgen"), "000000000000", "Amgen"),
            SearchStep(AT, parse_location("search?q=xylophone&kind=event"), 0),
        ),
    )


def memo(catalogue: Catalogue, name: ReportFormat, generation: str = "") -> str:
    visit = visit_of(catalogue, generation)
    report = ResearchMemo(catalogue, TODAY).build([visit], memo_colophon(catalogue, TODAY))
    return "".join(write_report(report, name))


@pytest.mark.parametrize("name", REPORT_FORMATS)
def test_it_can_be_run_again(catalogue: Catalogue, name: ReportFormat) -> None:
    again = read_memo(memo(catalogue, name))
    visit = visit_of(catalogue)
    assert again.fingerprint == catalogue.fingerprint
    assert [(each.location, each.found, each.hits) for each in again.searches] == [
        (step.location, step.total, step.hits) for step in visit.searches
    ]
    assert [each.location for each in again.opened] == [step.location for step in visit.opened]
    found = rerun(catalogue, again)
    assert found.same_archive
    assert not any(each.differs for each in found.searches)
    assert [each.status for each in found.opened] == ["gone", "same", "same", "changed"]


def test_its_citations_stand(catalogue: Catalogue) -> None:
    found = find_citations(memo(catalogue, "markdown"))
    verifier = Verifier(catalogue.store())
    assert len(found) > 2
    assert {verifier.verify(each).status for each in found} == {"stands"}


def test_it_says_what_was_searched_and_opened(catalogue: Catalogue) -> None:
    text = memo(catalogue, "markdown")
    assert "2 searches, 4 records opened." in text
    assert "Searched: “laboratory”" in text
    assert "restricted to since 2019" in text
    assert "A partner that was **no longer in the archive**" in text
    assert "**has changed since**" in text
    assert "“xylophone”: no text has it" in text
    assert "been rebuilt" not in text
    assert "been rebuilt" in memo(catalogue, "markdown", "gen-older")


def test_the_format_follows_the_name_or_the_file(tmp_path: Path) -> None:
    assert report_format("", None) == "markdown"
    assert report_format("", tmp_path / "x.HTML") == "html"
    assert report_format("markdown", tmp_path / "x.html") == "markdown"
