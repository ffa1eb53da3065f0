"""Writes the versions of a document, and what differs between two of them word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.diff.word_diff import diff_words
from milatui.archive.quotes.document_text import document_text
from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.records import Document
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.store import RecordStore

WITH = "with"
"""Fragment of a document's location: the id of the version that its text is compared with."""


def write_versions(
    store: RecordStore,
    page: PageBuilder,
    document: Document,
    versions: Sequence[RecordRow],
    anchor: int,
) -> None:
    """Writes the other versions of a document, oldest first.

    Those in the same language have a link to what differs.

    Args:
        store: The records.
        page: The page.
        document: The document.
        versions: Its other versions.
        anchor: Offset beside which they stand where there is a margin.
    """
    if not versions:
        return
    page.blank()
    start = page.at
    page.heading(_("Other versions of it ({n})").format(n=format_count(len(versions))))
    language = document.language.partition("-")[0]
    for row in sorted(versions, key=lambda row: (row.date, row.id)):
        begin = page.at
        date = format_date(row.date)
        page.add(date, "dim")
        page.write_clean(" " * max(1, date_width() + 2 - len(date)))
        page.add(row.label, None, Location("document", row.id))
        other = store.document(row.id)
        if other.language.partition("-")[0] == language:
            page.add("  ")
            target = Location("document", document.id, ((WITH, row.id),))
            page.add(_("what differs"), "dim", target)
        page.end_line()
        page.hanging_indent(begin, page.at, date_width() + 2)
    page.note(start, anchor)


def write_differences(page: PageBuilder, other: Document, document: Document) -> None:
    """Writes the text of a document with what another version of it has otherwise.

    Words that only the other version has are in ``[-`` and ``-]``, those that only this one has
    in ``{+`` and ``+}``, as in ``git diff --word-diff``; each is a highlight.
    """
    found = diff_words(document_text(other), document_text(document))
    dated = f"{other.title}, {format_date(other.date)}" if other.date else other.title
    page.add(_("Compared with "), "dim")
    page.add(dated, None, Location("document", other.id))
    page.end_line()
    if not found.runs:
        page.line(_("Both texts are the same, word by word."))
        page.blank()
        page.write_clean(document_text(document))
        page.end_line()
        return
    removed = ngettext("{n} word only there", "{n} words only there", found.removed)
    added = ngettext("{n} word only here", "{n} words only here", found.added)
    counts = (
        removed.format(n=format_count(found.removed)),
        added.format(n=format_count(found.added)),
    )
    page.line(" · ".join(counts), "dim")
    page.blank()
    for run in found.runs:
        words = run.text.rstrip()
        start = page.at
        if run.fate == "same" or not words:
            page.write_clean(run.text)
            continue
        page.write_clean(f"[-{words}-]" if run.fate == "removed" else f"{{+{words}+}}")
        page.add_span(start, page.at, "flag" if run.fate == "removed" else "strong")
        page.highlight(start, page.at)
        page.write_clean(run.text[len(words) :])
