"""The page of a document: its text, the lit words, and what was recorded from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue import wording
from milatui.catalogue.evidence import is_address, locate
from milatui.catalogue.highlight import find_matches
from milatui.catalogue.location import Location
from milatui.catalogue.markdown import write_markdown
from milatui.catalogue.pagewriter import Card, Piece
from milatui.catalogue.related import by_kind, name_piece, names, write_section
from milatui.i18n import _
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.records import Document
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pagewriter import PageWriter


def write_document(
    catalogue: Catalogue,
    writer: PageWriter,
    document: Document,
    location: Location,
    hits: Sequence[str],
) -> int | None:
    """Write a document; return where to scroll to, or None for the first lit words."""
    writer.line(document.title, "title")
    facts = (
        wording.date_words(document.date, short=False),
        wording.kind_word(document.type),
        wording.language_name(document.language),
    )
    writer.line(" · ".join(fact for fact in facts if fact), "meta")
    _write_source(writer, document)
    writer.blank()
    start = writer.at
    paragraphs = write_markdown(writer, document.body)
    text = writer.text_from(start)
    _light(catalogue, writer, location, text, start)
    for match in find_matches(text, hits) if hits else ():
        writer.light(start + match.start, start + match.end)
    _write_card(catalogue, writer, document)
    _write_recorded(catalogue, writer, document)
    place = location.get("para")
    if place.isdecimal() and 1 <= int(place) <= len(paragraphs):
        return paragraphs[int(place) - 1]
    return None


def _write_source(writer: PageWriter, document: Document) -> None:
    """Who published it and where in the original it stands; then its address, which may be long."""
    locators = document.locators.items()
    places = [_("{label}: {value}").format(label=what, value=where) for what, where in locators]
    if document.publisher or places:
        writer.add(document.publisher, "meta")
        writer.add(" · " if document.publisher and places else "", "dim")
        writer.add(" · ".join(places), "dim")
        writer.end_line()
    if document.source:
        target = document.source if is_address(document.source) else None
        start = writer.at
        writer.add(document.source.removeprefix("https://").removeprefix("http://"), "dim", target)
        writer.end_line()
        writer.hang(start, writer.at, 2)


def _light(
    catalogue: Catalogue, writer: PageWriter, location: Location, text: str, start: int
) -> None:
    """Light the words that the record one came from quotes of this document."""
    origin = location.origin
    if origin is None or origin.kind is None or catalogue.find(origin.kind, origin.id) is None:
        return
    for source in sources_of(catalogue.record(origin.kind, origin.id)):
        if source.document == location.id:
            span = locate(text, source)
            if span is not None:
                writer.light(start + span[0], start + span[1])


def _write_card(catalogue: Catalogue, writer: PageWriter, document: Document) -> None:
    card = Card(writer)
    card.several(_("Partners"), names(catalogue, "partner", document.subject))
    for label, identifier in (
        (_("Translation of"), document.translation_of),
        (_("Version of"), document.version_of),
        (_("Follows"), document.follows),
    ):
        if identifier:
            card.add(label, name_piece(catalogue, "document", identifier))
    if document.original_language and document.original_language != document.language:
        card.say(_("Original in"), wording.language_name(document.original_language))
    card.say(_("About it"), document.description)
    card.say(_("Note"), document.note)
    card.say(_("Rights"), document.rights)
    if document.confidence == "low":
        card.add(_("Doubt"), Piece(_("low confidence"), "flag"))
    card.write()


def _write_recorded(catalogue: Catalogue, writer: PageWriter, document: Document) -> None:
    number = catalogue.find("document", document.id)
    if number is None:
        return
    rows = by_kind(catalogue, catalogue.records_naming(number))
    here = Location("document", document.id)
    for title, kind in (
        (_("Events recorded from it"), "event"),
        (_("Figures recorded from it"), "figure"),
        (_("Statements recorded from it"), "statement"),
        (_("People recorded from it"), "person"),
        (_("Partners recorded from it"), "partner"),
    ):
        write_section(writer, title, next(r for k, r in rows.items() if k == kind), here)
    write_section(writer, _("Mentioned in"), rows["document"], here)
