r"""Writes a bibliography as BibLaTeX: UTF-8, with EDTF dates (BibLaTeX manual, section 2.3.8).

Braces decide where a field ends, escaped or not, so that none of a text is written as such. The
characters that TeX obeys become commands: ``\&``, ``\%``, ``\textbraceleft{}``.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location
from milatui.export.bibliography import count_works, published_title, work_address
from milatui.export.date_parts import date_parts
from milatui.export.evidence_text import evidence_line
from milatui.export.own_note_text import note_keywords, note_line
from milatui.export.remarks import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.export.remarks import Remarks
    from milatui.export.scope_records import ScopeRecords, Work

_ENTRY_TYPES: Final = {
    "news": "article",
    "blog": "article",
    "report": "report",
}
_CONTAINERS: Final = {"article": "journaltitle", "report": "institution"}
_COMMANDS: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SPECIAL: Final = re.compile(r"[\\{}~^&%$#_]")
_NOT_IN_KEY: Final = re.compile(r"[^\w.:+/-]")
_CAPITALS: Final = re.compile(r"\b(?=\w*[^\W\d_a-z])\w*[A-ZÀ-ÖØ-Þ]\w*\b")


def write_bibtex(records: ScopeRecords, kinds: Sequence[Kind], remarks: Remarks) -> Iterator[str]:
    """Yields an entry for each document."""
    for work in count_works(records, kinds, remarks):
        fields = "".join(
            f"  {name} = {{{text}}},\n" for name, text in _fields(work, records, remarks)
        )
        yield f"@{_entry_type(work)}{{{citation_key(work.document.id)},\n{fields}}}\n\n"


def citation_key(identifier: str) -> str:
    """Returns the key of an entry: the id, or what a key can hold of it and a digest."""
    key = _NOT_IN_KEY.sub("-", identifier)
    if key == identifier:
        return key
    return f"{key}-{hashlib.sha256(identifier.encode('utf-8', 'replace')).hexdigest()[:8]}"


def escape_tex(text: str) -> str:
    """Returns a text in one line with commands for the characters that TeX obeys."""
    text = sanitize(text, multiline=False)
    return _SPECIAL.sub(lambda found: _COMMANDS[found[0]], text)


def _entry_type(work: Work) -> str:
    return _ENTRY_TYPES.get(work.document.type, "online" if work_address(work) else "misc")


def _fields(work: Work, records: ScopeRecords, remarks: Remarks) -> Iterator[tuple[str, str]]:
    document, kind = work.document, _entry_type(work)
    lines = (note_line(work.note), *map(evidence_line, work.proves))
    values = {
        "title": _protect_capitals(escape_tex(published_title(document))),
        _CONTAINERS.get(kind, "organization"): escape_tex(document.publisher),
        "type": escape_tex(document.type.replace("-", " ")),
        "date": _date(work, remarks),
        "language": escape_tex(document.original_language or document.language),
        "url": work_address(work),
        "urldate": _day(document.original.accessed if document.original else ""),
        "keywords": ", ".join(
            escape_tex(name.replace(",", " "))
            for name in (*work.partners, *note_keywords(work.note))
        ),
        "library": escape_tex(f"{records.archive_title}, {Location('document', document.id)}"),
        "annotation": "; ".join(escape_tex(line) for line in lines if line),
    }
    return ((name, value) for name, value in values.items() if value)


def _date(work: Work, remarks: Remarks) -> str:
    """Returns the EDTF date; a quarter, which BibLaTeX does not know, as its months."""
    parts = date_parts(work.document.date)
    if parts is None:
        return ""
    if parts.is_wide and parts.edtf.precision == "quarter":
        remarks.add(Remark.WIDENED, "document", work.document.id)
        return str(parts)
    return work.document.date.partition("T")[0]


def _day(text: str) -> str:
    parts = date_parts(text)
    return str(parts) if parts is not None and parts.is_exact_days else ""


def _protect_capitals(title: str) -> str:
    """Puts words with capitals into braces: styles write the others small."""
    parts = re.split(r"(\\[a-zA-Z]+\{\}|\\.)", title)
    return "".join(
        part if part.startswith("\\") else _CAPITALS.sub(lambda word: f"{{{word[0]}}}", part)
        for part in parts
    )
