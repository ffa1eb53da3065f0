"""Takes records apart into values, each with the sources that prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.records import (
    Document,
    Event,
    Figure,
    Partner,
    Person,
    Source,
    Statement,
)
from milatui.catalogue.pages.quotes import is_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.records import FieldSource, Record, Role

Wording = Literal["", "published", "paraphrase", "own"]
"""Whose words a value is: published words, ours, no words (a name, a number, a kind), or the
user's own."""

_PARTNER_FIELDS: Final = (
    "kind",
    "sector",
    "activity",
    "country",
    "city",
    "founded",
    "website",
    "relation",
)
_OURS: Final = ("activity", "relation")
_FROM_PAGE: Final = "page"
"""The basis of a field that a document proves, not general knowledge."""


@dataclass(frozen=True, slots=True)
class RecordValue:
    """A value of a record.

    Attributes:
        field: What it is a value of: a field of the record, or a measure.
        value: The value as recorded.
        sources: The words that prove it.
        unit: Unit of a number.
        qualifier: How exact a number is.
        date: EDTF date at which it held or happened.
        wording: Whose words it is.
        summary: What the record says of it in our words.
    """

    field: str
    value: str
    sources: tuple[Source, ...] = ()
    unit: str = ""
    qualifier: str = ""
    date: str = ""
    wording: Wording = ""
    summary: str = ""


def record_values(record: Record) -> Iterator[RecordValue]:
    """Yields the values of a record, those of its parts included, in its order."""
    match record:
        case Partner():
            yield from _partner_values(record)
        case Person():
            yield from _person_values(record)
        case Event():
            yield from _event_values(record)
        case Figure():
            yield RecordValue(
                record.measure,
                record.value,
                _only(record.source),
                record.unit,
                record.qualifier,
                record.as_of,
                summary=record.note,
            )
        case Statement():
            yield RecordValue(
                record.about or "statement",
                record.text,
                _only(record.source),
                date=record.date,
                wording="paraphrase",
            )
        case Document():
            yield RecordValue(
                "type",
                record.type,
                (Source(record.id, "", locator=record.locators.get("date", "")),),
                date=record.date,
                summary=record.description,
            )


def _partner_values(partner: Partner) -> Iterator[RecordValue]:
    named = (*_verified(partner.verified.get("name")), *partner.sources)
    yield RecordValue("name", partner.name, named)
    for name in _PARTNER_FIELDS:
        value: str = getattr(partner, name)
        if value:
            wording: Wording = "paraphrase" if name in _OURS else ""
            yield RecordValue(name, value, _verified(partner.verified.get(name)), wording=wording)
    for name, value in partner.identifiers.items():
        yield RecordValue(name, value, _verified(partner.verified.get(name)))
    for relation in partner.relations:
        yield RecordValue(
            f"relation: {relation.kind}",
            relation.to,
            _only(relation.source),
            date=relation.start or relation.announced,
            summary=f"until {relation.end}" if relation.end else "",
        )
        if relation.amount:
            yield RecordValue(
                f"relation: {relation.kind}, amount",
                relation.amount,
                _only(relation.source),
                relation.currency,
                date=relation.start or relation.announced,
                summary=relation.to,
            )
    for fact in partner.facts:
        yield RecordValue("fact", fact.text, _only(fact.source), wording="paraphrase")


def _person_values(person: Person) -> Iterator[RecordValue]:
    if person.credentials or not person.roles:
        yield RecordValue("credentials" if person.credentials else "name", person.credentials)
    for role in person.roles:
        sources = (*_only(role.source), *role.sources)
        yield RecordValue(
            "role",
            role.title,
            sources,
            date=role_period(role),
            summary=role.partner or role.organisation,
        )


def role_period(role: Role) -> str:
    """Returns the EDTF date of a role: from its start to its end where a source says them."""
    if role.start or role.end:
        return f"{role.start}/{role.end or '..'}" if role.start else f"../{role.end}"
    return role.as_of


def _event_values(event: Event) -> Iterator[RecordValue]:
    """Yields the values of an event; its figures are records of their own in an index."""
    yield RecordValue(
        event.kind,
        event.title,
        tuple(event.sources),
        date=event.date,
        wording="paraphrase",
        summary=event.summary,
    )
    if event.announced:
        yield RecordValue("announced", event.announced, tuple(event.sources), date=event.date)


def _only(source: Source | None) -> tuple[Source, ...]:
    return () if source is None else (source,)


def _verified(found: FieldSource | None) -> tuple[Source, ...]:
    """Returns the source of a field, if it is a page and not general knowledge."""
    if found is None or found.basis != _FROM_PAGE:
        return ()
    if is_address(found.source):
        return (Source("", found.exact, url=found.source),)
    return (Source(found.source, found.exact),)
