"""Renders the page of a document: text, highlights, and the records that quote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.quotes.document_text import rendered_text
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label, grade_label, kind_label, language_name
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import FieldTable, TextRun
from milatui.catalogue.pages.common import (
    MAX_ROWS,
    record_link,
    record_links,
    rows_by_kind,
    write_section,
    write_view_header,
)
from milatui.catalogue.pages.quotes import is_address, locate_quote
from milatui.catalogue.pages.versions import WITH, write_differences, write_versions
from milatui.catalogue.search.highlight import find_matches
from milatui.i18n import _
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Document, Source
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore


_MOST_PLACED: Final = 50
"""Most records of a kind that are read for what they quote."""


def write_document(
    store: RecordStore,
    page: PageBuilder,
    document: Document,
    location: Location,
    hits: Sequence[str],
) -> int | None:
    """Writes a document; returns the offset to scroll to, None for the first highlight."""
    page.head(
        document.title,
        [TextRun(format_date(document.date))],
        [TextRun(kind_label(document.type), "kind")],
        [TextRun(document.publisher)],
        [TextRun(language_name(document.language))],
    )
    _write_source(page, document)
    page.blank()
    other = location.get(WITH)
    if other and store.find("document", other) is not None:
        write_differences(page, store.document(other), document)
        _write_card(store, page, document)
        return None
    start = page.at
    rendered = rendered_text(document)
    text, paragraphs = rendered.text, [start + at for at in rendered.paragraphs]
    page.write_rendered(rendered)
    page.body = (start, page.at)
    named = _named_words(document, location)
    if named is not None:
        page.highlight(start + named[0], start + named[1])
    _light(store, page, location, text, start)
    for match in find_matches(text, hits) if hits else ():
        page.highlight(start + match.start, start + match.end)
    _write_card(store, page, document)
    _write_recorded(store, page, document, text, start)
    paragraph = location.get("para")
    if named is None and paragraph.isdecimal() and 1 <= int(paragraph) <= len(paragraphs):
        return paragraphs[int(paragraph) - 1]
    return None


def _write_source(page: PageBuilder, document: Document) -> None:
    """Writes whose words these are, the locators, then the address: it may be long."""
    locators = document.locators.items()
    facts = [_("brief in our words")] if document.original is not None else []
    facts += [_("{label}: {value}").format(label=what, value=where) for what, where in locators]
    if facts:
        page.line(" · ".join(facts), "dim")
    if document.source:
        target = document.source if is_address(document.source) else None
        start = page.at
        page.add(document.source.removeprefix("https://").removeprefix("http://"), "dim", target)
        page.end_line()
        page.hanging_indent(start, page.at, 2)


def _named_words(document: Document, location: Location) -> Span | None:
    """Returns the words that a location names (``#para=3&words=5-20``), None if it names none."""
    if not location.get("words"):
        return None
    # Deferred: few locations name words.
    from milatui.archive.quotes.document_words import DocumentWords

    words = DocumentWords(document)
    named = words.labelled(location.get("para"), location.get("words"))
    return words.span(*named) if named is not None else None


def _light(
    store: RecordStore, page: PageBuilder, location: Location, text: str, start: int
) -> None:
    """Highlights what the record that the reader came from quotes of this document."""
    origin = location.origin
    if origin is None or origin.kind is None or store.find(origin.kind, origin.id) is None:
        return
    for source in sources_of(store.record(origin.kind, origin.id)):
        if source.document == location.id:
            span = locate_quote(text, source)
            if span is not None:
                page.highlight(start + span[0], start + span[1])


def _write_card(store: RecordStore, page: PageBuilder, document: Document) -> None:
    card = FieldTable(page)
    card.add_list(_("Partners"), record_links(store, "partner", document.subject))
    for label, identifier in (
        (_("Translation of"), document.translation_of),
        (_("Version of"), document.version_of),
        (_("Follows"), document.follows),
    ):
        if identifier:
            card.add(label, record_link(store, "document", identifier))
    if document.original_language and document.original_language != document.language:
        card.add_text(_("Original in"), language_name(document.original_language))
    _add_original(card, document)
    card.add_text(_("About it"), document.description)
    card.add_text(_("Note"), document.note)
    card.add_text(_("Rights"), document.rights)
    card.add_text(_("Original file"), document.file)
    if document.confidence == "low":
        card.add(_("Doubt"), TextRun(_("low confidence"), "flag"))
    card.write(page.at - 1)


def _add_original(card: FieldTable, document: Document) -> None:
    """Adds rows about the page a brief is about, and about the brief."""
    card.add_text(_("Grade"), grade_label(document.grade))
    original = document.original
    if original is None:
        return
    if original.title_supplied == "true":
        card.add_text(_("Title"), _("ours; the page shows none"))
    elif original.title != document.title:
        card.add_text(_("Title of the page"), original.title)
    card.add_text(_("Read on"), format_date(original.accessed, short=False))
    if original.archived:
        target = original.archived if is_address(original.archived) else None
        card.add(_("Copy"), TextRun(original.archived, None, target))
    card.add_text("SHA-256", original.sha256)
    written = (document.creator, format_date(document.created, short=False))
    card.add_text(_("Brief by"), ", ".join(fact for fact in written if fact))


def _write_recorded(
    store: RecordStore, page: PageBuilder, document: Document, text: str, start: int
) -> None:
    """Writes the records that quote a document; each is for the margin, beside what it quotes.

    Args:
        store: The records.
        page: The page.
        document: The document.
        text: Its text.
        start: Where that begins in the page.
    """
    number = store.find("document", document.id)
    if number is None:
        return
    rows = rows_by_kind(store, store.records_naming(number))
    here = Location("document", document.id)
    # All in one batch.
    store.records([row.number for found in rows.values() for row in found[:_MOST_PLACED]])
    for title, kind in (
        (_("Events recorded from it"), "event"),
        (_("Figures recorded from it"), "figure"),
        (_("Statements recorded from it"), "statement"),
        (_("People recorded from it"), "person"),
        (_("Partners recorded from it"), "partner"),
    ):
        found = next(r for k, r in rows.items() if k == kind)
        offsets = [start + at for at in _quoted_at(store, found, document.id, text)]
        write_section(page, title, found, here, anchors=offsets)
    versions = [row for row in store.rows(store.editions(number)) if row.id != document.id]
    others = [row for row in rows["document"] if row not in versions]
    end = start + max(0, len(text) - 1)
    write_versions(store, page, document, versions, end)
    write_section(page, _("Mentioned in"), others, here, anchor=end)


def _quoted_at(
    store: RecordStore, rows: Sequence[RecordRow], identifier: str, text: str
) -> list[int]:
    """Returns the offset of what each record quotes of a document; its end if it is not found."""
    end = max(0, len(text) - 1)
    found = []
    for record in store.records([row.number for row in rows[:_MOST_PLACED]]):
        quoted = (source for source in sources_of(record) if source.document == identifier)
        found.append(min((_offset_of(text, s, end) for s in quoted if s.exact), default=end))
    return found + [end] * (min(len(rows), MAX_ROWS) - len(found))


def _offset_of(text: str, source: Source, default: int) -> int:
    at = -1 if source.prefix or source.suffix else text.find(source.exact)
    if at >= 0:
        return at
    span = locate_quote(text, source)
    return span[0] if span else default


def write_documents(store: RecordStore, page: PageBuilder, scope: Scope) -> str:
    """Writes the documents of a scope; returns the title, or the publisher's name."""
    numbers = store.list_records("document", scope)
    title = ", ".join(sorted(scope.publishers)) or _("Documents")
    facts = (count_label("document", len(numbers)),)
    write_view_header(store, page, title, facts, scope.without("publishers"))
    rows = store.rows(numbers[:MAX_ROWS])
    write_section(page, _("Newest first"), rows, total=len(numbers))
    return title
