"""Finds the days of a partner's relations with the archive's own organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milatui.archive.edtf import is_edtf, parse_edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milatui.archive.edtf import EdtfDate
    from milatui.archive.records import Relation


class RelationSpan(NamedTuple):
    """Days of a relation, as far as they are known.

    Attributes:
        first: First day on which it may have begun.
        known_first: First day on which it is known to hold.
        known_last: Last day on which it is known to hold.
        last: Last day on which it may have ended; None if nobody says that it ended.
    """

    first: int
    known_first: int
    known_last: int
    last: int | None


def relation_spans(
    relations: Iterable[Relation], to: str, last_seen: int
) -> Iterator[RelationSpan]:
    """Yields the days of relations with a partner that say when they begin.

    Args:
        relations: The relations.
        to: The partner that they are with.
        last_seen: The last day on which a record shows it; until then a relation without an end
            is known to hold.
    """
    for relation in relations:
        begin = _date(relation.start) or _date(relation.announced)
        if relation.to != to or begin is None or begin.first is None:
            continue
        first = begin.first
        known_first = first if begin.last is None else begin.last
        end = _date(relation.end)
        if end is None or end.last is None:
            yield RelationSpan(first, known_first, max(known_first, last_seen), None)
        else:
            known_last = max(known_first, end.last if end.first is None else end.first)
            yield RelationSpan(first, known_first, known_last, max(known_last, end.last))


def _date(text: str) -> EdtfDate | None:
    return parse_edtf(text) if text and is_edtf(text) else None
