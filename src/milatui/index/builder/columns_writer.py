"""Writes the columns of a generation, see ``store.columns``, and what the manifest says of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from milatui.archive.figures.contradictions import contradicted
from milatui.archive.kinds import KINDS
from milatui.index.builder.editions import edition_lists
from milatui.index.builder.generation_records import NumberLists
from milatui.index.builder.list_stats import count_groups, partner_stats
from milatui.index.codec.arrayfile import ArrayFileWriter
from milatui.index.store import record_columns
from milatui.index.store.layout import COLUMNS
from milatui.index.store.record_columns import CONTRADICTED, NO_RECORD, OFFSETS, RecordColumns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.archive.figures.contradictions import Claim
    from milatui.index.builder.generation_records import GenerationRecords
    from milatui.index.store.manifest import HeadingRange

    Numbers = NDArray[Any]

_DOCUMENT: Final = KINDS.index("document")
_EVENT: Final = KINDS.index("event")
_PARTNER: Final = KINDS.index("partner")
_MAX_YEAR_COUNT: Final = 0xFFFF


@dataclass(slots=True)
class ListStats:
    """What the manifest says of the columns; attributes as there."""

    counts: dict[str, int]
    groups: list[HeadingRange]
    first_year: int
    last_year: int
    details: list[str]
    languages: list[str]
    publishers: list[str]
    sectors: list[str]


def write_columns(
    folder: Path, records: GenerationRecords, docs: Numbers, docs_by_id: Numbers, home: str
) -> ListStats:
    """Writes the columns.

    Args:
        folder: The generation.
        records: The records of all segments.
        docs: Document numbers of the living records, in their order.
        docs_by_id: The same in the order of kinds and ids.
        home: Id of the archive's own organisation.
    """
    number = np.full(records.doc_count, NO_RECORD, np.uint32)
    number[docs] = np.arange(len(docs))
    found: dict[str, Numbers] = {"doc": docs, "number": number, "by_id": number[docs_by_id]}
    for name in ("kind", "heading", "first_day", "last_day", "dating", "grade"):
        found[name] = records.values(name)[docs]
    tables: dict[str, list[str]] = {}
    for name in ("detail", "language", "publisher", "sector"):
        tables[name], found[name] = records.words(name, docs)
    kinds, headings = found["kind"], found["heading"]
    found["flags"] = _flags(number, records.claims(), home)
    resolver = _Resolver(records.values("record_hash")[docs])
    of_partner = _add_partners(found, kinds, resolver.pairs(records.lists("partner_hashes", docs)))
    _add_naming(found, resolver.pairs(records.lists("named_hashes", docs)))
    versions = resolver.pairs(records.lists("version_hashes", docs))
    editions = edition_lists(records.values("content_hash")[docs], versions)
    found["edition"] = editions.lowest
    _add_lists(found, "editions", editions.members)
    groups = count_groups(headings, kinds)
    stats = partner_stats(headings, kinds, of_partner, groups)
    found |= {
        "partner_count": stats.counts,
        "partner_newest": stats.newest,
        "partner_years": np.minimum(stats.years, _MAX_YEAR_COUNT),
        "partners_by_activity": np.lexsort((-stats.counts, stats.newest)),
        "partners_by_count": np.lexsort((stats.newest, -stats.counts)),
        "events": np.flatnonzero(kinds == _EVENT),
        "events_and_documents": np.flatnonzero((kinds == _EVENT) | (kinds == _DOCUMENT)),
    }
    _write(folder / COLUMNS, found)
    counts = np.bincount(kinds, minlength=len(KINDS)).tolist()
    return ListStats(
        counts=dict(zip(KINDS, counts, strict=True)),
        groups=groups,
        first_year=stats.first_year,
        last_year=stats.last_year,
        details=tables["detail"],
        languages=tables["language"],
        publishers=tables["publisher"],
        sectors=tables["sector"],
    )


def _write(path: Path, found: dict[str, Numbers]) -> None:
    with path.open("wb") as file:
        out = ArrayFileWriter(file)
        for name, declared in vars(RecordColumns).items():
            if isinstance(declared, record_columns.Column):
                out.add(name, declared.typecode, _as(found[name], declared.typecode))
            elif isinstance(declared, record_columns.Lists):
                out.add(name, "I", _as(found[name], "I"))
                out.add(name + OFFSETS, "I", _as(found[name + OFFSETS], "I"))
        out.close()


def _as(values: Numbers, typecode: str) -> Numbers:
    return np.ascontiguousarray(values, typecode)


class _Resolver:
    """Finds records by the hashes of their kinds and ids."""

    def __init__(self, hashes: Numbers) -> None:
        self._order = np.argsort(hashes)
        self._hashes = hashes
        self._size = len(hashes)

    def pairs(self, lists: NumberLists) -> tuple[Numbers, Numbers]:
        """Returns pairs of a record and another that its list names, in order."""
        owners = np.repeat(np.arange(self._size), np.diff(lists.offsets))
        if not len(lists.items):
            return owners, owners
        at = np.searchsorted(self._hashes, lists.items, sorter=self._order)
        targets = self._order[np.minimum(at, self._size - 1)]
        exists = self._hashes[targets] == lists.items
        return owners[exists], targets[exists]


def _flags(number: Numbers, claims: Iterable[tuple[int, Claim]], home: str) -> Numbers:
    """Marks figures that contradict each other.

    Args:
        number: Record number of each document, or ``NO_RECORD``.
        claims: Document number of each figure, and what it says.
        home: Id of the organisation that figures without a partner are about.
    """
    living = [(number[doc], claim) for doc, claim in claims if number[doc] != NO_RECORD]
    about = [
        claim if claim.partners or not home else claim._replace(partners=(home,))
        for _number, claim in living
    ]
    flags = np.zeros(int(np.count_nonzero(number != NO_RECORD)), np.uint8)
    for (figure, _claim), found in zip(living, contradicted(about), strict=True):
        flags[figure] = CONTRADICTED if found else 0
    return flags


def _add_partners(
    found: dict[str, Numbers], kinds: Numbers, about: tuple[Numbers, Numbers]
) -> NumberLists:
    """Adds partners of each record and records of each partner; returns the latter."""
    partners = np.flatnonzero(kinds == _PARTNER)
    found["partner_number"] = partners
    ordinals = np.full(len(kinds), -1)
    ordinals[partners] = np.arange(len(partners))
    record, target = about
    is_partner = ordinals[target] >= 0
    record, ordinal = record[is_partner], ordinals[target[is_partner]]
    _add_lists(found, "partners", _lists(len(kinds), record, ordinal))
    order = np.argsort(ordinal, kind="stable")
    of_partner = _lists(len(partners), ordinal[order], record[order])
    _add_lists(found, "partner_records", of_partner)
    return of_partner


def _add_naming(found: dict[str, Numbers], named: tuple[Numbers, Numbers]) -> None:
    """Adds for each record those that name or quote it."""
    record, target = named
    others = record != target
    record, target = record[others], target[others]
    order = np.argsort(target, kind="stable")
    _add_lists(found, "named_by", _lists(len(found["doc"]), target[order], record[order]))


def _lists(owners: int, owner: Numbers, items: Numbers) -> NumberLists:
    """Makes lists of items; ``owner`` is in order."""
    offsets = np.zeros(owners + 1, np.int64)
    np.cumsum(np.bincount(owner, minlength=owners), out=offsets[1:])
    return NumberLists(offsets, items)


def _add_lists(found: dict[str, Numbers], name: str, lists: NumberLists) -> None:
    found[name], found[name + OFFSETS] = lists.items, lists.offsets
