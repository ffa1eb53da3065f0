"""A memo is read back from its addresses, and what differs from it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import Location
from milatui.catalogue.trail.memo_rerun import rerun
from milatui.catalogue.trail.memo_text import Memo, MemoRecord, MemoSearch, read_memo
from milatui.index.builder.build import build
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """
**2 found** <milatui:search?q=drug%20lab&from=2021#found=2>

- A (event) <milatui:event/amgen-lab#hit=1>
- B <milatui:document/amgen-lab#hit=2>

* 11:54 A[^1] milatui:document/amgen-lab#opened=2026-11-28T11:54:00Z, sha256:12ab34cd56ef

<milatui:search?q=%3Cnothing%3E#found=0>

[^1]: words. Source: X, <milatui:document/amgen-lab#para=1&words=2-3>, sha256:12ab34cd56ef
"""


def test_a_memo_is_read_from_its_addresses() -> None:
    memo = read_memo(TEXT + "\nSHA-256 " + "0a" * 32 + ".")
    assert memo.fingerprint == "0a" * 32
    first, second = memo.searches
    assert (first.location.get("q"), first.location.scope.since, first.found) == (
        "drug lab",
        "2021",
        2,
    )
    assert [str(hit) for hit in first.hits] == ["event/amgen-lab", "document/amgen-lab"]
    assert (second.location.get("q"), second.found, second.hits) == ("<nothing>", 0, ())
    assert memo.opened == (MemoRecord(Location("document", "amgen-lab"), "12ab34cd56ef"),)


@pytest.mark.parametrize(
    "text", ["", "nothing", "milatui:event/x", "milatui:search?q=x", "milatui:search?q=x#found=x"]
)
def test_a_text_without_steps_is_no_memo(text: str) -> None:
    assert read_memo(text) == Memo("", (), ())


def memo_of(catalogue: Catalogue, *queries: str) -> Memo:
    """A memo of searches as they are now, and of what is opened in the next test."""
    searches = []
    for query in queries:
        location = Location("search", params=(("q", query),))
        answer = catalogue.search(query, location.scope.without("query"))
        listed = [answer.hits[number].row for number in range(answer.listed)]
        hits = tuple(Location(row.kind, row.id) for row in listed)
        searches.append(MemoSearch(location, answer.total, hits))
    opened = [
        Location("document", "mile-ex"),
        Location("event", "denso-lab"),
        Location("document", "about"),
        Location("partner", "amgen"),
    ]
    records = (
        MemoRecord(each, catalogue.record_digest(each.kind, each.id))
        for each in opened
        if each.kind
    )
    return Memo(catalogue.fingerprint, tuple(searches), tuple(records))


def test_new_gone_changed_and_moved_are_told(tmp_path: Path) -> None:
    archive = write_sample(tmp_path / "archive")
    build(archive, tmp_path / "index")
    before = Catalogue.open(tmp_path / "index")
    memo = memo_of(before, "denso", "amgen", "xylophone")
    same = rerun(before, memo)
    assert same.same_archive
    assert not same.differs
    assert [each.status for each in same.opened] == ["same"] * 4

    folder = archive / "documents" / "2019"
    (folder / "mile-ex.md").rename(folder / "life-in-mile-ex.md")
    (archive / "documents" / "about.md").unlink()
    for path in (archive / "events").glob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("id: denso-lab", "id: denso-labo"), "utf-8")
    for path in (archive / "partners").glob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("Partner in health since 2021.", "A xylophone."), "utf-8")
    build(archive, tmp_path / "index")
    found = rerun(Catalogue.open(tmp_path / "index"), memo)
    assert not found.same_archive
    assert found.differs
    denso, amgen, absent = found.searches
    assert [str(hit) for hit in denso.gone] == ["event/denso-lab"]
    assert [str(hit) for hit in denso.new] == ["event/denso-labo"]
    assert denso.now == denso.search.found
    assert not amgen.differs
    assert [str(hit) for hit in absent.new] == ["partner/amgen"]
    assert (absent.search.found, absent.now) == (0, 1)
    assert [(each.status, str(each.now)) for each in found.opened] == [
        ("moved", "document/life-in-mile-ex"),
        ("gone", "None"),
        ("gone", "None"),
        ("changed", "partner/amgen"),
    ]


def test_a_search_with_more_hits_than_named_is_compared_by_its_first(tmp_path: Path) -> None:
    archive = write_sample(tmp_path / "archive")
    build(archive, tmp_path / "index")
    catalogue = Catalogue.open(tmp_path / "index")
    only_count = MemoSearch(Location("search", params=(("kind", "event"),)), 3)
    found = rerun(catalogue, Memo("", (only_count,), ())).searches[0]
    assert found.differs
    assert not found.new
    assert not found.complete
