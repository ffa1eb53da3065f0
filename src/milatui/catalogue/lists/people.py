"""Lists people: who spoke, in which role, in which years."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from milatui.catalogue.lists.rows import list_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.records import Person, Role, Statement
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.rows import RecordRow, RowFactory
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex

MAX_PEOPLE: Final = 500
"""People of each section; the rest is counted."""
MAX_STATEMENTS: Final = 2000
"""Statements that are looked at, the newest."""
_YEAR: Final = re.compile(r"(?<![0-9-])[0-9]{4}(?![0-9X])")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as one line of a list.

    Attributes:
        row: The list row; ``row.detail`` is the latest role.
        years: First and last year in which the sources show a role; empty if none is dated.
        statements: The list rows of what the person said in the scope, newest first.
    """

    row: RecordRow
    years: tuple[str, ...]
    statements: tuple[RecordRow, ...]

    @property
    def period(self) -> str:
        """The years in words: ``2022–2025``, or one year."""
        return "–".join(dict.fromkeys(self.years))


@dataclass(frozen=True, slots=True)
class PeopleList:
    """The people of a scope.

    Attributes:
        speakers: Those who said something, those with most statements first.
        others: Those who are only named, by name.
        total: Number of people, more than are listed if there are very many.
        statements: Number of statements in the scope.
    """

    speakers: tuple[PersonRow, ...]
    others: tuple[PersonRow, ...]
    total: int
    statements: int


def list_people(
    reader: CatalogueIndex, filters: FilterMasks, factory: RowFactory, scope: Scope
) -> PeopleList:
    """Lists the people of a scope."""
    # Deferred: the first screen shows no record, and the classes take time to load.
    from milatui.archive.serialize import record_from_dict

    statements = list_records(reader, filters, "statement", scope, "newest")
    newest = statements[:MAX_STATEMENTS]
    data = reader.records(newest)
    speakers = [cast("Statement", record_from_dict("statement", each)).speaker for each in data]
    found = reader.find_all([("person", speaker) for speaker in speakers])
    said: defaultdict[int, list[int]] = defaultdict(list)
    for number, speaker in zip(newest, found, strict=True):
        if speaker is not None:
            said[speaker].append(number)
    named = list_records(reader, filters, "person", scope, "title")
    people = list(dict.fromkeys((*named, *said)))
    spoke = sorted(said, key=lambda person: -len(said[person]))
    silent = [person for person in people if person not in said]
    shown = [*spoke[:MAX_PEOPLE], *silent[:MAX_PEOPLE]]
    rows = {row.number: row for row in factory.rows([*shown, *newest])}
    records = [cast("Person", record_from_dict("person", each)) for each in reader.records(shown)]
    made = {
        number: PersonRow(
            rows[number], role_years(person.roles), tuple(rows[n] for n in said.get(number, ()))
        )
        for number, person in zip(shown, records, strict=True)
    }
    return PeopleList(
        speakers=tuple(made[number] for number in spoke[:MAX_PEOPLE]),
        others=tuple(made[number] for number in silent[:MAX_PEOPLE]),
        total=len(people),
        statements=len(statements),
    )


def role_years(roles: Iterable[Role]) -> tuple[str, ...]:
    """Returns the first and the last year in which roles were held; empty if none is dated."""
    dates = " ".join(f"{role.start} {role.end} {role.as_of}" for role in roles)
    years: Sequence[str] = sorted(_YEAR.findall(dates.replace("/", " ")))
    return (years[0], years[-1]) if years else ()
