"""Numbers the footnotes of a report: one for each passage, however often it is referred to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.quotes.document_words import DocumentWords
from milatui.catalogue.citations.citation import words_location
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import locator_label, quote_text
from milatui.catalogue.location import Location
from milatui.catalogue.pages.quotes import by_grade, is_address, locate_quote
from milatui.i18n import _
from milatui.report.blocks import ArchiveAddress, Footnote, NoteReference, Text, WebLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.archive.records import Document, Source
    from milatui.catalogue.store import RecordStore
    from milatui.report.blocks import Run, Runs

_STOPS: Final = tuple('.!?…:;»”"')
"""Signs that end a sentence, or a quotation that does."""


class Footnotes:
    """The footnotes of a report, numbered in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.notes: list[Footnote] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def references(self, store: RecordStore, sources: Iterable[Source]) -> Runs:
        """Returns the marks of the passages that prove a value, those of the best document first.

        Args:
            store: The records.
            sources: The passages.
        """
        found: dict[int, None] = {}
        for source in by_grade(store, sources):
            key = (source.document, " ".join(source.exact.split()))
            if key not in self._numbers:
                self._numbers[key] = len(self.notes) + 1
                self.notes.append(Footnote(len(self.notes) + 1, _note(store, source)))
            found[self._numbers[key]] = None
        return tuple(NoteReference(number) for number in found)


def _note(store: RecordStore, source: Source) -> Runs:
    """Returns what a footnote says: the words, publisher, title, date, locator, address.

    Only published words stand in quotation marks; those of a brief are ours. ``milatui verify``
    finds the words again: they stand before the source, and its address says where.
    """
    if store.find("document", source.document) is None:
        location = str(Location("document", source.document))
        return (Text(f"{location}: "), Text(_("not in the archive"), "warning"))
    document = store.document(source.document)
    runs: list[Run] = list(_words(document, source))
    runs.append(Text(_("Source: ")))
    if document.publisher:
        runs.append(Text(f"{document.publisher}, "))
    web = next((a for a in (source.url, document.source) if is_address(a)), "")
    title = quote_text(document.title)
    runs.append(WebLink(title, web) if web else Text(title))
    facts = (format_date(document.date, short=False), locator_label(source.locator))
    runs += (Text(f", {fact}") for fact in facts if fact)
    runs += (Text(". "), _address(document, source))
    return tuple(runs)


def _words(document: Document, source: Source) -> Runs:
    words = " ".join(source.exact.split())
    if not words:
        return ()
    if document.original is None:
        return (Text(quote_text(words), "quote"), Text(" "))
    stop = "" if words.endswith(_STOPS) else "."
    return (Text(_("Paraphrase: {words}").format(words=words)), Text(f"{stop} "))


def _address(document: Document, source: Source) -> ArchiveAddress:
    """Returns where the words stand in the archive; the document if they are not in it."""
    words = DocumentWords(document)
    span = locate_quote(words.text, source) if source.exact else None
    touched = words.in_span(*span) if span is not None else None
    if touched is None:
        return ArchiveAddress(str(Location("document", document.id)), words.digest)
    return ArchiveAddress(str(words_location(document.id, words, touched)), words.digest)
