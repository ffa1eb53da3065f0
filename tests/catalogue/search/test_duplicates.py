"""Reprints, translations and versions of one text are one hit that counts the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import parse_location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "The group opens a laboratory for robots in the old weaving mill. It will hire forty people "
    "within two years, says “the director” of the mill, and pay for chairs at two universities."
)
DOCUMENTS = {
    "first": ("title: Robots in the mill\ndate: 2020-03-01\npublisher: The Mill", TEXT),
    "reprint": (
        "title: A laboratory comes\ndate: 2020-03-02\npublisher: The Paper",
        TEXT.replace("“the director”", '"the director"').replace(". It", ".\nIt").upper(),
    ),
    "version": (
        "title: Robots in the mill (updated)\ndate: 2020-03-05\nversion_of: first\n"
        "publisher: The Mill",
        "The group now hires fifty people for its robots.",
    ),
    "french": (
        "title: Des robots au moulin\ndate: 2020-03-01\nlanguage: fr\ntranslation_of: first",
        "Le groupe ouvre un laboratoire pour ses robots.",
    ),
    "other": ("title: Other robots\ndate: 2021-01-01\npublisher: The Paper", TEXT[:-12] + "mills."),
    "short": ("title: Short\ndate: 2019-01-01", "Robots."),
    "brief": ("title: Brief\ndate: 2018-01-01", "Robots."),
    "next": ("title: What follows\ndate: 2020-04-01\nfollows: first", "More robots."),
}


def write(root: Path, names: list[str]) -> Path:
    (root / "documents").mkdir(parents=True, exist_ok=True)
    (root / "archive.yaml").write_text("title: Editions\nlanguages: [en, fr]\n")
    for name in names:
        front, body = DOCUMENTS[name]
        (root / "documents" / f"{name}.md").write_text(f"---\n{front}\n---\n\n{body}\n")
    return root


@pytest.fixture(scope="module")
def robots(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("editions")
    build(write(root / "archive", list(DOCUMENTS)), root / "index")
    return Catalogue.open(root / "index")


def groups(catalogue: Catalogue, query: str = "robots", limit: int = 50) -> set[frozenset[str]]:
    hits = catalogue.search(query, Scope(), limit=limit).hits
    return {frozenset([hit.row.id, *hit.same_ids]) for hit in hits}


WHOLE = {
    frozenset(["first", "reprint", "version", "french"]),
    *(frozenset([name]) for name in ("other", "short", "brief", "next")),
}


def test_editions_are_one_hit(robots: Catalogue) -> None:
    assert groups(robots) == WHOLE
    answer = robots.search("robots", Scope())
    assert answer.total == 8
    hit = next(hit for hit in answer.hits if hit.same)
    assert [robots.row(number).id for number in hit.same] == list(hit.same_ids)


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_in_every_order(robots: Catalogue, sort: str) -> None:
    hits = robots.search("robots", Scope(), sort="newest" if sort == "newest" else "oldest").hits
    assert len(hits) == len(WHOLE)
    dates = [hit.row.date for hit in hits]
    assert dates == sorted(dates, reverse=sort == "newest")


def test_the_limit_counts_hits(robots: Catalogue) -> None:
    for limit in range(1, len(WHOLE) + 1):
        assert len(robots.search("robots", Scope(), limit=limit).hits) == limit


def test_only_editions_that_match_are_counted(robots: Catalogue) -> None:
    hit = robots.search("robots", Scope(languages=frozenset({"fr"}))).hits[0]
    assert (hit.row.id, hit.same) == ("french", ())
    hit = robots.search("forty", Scope()).hits[0]
    assert {hit.row.id, *hit.same_ids} <= {"first", "reprint", "other"}


def test_without_words_every_edition_is_listed(robots: Catalogue) -> None:
    assert len(robots.search("", Scope()).hits) == len(DOCUMENTS)


def test_publishers_are_counted(robots: Catalogue) -> None:
    facets = robots.search("robots", Scope()).facets
    assert dict(facets["publisher"]) == {"The Mill": 2, "The Paper": 2}


@pytest.mark.parametrize("facet", ["kind", "partner", "publisher"])
def test_narrowing_to_what_was_counted_finds_so_many(robots: Catalogue, facet: str) -> None:
    for value, count in robots.search("robots", Scope()).facets[facet].items():
        scope = parse_location(f"search?{facet}={value}").scope
        assert robots.search("robots", scope).total == count


def test_a_publisher_is_found_by_the_beginning_of_its_name(robots: Catalogue) -> None:
    def total(name: str) -> int:
        return robots.search("", Scope(publishers=frozenset({name}))).total

    assert (total("the mill"), total("mill"), total("paper"), total("the")) == (2, 2, 2, 4)
    assert (total("ill"), total("nobody"), total("?")) == (0, 0, 0)


def test_a_publisher_that_leaves_nothing_is_explained(robots: Catalogue) -> None:
    [way] = robots.search("robots", Scope(publishers=frozenset({"nobody"}))).suggestions
    assert way.text.startswith("Without “nobody” ")
    assert way.lift == ("publishers",)


def test_an_incremental_build_finds_the_same(tmp_path: Path) -> None:
    names = list(DOCUMENTS)
    archive = write(tmp_path / "archive", names[1:])
    build(archive, tmp_path / "index")
    before = Catalogue.open(tmp_path / "index")
    assert frozenset(["first", "reprint"]) not in {g & {"first", "reprint"} for g in groups(before)}
    write(archive, names[:1])
    assert build(archive, tmp_path / "index").incremental
    after = Catalogue.open(tmp_path / "index")
    assert groups(after) == WHOLE
    assert dict(after.search("robots", Scope()).facets["publisher"]) == {
        "The Mill": 2,
        "The Paper": 2,
    }


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A release, its reprint and its translation, and an event that all three report."""
    root = tmp_path_factory.mktemp("graded")
    write(root / "archive", [])
    for name, front in {
        "reprint": "title: Robots reprinted\ngrade: republication\nversion_of: release",
        "release": "title: Robots\ngrade: publisher",
        "french": "title: Robots\ngrade: aggregator\nlanguage: fr\ntranslation_of: release",
    }.items():
        language = "" if "language" in front else "language: en\n"
        text = f"---\n{front}\n{language}date: 2020-01-01\n---\n\nThe robots {name}.\n"
        (root / "archive" / "documents" / f"{name}.md").write_text(text)
    (root / "archive" / "events").mkdir()
    sources = "".join(
        f"- {{document: {name}, exact: The robots {name}}}\n"
        for name in ("french", "reprint", "release")
    )
    (root / "archive" / "events" / "e.yaml").write_text(
        f"id: arrival\ndate: 2020-01-01\nkind: programme\ntitle: Arrival\nsources:\n{sources}"
    )
    build(root / "archive", root / "index")
    return Catalogue.open(root / "index")


@pytest.mark.parametrize(("query", "shown"), [("robots", "release"), ("reprinted", "reprint")])
def test_the_best_graded_edition_of_a_language_that_matches_is_shown(
    graded: Catalogue, query: str, shown: str
) -> None:
    hits = graded.search(
        query, Scope(kinds=frozenset({"document"}), languages=frozenset({"en"}))
    ).hits
    assert [hit.row.id for hit in hits] == [shown]


def test_a_translation_keeps_its_place(graded: Catalogue) -> None:
    hits = graded.search("french", Scope(kinds=frozenset({"document"}))).hits
    assert [hit.row.id for hit in hits] == ["french"]


def test_where_it_is_written_the_best_graded_document_comes_first(graded: Catalogue) -> None:
    text = graded.page(parse_location("event/arrival")).text
    places = [text.index(f"The robots {name}") for name in ("release", "reprint", "french")]
    assert places == sorted(places)
    assert "“Robots”" in graded.citation(parse_location("event/arrival"))


def test_a_document_names_its_other_versions(graded: Catalogue) -> None:
    text = graded.page(parse_location("document/release")).text
    assert "Other versions of it" in text
    assert "Robots reprinted" in text.partition("Other versions of it")[2]
    assert "Mentioned in" not in text


@pytest.mark.parametrize("name", ["release", "reprint", "french"])
def test_every_version_names_all_others(graded: Catalogue, name: str) -> None:
    page = graded.page(parse_location(f"document/{name}"))
    section = page.text.partition("Other versions of it (2)")[2]
    assert section
    targets = {str(link.target) for link in page.links if link.start > page.text.index("Other v")}
    others = {"release", "reprint", "french"} - {name}
    assert {f"document/{other}" for other in others} <= targets
    compared = {target for target in targets if "#with=" in target}
    assert compared == {
        f"document/{name}#with={other}" for other in others if "french" not in (name, other)
    }


def test_two_versions_are_compared_word_by_word(graded: Catalogue) -> None:
    page = graded.page(parse_location("document/release#with=reprint"))
    assert "The robots [-reprint.-] {+release.+}" in page.text
    assert "1 word only there · 1 word only here" in page.text
    assert [page.text[start:end] for start, end in page.highlights] == [
        "[-reprint.-]",
        "{+release.+}",
    ]
