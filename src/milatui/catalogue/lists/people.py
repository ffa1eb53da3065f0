"""Lists people: who spoke, in which role, in which years."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

from milatui.catalogue.lists.rows import list_records
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import DECADE, UNDATED, role_sort

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
PeopleSort = Literal["count", "name", "activity"]
"""Orders of people: by statements, as the explorer lists them; by name; by the newest record."""
PEOPLE_SORTS: Final[tuple[PeopleSort, ...]] = ("count", "name", "activity")
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


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that a person had at an organisation, whatever number of sources show it.

    Attributes:
        title: Its title.
        organisation: The organisation as written.
        partner: Id of the organisation, empty if the archive does not have it as a partner.
        years: First and last year in which the sources show it; empty if none is dated.
    """

    title: str
    organisation: str
    partner: str
    years: tuple[str, ...]

    @property
    def period(self) -> str:
        """The years in words: ``2022–2025``, or one year."""
        return "–".join(dict.fromkeys(self.years))


@dataclass(frozen=True, slots=True)
class PersonActivity:
    """What a person did in a scope, without a look at the records.

    Attributes:
        number: The person's record number.
        statements: How many statements the person made.
        newest: Record number of the newest of the statements and events; None if none is dated.
    """

    number: int
    statements: int
    newest: int | None


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person with all roles.

    Attributes:
        row: The list row.
        roles: The roles, the latest first.
        statements: How many statements the person made in the scope.
        last: EDTF text of the newest statement or event in the scope, empty if none is dated.
    """

    row: RecordRow
    roles: tuple[HeldRole, ...]
    statements: int
    last: str


def people_activity(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, sort: PeopleSort
) -> list[PersonActivity]:
    """Returns the people of a scope, those included that only a statement in it names."""
    columns, mask = reader.columns, filters.mask(scope)
    statements, events = filters.of_kinds("statement"), filters.of_kinds("event")
    found: list[PersonActivity] = []
    first_said: dict[int, int] = {}
    for person in filters.numbers(filters.of_kinds("person"), "person"):
        named = [number for number in columns.named_by[person] if mask[number]]
        speakers = [number for number in named if statements[number]]
        if not speakers and not mask[person]:
            continue
        dated = (n for n in named if statements[n] or events[n])
        # Record numbers ascend from the newest; a decade does not say when somebody was last seen.
        newest = next((n for n in dated if UNDATED < columns.heading[n] < DECADE), None)
        found.append(PersonActivity(person, len(speakers), newest))
        first_said[person] = min(speakers, default=reader.size)
    lines = reader.list_rows([each.number for each in found])
    names = {each.number: query_words(line.title) for each, line in zip(found, lines, strict=True)}
    found.sort(key=lambda each: names[each.number])
    if sort == "count":
        found.sort(key=lambda each: (-each.statements, first_said[each.number]))
    elif sort == "activity":
        found.sort(key=lambda each: reader.size if each.newest is None else each.newest)
    return found


def people_summaries(
    reader: CatalogueIndex, factory: RowFactory, people: Sequence[PersonActivity]
) -> list[PersonSummary]:
    """Returns people with their roles, in the given order; reads their records."""
    from milatui.archive.serialize import record_from_dict

    numbers = [person.number for person in people]
    newest = [person.newest for person in people if person.newest is not None]
    dates = {n: line.date for n, line in zip(newest, reader.list_rows(newest), strict=True)}
    records = [cast("Person", record_from_dict("person", each)) for each in reader.records(numbers)]
    return [
        PersonSummary(
            row=row,
            roles=held_roles(record.roles),
            statements=person.statements,
            last="" if person.newest is None else dates[person.newest],
        )
        for person, row, record in zip(people, factory.rows(numbers), records, strict=True)
    ]


def held_roles(roles: Iterable[Role]) -> tuple[HeldRole, ...]:
    """Returns each role once, with the years that all its sources show, the latest role first."""
    held: defaultdict[tuple[str, str], list[Role]] = defaultdict(list)
    for role in sorted(roles, key=role_sort, reverse=True):
        held[role.title, role.organisation].append(role)
    return tuple(
        HeldRole(title, organisation, same[0].partner, role_years(same))
        for (title, organisation), same in held.items()
    )


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
