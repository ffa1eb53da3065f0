"""Makes the page of a record, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.catalogue.citing import citation
from milatui.catalogue.documentpage import write_document
from milatui.catalogue.lighting import find_words
from milatui.catalogue.location import Location, LocationError
from milatui.catalogue.pagewriter import PageWriter
from milatui.catalogue.partnerpage import write_partner
from milatui.catalogue.recordpages import (
    write_event,
    write_figure,
    write_person,
    write_statement,
)
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.page import Page


def make_page(catalogue: Catalogue, location: Location, hits: Sequence[str]) -> Page:
    """See ``Catalogue.page``; raises ``LocationError`` for a view, which has no page."""
    kind = location.kind
    if kind is None:
        raise LocationError(_("“{text}” is no record.").format(text=location))
    record = catalogue.record(kind, location.id)
    writer = PageWriter()
    focus: int | None = None
    match record:
        case Document():
            focus = write_document(catalogue, writer, record, location, hits)
        case Event():
            write_event(catalogue, writer, record)
        case Figure():
            write_figure(catalogue, writer, record)
        case Statement():
            write_statement(catalogue, writer, record)
        case Partner():
            write_partner(catalogue, writer, record)
        case Person():
            write_person(catalogue, writer, record)
    if isinstance(record, Partner | Person):
        # Whoever chooses one of them wants its card, whatever is quoted further down.
        focus = None if hits else 0
    if hits and not isinstance(record, Document):
        for (start, end), _word in find_words(writer.text_from(0), hits):
            writer.light(start, end)
    title = catalogue.row(_number(catalogue, location)).title
    return writer.page(location, title, citation(catalogue, location), focus)


def _number(catalogue: Catalogue, location: Location) -> int:
    number = catalogue.find(location.kind, location.id) if location.kind else None
    assert number is not None  # noqa: S101 - the record has just been read
    return number
