"""The archive that ships is sound: every file, every reference, every quoted word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milatui.archive.checks import check
from milatui.archive.kinds import KINDS
from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import Document, Event
from milatui.archive.schema import GRADES
from milatui.archive.serialize import record_from_dict, record_to_dict

SHIPPED = Path(__file__).parents[2] / "data"
MOST_COPIED = 6
"""Words of a page that a locator may show."""


@pytest.fixture(scope="module")
def shipped() -> LoadedArchive:
    return load_archive(SHIPPED)


def _records_as_written() -> str:
    return "\n".join(path.read_text("utf-8") for path in SHIPPED.rglob("*.yaml"))


def test_the_shipped_archive_has_no_fault_and_something_of_every_kind(
    shipped: LoadedArchive,
) -> None:
    assert [str(diagnostic) for diagnostic in [*shipped.diagnostics, *check(shipped)]] == []
    assert all(shipped.records[kind] for kind in KINDS)


def test_every_brief_names_its_page_and_has_a_grade(shipped: LoadedArchive) -> None:
    records = [each.record for each in shipped.records["document"]]
    briefs = [record for record in records if isinstance(record, Document)]
    assert {brief.grade for brief in briefs} == set(GRADES)
    for brief in briefs:
        original = brief.original
        assert original is not None, brief.id
        assert original.address or original.sha256, brief.id
        assert original.title, brief.id
        assert not brief.title.startswith("("), brief.id
        said = (brief.creator, brief.created, brief.language, brief.rights)
        assert all(said), brief.id


def test_most_of_what_several_pages_report_is_said_to_be(shipped: LoadedArchive) -> None:
    records = [each.record for each in shipped.records["event"]]
    events = [record for record in records if isinstance(record, Event)]
    several = [e for e in events if len({source.document for source in e.sources}) > 1]
    assert len(events) >= 190
    assert len(several) >= 80


def test_most_quotations_name_a_place_on_their_page_and_none_copies_much_of_it() -> None:
    locators = re.findall(r"^ +locator: (.*)$", _records_as_written(), re.MULTILINE)
    assert len(locators) > 1200
    assert locators.count("excerpt") < len(locators) / 7
    copied = [locator.strip("'“”") for locator in locators if "“" in locator]
    assert len(copied) > 500
    assert [words for words in copied if len(words.removesuffix("…").split()) > MOST_COPIED] == []


def test_every_shipped_record_comes_back_from_its_data(shipped: LoadedArchive) -> None:
    for kind in KINDS:
        for located in shipped.records[kind]:
            assert record_from_dict(kind, record_to_dict(located.record)) == located.record
