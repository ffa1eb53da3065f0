"""What the index keeps of each record: its list line, its place in the order, its links."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milatui.archive.records import (
    KINDS,
    Document,
    Event,
    Figure,
    Partner,
    Person,
    Statement,
)
from milatui.index.engine.splitting import words
from milatui.index.links import partners_of, references
from milatui.index.ordering import NOWHERE, when

if TYPE_CHECKING:
    from milatui.archive.records import Kind, Record, Role

SHOWN_TITLE = 300
"""Characters of a title or statement that a list line keeps."""


@dataclass(slots=True)
class Entry:
    """One record, as the side files describe it.

    Attributes:
        uid: Number that stays with the record for the life of the index.
        kind: Kind of record.
        id: Its id.
        key: Sorts all records in the order of ``ordering``.
        group: Heading of the timeline.
        first: First day it may mean.
        last: Last day.
        detail: Kind within the kind, for filtering.
        language: BCP 47 tag or empty.
        partners: Ids of the partners it counts for.
        refers: ``kind/id`` of the records it names or quotes.
        names: Names it is known by besides its title.
        row: The line of a list, as JSON.
        measure: Figures: measure and value, to find those that differ.
    """

    uid: int
    kind: Kind
    id: str
    key: list[int | str]
    group: int
    first: int
    last: int
    detail: str
    language: str
    partners: list[str]
    refers: list[str]
    names: list[str]
    row: bytes
    measure: list[str]

    def kept(self) -> list[object]:
        """Everything as plain values, for the next incremental build."""
        return [*(getattr(self, name) for name in _KEPT), self.row]

    @classmethod
    def from_kept(cls, values: list[Any]) -> Entry:
        """The entry that ``kept`` told."""
        return cls(**dict(zip(_KEPT, values, strict=False)), row=values[-1])


_KEPT = (
    *("uid", "kind", "id", "key", "group", "first", "last", "detail", "language"),
    *("partners", "refers", "names", "measure"),
)


def entry_of(kind: Kind, record: Record, uid: int) -> Entry:
    """What the index keeps of a record besides its text."""
    title, date, detail, shown, language = _line(record)
    moment = when(date)
    group, first, last = moment.group, moment.first, moment.last
    if isinstance(record, Person):
        first, last = _span_of_roles(record)
    partners = partners_of(record)
    flags = [f for f in (_confidence(record), _rank(record)) if f]
    line = [KINDS.index(kind), record.id, title[:SHOWN_TITLE], date, shown, language]
    row = json.dumps([*line, partners, flags], ensure_ascii=False, separators=(",", ":"))
    name = " ".join(words(title[:SHOWN_TITLE]))
    return Entry(
        uid=uid,
        kind=kind,
        id=record.id,
        key=[*moment.key, KINDS.index(kind), name, record.id],
        group=group,
        first=first,
        last=last,
        detail=detail,
        language=language,
        partners=partners,
        refers=references(record),
        names=_names(record),
        row=row.encode("utf-8", "surrogatepass"),
        measure=_measure(record),
    )


def _line(record: Record) -> tuple[str, str, str, str | list[str], str]:
    """Title, date, kind within the kind, what a line shows of it, and language."""
    match record:
        case Partner():
            return record.name, "", record.kind, record.kind, ""
        case Person():
            return record.name, "", "", _latest_role(record), ""
        case Event():
            return record.title, record.date, record.kind, record.kind, ""
        case Figure():
            shown = [record.qualifier, record.value, record.unit]
            return record.measure.replace("_", " "), record.as_of, "", shown, ""
        case Statement():
            return record.text, record.date, "", record.speaker, ""
        case Document():
            return record.title, record.date, record.type, record.type, record.language


def _latest_role(person: Person) -> list[str]:
    role: Role | None = max(person.roles, key=lambda r: when(r.as_of).last, default=None)
    return [role.title, role.organisation] if role else []


def _span_of_roles(person: Person) -> tuple[int, int]:
    spans = [when(role.as_of) for role in person.roles if role.as_of]
    if not spans:
        return NOWHERE
    return min(span.first for span in spans), max(span.last for span in spans)


def _names(record: Record) -> list[str]:
    if isinstance(record, Partner):
        return [name.value for name in record.names]
    return []


def _confidence(record: Record) -> str:
    return "low-confidence" if record.confidence == "low" else ""


def _rank(record: Record) -> str:
    return "deprecated" if isinstance(record, Figure) and record.rank == "deprecated" else ""


def _measure(record: Record) -> list[str]:
    if isinstance(record, Figure):
        return [record.measure, f"{record.qualifier} {record.value} {record.unit}"]
    return []
