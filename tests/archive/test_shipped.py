"""The archive that ships is sound: every file, every reference, every quoted word."""

from __future__ import annotations

from pathlib import Path

from milatui.archive.checks import check
from milatui.archive.kinds import KINDS
from milatui.archive.loader import load_archive
from milatui.archive.serialize import record_from_dict, record_to_dict

SHIPPED = Path(__file__).parents[2] / "data"


def test_the_shipped_archive_has_no_fault_and_something_of_every_kind() -> None:
    loaded = load_archive(SHIPPED)
    assert [str(fault) for fault in [*loaded.faults, *check(loaded)]] == []
    assert all(loaded.records[kind] for kind in KINDS)


def test_every_shipped_record_comes_back_from_its_data() -> None:
    loaded = load_archive(SHIPPED)
    for kind in KINDS:
        for located in loaded.records[kind]:
            assert record_from_dict(kind, record_to_dict(located.record)) == located.record
