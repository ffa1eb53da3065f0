"""Writes linked data in the vocabulary of schema.org as JSON-LD, readable without the network.

Published words are a ``Quotation``; what somebody said is a ``Claim`` in our words, and a passage
of a brief a ``CreativeWork``. ``dct:date`` holds the EDTF date, the other dates are ISO 8601 spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.catalogue.location import Location
from milatui.export.bibliography import published_title
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import entry_caveats, entry_title
from milatui.export.json_text import json_line, write_array
from milatui.export.own_note_text import note_keywords, note_line
from milatui.export.record_values import role_period
from milatui.export.scope_records import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Relation
    from milatui.export.json_text import Json
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import Entry, Passage, ScopeRecords

    Node = dict[str, Json]

_CONTEXT: Final[dict[str, Json]] = {
    "@vocab": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "milatui": "urn:milatui:",
    **{
        name: {"@type": "@id"}
        for name in ("url", "sameAs", "archivedAt", "isBasedOn", "observationAbout")
    },
}
_ORGANISATIONS: Final = {
    "company": "Corporation",
    "startup": "Corporation",
    "university": "CollegeOrUniversity",
    "public-body": "GovernmentOrganization",
    "research-institute": "ResearchOrganization",
}
_WORKS: Final = {
    "news": "NewsArticle",
    "press-release": "Article",
    "report": "Report",
    "blog": "BlogPosting",
    "profile": "WebPage",
}
_RELATIONS: Final = {
    "parent": "parentOrganization",
    "subsidiary": "subOrganization",
    "member": "member",
    "founder": "founder",
    "funder": "funder",
}
"""What ``to`` is towards the record; schema.org has no word for the other relations."""


def write_schema_org(
    records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks
) -> Iterator[str]:
    """Yields one document: its context, and a graph of all records."""
    before = f'{{"@context": {json_line(_CONTEXT)}, "@graph": ['
    return write_array((_node(entry, remarks) for entry in records.entries(kinds)), before, "]}")


def _node(entry: Entry, remarks: Remarks) -> Node:
    remarks.add_date(entry.kind, entry.record.id, entry.date)
    record = entry.record
    match record:
        case Partner():
            own = _organisation(record)
        case Person():
            own = _person(record)
        case Event():
            own = _event(record)
        case Figure():
            own = _observation(record, entry)
        case Statement():
            own = _claim(record)
        case Document():
            own = _work(record)
    node: Node = {"@id": _iri(entry.kind, record.id), **own}
    if entry_caveats(entry):
        node["disambiguatingDescription"] = entry_caveats(entry)
    if entry.date:
        node["dct:date"] = {"@type": "edtf:EDTF", "@value": entry.date}
    if entry.note is not None:
        node["comment"] = _filled(
            {
                "@type": "Comment",
                "text": note_line(entry.note),
                "keywords": list(note_keywords(entry.note)),
                "dateModified": entry.note.changed,
            }
        )
    if entry.passages:
        name = "citation" if isinstance(record, Statement) else "subjectOf"
        node[name] = [_quotation(passage) for passage in entry.passages]
    return _filled(node)


def _organisation(partner: Partner) -> Node:
    related: dict[str, list[Json]] = {}
    for relation in partner.relations:
        name = _RELATIONS.get(relation.kind)
        if name is not None:
            related.setdefault(name, []).append(_related(relation, name))
    return {
        "@type": _ORGANISATIONS.get(partner.kind, "Organization"),
        "name": partner.name,
        "alternateName": [
            {"@value": name.value, "@language": name.language} if name.language else name.value
            for name in partner.names
        ],
        "description": partner.relation,
        "disambiguatingDescription": partner.activity,
        "foundingDate": _iso(partner.founded),
        "address": _filled(
            {
                "@type": "PostalAddress",
                "addressLocality": partner.city,
                "addressCountry": partner.country,
            }
        )
        if partner.city or partner.country
        else "",
        "url": web_address(partner.website),
        "sameAs": [
            web_address(value) for value in partner.identifiers.values() if web_address(value)
        ],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": name, "value": value}
            for name, value in partner.identifiers.items()
        ],
        **related,
    }


def _related(relation: Relation, name: str) -> Node:
    """Returns the other end of a relation; with dates as a role, as schema.org does."""
    other: Node = {"@id": _iri("partner", relation.to)}
    start, end = _iso(relation.start or relation.announced), _iso(relation.end)
    if not start and not end:
        return other
    return _filled({"@type": "OrganizationRole", name: other, "startDate": start, "endDate": end})


def _person(person: Person) -> Node:
    roles: list[Json] = []
    for role in person.roles:
        parts = date_parts(role_period(role))
        organisation: Node = {"@type": "Organization", "name": role.organisation}
        if role.partner:
            organisation = {"@id": _iri("partner", role.partner)}
        roles.append(
            _filled(
                {
                    "@type": "OrganizationRole",
                    "roleName": role.title,
                    "memberOf": organisation,
                    "startDate": str(parts.start) if parts and parts.start else "",
                    "endDate": str(parts.end) if parts and parts.end else "",
                }
            )
        )
    return {
        "@type": "Person",
        "name": person.name,
        "honorificSuffix": person.credentials,
        "memberOf": roles,
    }


def _event(event: Event) -> Node:
    parts = date_parts(event.date)
    return {
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "startDate": str(parts.start) if parts and parts.start else "",
        "endDate": str(parts.end) if parts and parts.end else "",
        "additionalType": event.kind,
        "location": [{"@type": "Place", "name": place} for place in event.places],
        "contributor": [
            *({"@id": _iri("partner", partner)} for partner in event.partners),
            *({"@id": _iri("person", person)} for person in event.people),
        ],
    }


def _observation(figure: Figure, entry: Entry) -> Node:
    about = dict.fromkeys((figure.partner, *figure.partners))
    return {
        "@type": "Observation",
        "name": entry_title(entry),
        "measuredProperty": {"@type": "Property", "name": figure.measure},
        "value": figure.value,
        "unitText": figure.unit,
        "additionalType": figure.qualifier,
        "observationDate": _iso(figure.as_of),
        "observationAbout": [_iri("partner", partner) for partner in about if partner],
        "description": figure.note,
    }


def _claim(statement: Statement) -> Node:
    speaker: Node = {"@id": _iri("person", statement.speaker)}
    return {
        "@type": "Claim",
        "text": statement.text,
        "genre": "paraphrase",
        "author": speaker,
        "sourceOrganization": {"@id": _iri("partner", statement.organisation)}
        if statement.organisation
        else "",
        "about": statement.about,
        "dateCreated": _iso(statement.date),
        "isBasedOn": _iri("event", statement.event) if statement.event else "",
    }


def _work(document: Document) -> Node:
    original = document.original
    return {
        "@type": _WORKS.get(document.type, "CreativeWork"),
        "name": published_title(document),
        "datePublished": _iso(document.date),
        "publisher": {"@type": "Organization", "name": document.publisher}
        if document.publisher
        else "",
        "inLanguage": document.original_language or document.language,
        "genre": document.type,
        "url": web_address(document.source),
        "archivedAt": web_address(original.archived) if original else "",
        "abstract": document.description,
        "about": [{"@id": _iri("partner", partner)} for partner in document.subject],
        "translationOfWork": _document(document.translation_of),
        "isBasedOn": _iri("document", document.follows) if document.follows else "",
        "sameAs": _iri("document", document.version_of) if document.version_of else "",
    }


def _document(identifier: str) -> Json:
    return {"@id": _iri("document", identifier)} if identifier else ""


def _quotation(passage: Passage) -> Node:
    source = passage.source
    return _filled(
        {
            "@type": "Quotation" if passage.is_published else "CreativeWork",
            "text": source.exact,
            "genre": "" if passage.is_published else "brief",
            "position": source.locator,
            "url": passage.address,
            "isPartOf": _document(source.document if passage.document else ""),
        }
    )


def _iri(kind: Kind, identifier: str) -> str:
    return f"milatui:{Location(kind, identifier)}"


def _iso(text: str) -> str:
    """Returns a date, or the interval that it means, as ISO 8601."""
    parts = date_parts(text)
    return "" if parts is None else str(parts)


def _filled(node: Node) -> Node:
    """Returns a node without its empty values."""
    return {name: value for name, value in node.items() if _is_filled(value)}


def _is_filled(value: Json) -> bool:
    return bool(value) if isinstance(value, str | list | dict) else value is not None
