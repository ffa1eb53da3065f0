"""Says in a line of text what a document proves, or which words prove a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.records import Figure, Statement
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_value, locator_label, quote_text
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
    return sanitize(text, multiline=False)


def passages_text(passages: Iterable[Passage]) -> str:
    """Returns the words of passages and where they stand; only published words are quoted."""
    published: dict[str, None] = {}
    ours: dict[str, None] = {}
    for passage in passages:
        exact, locator = passage.source.exact, passage.source.locator
        words = quote_text(exact) if passage.is_published else exact
        place = locator_label(locator) or passage.source.document
        found = published if passage.is_published else ours
        found[_("{words} ({place})").format(words=words, place=place)] = None
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


def _claim(entry: Entry) -> str:
    """Returns what a record says, and its date."""
    said = entry_title(entry)
    return f"{said}, {entry.date}" if entry.date else said
