"""Defines the names of an archive's partners and people, for recognising them in texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Partner, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.archive.records import Record


class NameIndex:
    """The names and aliases of partners and people; other records are passed over."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self.partners: dict[str, Partner] = {}
        self.people: dict[str, Person] = {}
        for record in records:
            if isinstance(record, Partner):
                self.partners[record.id] = record
            elif isinstance(record, Person):
                self.people[record.id] = record
