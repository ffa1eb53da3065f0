"""Gives the text of a record: what is indexed, and what a snippet may be taken from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from milatui.archive.quotes.document_text import document_text
from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.archive.sectors import SECTOR_NAMES
from milatui.index.record_relations import partners_of, sources_of
from milatui.index.stored_document import body_pieces, join_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.records import Record


def indexed_text(record: Record) -> tuple[str, str]:
    """Returns the title and the text of a record, the two fields that a query searches.

    Returns:
        Title and text, both unfolded; the text's parts stand on lines of their own.
    """
    match record:
        case Partner():
            names = [name.value for name in record.names]
            facts = [fact.text for fact in record.facts]
            parts = [record.relation, *names, record.sector, record.activity, record.city]
            parts += [*facts, record.note, ", ".join(SECTOR_NAMES.get(record.sector, ()))]
            return record.name, join_lines(parts)
        case Person():
            roles = [f"{role.title}, {role.organisation}" for role in record.roles]
            return record.name, join_lines([*roles, record.credentials, record.note])
        case Event():
            about = [*map(_id_words, record.partners), *map(_id_words, record.people)]
            parts = [record.summary, *record.places, record.note, ", ".join(about)]
            return record.title, join_lines(parts)
        case Figure():
            value = f"{record.value} {record.unit}"
            partners = ", ".join(map(_id_words, partners_of(record)))
            parts = [value, record.note, *_quotations(record), partners]
            return _id_words(record.measure), join_lines(parts)
        case Statement():
            who = f"{_id_words(record.speaker)}, {_id_words(record.organisation)}"
            parts = [record.text, who, *_quotations(record), record.note]
            return record.about, join_lines(parts)
        case Document():
            parts = [document_text(record), record.description, record.publisher]
            return record.title, join_lines(parts)


def snippet_passages(record: Record) -> Iterator[str]:
    """Yields the readable parts of a record that a snippet may be taken from, best first.

    A long document is yielded piece by piece: most snippets are found in the first.
    """
    parts: Iterable[str]
    match record:
        case Partner():
            facts = [fact.text for fact in record.facts]
            names = ", ".join(name.value for name in record.names)
            parts = [record.relation, *facts, names, *_quotations(record), record.note]
        case Person():
            roles = [f"{role.title}, {role.organisation}" for role in record.roles]
            parts = [*roles, *_quotations(record), record.note]
        case Event():
            places = ", ".join(record.places)
            parts = [record.summary, *_quotations(record), places, record.note]
        case Figure():
            parts = [*_quotations(record), record.note]
        case Statement():
            parts = [*_quotations(record), record.text, record.note]
        case Document():
            rendered = record.rendered
            text = None if rendered is None else rendered.text
            parts = chain(body_pieces(record.body, text), [record.description])
    yield from (part for part in parts if part)


def _quotations(record: Record) -> list[str]:
    return list(dict.fromkeys(source.exact for source in sources_of(record)))


def _id_words(identifier: str) -> str:
    """Returns the words of an id, so that a record is found by the names of what it refers to."""
    return identifier.replace("-", " ").replace("_", " ")
