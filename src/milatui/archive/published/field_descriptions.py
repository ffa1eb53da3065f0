"""Describes the fields of records in a sentence each, for the format's page and its JSON Schemas.

A key is a field, or a record or part and its field where the field means something of its own.
"""

# untranslated: the published format is in English
from __future__ import annotations

from typing import Final

_DESCRIPTIONS: Final = {
    "accessed": "day on which the page was read",
    "address": "address of the page",
    "amount": "money that goes with it, a number",
    "currency": "currency of `amount`, ISO 4217",
    "announced": "day on which it was made public, where nobody says when it starts",
    "event.announced": "day on which it was made public, if it did not happen then",
    "event.date": "when it happened",
    "era.date": "from when to when, as an interval",
    "era.name": "name of the era, short",
    "era.names": "names in other languages",
    "eras": "times that the archive distinguishes: bands behind the drawn timeline",
    "archived": "address of a copy of the page",
    "created": "day on which the brief was written",
    "creator": "who wrote the brief",
    "grade": "how near it is to its publisher; of several sources the nearest is preferred",
    "original": "the published page, if the document is a brief about it",
    "original.date": "date of publication",
    "original.language": "language of the page",
    "original.title": "title of the page",
    "sha256": "digest of the text that was read",
    "title_supplied": "`true` if the page shows no title and ours stands for it",
    "about": "what the statement is about, in words",
    "archive.title": "name of the archive",
    "archive.home": "the partner whose partnerships the archive describes",
    "archive.languages": "languages of the documents",
    "archive.rights": "who may use the texts and records, and how",
    "archive.contact": "whom to ask",
    "archive.description": "what the archive covers, in a sentence",
    "as_of": "date at which it held",
    "basis": "`page` or `general knowledge`",
    "city": "city of the head office",
    "confidence": "how sure the compiler is",
    "country": "country of the head office",
    "credentials": "degrees and titles",
    "date": "date of publication, of the event, or of the statement",
    "description": "what the document is, in a sentence",
    "document": "the document that contains the quoted words",
    "end": "end of the relation",
    "event": "the event at which it was said",
    "exact": "the quoted words, exactly as in the document",
    "facts": "single facts about the partner",
    "field-source.source": "document id or address",
    "figures": "numbers given for the event",
    "follows": "the document that this one continues or corrects",
    "founded": "date of foundation",
    "id": "identifier, unique within its kind",
    "identifiers": "identifiers elsewhere: `ror`, `wikidata`, `isni`, ...",
    "kind": "what kind it is",
    "language": "language of the text or name",
    "locator": "place in the published original: `¶3`, `title`, first words `“In the spring …”`,"
    " or `excerpt`, if nothing nearer is known",
    "locators": "place of a value in the published original, by key: `date: ¶1`",
    "measure": "what is counted or measured, without whom it is about and without a year",
    "name": "name that is shown",
    "names": "other names, which a search finds too",
    "note": "remark of the compiler",
    "organisation": "organisation, as written or by id",
    "original_language": "language of the published original, if the body is in another",
    "partner": "the partner that it concerns",
    "partners": "partners that take part",
    "people": "people that take part",
    "places": "places of the event",
    "prefix": "words before `exact`, where it occurs more than once",
    "publisher": "who published the document",
    "qualifier": "how exact the value is",
    "rank": "preferred, normal or deprecated, as in Wikidata",
    "relation": "what the partner is to the home organisation, in words",
    "relations": "relations to other partners",
    "rights": "licence or owner of the text",
    "roles": "what the person was, where and when",
    "activity": "what the partner does, in words",
    "role.end": "end of the role, where a source says so",
    "role.start": "start of the role, where a source says so",
    "sector": "sector, from a controlled list with labels in English and French",
    "source": "the quoted words that prove it",
    "sources": "the quoted words that prove it",
    "speaker": "the person who said it",
    "start": "start of the relation",
    "subject": "partners that the document is about",
    "suffix": "words after `exact`, where it occurs more than once",
    "summary": "what happened, in a few sentences",
    "text": "the fact or the statement, in words",
    "title": "title",
    "to": "the other partner",
    "translation_of": "the document that this one translates",
    "type": "kind of document",
    "unit": "unit of the value",
    "url": "address of the published passage",
    "value": "the value as written: digits or words",
    "verified": "source of a field of this record, by field name",
    "version_of": "the document that this one is another version of",
    "website": "address of the home page",
    "document.file": "the file that the text was read from, kept in `originals/`",
    "document.source": "address of the published original",
    "name.source": "where the name is used",
    "name.value": "the name",
}


def describe_field(record: str, key: str) -> str:
    """Returns what a field means.

    Args:
        record: The kind of record, or the name of a part of one.
        key: The field.

    Raises:
        KeyError: nobody has described the field.
    """
    return _DESCRIPTIONS.get(f"{record}.{key}") or _DESCRIPTIONS[key]
