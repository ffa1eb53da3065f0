"""Writes citations as Markdown with a footnote, plain text, Chicago, MLA, and CSL-JSON.

All of them name the place as ``<milatui:document/ID#para=3&words=5-20>, sha256:...``, by which
``milatui verify`` finds and checks them.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.citations.cite_styles import RENDERED
from milatui.catalogue.citations.csl_json import document_item
from milatui.catalogue.citations.reference import document_facts
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import quote_text
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from milatui.catalogue.citations.citation import Citation
    from milatui.catalogue.citations.cite_styles import CiteStyle
    from milatui.catalogue.citations.csl_json import CslItem

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>|~#])")
_NOT_IN_LABEL: Final = re.compile(r"[^A-Za-z0-9]+")


def format_citation(citation: Citation, style: CiteStyle, today: date) -> str:
    """Writes a citation.

    Args:
        citation: The citation.
        style: The format.
        today: The day on which the archive is consulted.

    Raises:
        StyleUnavailable: the format is rendered by citeproc-py, which is not installed.
    """
    if style == "csl-json":
        return _csl_json(citation, today)
    if style == "markdown":
        return _markdown(citation, today)
    note = _note(citation, style, today)
    if not citation.words:
        return note
    source = _("Source: {note}").format(note=note)
    return f"{_passage(citation)}\n\n{source}"


def _markdown(citation: Citation, today: date) -> str:
    note = _note(citation, "markdown", today)
    if not citation.words:
        return note
    label = _label(citation)
    return f"{_passage(citation, _escaped)}[^{label}]\n\n[^{label}]: {note}"


def _label(citation: Citation) -> str:
    """Returns the label of the footnote: the document and where in it the words stand."""
    identifier = citation.location.id
    label = _NOT_IN_LABEL.sub("-", identifier).strip("-").lower()
    if label != identifier:
        # Labels know neither case nor all letters, ids do.
        label = f"{label[:40]}-{sha256(identifier.encode('utf-8', 'replace')).hexdigest()[:6]}"
    return f"{label}-{citation.location.get('para')}-{citation.location.get('words')}".lstrip("-")


def _passage(citation: Citation, escaped: Callable[[str], str] = str) -> str:
    """Returns the words and who said them; published ones in quotation marks, others marked."""
    words = escaped(citation.words)
    words = quote_text(words) if citation.published else words
    speaker = citation.speaker
    if speaker and citation.role:
        speaker = _("{speaker} ({role})").format(speaker=speaker, role=citation.role)
    speaker = escaped(speaker)
    if not speaker:
        return words if citation.published else _("Paraphrase: {words}").format(words=words)
    if citation.published:
        return _("{speaker}: {words}").format(speaker=speaker, words=words)
    return _("{speaker}, paraphrased: {words}").format(speaker=speaker, words=words)


def _note(citation: Citation, style: CiteStyle, today: date) -> str:
    """Returns what the footnote says: the published original, then the place in the archive."""
    if citation.document is None:
        archive_part = _archive_part(citation, today, style)
        words = _escaped(citation.reference) if style == "markdown" else citation.reference
        return f"{words.rstrip('.')}. {archive_part}" if words else archive_part
    if style in RENDERED:
        original = _rendered(citation, style)
    else:
        original = _original(citation, _escaped if style == "markdown" else str)
    return f"{original.rstrip('.')}. {_archive_part(citation, today, style)}"


def _original(citation: Citation, escaped: Callable[[str], str]) -> str:
    """Returns publisher, title, date, locator, address and, where recorded, the day of reading."""
    document = citation.document
    if document is None:
        return ""
    facts = [sanitize(fact, multiline=False) for fact in document_facts(document)]
    parts = [*map(escaped, facts), escaped(sanitize(citation.locator, multiline=False))]
    if citation.address:
        parts.append(f"<{sanitize(citation.address, multiline=False)}>")
    accessed = document.original.accessed if document.original is not None else ""
    if accessed:
        day = format_date(accessed, short=False)
        parts.append(_("accessed {day}").format(day=sanitize(day, multiline=False)))
    return ", ".join(part for part in parts if part)


def _archive_part(citation: Citation, today: date, style: CiteStyle = "text") -> str:
    """Returns the archive, the day it was consulted, the location, and the hash of the text."""
    archive = sanitize(citation.archive, multiline=False)
    words = {
        "archive": _escaped(archive) if style == "markdown" else archive,
        "day": format_date(today.isoformat(), short=False),
    }
    if citation.document is not None and not citation.published:
        text = _("Brief about it: {archive}, consulted {day}").format(**words)
    else:
        text = _("{archive}, consulted {day}").format(**words)
    text = f"{text}, <milatui:{citation.location}>"
    return f"{text}, sha256:{citation.digest}." if citation.digest else f"{text}."


def _rendered(citation: Citation, style: CiteStyle) -> str:
    # Deferred: imports citeproc-py, which few have.
    from milatui.catalogue.citations.csl_styles import knows_locator, render

    if citation.document is None:
        return ""
    text = render(document_item(citation.document), style, citation.locator).rstrip(".")
    if citation.locator and not knows_locator(citation.locator):
        text += f" ({citation.locator})"
    return sanitize(text, multiline=False)


def _csl_json(citation: Citation, today: date) -> str:
    """Returns a CSL-JSON item: its note names locator and place, its annotation is the passage."""
    archive_part = _archive_part(citation, today)
    item: CslItem
    if citation.document is None:
        item = {"id": str(citation.location), "type": "document"}
        if citation.reference:
            item["title"] = citation.reference
    else:
        item = document_item(citation.document)
        if citation.words:
            item["id"] = _label(citation)
    locator = sanitize(citation.locator, multiline=False)
    item["note"] = f"{locator}. {archive_part}" if locator else archive_part
    if citation.words:
        item["annote"] = _passage(citation)
    return json.dumps([item], ensure_ascii=False, indent=2)


def _escaped(text: str) -> str:
    """Returns a text as Markdown that means this text."""
    return _MARKDOWN.sub(r"\\\1", text)
