"""Writes the quotes of sources: each document once, with its passage highlighted."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from milatui.archive.schema import GRADES, grade_rank
from milatui.archive.text_quote import find_span
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import locator_label, quote_text
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder, TextRun
from milatui.catalogue.pages.common import read_documents
from milatui.catalogue.pages.markdown import write_inline, write_markdown
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.records import Document, Source
    from milatui.catalogue.store import RecordStore

MAX_WHOLE_DOCUMENT: Final = 1500
"""Characters of a document that is shown whole; of a longer one the passage's paragraph is."""


def write_quotes(
    store: RecordStore, page: PageBuilder, origin: Location, sources: Iterable[Source]
) -> None:
    """Writes the section of sources, by grade, then in the order they are first quoted."""
    by_document: dict[str, list[Source]] = {}
    for source in by_grade(store, sources):
        by_document.setdefault(source.document, []).append(source)
    if not by_document:
        return
    page.heading(_("Where it is written"))
    for document, quoted in by_document.items():
        _write_document(store, page, origin, document, quoted)


def words_of(document: Document, words: str) -> str:
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
    page.blank()
    number = store.find("document", identifier)
    if number is None:
        page.line(identifier, "strong")
        page.line(_("This document is not in the archive."), "flag")
        for source in sources:
            page.line(source.exact, "quote")
        return
    document = store.document(identifier)
    target = Location("document", identifier, (("from", f"{origin.view}/{origin.id}"),))
    start = page.at
    page.add(document.title, "strong", target)
    page.end_line()
    page.outline(3, document.title)
    _write_origin(page, document, sources)
    page.hanging_indent(start, page.at, 2)
    _write_passages(page, document, sources)


def _write_origin(page: PageBuilder, document: Document, sources: Sequence[Source]) -> None:
    places = (locator_label(source.locator) for source in sources)
    locators = dict.fromkeys(place for place in places if place)
    facts = [
        format_date(document.date),
        document.publisher,
        ", ".join(locators),
    ]
    page.add(" · ".join(fact for fact in facts if fact), "dim")
    for address in dict.fromkeys(s.url for s in sources if is_address(s.url)):
        page.add_runs((TextRun(" · ", "dim"), TextRun(address, "dim", address)))
    page.end_line()


def _write_passages(page: PageBuilder, document: Document, sources: Sequence[Source]) -> None:
    """Writes the body, or the paragraphs with the quotes, and highlights the quotes."""
    scratch = PageBuilder()
    starts = write_markdown(scratch, document.body)
    text = scratch.text_from(0)
    spans = [locate_quote(text, source) for source in sources]
    if len(text) <= MAX_WHOLE_DOCUMENT:
        begin = page.at
        page.append(scratch)
        for start, end in filter(None, spans):
            page.highlight(begin + start, begin + end)
    else:
        _write_paragraphs(page, text, starts, [s for s in spans if s])
    for source, span in zip(sources, spans, strict=True):
        if span is None and source.exact:
            page.line(words_of(document, source.exact), "quote")
            page.line(_("These words are no longer in the document."), "flag")


def _write_paragraphs(
    page: PageBuilder, text: str, starts: Sequence[int], spans: Sequence[tuple[int, int]]
) -> None:
    """Writes the paragraphs of a long text that contain the spans."""
    bounds = [*starts, len(text)]
    wanted = [
        (begin, end)
        for begin, end in itertools.pairwise(bounds)
        if any(begin < span[1] and span[0] < end for span in spans)
    ]
    for begin, end in wanted:
        at = page.at
        page.write_clean(text[begin:end].rstrip("\n") + "\n\n")
        for start, stop in spans:
            page.highlight(at + max(start, begin) - begin, at + min(stop, end) - begin)


def locate_quote(text: str, source: Source) -> tuple[int, int] | None:
    """Finds a source's quote in a text as it is rendered on a page.

    The archive's check finds them in the Markdown, where signs may stand between the words;
    so they are looked for without these too, and without the words around them.
    """
    if not source.exact.strip():
        return None
    plain = PageBuilder()
    write_inline(plain, source.exact)
    shown = replace(source, exact=plain.text_from(0))
    for attempt in (source, shown, replace(shown, prefix="", suffix="")):
        span = find_span(text, attempt)
        if span is not None:
            return span
    return None


def is_address(text: str) -> bool:
    """Returns whether a text is a web address: nothing else is offered for opening."""
    return text.startswith(("http://", "https://")) and not any(c.isspace() for c in text)
