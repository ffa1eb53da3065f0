"""Converts documents to CSL-JSON items: the one conversion, for citations and exports.

The format is that of https://github.com/citation-style-language/schema, version 1.0.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.pages.quotes import is_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.archive.records import Document

CslValue: TypeAlias = "bool | int | str | Sequence[CslValue] | Mapping[str, CslValue]"
CslItem: TypeAlias = dict[str, CslValue]
"""A CSL-JSON item: the variables of one work by name."""

_TYPES: Final = {
    "news": "article-newspaper",
    "blog": "post-weblog",
    "report": "report",
    "press-release": "webpage",
    "profile": "webpage",
}
"""CSL has no type for press releases; ``genre`` names them."""
_PUBLISHED: Final = ("report", "document")
"""Types of works of their own, which have a publisher; others appear in a container."""
_PART: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:T.*)?([?~%])?")
_SPRING, _WINTER = 21, 24
"""The seasons of EDTF stand in the place of the month; CSL counts them from 1."""


def document_item(document: Document) -> CslItem:
    """Converts a document to a CSL-JSON item; of a brief, the page that it is about.

    The archive records publishers, not authors, so there is no author.  A title that was supplied
    stands in brackets.

    Returns:
        The variables of CSL by name.
    """
    original = document.original
    title = document.title if original is None else original.title or document.title
    if original is not None and (original.title_supplied == "true" or not original.title):
        title = f"[{title}]"
    kind = _TYPES.get(document.type, "document")
    container = "publisher" if kind in _PUBLISHED else "container-title"
    language = document.original_language or document.language
    if original is not None:
        language = original.language or language
    fields = {
        "id": document.id,
        "type": kind,
        "title": title,
        container: document.publisher,
        "genre": kind_label(document.type) if kind in ("webpage", "document") else "",
        "language": language,
        "URL": document.source if is_address(document.source) else "",
    }
    item: CslItem = {
        name: sanitize(value, multiline=False) for name, value in fields.items() if value
    }
    for name, date in (
        ("issued", document.date),
        ("accessed", original.accessed if original is not None else ""),
    ):
        if date:
            item[name] = csl_date(date)
    return item


def csl_date(date: str) -> dict[str, CslValue]:
    """Converts an EDTF date to a CSL date as precise as it is.

    Years, months, days, seasons and closed intervals are numbers, and ``? ~ %`` say ``circa``.
    What CSL has no numbers for (decades, quarters, open ends) is said in words, as ``literal``.

    Args:
        date: The date in EDTF.

    Returns:
        ``date-parts`` (one date, or first and last) with ``season`` and ``circa``, or ``literal``.
    """
    try:
        edtf = parse_edtf(date)
    except DateError:
        return {"literal": sanitize(date, multiline=False)}
    first, slash, last = date.partition("/")
    parts = [_parts(part) for part in ((first, last) if slash else (first,))]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return {"literal": format_date(date, short=False)}
    seasons = [part[1] - _SPRING + 1 for part in known if part[1:2] and part[1] >= _SPRING]
    if seasons and slash:
        return {"literal": format_date(date, short=False)}
    found: dict[str, CslValue] = {"date-parts": [part[:1] if seasons else part for part in known]}
    if seasons:
        found["season"] = seasons[0]
    if edtf.uncertain or edtf.approximate:
        found["circa"] = True
    return found


def _parts(date: str) -> list[int] | None:
    """Returns year, month and day as far as they are known; None if they cannot say the date."""
    match = _PART.fullmatch(date.replace("-XX", ""))
    if match is None:
        return None
    numbers = [int(number) for number in match.groups()[:3] if number is not None]
    if len(numbers) > 1 and numbers[1] > _WINTER:
        return None
    return numbers
