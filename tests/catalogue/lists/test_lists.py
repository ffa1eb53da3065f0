"""Rows, partners, the timeline, listings and totals in a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.kinds import KINDS
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.catalogue import Catalogue


def ids(catalogue: Catalogue, numbers: Sequence[int]) -> list[str]:
    return [catalogue.row(number).id for number in numbers]


def row_of(catalogue: Catalogue, kind: Kind, identifier: str) -> object:
    number = catalogue.find(kind, identifier)
    assert number is not None
    return catalogue.row(number)


def test_every_record_is_found_by_its_id(catalogue: Catalogue) -> None:
    for number in range(catalogue.size):
        row = catalogue.row(number)
        assert row.number == number
        assert catalogue.find(row.kind, row.id) == number
        assert catalogue.record(row.kind, row.id).id == row.id


def test_an_unknown_id_is_not_found_but_has_similar_ones(catalogue: Catalogue) -> None:
    assert catalogue.find("partner", "nobody") is None
    assert catalogue.find("document", "") is None
    assert catalogue.similar_ids("partner", "amgenn")[0] == "amgen"


def test_rows_say_what_a_line_needs(catalogue: Catalogue) -> None:
    rows = {(row.kind, row.id): row for row in (catalogue.row(n) for n in range(catalogue.size))}
    assert rows["figure", "researchers-2023"].detail == "over 1,000"
    assert rows["figure", "researchers-2023"].flags == ()
    assert rows["figure", "google-grant:1"].title == "grant"
    assert rows["figure", "google-grant:1"].detail == "about CAD 4,500,000"
    assert rows["figure", "google-grant:1"].date == "2016-11-21"
    assert rows["figure", "google-grant:1"].partners == ("google", "mila")
    assert rows["figure", "area"].flags == ()
    assert rows["figure", "founded-2009"].flags == ("low-confidence", "deprecated", "contradicted")
    assert rows["statement", "st-1"].detail == "Peter Grandsard"
    assert rows["person", "yoshua-bengio"].detail == "Scientific director, Mila"
    assert rows["partner", "mila"].flags == ("home",)
    assert rows["document", "samsung-fr"].language == "fr-CA"
    assert rows["event", "amgen-lab-opens"].partners == ("amgen", "mila")


def test_partners_by_activity_name_and_count(catalogue: Catalogue) -> None:
    lines = catalogue.partners(Scope())
    assert len(lines) == 12
    assert lines[0].id == "amgen"
    assert [line.id for line in lines[-2:]] == ["universite-de-montreal", "mila"]
    amgen = next(line for line in lines if line.id == "amgen")
    assert (amgen.count, amgen.last) == (3, "2023-01-18")
    years = dict(zip(range(1993, 2024), amgen.years, strict=True))
    assert {year: n for year, n in years.items() if n} == {2021: 1, 2023: 2}
    names = [line.name for line in catalogue.partners(Scope(), sort="name")]
    assert names == sorted(names, key=str.casefold)
    others = [line.count for line in catalogue.partners(Scope(), sort="count")][:-1]
    assert others == sorted(others, reverse=True)


def test_partners_follow_the_scope_but_for_its_partner(catalogue: Catalogue) -> None:
    lines = catalogue.partners(Scope(partners=frozenset({"samsung"}), since="2023", until="2023"))
    assert [(line.id, line.count) for line in lines] == [("amgen", 2), ("mila", 2)]
    assert sum(lines[1].years) == 2  # The decade and the century belong to no year.


def test_a_needle_finds_names_and_aliases(catalogue: Catalogue) -> None:
    found = {line.id: line.matched for line in catalogue.partners(Scope(), filter_text="univ")}
    assert found == {"universite-de-montreal": ""}
    found = {line.id: line.matched for line in catalogue.partners(Scope(), filter_text="MONTRÉAL")}
    assert list(found) == ["universite-de-montreal", "mila"]
    assert found["mila"] == "Montreal Institute for Learning Algorithms"


def test_main_names_come_before_other_names(catalogue: Catalogue) -> None:
    names = [line.name for line in catalogue.partners(Scope(), filter_text="am")]
    assert names[:2] == ["Amgen", "Amgen Canada"]
    montreal = catalogue.partners(Scope(), "count", filter_text="montre")
    assert [line.id for line in montreal] == ["universite-de-montreal", "mila"]
    assert [line.id for line in catalogue.partners(Scope(), filter_text="udem")] == [
        "universite-de-montreal"
    ]


def test_partners_of_a_kind(catalogue: Catalogue) -> None:
    lines = catalogue.partners(Scope(kinds=frozenset({"startup"})))
    assert [line.id for line in lines] == ["element-ai"]


def test_the_timeline_is_newest_first_under_headings(catalogue: Catalogue) -> None:
    timeline = catalogue.timeline(Scope())
    assert ids(catalogue, timeline.items)[:6] == [
        *("amgen-lab-opens", "sweden-partner", "sweden-office"),
        *("deep-partner", "amgen-partner", "astra"),
    ]
    labels = [group.label for group in timeline.years]
    assert labels == [
        *("2023", "2022", "2021", "2020", "2020s", "2019", "2018"),
        *("2016", "2014", "1993", "undated"),
    ]
    for group in timeline.years:
        for number in timeline.items[group.first : group.first + group.count]:
            if group.year is not None and len(group.label) == 4:
                assert catalogue.row(number).date.startswith(group.label)
    assert sum(group.count for group in timeline.years) == len(timeline.items) == 15


def test_the_timeline_is_sorted_the_other_way_with_undated_records_last(
    catalogue: Catalogue,
) -> None:
    newest, oldest = catalogue.timeline(Scope()), catalogue.timeline(Scope(), oldest_first=True)
    undated = newest.years[-1].count
    assert list(oldest.items[:-undated]) == list(newest.items[:-undated])[::-1]
    assert list(oldest.items[-undated:]) == list(newest.items[-undated:])
    assert [group.label for group in oldest.years] == [
        *("1993", "2014", "2016", "2018", "2019", "2020s", "2020", "2021", "2022", "2023"),
        "undated",
    ]
    for group in oldest.years:
        for number in oldest.items[group.first : group.first + group.count]:
            if len(group.label) == 4:
                assert catalogue.row(number).date.startswith(group.label)


def test_a_date_is_in_range_if_it_may_be(catalogue: Catalogue) -> None:
    autumn = Scope(since="2021-11", until="2021-11")
    found = ids(catalogue, catalogue.timeline(autumn).items)
    assert found == ["sweden-office", "astra"]


def test_what_has_no_year_is_in_none(catalogue: Catalogue) -> None:
    years = catalogue.timeline(Scope()).years
    assert (years[-1].label, years[-1].year, years[-1].count) == ("undated", None, 1)
    for since, until, expected in (
        ("2023", "2023", set()),
        ("2019", "2024", set()),
        ("2020", "2029", {"chairs"}),
        ("2000", "2099", {"chairs"}),
        ("2023", "", set()),
    ):
        found = set(ids(catalogue, catalogue.timeline(Scope(since=since, until=until)).items))
        assert found & {"chairs", "century"} == expected
    assert len(catalogue.timeline(Scope()).items) == 15


def test_documents_join_when_asked(catalogue: Catalogue) -> None:
    scope = Scope(partners=frozenset({"samsung"}))
    assert len(catalogue.timeline(scope).items) == 2
    both = catalogue.timeline(scope, documents=True)
    assert ids(catalogue, both.items) == ["samsung-lab", "samsung-fr", "samsung-move"]


def test_listings_and_their_orders(catalogue: Catalogue) -> None:
    newest = ids(catalogue, catalogue.list_records("document", Scope()))
    assert newest[0] == "amgen-lab"
    assert newest[-1] == "about"
    oldest = ids(catalogue, catalogue.list_records("document", Scope(), sort="oldest"))
    assert oldest[-1] == "about"
    assert oldest[:-1] == newest[:-1][::-1]
    titles = ids(catalogue, catalogue.list_records("document", Scope(), sort="title"))
    assert titles[:2] == ["odd id/with ünsafe&chars#?", "table"]


def test_a_language_takes_in_its_regions(catalogue: Catalogue) -> None:
    found = ids(catalogue, catalogue.list_records("document", Scope(languages=frozenset({"fr"}))))
    assert set(found) == {"sweden-fr", "samsung-fr", "denso-fr"}
    assert not catalogue.list_records("event", Scope(languages=frozenset({"fr"})))


def test_of_several_values_any_lets_a_record_through(catalogue: Catalogue) -> None:
    def found(scope: Scope) -> set[int]:
        return {n for kind in KINDS for n in catalogue.list_records(kind, scope)}

    publishers = [row.id for row in catalogue.publishers(Scope(), "count")][:2]
    assert len(publishers) == 2
    for one, other, both in (
        (_partners("amgen"), _partners("samsung"), _partners("amgen", "samsung")),
        (_languages("de"), _languages("fr"), _languages("de", "fr")),
        (
            Scope(publishers=frozenset(publishers[:1])),
            Scope(publishers=frozenset(publishers[1:])),
            Scope(publishers=frozenset(publishers)),
        ),
    ):
        assert found(one)
        assert found(other)
        assert found(both) == found(one) | found(other)


def _partners(*identifiers: str) -> Scope:
    return Scope(partners=frozenset(identifiers))


def _languages(*tags: str) -> Scope:
    return Scope(languages=frozenset(tags))


def test_totals_agree_with_listings(catalogue: Catalogue) -> None:
    scopes = (
        Scope(),
        Scope(partners=frozenset({"amgen"})),
        Scope(since="2021", until="2022"),
        Scope(kinds=frozenset({"funding", "document", "grant"})),
        Scope(partners=frozenset({"mila"}), languages=frozenset({"en"}), since="2020"),
        Scope(partners=frozenset({"nobody"})),
        Scope(partners=frozenset({"amgen", "samsung"}), languages=frozenset({"en", "fr"})),
    )
    for scope in scopes:
        for kind, (inside, every) in catalogue.totals(scope).items():
            assert inside == len(catalogue.list_records(kind, scope)), (scope, kind)
            assert every == len(catalogue.list_records(kind, Scope()))


def test_the_archive_as_a_whole_has_title_languages_and_years(catalogue: Catalogue) -> None:
    info = catalogue.info
    assert (info.title, info.home) == ("A sample of announcements", "mila")
    assert info.languages == ("de", "en", "fr", "fr-CA")
    assert (info.first_year, info.last_year) == (1993, 2023)
    assert info.counts["document"] == 12


@pytest.mark.parametrize("oldest_first", [False, True])
def test_a_timeline_takes_four_bytes_an_item(catalogue: Catalogue, oldest_first: bool) -> None:
    items = catalogue.timeline(Scope(query="a*"), oldest_first=oldest_first).items
    assert items
    assert memoryview(items).nbytes == 4 * len(items)  # type: ignore[arg-type]


def test_of_names_that_match_alike_the_best_known_comes_first(catalogue: Catalogue) -> None:
    newest = [row.id for row in catalogue.partners(Scope()) if row.id in ("amgen", "ai-sweden")]
    assert newest == ["amgen", "ai-sweden"]
    best = [(row.id, row.count) for row in catalogue.partners(Scope(), filter_text="a")][:2]
    assert best == [("ai-sweden", 4), ("amgen", 3)]
