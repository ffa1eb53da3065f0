"""Gives the relations of a record: its partners, its sources, the records it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.records import Record, Source


def partners_of(record: Record) -> list[str]:
    """Returns the ids of the partners that a record is about, without repeats, in its order."""
    match record:
        case Partner():
            found = [record.id]
        case Person():
            found = [role.partner for role in record.roles]
        case Event():
            found = list(record.partners)
        case Figure():
            found = [record.partner, *record.partners]
        case Statement():
            found = [record.organisation]
        case Document():
            found = list(record.subject)
    return list(dict.fromkeys(p for p in found if p))


def references(record: Record) -> list[str]:
    """Returns ``kind/id`` of every record that this one refers to or quotes, without repeats."""
    return list(dict.fromkeys(_referred(record)))


def versions_of(record: Record) -> list[str]:
    """Returns ``document/id`` of what a document is a translation or another version of."""
    if not isinstance(record, Document):
        return []
    others = (record.translation_of, record.version_of)
    return [f"document/{other}" for other in others if other]


def _referred(record: Record) -> Iterator[str]:
    yield from (f"partner/{p}" for p in partners_of(record) if not isinstance(record, Partner))
    for source in sources_of(record):
        yield f"document/{source.document}"
    match record:
        case Partner():
            yield from (f"partner/{relation.to}" for relation in record.relations)
            yield from (f"document/{b.source}" for b in record.verified.values() if b.source)
        case Event():
            yield from (f"person/{person}" for person in record.people)
        case Figure():
            if record.event:
                yield f"event/{record.event}"
        case Statement():
            yield f"person/{record.speaker}"
            if record.event:
                yield f"event/{record.event}"
        case Document():
            for other in (record.translation_of, record.version_of, record.follows):
                if other:
                    yield f"document/{other}"
        case _:
            pass


def sources_of(record: Record) -> list[Source]:
    """Returns all sources of a record, those of its parts included, in its order."""
    match record:
        case Partner():
            parts: Iterable[Source | None] = (
                *record.sources,
                *(relation.source for relation in record.relations),
                *(fact.source for fact in record.facts),
            )
        case Person():
            parts = (source for role in record.roles for source in (role.source, *role.sources))
        case Event():
            parts = (*record.sources, *(figure.source for figure in record.figures))
        case Figure() | Statement():
            parts = (record.source,)
        case Document():
            parts = ()
    return [source for source in parts if source is not None and source.document]
