"""Formats references in one line: to records, to views, and to the documents they are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_value, locator_label, quote_text
from milatui.catalogue.pages.quotes import by_grade, is_address
from milatui.i18n import _
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from milatui.archive.records import Record
    from milatui.catalogue.location import Location
    from milatui.catalogue.store import RecordStore


def citation(store: RecordStore, location: Location) -> str:
    """Returns the citation of a record, with the document it is written in, or of a view.

    A view is cited by its title and location.  Raises ``NotFound``.
    """
    kind = location.kind
    if kind is None:
        return f"{store.info.title}, {location}"
    return record_citation(store, location, store.record(kind, location.id))


def record_citation(store: RecordStore, location: Location, record: Record) -> str:
    """Returns the citation of a record that has been read."""
    words = record_reference(store, record).removesuffix(".")
    return f"{words}. {store.info.title}, {location.kind}/{location.id}."


def record_reference(store: RecordStore, record: Record) -> str:
    """Returns what a record says, and the document it is written in."""
    parts = [_headline(store, record)]
    written = _source_of(store, record)
    if written:
        parts.append(_("In: {document}").format(document=written))
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _headline(store: RecordStore, record: Record) -> str:
    """Returns what a record says; only published words stand in quotation marks."""
    match record:
        case Document():
            return document_citation(record)
        case Event():
            return _join(record.title, _long(record.date))
        case Figure():
            value = format_value(record.value, record.qualifier, record.unit)
            measure = store.title("figure", record.id)
            headline = _("{label}: {value}").format(label=measure, value=value)
            return _join(headline, _long(record.as_of))
        case Statement():
            number = store.find("person", record.speaker)
            speaker = record.speaker if number is None else store.row(number).title
            headline = _("{speaker}, paraphrased: {text}").format(
                speaker=speaker, text=record.text.rstrip(".")
            )
            return _join(headline, _long(record.date))
        case Partner() | Person():
            return record.name


def document_citation(document: Document) -> str:
    """Returns publisher, title, date and address of a document."""
    address = document.source if is_address(document.source) else ""
    return _join(*document_facts(document), address)


def document_facts(document: Document) -> list[str]:
    """Returns publisher, title and date of a document, as far as they are known.

    The published title stands in quotation marks, one that was supplied in brackets.
    """
    original = document.original
    published = document.title if original is None else original.title
    if published and not (original is not None and original.title_supplied == "true"):
        title = quote_text(published)
    else:
        title = f"[{published or document.title}]"
    return [fact for fact in (document.publisher, title, _long(document.date)) if fact]


def _source_of(store: RecordStore, record: Record) -> str:
    if isinstance(record, Partner | Person):
        return ""
    for source in by_grade(store, sources_of(record)):
        if store.find("document", source.document) is not None:
            text = document_citation(store.document(source.document))
            return _join(text, locator_label(source.locator))
    return ""


def _long(date: str) -> str:
    return format_date(date, short=False)


def _join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
