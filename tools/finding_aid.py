"""Writes the counts of the bundled archive into its finding aid.

``python -m tools.generated`` runs it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from milatui.archive.loader import load_archive
from milatui.archive.records import Document, Event
from milatui.archive.schema import EVENT_KINDS, GRADES
from milatui.catalogue.labels.labels import count_label, kind_label, language_name
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

ARCHIVE = ROOT / "data"
PAGE = ARCHIVE / "README.md"
_COUNTS = re.compile(r"(<!-- counts -->\n).*?(<!-- /counts -->)", re.DOTALL)


def counts() -> str:
    """Returns the table of the counts as Markdown."""
    loaded = load_archive(ARCHIVE)
    documents = [r.record for r in loaded.records["document"] if isinstance(r.record, Document)]
    events = [r.record for r in loaded.records["event"] if isinstance(r.record, Event)]
    several = sum(len({source.document for source in event.sources}) > 1 for event in events)
    grades = Counter(document.grade for document in documents)
    languages = Counter(document.language for document in documents)
    kinds = Counter(event.kind for event in events)
    rows = {
        "records": ", ".join(count_label(kind, count) for kind, count in loaded.counts.items()),
        "events on two documents or more": str(several),
        "events by kind": _counted((kind_label(kind), kinds[kind]) for kind in EVENT_KINDS),
        "documents by grade": _counted((grade, grades[grade]) for grade in GRADES),
        "briefs by language": _counted((language_name(tag), n) for tag, n in languages.items()),
        "translations": str(sum(bool(document.translation_of) for document in documents)),
    }
    lines = ["| what | how many |", "|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {number} |" for what, number in rows.items())])


def page(text: str) -> str:
    """Returns the finding aid with the present counts between its markers."""
    return _COUNTS.sub(lambda found: f"{found[1]}{counts()}\n{found[2]}", text)


def _counted(parts: Iterable[tuple[str, int]]) -> str:
    present = [(label, number) for label, number in parts if number]
    return ", ".join(f"{label} {number}" for label, number in sorted(present, key=_by_number))


def _by_number(part: tuple[str, int]) -> tuple[int, str]:
    return -part[1], part[0]
