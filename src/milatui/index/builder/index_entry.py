"""Makes what the index keeps of each record: list row, sort key, days, relations, names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import is_edtf, parse_edtf
from milatui.archive.figures.contradictions import claim_of
from milatui.archive.kinds import KINDS
from milatui.archive.markdown.markdown import stored_text
from milatui.archive.records import Document, Event, Figure, Partner, Person, Statement
from milatui.archive.schema import grade_rank
from milatui.archive.serialize import record_to_dict, with_rendering
from milatui.index.analysis.tokenizer import query_words, words
from milatui.index.builder.bulk_writer import RecordFields
from milatui.index.codec.stored import encode_stored
from milatui.index.hashing import hash64
from milatui.index.record_relations import partners_of, references, versions_of
from milatui.index.record_text import indexed_text
from milatui.index.sort_order import NO_DAYS, date_sort, role_date, role_sort
from milatui.index.store.record_columns import APPROXIMATE, SPAN, UNCERTAIN

if TYPE_CHECKING:
    from milatui.archive.figures.contradictions import Claim
    from milatui.archive.kinds import Data, Kind
    from milatui.archive.markdown.rendered_text import StoredText
    from milatui.archive.records import Name, Record, Role

SHOWN_TITLE: Final = 300
"""Maximum length of a title or statement in a list row."""
MIN_REPRINT: Final = 120
"""Minimum length of a text from which others that say the same are its reprints."""
_MOMENT: Final = Struct(">IBIIB")
_SHIFT: Final = 2**31
"""Makes the numbers of a moment positive, so that their bytes sort as they do."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN_IN_JSON: Final = bytes(byte for byte in range(256) if byte >= 0x20 or byte == 0x0A)
"""Bytes of texts in which only quotes, backslashes and newlines are escaped."""


@dataclass(slots=True)
class IndexEntry:
    """A record as the index keeps it.

    Attributes:
        fields: What the Whoosh index holds.
        kind: Number of the kind in ``KINDS``.
        record_hash: Hash of kind and id.
        sort_key: Bytes that sort as the records do.
        heading: Heading of the timeline.
        dating: See ``RecordColumns.dating``.
        detail: Kind within the kind, or empty.
        language: BCP 47 tag, or empty.
        publisher: Publisher of a document, or empty.
        sector: Sector of a partner, or empty.
        partners: Ids of the partners that it counts for.
        names_records: ``kind/id`` of the records that it names or quotes.
        versions: ``document/id`` of those that it is a translation or a version of.
        grade: Rank of a document among the editions of its text, see ``schema.grade_rank``.
        has_reprints: Whether documents with the same text are its reprints.
        claim: Figures: what they say, to find those that contradict each other.
        names: Partners and people: folded and written names, the main one first.
        row: The list row as JSON.
    """

    fields: RecordFields
    kind: int
    record_hash: int
    sort_key: bytes
    heading: int
    dating: int
    detail: str
    language: str
    publisher: str
    sector: str
    partners: list[str]
    names_records: list[str]
    versions: list[str]
    grade: int
    has_reprints: bool
    claim: Claim | None
    names: list[tuple[str, str]]
    row: bytes


def _dating(text: str) -> int:
    """Returns how a date is known, for column ``dating``."""
    if not is_edtf(text):
        return 0
    date = parse_edtf(text)
    span = SPAN if date.precision == "interval" else 0
    return span + UNCERTAIN * date.uncertain + APPROXIMATE * date.approximate


def make_entry(kind: Kind, record: Record) -> IndexEntry:
    """Makes the entry of a record."""
    title, date, detail, shown, language = _row_parts(record)
    title = title[:SHOWN_TITLE]
    moment = date_sort(date)
    first, last = moment.first, moment.last
    if isinstance(record, Person):
        first, last = _span_of_roles(record)
    partners = partners_of(record)
    named = references(record)
    publisher = record.publisher if isinstance(record, Document) else ""
    sector = record.sector if isinstance(record, Partner) else ""
    flags = [flag for flag in (_confidence(record), _rank(record)) if flag]
    number = KINDS.index(kind)
    row = _ENCODER.encode([number, record.id, title, date, shown, language, partners, flags])
    key = f"{kind}/{record.id}"
    rendering = _rendering(record)
    indexed_title, body, rest = _indexed_text(record, rendering)
    folded = " ".join(words(title))
    keywords = (
        *((key,), (kind,), (detail,) if detail else (), partners, named),
        *((language,) if language else (), (publisher,) if publisher else ()),
        (sector,) if sector else (),
    )
    return IndexEntry(
        fields=RecordFields(
            title=indexed_title,
            body=body,
            rest=rest,
            language=language,
            stored=_stored(record, rendering),
            first=first,
            last=last,
            keywords=keywords,
        ),
        kind=number,
        record_hash=hash64(key),
        sort_key=_sort_key(moment.key, number, folded, record.id),
        heading=moment.group,
        dating=_dating(date),
        detail=detail,
        language=language,
        publisher=publisher,
        sector=sector,
        partners=partners,
        names_records=named,
        versions=versions_of(record),
        grade=grade_rank(record.grade) if isinstance(record, Document) else 0,
        has_reprints=isinstance(record, Document) and len(record.body) >= MIN_REPRINT,
        claim=claim_of(record) if isinstance(record, Figure) else None,
        names=_names(record, title, folded),
        row=row.encode("utf-8", "surrogatepass"),
    )


def _sort_key(moment: tuple[int, int, int, int], kind: int, folded: str, identifier: str) -> bytes:
    year, rank, day, span = moment
    text = f"{folded}\0{identifier}".encode("utf-8", "surrogatepass")
    return _MOMENT.pack(year + _SHIFT, rank, day + _SHIFT, span + _SHIFT, kind) + text


def kind_and_id(sort_key: bytes) -> tuple[int, str]:
    """Returns number of the kind, and id, of the record with a sort key."""
    # No folded title has a zero byte.
    identifier = sort_key[_MOMENT.size :].partition(b"\0")[2]
    return sort_key[_MOMENT.size - 1], identifier.decode("utf-8", "surrogatepass")


def _row_parts(record: Record) -> tuple[str, str, str, str | list[str], str]:
    """Returns title, date, kind within the kind, what a row shows beside them, and language."""
    match record:
        case Partner():
            labels = [part for name in _labels(record) for part in (name.language, name.value)]
            return record.name, "", record.kind, [record.kind, *labels], ""
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


def _labels(partner: Partner) -> list[Name]:
    """Returns what a partner is called in other languages."""
    return [name for name in partner.names if name.kind == "label" and name.language]


def _latest_role(person: Person) -> list[str]:
    role: Role | None = max(person.roles, key=role_sort, default=None)
    return [role.title, role.organisation] if role else []


def _span_of_roles(person: Person) -> tuple[int, int]:
    spans = [date_sort(date) for date in map(role_date, person.roles) if date]
    if not spans:
        return NO_DAYS
    return min(span.first for span in spans), max(span.last for span in spans)


def _rendering(record: Record) -> tuple[str, StoredText | None]:
    """Returns the text of a document and what is stored of it; nothing of other records."""
    if not isinstance(record, Document):
        return "", None
    stored = record.rendered
    return stored_text(record.body) if stored is None else (stored.text, stored)


def _indexed_text(record: Record, rendering: tuple[str, StoredText | None]) -> tuple[str, str, str]:
    """Returns title, body and rest as indexed; a title made of the body has no own weight."""
    if not isinstance(record, Document):
        return (*indexed_text(record), "")
    title, body = record.title, rendering[0]
    if _is_beginning(title, body):
        title = ""
    return title, body, "\n".join((record.description, record.publisher))


def _is_beginning(title: str, body: str) -> bool:
    """Returns whether a title is the beginning of the body, cut off as ``add`` does it.

    A title that the body takes up in its first sentence is the document's own.
    """
    bare = title.removesuffix("…")
    if not bare or bare == title:
        return False
    return body[: len(bare) + 100].lstrip("│ \n").startswith(bare)


def _stored(record: Record, rendering: tuple[str, StoredText | None]) -> bytes:
    """Returns the record as stored fields."""
    data = record_to_dict(record)
    stored = rendering[1]
    if isinstance(record, Document) and stored is not None:
        data["body"] = with_rendering(record.body, stored)
    fields = []
    for key, value in data.items():
        encoded = _json(value)
        # A key with a dollar sign is stored in another form; in texts there are no keys.
        if key.startswith("$") or (not isinstance(value, str) and b'"$' in encoded):
            return encode_stored({"record": data})
        fields.append(b"%b:%b" % (_json_key(key), encoded))
    return b'{"record":{%b}}' % b",".join(fields)


def _json(value: Data) -> bytes:
    """Encodes a value as JSON; long texts in a third of the time that the encoder takes."""
    if isinstance(value, str):
        raw = value.encode("utf-8", "surrogatepass")
        if not raw.translate(None, _PLAIN_IN_JSON):
            raw = raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
            return b'"%b"' % raw
    return _ENCODER.encode(value).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=256)
def _json_key(key: str) -> bytes:
    return _json(key)


def _names(record: Record, title: str, folded: str) -> list[tuple[str, str]]:
    match record:
        case Partner():
            names = dict.fromkeys([title, *(name.value for name in record.names)])
            return [(" ".join(query_words(name)), name) for name in names]
        case Person():
            return [(folded, title)]
        case _:
            return []


def _confidence(record: Record) -> str:
    return "low-confidence" if record.confidence == "low" else ""


def _rank(record: Record) -> str:
    return "deprecated" if isinstance(record, Figure) and record.rank == "deprecated" else ""
