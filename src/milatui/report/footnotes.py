"""Numbers the footnotes of a report: one for each passage, however often it is referred to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import locator_label, quote_text
from milatui.catalogue.location import Location
from milatui.catalogue.pages.quotes import by_grade, is_address
from milatui.i18n import _
from milatui.report.blocks import Footnote, NoteMark, Text, WebLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.archive.records import Source
    from milatui.catalogue.store import RecordStore
    from milatui.report.blocks import Run, Runs


class Footnotes:
    """The footnotes of a report, numbered in the order in which they are first asked for."""

    def __init__(self) -> None:
        self.notes: list[Footnote] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def marks(self, store: RecordStore, sources: Iterable[Source]) -> Runs:
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
        return tuple(NoteMark(number) for number in found)


def _note(store: RecordStore, source: Source) -> Runs:
    """Returns what a footnote says: publisher, title, date, locator, words, place in the archive.

    Only published words stand in quotation marks; those of a brief are ours.
    """
    location = str(Location("document", source.document))
    if store.find("document", source.document) is None:
        return (Text(f"{location}: {_('not in the archive')}", "warning"),)
    document = store.document(source.document)
    runs: list[Run] = []
    if document.publisher:
        runs.append(Text(f"{document.publisher}, "))
    address = next((a for a in (source.url, document.source) if is_address(a)), "")
    title = quote_text(document.title)
    runs.append(WebLink(title, address) if address else Text(title))
    facts = (format_date(document.date, short=False), locator_label(source.locator))
    runs += (Text(f", {fact}") for fact in facts if fact)
    words = " ".join(source.exact.split())
    if words and document.original is None:
        runs += (Text(": "), Text(quote_text(words), "quote"))
    elif words:
        runs.append(Text(_(": in our words: {words}").format(words=words)))
    runs.append(Text(f" [{location}]", "dim"))
    return tuple(runs)
