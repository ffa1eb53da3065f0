"""Makes the page of a record, whatever its kind, and of the views that are pages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.catalogue.location import PAGE_VIEWS, Location, LocationError
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.common import read_related
from milatui.catalogue.pages.compare import write_comparison
from milatui.catalogue.pages.document import write_document, write_documents
from milatui.catalogue.pages.figures import write_figure, write_figures
from milatui.catalogue.pages.partner import write_partner
from milatui.catalogue.pages.people import write_people
from milatui.catalogue.pages.quotes import original_address
from milatui.catalogue.pages.record import write_event, write_person, write_statement
from milatui.catalogue.search.highlight import find_matches
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.store import RecordStore


def render_page(store: RecordStore, location: Location, hits: Sequence[str], columns: int) -> Page:
    """Renders the page of a record or a view, see ``Catalogue.page``.

    Raises:
        LocationError: if the location is neither a record nor a view.
        NotFound: if there is no such record.
    """
    kind = location.kind
    if location.view in PAGE_VIEWS:
        return _make_view(store, location, columns)
    if kind is None:
        raise LocationError(_("“{text}” is not a record.").format(text=location))
    record = store.record(kind, location.id)
    read_related(store, kind, record)
    page = PageBuilder(columns)
    with contextlib.suppress(OSError):  # without its note a record is read all the same
        page.own_note = store.own_note(kind, location.id)
    focus: int | None = None
    match record:
        case Document():
            focus = write_document(store, page, record, location, hits)
        case Event():
            write_event(store, page, record)
        case Figure():
            write_figure(store, page, record)
        case Statement():
            write_statement(store, page, record)
        case Partner():
            write_partner(store, page, record)
        case Person():
            write_person(store, page, record)
    if isinstance(record, Partner | Person):
        # Whoever chooses one of them wants its card, whatever is quoted further down.
        focus = None if hits else 0
    elif not isinstance(record, Document):
        # Found by whatever words: it opens at those that prove it.
        focus = page.first_highlight
    if hits and not isinstance(record, Document):
        for match in find_matches(page.text_from(0), hits):
            page.highlight(match.start, match.end)
    title = store.title(kind, location.id)
    return page.build(location, title, focus, original_address(store, record))


def _make_view(store: RecordStore, location: Location, columns: int) -> Page:
    """Renders the page of a view in the scope of its location."""
    page = PageBuilder(columns)
    if location.view == "compare":
        title = write_comparison(store, page, location.get("a"), location.get("b"))
    elif location.view == "documents":
        title = write_documents(store, page, location.scope)
    elif location.view == "figures":
        title = _("Figures")
        write_figures(store, page, location.scope)
    else:
        title = _("People")
        write_people(store, page, location.scope)
    return page.build(location, title, 0)
