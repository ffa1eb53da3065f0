"""The contract of ``milatui.index.protocol.CatalogueIndex``: tests that every engine must pass.

A module of tests subclasses ``IndexContract`` and provides the fixture ``index``: the engine under
test, opened over the archive of ``tests.sample``.
"""

from __future__ import annotations

import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from milatui.archive.kinds import KINDS
from milatui.archive.records import Partner
from milatui.archive.serialize import kind_of, record_from_dict
from milatui.index.record_relations import partners_of, references
from milatui.index.search.searcher import SearchRequest
from milatui.index.sort_order import date_sort
from milatui.index.store.list_row import ListRow
from milatui.index.store.record_columns import APPROXIMATE, CONTRADICTED, NO_RECORD, SPAN, UNCERTAIN

if TYPE_CHECKING:
    from milatui.archive.records import Record
    from milatui.index.protocol import CatalogueIndex

SIZE = 67
"""Records of the sample."""


class IndexContract:
    """What the catalogue relies on."""

    def test_there_are_as_many_records_as_the_manifest_counts(self, index: CatalogueIndex) -> None:
        assert index.size == SIZE == sum(index.manifest.counts.values())
        assert list(index.manifest.counts) == list(KINDS)
        for kind, count in index.manifest.counts.items():
            assert list(index.columns.kind).count(KINDS.index(kind)) == count

    def test_there_is_no_record_beyond_them(self, index: CatalogueIndex) -> None:
        for number in (-1, SIZE, SIZE + 10**9):
            with pytest.raises(IndexError):
                index.list_row(number)
            with pytest.raises(IndexError):
                index.record(number)

    def test_batches_answer_as_single_calls_do(self, index: CatalogueIndex) -> None:
        numbers = [*range(SIZE - 1, -1, -1), 7, 7]
        assert index.list_rows(numbers) == [index.list_row(number) for number in numbers]
        assert index.records(numbers) == [index.record(number) for number in numbers]
        keys = [(row.kind, row.id) for row in index.list_rows(numbers)]
        assert index.find_all([*keys, ("event", "amgen")]) == [*numbers, None]
        assert not index.list_rows(())
        assert not index.records(())
        assert not index.find_all(())
        with pytest.raises(IndexError):
            index.list_rows((0, SIZE))
        with pytest.raises(IndexError):
            index.records((0, SIZE))

    def test_rows_and_records_belong_together(self, index: CatalogueIndex) -> None:
        for number, row, record in everything(index):
            assert (row.kind, row.id) == (kind_of(record), record.id)
            assert row.partners == partners_of(record)
            assert index.columns.kind[number] == KINDS.index(row.kind)

    def test_records_are_in_the_one_order(self, index: CatalogueIndex) -> None:
        dates = [date_sort(row.date).key for _number, row, _record in everything(index)]
        assert dates == sorted(dates)

    def test_records_are_found_by_kind_and_id(self, index: CatalogueIndex) -> None:
        for number, row, _record in everything(index):
            assert index.find(row.kind, row.id) == number
            assert index.columns.by_id[index.id_position(row.kind, row.id)] == number
        assert index.find("event", "amgen") is None
        assert index.find("document", "") is None
        ids = [index.list_row(number) for number in index.columns.by_id]
        assert [(KINDS.index(row.kind), row.id) for row in ids] == sorted(
            (KINDS.index(row.kind), row.id) for row in ids
        )

    def test_columns_of_words_number_the_tables(self, index: CatalogueIndex) -> None:
        columns, manifest = index.columns, index.manifest
        for table in (manifest.details, manifest.languages, manifest.publishers, manifest.sectors):
            assert table[0] == ""
            assert len(set(table)) == len(table)
        for number, row, record in everything(index):
            sector = record.sector if isinstance(record, Partner) else ""
            assert manifest.sectors[columns.sector[number]] == sector
            assert manifest.languages[columns.language[number]] == row.language
            if row.kind in ("event", "document"):
                assert manifest.details[columns.detail[number]] == row.shown
            if row.kind == "partner":
                assert manifest.details[columns.detail[number]] == row.shown[0]

    def test_days_and_headings_are_those_of_the_dates(self, index: CatalogueIndex) -> None:
        for number, row, _record in everything(index):
            moment = date_sort(row.date)
            assert index.columns.heading[number] == moment.group
            if row.kind != "person":
                days = index.columns.first_day[number], index.columns.last_day[number]
                assert days == (moment.first, moment.last)

    def test_dating_tells_how_a_date_is_known(self, index: CatalogueIndex) -> None:
        for number, row, _record in everything(index):
            dating = index.columns.dating[number]
            assert bool(dating & SPAN) == ("/" in row.date)
            assert bool(dating & UNCERTAIN) == any(mark in row.date for mark in "?%")
            assert bool(dating & APPROXIMATE) == any(mark in row.date for mark in "~%")

    def test_groups_are_stretches_of_one_heading(self, index: CatalogueIndex) -> None:
        at = 0
        for group in index.manifest.groups:
            assert group.start == at < group.stop
            kinds = [KINDS[kind] for kind in index.columns.kind[group.start : group.stop]]
            assert (group.events, group.documents) == (
                kinds.count("event"),
                kinds.count("document"),
            )
            assert set(index.columns.heading[group.start : group.stop]) == {group.heading}
            at = group.stop
        assert at == index.size

    def test_relations_lead_both_ways(self, index: CatalogueIndex) -> None:
        columns = index.columns
        naming: dict[str, set[str]] = {}
        for _number, row, record in everything(index):
            for target in references(record):
                naming.setdefault(target, set()).add(f"{row.kind}/{row.id}")
        for number, row, _record in everything(index):
            partners = [
                index.list_row(columns.partner_number[p]).id for p in columns.partners[number]
            ]
            known = [p for p in row.partners if index.find("partner", p) is not None]
            assert sorted(partners) == sorted(known)
            found = {f"{r.kind}/{r.id}" for r in map(index.list_row, columns.named_by[number])}
            key = f"{row.kind}/{row.id}"
            assert found == naming.get(key, set()) - {key}
        for ordinal in range(len(columns.partner_number)):
            for number in columns.partner_records[ordinal]:
                assert ordinal in columns.partners[number]

    def test_partners_are_counted(self, index: CatalogueIndex) -> None:
        columns, manifest = index.columns, index.manifest
        width = manifest.last_year - manifest.first_year + 1
        dated = [KINDS.index("event"), KINDS.index("document")]
        size = len(columns.partner_number)
        for ordinal in range(size):
            active = [n for n in columns.partner_records[ordinal] if columns.kind[n] in dated]
            assert columns.partner_count[ordinal] == len(active)
            assert columns.partner_newest[ordinal] == min(active, default=NO_RECORD)
            years = list(columns.partner_years[ordinal * width : (ordinal + 1) * width])
            for year, count in enumerate(years, manifest.first_year):
                assert count == [columns.heading[n] for n in active].count(year)
        assert sorted(columns.partners_by_activity) == list(range(size))
        assert sorted(columns.partners_by_count) == list(range(size))

    def test_the_timeline_lists_events_and_documents(self, index: CatalogueIndex) -> None:
        kinds = [KINDS[kind] for kind in index.columns.kind]
        events = [n for n, kind in enumerate(kinds) if kind == "event"]
        assert list(index.columns.events) == events
        both = [n for n, kind in enumerate(kinds) if kind in ("event", "document")]
        assert list(index.columns.events_and_documents) == both

    def test_translations_are_editions_of_one_text(self, index: CatalogueIndex) -> None:
        one, other = (index.find("document", name) for name in ("sweden-en", "sweden-fr"))
        assert one is not None
        assert other is not None
        lowest = index.columns.edition[one]
        assert lowest == index.columns.edition[other] == min(one, other)
        assert list(index.columns.editions[lowest]) == sorted((one, other))

    def test_figures_that_differ_are_flagged(self, index: CatalogueIndex) -> None:
        for name, expected in (("founded-1993", CONTRADICTED), ("area", 0)):
            number = index.find("figure", name)
            assert number is not None
            assert index.columns.flags[number] == expected

    def test_names_are_those_of_partners_and_people(self, index: CatalogueIndex) -> None:
        numbers = [name.number for name in index.names]
        assert numbers == sorted(numbers)
        main = {name.number: name.name for name in reversed(index.names)}
        for number, name in main.items():
            assert index.list_row(number).title == name
        assert {index.list_row(number).kind for number in main} == {"partner", "person"}
        assert "udem" in {name.folded for name in index.names}

    def test_several_threads_read_at_once(self, index: CatalogueIndex) -> None:
        expected = [index.record(number) for number in range(index.size)]
        found: list[bool] = []

        def read() -> None:
            records = [index.record(number) for number in range(index.size)]
            found.append(records == expected)

        threads = [Thread(target=read) for _thread in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [True] * 4

    def test_it_answers_the_same_without_its_caches(self, index: CatalogueIndex) -> None:
        request = SearchRequest("new partnership", lambda _name, _value: "", typing=True)
        before = index.searcher.search(request).scores.tolist()
        index.release_caches()
        assert index.searcher.search(request).scores.tolist() == before

    def test_it_searches(self, index: CatalogueIndex) -> None:
        assert index.searcher is index.searcher
        assert "numpy" in sys.modules

    def test_it_stays_readable_after_close(self, index: CatalogueIndex) -> None:
        index.close()
        assert index.list_row(0).id


def everything(index: CatalogueIndex) -> list[tuple[int, ListRow, Record]]:
    """Number, row and record of all."""
    rows = [(number, index.list_row(number)) for number in range(index.size)]
    return [(number, row, record_from_dict(row.kind, index.record(number))) for number, row in rows]
