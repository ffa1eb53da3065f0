"""What the index keeps of each record: its list line, its place in the order, its links."""

from __future__ import annotations

import json
from dataclasses import dataclass
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from milatui.archive.kinds import KINDS
from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.index.analysis.tokenizer import words
from milatui.index.links import partners_of, references, versions_of
from milatui.index.marks import mark
from milatui.index.ordering import NOWHERE, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Record, Role

SHOWN_TITLE = 300
"""Characters of a title or statement that a list line keeps."""
TELLING_TEXT = 120
"""Characters of a text from which others that say the same are its reprints."""
_SIGNS = "*_’'‘“”«»\""
"""Left aside when texts are compared: what they are set in, not what they say."""


_MOMENT: Final = Struct(">IBII")
_SHIFT: Final = 2**31
"""Makes the numbers of a moment's key positive, so that their bytes sort as they do."""


@dataclass(slots=True)
class Entry:
    """One record, as the side files describe it.

    Attributes:
        kind: Kind of record.
        mark: Of its kind and id.
        key: Sorts all records in the order of ``ordering``.
        group: Heading of the timeline.
        first: First day it may mean.
        last: Last day.
        detail: Kind within the kind, for filtering.
        language: BCP 47 tag or empty.
        publisher: Who published it, or empty.
        partners: Ids of the partners it counts for.
        refers: ``kind/id`` of the records it names or quotes.
        versions: ``document/id`` of those it is a translation or a version of.
        content: Documents: what stands for its text, the same in all reprints, else 0.
        names: Partners and people: the names they are known by, the main one first.
        row: The line of a list, as JSON.
        measure: Figures: measure and value, to find those that differ.
    """

    kind: Kind
    mark: int
    key: bytes
    group: int
    first: int
    last: int
    detail: str
    language: str
    publisher: str
    partners: list[str]
    refers: list[str]
    versions: list[str]
    content: int
    names: list[str]
    row: bytes
    measure: tuple[str, str] | None


def entry_of(kind: Kind, record: Record) -> Entry:
    """What the index keeps of a record besides its text."""
    title, date, detail, shown, language = _line(record)
    title = title[:SHOWN_TITLE]
    moment = when(date)
    first, last = moment.first, moment.last
    if isinstance(record, Person):
        first, last = _span_of_roles(record)
    partners = partners_of(record)
    flags = [f for f in (_confidence(record), _rank(record)) if f]
    line = [KINDS.index(kind), record.id, title, date, shown, language, partners, flags]
    row = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return Entry(
        kind=kind,
        mark=mark_of(kind, record.id),
        key=key_of(line),
        group=moment.group,
        first=first,
        last=last,
        detail=detail,
        language=language,
        publisher=record.publisher if isinstance(record, Document) else "",
        partners=partners,
        refers=references(record),
        versions=versions_of(record),
        content=_content(record),
        names=_names(record, title),
        row=row.encode("utf-8", "surrogatepass"),
        measure=_measure(record),
    )


def mark_of(kind: Kind, identifier: str) -> int:
    """By which a record is known to others that name it."""
    return mark(f"{kind}/{identifier}")


def key_of(line: Sequence[Any]) -> bytes:
    """The key of a record, from the line of a list: an incremental build has no more of it."""
    number, identifier, title, date = line[:4]
    year, rank, day, span = when(date).key
    moment = _MOMENT.pack(year + _SHIFT, rank, day + _SHIFT, span + _SHIFT)
    text = f"{' '.join(words(title))}\0{identifier}".encode("utf-8", "surrogatepass")
    return moment + bytes([number]) + text


def kind_and_id(key: bytes) -> tuple[int, str]:
    """Number of the kind, and id, of the record with a key; no title has a zero byte."""
    text = key[_MOMENT.size + 1 :]
    return key[_MOMENT.size], text.partition(b"\0")[2].decode("utf-8", "surrogatepass")


def _line(record: Record) -> tuple[str, str, str, str | list[str], str]:
    """Title, date, kind within the kind, what a line shows of it, and language."""
    match record:
        case Partner():
            return record.name, "", record.kind, record.kind, ""
        case Person():
            return record.name, "", "", _latest_role(record), ""
        case Event():
            return record.title, record.date, record.kind, record.kind, ""
        case Figure():
            shown = [record.qualifier, record.value, record.unit]
            return record.measure.replace("_", " "), record.as_of, "", shown, ""
        case Statement():
            return record.text, record.date, "", record.speaker, ""
        case Document():
            return record.title, record.date, record.type, record.type, record.language


def _latest_role(person: Person) -> list[str]:
    role: Role | None = max(person.roles, key=lambda r: when(r.as_of).last, default=None)
    return [role.title, role.organisation] if role else []


def _span_of_roles(person: Person) -> tuple[int, int]:
    spans = [when(role.as_of) for role in person.roles if role.as_of]
    if not spans:
        return NOWHERE
    return min(span.first for span in spans), max(span.last for span in spans)


def _names(record: Record, title: str) -> list[str]:
    match record:
        case Partner():
            return list(dict.fromkeys([title, *(name.value for name in record.names)]))
        case Person():
            return [title]
        case _:
            return []


def _content(record: Record) -> int:
    """A mark of the text of a document without regard to case, lines, quotes and emphasis."""
    if not isinstance(record, Document):
        return 0
    text = record.body.lower()
    for sign in _SIGNS:
        text = text.replace(sign, "")
    text = " ".join(text.split())
    return mark(text) if len(text) >= TELLING_TEXT else 0


def _confidence(record: Record) -> str:
    return "low-confidence" if record.confidence == "low" else ""


def _rank(record: Record) -> str:
    return "deprecated" if isinstance(record, Figure) and record.rank == "deprecated" else ""


def _measure(record: Record) -> tuple[str, str] | None:
    if isinstance(record, Figure):
        return record.measure, f"{record.qualifier} {record.value} {record.unit}"
    return None
