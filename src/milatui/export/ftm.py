"""Writes entities of FollowTheMoney, one a line (https://followthemoney.tech).

Organisations, people, events and documents are entities, relations and roles are edges between
them; figures and statements are notes. A note about what somebody said is a paraphrase.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.catalogue.labels.labels import kind_label
from milatui.export.bibliography import published_title
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import entry_summary, entry_title, passages_text
from milatui.export.json_text import json_line
from milatui.export.own_note_text import note_keywords, note_line
from milatui.export.record_values import role_period
from milatui.export.remarks import Remark
from milatui.export.scope_records import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Relation, Source
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import Entry, ScopeRecords

    Properties = dict[str, Sequence[str]]

_SCHEMATA: Final = {"company": "Company", "startup": "Company", "public-body": "PublicBody"}
_OTHER_ORGANISATION: Final = "Organization"
_NAME_PROPERTIES: Final = {"acronym": "weakAlias", "former": "previousName"}
_LANGUAGES: Final = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "pt": "por",
    "zh": "zho",
}
"""ISO 639-3 codes of the languages that the interface has names for."""
_NOT_IN_ID: Final = re.compile(r"[^0-9a-zA-Z.-]+")
_MAX_ID: Final = 200


def write_ftm(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields an entity a line; edges follow the entity that has them."""
    for entry in records.entries(kinds):
        for schema, key, properties in _entities(entry, remarks):
            known = {
                name: list(dict.fromkeys(value for value in values if value))
                for name, values in properties.items()
            }
            filled = {name: values for name, values in known.items() if values}
            yield json_line({"id": key, "schema": schema, "properties": filled}) + "\n"


def entity_id(kind: str, identifier: str) -> str:
    """Returns the id of an entity; ids that differ only in what it cannot hold get a digest."""
    key = _NOT_IN_ID.sub("-", identifier)[:_MAX_ID].strip(".-")
    if key != identifier:
        key = f"{key}-{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()[:8]}"
    return f"{kind}-{key}"


def _entities(entry: Entry, remarks: Remarks) -> Iterator[tuple[str, str, Properties]]:
    record = entry.record
    key = entity_id(entry.kind, record.id)
    match record:
        case Partner():
            schema = _SCHEMATA.get(record.kind, _OTHER_ORGANISATION)
            yield schema, key, _organisation(record, entry, remarks)
            for number, relation in enumerate(record.relations, 1):
                edge, ends = _edge(record, relation)
                dates = _dates(relation.start or relation.announced, entry, remarks)
                if relation.end:
                    dates["endDate"] = _dates(relation.end, entry, remarks).get("date", ())
                proof = _link_proof(entry, () if relation.source is None else (relation.source,))
                yield edge, f"{key}-relation-{number}", {**ends, **dates, **proof}
        case Person():
            yield "Person", key, _person(record, entry)
            for number, role in enumerate(record.roles, 1):
                if role.partner:
                    sources = (*((role.source,) if role.source else ()), *role.sources)
                    yield (
                        "Employment",
                        f"{key}-role-{number}",
                        {
                            "employee": (key,),
                            "employer": (entity_id("partner", role.partner),),
                            "role": (role.title,),
                            **_dates(role_period(role), entry, remarks),
                            **_link_proof(entry, sources),
                        },
                    )
        case Event():
            yield "Event", key, _event(record, entry, remarks)
        case Document():
            yield "Article", key, _article(record, entry, remarks)
        case Figure() | Statement():
            yield "Note", key, _note(record, entry)


def _organisation(partner: Partner, entry: Entry, remarks: Remarks) -> Properties:
    names: dict[str, list[str]] = {"alias": []}
    for name in partner.names:
        names.setdefault(_NAME_PROPERTIES.get(name.kind, "alias"), []).append(name.value)
    return {
        "name": (partner.name,),
        **names,
        "classification": (kind_label(partner.kind),),
        "sector": (partner.sector,),
        "country": (partner.country.lower(),),
        "address": (partner.city,),
        "website": (web_address(partner.website),),
        "wikidataId": (partner.identifiers.get("wikidata", ""),),
        "idNumber": tuple(v for name, v in partner.identifiers.items() if name != "wikidata"),
        "incorporationDate": _dates(partner.founded, entry, remarks).get("date", ()),
        "summary": (partner.activity,),
        "description": (partner.relation, *(fact.text for fact in partner.facts)),
        **_thing_proof(entry),
    }


def _person(person: Person, entry: Entry) -> Properties:
    positions = (f"{role.title}, {role.organisation}" for role in person.roles)
    return {
        "name": (person.name,),
        "title": (person.credentials,),
        "position": tuple(positions),
        **_thing_proof(entry),
    }


def _event(event: Event, entry: Entry, remarks: Remarks) -> Properties:
    return {
        "name": (event.title,),
        "summary": (entry_summary(entry),),
        **_dates(event.date, entry, remarks),
        "location": tuple(event.places),
        "involved": (
            *(entity_id("partner", partner) for partner in event.partners),
            *(entity_id("person", person) for person in event.people),
        ),
        "keywords": (event.kind,),
        "recordId": (entry.location,),
        **_thing_proof(entry),
    }


def _article(document: Document, entry: Entry, remarks: Remarks) -> Properties:
    dates = _dates(document.date, entry, remarks)
    published = dates.get("date") or dates.get("startDate", ())
    language = (document.original_language or document.language).split("-")[0].lower()
    original = document.original
    return {
        "title": (published_title(document),),
        "publisher": (document.publisher,),
        "publishedAt": published,
        "language": (_LANGUAGES.get(language, ""),),
        "sourceUrl": (web_address(document.source),),
        "retrievedAt": _partial(original.accessed) if original else (),
        "summary": (document.description,),
        "keywords": (document.type, *entry.partners, *note_keywords(entry.note)),
        "notes": (note_line(entry.note),),
    }


def _note(record: Figure | Statement, entry: Entry) -> Properties:
    if isinstance(record, Figure):
        about = [("partner", record.partner), *(("partner", p) for p in record.partners)]
    else:
        about = [("person", record.speaker), ("partner", record.organisation)]
    about.append(("event", record.event))
    title = entry_title(entry)
    return {
        "name": (title,),
        "description": (f"{title}, {entry.date}" if entry.date else title,),
        "summary": (entry_summary(entry),),
        "entity": tuple(dict.fromkeys(entity_id(kind, each) for kind, each in about if each)),
        **_thing_proof(entry),
    }


def _edge(partner: Partner, relation: Relation) -> tuple[str, Properties]:
    """Returns the schema and the ends of a relation; ``to`` has the role ``kind`` towards it."""
    own, other = entity_id("partner", partner.id), entity_id("partner", relation.to)
    schema, first, second = "UnknownLink", ("subject", own), ("object", other)
    match relation.kind:
        case "member":
            schema, first, second = "Membership", ("organization", own), ("member", other)
        case "parent" if partner.kind in _SCHEMATA and partner.kind != "public-body":
            schema, first, second = "Ownership", ("asset", own), ("owner", other)
        case "successor":
            schema, first, second = "Succession", ("predecessor", own), ("successor", other)
        case _:
            pass
    amount = f"{relation.amount} {relation.currency}".strip()
    return schema, {
        first[0]: (first[1],),
        second[0]: (second[1],),
        "role": (relation.kind,),
        "summary": (amount,),
    }


def _dates(text: str, entry: Entry, remarks: Remarks) -> Properties:
    """Returns a date as ``date``, or a span as ``startDate`` and ``endDate``."""
    if not text:
        if entry.kind in ("event", "document"):
            remarks.add(Remark.UNDATED, entry.kind, entry.record.id)
        return {}
    parts = date_parts(text)
    if parts is None:
        remarks.add(Remark.UNDATED, entry.kind, entry.record.id)
        return {}
    if parts.is_qualified:
        remarks.add(Remark.UNMARKED, entry.kind, entry.record.id)
    if parts.is_single:
        return {"date": (str(parts.start),)}
    if parts.is_wide:
        remarks.add(Remark.WIDENED, entry.kind, entry.record.id)
    return {
        "startDate": (str(parts.start),) if parts.start else (),
        "endDate": (str(parts.end),) if parts.end else (),
    }


def _partial(text: str) -> tuple[str, ...]:
    parts = date_parts(text)
    return (str(parts.start),) if parts is not None and parts.is_single else ()


def _thing_proof(entry: Entry) -> Properties:
    """Returns documents, addresses and words that prove an entity."""
    known = [passage for passage in entry.passages if passage.document is not None]
    return {
        "proof": tuple(entity_id("document", passage.source.document) for passage in known),
        "sourceUrl": tuple(passage.address for passage in entry.passages),
        "notes": (passages_text(known), note_line(entry.note)),
    }


def _link_proof(entry: Entry, sources: Iterable[Source]) -> Properties:
    """Returns addresses and words that prove an edge."""
    passages = [entry.passage(source) for source in sources]
    return {
        "recordId": (entry.location,),
        "sourceUrl": tuple(passage.address for passage in passages),
        "description": (passages_text(passages),),
    }
