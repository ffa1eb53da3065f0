"""Writes the counts of the bundled archive into its finding aid.

``python -m tools.generated`` runs it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import Document, Event, Partner, Person, Source
from milatui.archive.schema import EVENT_KINDS, GRADES
from milatui.catalogue.labels.labels import count_label, kind_label, language_name
from tools.paths import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        "quotations by place on their page": _counted(_places(loaded).items()),
        "partners by source of their sector": _counted(_sectors(loaded).items()),
        "pages with a digest of what was read": str(sum(_has_digest(d) for d in documents)),
        "roles with a start or an end": str(_dated_roles(loaded)),
    }
    lines = ["| what | how many |", "|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {number} |" for what, number in rows.items())])


def page(text: str) -> str:
    """Returns the finding aid with the present counts between its markers."""
    return _COUNTS.sub(lambda found: f"{found[1]}{counts()}\n{found[2]}", text)


def _sources(value: object) -> Iterator[Source]:
    """Yields the sources in a record, however deep they lie."""
    if isinstance(value, Source):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _sources(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sources(getattr(value, field.name))


def _places(loaded: LoadedArchive) -> Counter[str]:
    """Counts the quotations by the form of their locator."""
    records = (located.record for of_kind in loaded.records.values() for located in of_kind)
    return Counter(_form(source.locator) for record in records for source in _sources(record))


def _form(locator: str) -> str:
    if locator.startswith("“"):
        return "first words"
    if locator.startswith("¶"):
        return "paragraph"
    return locator if locator in {"title", "excerpt"} else "other"


def _sectors(loaded: LoadedArchive) -> Counter[str]:
    partners = (r.record for r in loaded.records["partner"] if isinstance(r.record, Partner))
    found = (partner.verified.get("sector") for partner in partners)
    return Counter(source.basis if source else "none" for source in found)


def _has_digest(document: Document) -> bool:
    return document.original is not None and bool(document.original.sha256)


def _dated_roles(loaded: LoadedArchive) -> int:
    people = (r.record for r in loaded.records["person"] if isinstance(r.record, Person))
    return sum(bool(role.start or role.end) for person in people for role in person.roles)


def _counted(parts: Iterable[tuple[str, int]]) -> str:
    present = [(label, number) for label, number in parts if number]
    return ", ".join(f"{label} {number}" for label, number in sorted(present, key=_by_number))


def _by_number(part: tuple[str, int]) -> tuple[int, str]:
    return -part[1], part[0]
