"""Says in a line of text what a document proves, or which words prove a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Document, Event, Figure, Statement
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_value, locator_label, quote_text
from milatui.catalogue.pages.common import flag_words
from milatui.export.own_note_text import note_line
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.export.scope_records import Entry, Passage


def evidence_line(entry: Entry) -> str:
    """Returns what a record says and the words that prove it, in one line.

    Published words stand in quotation marks. What somebody said is a paraphrase and is called one,
    and words of a brief are called ours.
    """
    text = f"[{entry.location}] {_claim(entry)}. {passages_text(entry.passages)}"
    return sanitize(" ".join(filter(None, (text, note_line(entry.note)))), multiline=False)


def passages_text(passages: Iterable[Passage]) -> str:
    """Returns the words of passages and where they stand; only published words are quoted."""
    published: dict[str, None] = {}
    ours: dict[str, None] = {}
    for passage in passages:
        exact, locator = passage.source.exact, passage.source.locator
        words = quote_text(exact) if passage.is_published else exact
        label = locator_label(locator) or passage.source.document
        found = published if passage.is_published else ours
        found[_("{words} ({place})").format(words=words, place=label)] = None
    parts = ["; ".join(published)]
    if ours:
        parts.append(_("In our words: {words}").format(words="; ".join(ours)))
    return " ".join(part for part in parts if part)


def entry_title(entry: Entry) -> str:
    """Returns what a record says in one line; of a statement, that it is a paraphrase."""
    record = entry.record
    match record:
        case Statement():
            form = _("{speaker}, paraphrased: {text}")
            return form.format(speaker=entry.speaker, text=record.text.rstrip("."))
        case Figure():
            value = format_value(record.value, record.qualifier, record.unit)
            return _("{label}: {value}").format(label=entry.title, value=value)
        case _:
            return entry.title.rstrip(".")


def entry_summary(entry: Entry) -> str:
    """Returns what a record says beside its title, in our words, and what to be careful with."""
    record = entry.record
    match record:
        case Event():
            summary = record.summary
        case Statement():
            summary = record.about
        case Figure():
            summary = record.note
        case Document():
            summary = ". ".join(text for text in (record.publisher, record.description) if text)
        case _:
            summary = ""
    caveats = entry_caveats(entry)
    return " ".join(text for text in (summary, f"({caveats})" if caveats else "") if text)


def entry_caveats(entry: Entry) -> str:
    """Returns in words that a record is deprecated, or of low confidence; "" if it is neither."""
    record = entry.record
    caveats: list[str] = []
    if isinstance(record, Figure) and record.rank == "deprecated":
        caveats.append(flag_words("deprecated"))
    if record.confidence == "low":
        caveats.append(flag_words("low-confidence"))
    return ", ".join(caveats)


def _claim(entry: Entry) -> str:
    """Returns what a record says, its date, and what to be careful with."""
    return ", ".join(
        text for text in (entry_title(entry), entry.date, entry_caveats(entry)) if text
    )
