"""Which partners a record is about, which records it names, and which words it is found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.records import Record, Source


def partners_of(record: Record) -> list[str]:
    """Ids of the partners a record counts for, each once, in the record's order."""
    match record:
        case Partner():
            found = [record.id]
        case Person():
            found = [role.partner for role in record.roles]
        case Event():
            found = list(record.partners)
        case Figure():
            found = [record.partner]
        case Statement():
            found = [record.organisation]
        case Document():
            found = list(record.subject)
    return list(dict.fromkeys(p for p in found if p))


def references(record: Record) -> list[str]:
    """``kind/id`` of every record this one names or quotes, each once."""
    return list(dict.fromkeys(_named(record)))


def versions_of(record: Record) -> list[str]:
    """``document/id`` of what a document is a translation or another version of."""
    if not isinstance(record, Document):
        return []
    others = (record.translation_of, record.version_of)
    return [f"document/{other}" for other in others if other]


def _named(record: Record) -> Iterator[str]:
    yield from (f"partner/{p}" for p in partners_of(record) if not isinstance(record, Partner))
    for source in sources_of(record):
        yield f"document/{source.document}"
    match record:
        case Partner():
            yield from (f"partner/{relation.to}" for relation in record.relations)
            yield from (f"document/{b.source}" for b in record.verified.values() if b.source)
        case Event():
            yield from (f"person/{person}" for person in record.people)
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
    """All sources a record gives, those of its parts included, in the record's order."""
    match record:
        case Partner():
            parts: Iterable[Source | None] = (
                *record.sources,
                *(relation.source for relation in record.relations),
                *(fact.source for fact in record.facts),
            )
        case Person():
            parts = (role.source for role in record.roles)
        case Event():
            parts = (*record.sources, *(figure.source for figure in record.figures))
        case Figure() | Statement():
            parts = (record.source,)
        case Document():
            parts = ()
    return [source for source in parts if source is not None and source.document]


def searched_text(record: Record) -> tuple[str, str]:
    """Title and text that a record is found by."""
    match record:
        case Partner():
            names = [name.value for name in record.names]
            facts = [fact.text for fact in record.facts]
            parts = [record.relation, *names, record.sector, record.city, *facts, record.note]
            return record.name, _lines(parts)
        case Person():
            roles = [f"{role.title}, {role.organisation}" for role in record.roles]
            return record.name, _lines([*roles, record.credentials, record.note])
        case Event():
            about = [*map(_as_words, record.partners), *map(_as_words, record.people)]
            parts = [record.summary, *record.places, record.note, ", ".join(about)]
            return record.title, _lines(parts)
        case Figure():
            value = f"{record.value} {record.unit}"
            parts = [value, record.note, *_quoted(record), _as_words(record.partner)]
            return _as_words(record.measure), _lines(parts)
        case Statement():
            who = f"{_as_words(record.speaker)}, {_as_words(record.organisation)}"
            return record.about, _lines([record.text, who, *_quoted(record), record.note])
        case Document():
            return record.title, _lines([record.body, record.description, record.publisher])


def shown_passages(record: Record) -> list[str]:
    """The readable pieces of a record that a snippet may be taken from, the telling ones first."""
    match record:
        case Partner():
            facts = [fact.text for fact in record.facts]
            names = ", ".join(name.value for name in record.names)
            parts = [record.relation, *facts, names, *_quoted(record), record.note]
        case Person():
            roles = [f"{role.title}, {role.organisation}" for role in record.roles]
            parts = [*roles, *_quoted(record), record.note]
        case Event():
            places = ", ".join(record.places)
            parts = [record.summary, *_quoted(record), places, record.note]
        case Figure():
            parts = [*_quoted(record), record.note]
        case Statement():
            parts = [*_quoted(record), record.text, record.note]
        case Document():
            parts = [record.body, record.description]
    return [part for part in parts if part]


def _quoted(record: Record) -> list[str]:
    return list(dict.fromkeys(source.exact for source in sources_of(record)))


def _as_words(identifier: str) -> str:
    """An id as the words it is made of: good enough to find a record by what it names."""
    return identifier.replace("-", " ").replace("_", " ")


def _lines(parts: list[str]) -> str:
    return "\n".join(part for part in parts if part)
