"""Publishers stand in for partners where an archive names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import parse_location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.lists.activity_rows import PartnerSort

_PUBLISHED = (
    ("2019-05-01", "Newswise"),
    ("2021-03-04", "Énergie Nord"),
    ("2021-03-05", "The News"),
    ("2022", "Newswise"),
    ("", "Énergie Nord"),
    ("2023-01-01", ""),
    ("2020-02-02", "Newswise"),
)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("releases")
    write(root / "archive")
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


def write(folder: Path) -> None:
    (folder / "documents").mkdir(parents=True)
    (folder / "archive.yaml").write_text("title: Releases\n")
    for number, (date, publisher) in enumerate(_PUBLISHED):
        head = f"title: Release {number}\ndate: '{date}'\npublisher: {publisher}\nlanguage: en\n"
        (folder / "documents" / f"r{number}.md").write_text(f"---\n{head}---\nA text.\n")


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("activity", ["Newswise", "The News", "Énergie Nord"]),
        ("name", ["Énergie Nord", "Newswise", "The News"]),
        ("count", ["Newswise", "Énergie Nord", "The News"]),
    ],
)
def test_publishers_are_sorted(releases: Catalogue, sort: PartnerSort, names: list[str]) -> None:
    assert [line.name for line in releases.publishers(Scope(), sort)] == names
    assert releases.info.publishers == 3


def test_a_publisher_has_its_count_its_newest_date_and_its_years(releases: Catalogue) -> None:
    newswise = releases.publishers(Scope())[0]
    assert (newswise.id, newswise.count, newswise.last) == ("Newswise", 3, "2022")
    assert newswise.years == (1, 1, 0, 1, 0)
    undated = releases.publishers(Scope(), filter_text="energie")[0]
    assert (undated.count, undated.last, undated.years) == (2, "2021-03-04", (0, 0, 1, 0, 0))


def test_publishers_keep_to_the_scope_but_not_to_its_publisher(releases: Catalogue) -> None:
    lines = releases.publishers(
        Scope(since="2021", until="2022", publishers=frozenset({"The News"})), "count"
    )
    assert {line.name: line.count for line in lines} == {
        "Newswise": 1,
        "The News": 1,
        "Énergie Nord": 1,
    }


def test_names_that_begin_so_come_first(releases: Catalogue) -> None:
    found = [line.name for line in releases.publishers(Scope(), "name", "news")]
    assert found == ["Newswise", "The News"]
    assert not releases.publishers(Scope(), filter_text="nobody")


def test_the_page_of_a_publisher_lists_its_documents(releases: Catalogue) -> None:
    page = releases.page(parse_location("documents?publisher=Newswise"))
    lines = page.text.splitlines()
    assert lines[:2] == ["Newswise", "3 documents"]
    assert page.title == "Newswise"
    assert [str(link.target) for link in page.links] == [
        *("document/r3", "document/r6", "document/r0"),
    ]
