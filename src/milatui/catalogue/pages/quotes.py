"""Writes the quotes of sources: each document once, its passage barred and highlighted."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from milatui.archive.quotes.document_text import find_quotes, rendered_text
from milatui.archive.records import Document, Partner
from milatui.archive.sanitize import sanitize
from milatui.archive.schema import GRADES, grade_rank
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import (
    kind_label,
    locator_label,
    locators_label,
    quote_text,
)
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import TextRun
from milatui.catalogue.pages.common import read_documents
from milatui.i18n import _
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Record, Source
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.store import RecordStore

MAX_PASSAGE: Final = 420
"""Characters of a paragraph that is quoted whole; of a longer one the sentences around the words
are."""
_MARGIN: Final = 160
"""Characters before and after the quoted words that are shown of a long paragraph, at most."""
SENTENCE_END: Final = re.compile(r"[.!?…。][”’\"')\]]{0,3}(?:\s|$)")


def write_quotes(
    store: RecordStore, page: PageBuilder, origin: Location, sources: Iterable[Source]
) -> int:
    """Writes a section for each document, by grade, then in the order they are first quoted.

    Returns:
        The offset of the passages of the last document, for what stands in the margin after
        their sources; that of the first line after the head if there are none.
    """
    last = page.head_end
    by_document: dict[str, list[Source]] = {}
    for source in by_grade(store, sources):
        by_document.setdefault(source.document, []).append(source)
    for number, (document, quoted) in enumerate(by_document.items(), 1):
        page.blank()
        page.outline(2, _("Where it is written"))
        page.add(_("Where it is written"), "heading")
        if len(by_document) > 1:
            count = _("{number} of {total}").format(number=number, total=len(by_document))
            page.add(f"  {count}", "dim")
        page.end_line()
        last = page.at
        _write_document(store, page, origin, document, quoted)
    return last


def source_link(store: RecordStore, origin: Location, sources: Iterable[Source]) -> list[TextRun]:
    """Returns the publisher and the passage of the best graded source, as a link to it."""
    for source in by_grade(store, sources):
        if store.find("document", source.document) is not None:
            document = store.document(source.document)
            facts = (document.publisher or document.title, locator_label(source.locator))
            words = ", ".join(fact for fact in facts if fact)
            return [TextRun(words, None, quoting_location(source.document, origin))]
    return []


def quoting_location(document: str, origin: Location) -> Location:
    """Returns the location of a document with what ``origin`` quotes of it highlighted."""
    return Location("document", document, (("from", f"{origin.view}/{origin.id}"),))


def quote_words(document: Document, words: str) -> str:
    """Returns words of a document; in quotation marks if they are the published ones.

    The words of a brief are ours.
    """
    return quote_text(words) if document.original is None else words


def by_grade(store: RecordStore, sources: Iterable[Source]) -> list[Source]:
    """Sorts sources: those of the best graded documents first, otherwise in their order."""
    given = list(sources)
    read_documents(store, dict.fromkeys(source.document for source in given))

    def grade(source: Source) -> int:
        if store.find("document", source.document) is None:
            return len(GRADES)
        return grade_rank(store.document(source.document).grade)

    return sorted(given, key=grade)


def _write_document(
    store: RecordStore,
    page: PageBuilder,
    origin: Location,
    identifier: str,
    sources: Sequence[Source],
) -> None:
    number = store.find("document", identifier)
    if number is None:
        for source in sources:
            page.passage(sanitize(source.exact, multiline=False))
        page.line(identifier, "strong")
        page.line(_("This document is not in the archive."), "flag")
        return
    document = store.document(identifier)
    beside = page.at
    write_passages(page, document, sources)
    start = page.at
    page.add(document.title, "strong", quoting_location(identifier, origin))
    page.end_line()
    _write_origin(page, document, sources)
    page.hanging_indent(start, page.at, 2)
    page.note(start, beside)


def _write_origin(page: PageBuilder, document: Document, sources: Sequence[Source]) -> None:
    """Writes who published a document and when, whose words are shown, and where they stand."""
    facts = [
        document.publisher,
        kind_label(document.type),
        format_date(document.date),
        locators_label(source.locator for source in sources),
        _("brief in our words") if document.original is not None else "",
    ]
    page.add(" · ".join(fact for fact in facts if fact), "dim")
    for address in dict.fromkeys(s.url for s in sources if is_address(s.url)):
        page.add_runs((TextRun(" · ", "dim"), TextRun(address, "dim", address)))
    page.end_line()


def write_passages(page: PageBuilder, document: Document, sources: Sequence[Source]) -> None:
    """Writes the paragraphs with the quotes, as far as needed, and highlights the quotes."""
    rendered = rendered_text(document)
    text = rendered.text
    spans = [locate_quote(text, source) for source in sources]
    found = [span for span in spans if span is not None]
    written = False
    for begin, end in itertools.pairwise([*rendered.paragraphs, len(text)]):
        inside = [span for span in found if begin < span[1] and span[0] < end]
        if inside:
            if written:
                page.blank()
            _write_passage(page, text, (begin, end), inside)
            written = True
    for source, span in zip(sources, spans, strict=True):
        if span is None and source.exact:
            page.passage(sanitize(quote_words(document, source.exact), multiline=False))
            page.line(_("These words are no longer in the document."), "flag")


def _write_passage(page: PageBuilder, text: str, paragraph: Span, spans: Sequence[Span]) -> None:
    """Writes a paragraph, or the sentences around the spans, and highlights the spans."""
    begin, end = paragraph
    end = begin + len(text[begin:end].rstrip("\n"))
    first, last = max(begin, min(spans)[0]), min(end, max(stop for _start, stop in spans))
    start, stop = _around(text, (begin, end), (first, last))
    head, tail = ("… " if start > begin else ""), (" …" if stop < end else "")
    at = page.passage(head + text[start:stop] + tail) + len(head)
    for low, high in spans:
        page.highlight(at + max(low, start) - start, at + min(high, stop) - start)


def _around(text: str, paragraph: Span, words: Span) -> Span:
    """Returns the sentences around words of a paragraph; the whole of a short one."""
    (begin, end), (first, last) = paragraph, words
    if end - begin <= MAX_PASSAGE:
        return paragraph
    low, high = max(begin, first - _MARGIN), min(end, last + _MARGIN)
    starts = [match.end() for match in SENTENCE_END.finditer(text, low, first)]
    start = begin if low == begin else starts[0] if starts else _word_start(text, low, first)
    close = SENTENCE_END.search(text, max(first, last - 1), high)
    if close is not None:
        return start, close.end() - text[close.start() : close.end()].endswith((" ", "\n"))
    return start, high if high == end else max(last, text.rfind(" ", last, high))


def _word_start(text: str, low: int, first: int) -> int:
    """Returns where the first word begins that stands between ``low`` and ``first``."""
    space = text.find(" ", low, first)
    return space + 1 if space >= 0 else first


def locate_quote(text: str, source: Source) -> Span | None:
    """Finds a source's quote in the text of a document, or else its words elsewhere in it."""
    for attempt in (source, replace(source, prefix="", suffix="")):
        for span in find_quotes(text, attempt, limit=1):
            return span
    return None


def original_address(store: RecordStore, record: Record) -> str:
    """Returns the web address of a document, or of the one a record is written in; else ""."""
    if isinstance(record, Document):
        return record.source if is_address(record.source) else ""
    if isinstance(record, Partner):
        return record.website if is_address(record.website) else ""
    for source in by_grade(store, sources_of(record)):
        if store.find("document", source.document) is not None:
            address = source.url or store.document(source.document).source
            if is_address(address):
                return address
    return ""


def is_address(text: str) -> bool:
    """Returns whether a text is a web address: nothing else is offered for opening."""
    return text.startswith(("http://", "https://")) and not any(c.isspace() for c in text)
